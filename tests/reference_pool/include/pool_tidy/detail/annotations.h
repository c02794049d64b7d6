// pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What some compilers can check for the pool's users, spelled so that the
// others do not stumble over it.

#ifndef POOL_TIDY_DETAIL_ANNOTATIONS_H
#define POOL_TIDY_DETAIL_ANNOTATIONS_H

#if defined(__clang__)
#define POOL_TIDY_CONSUMABLE(State) __attribute__((consumable(State)))
#define POOL_TIDY_CALLABLE_WHEN(...) __attribute__((callable_when(__VA_ARGS__)))
#define POOL_TIDY_SET_STATE(State) __attribute__((set_typestate(State)))
#define POOL_TIDY_TEST_STATE(State) __attribute__((test_typestate(State)))
#define POOL_TIDY_RETURN_STATE(State) __attribute__((return_typestate(State)))
#define POOL_TIDY_LIFETIMEBOUND [[clang::lifetimebound]]
#else
#define POOL_TIDY_CONSUMABLE(State)
#define POOL_TIDY_CALLABLE_WHEN(...)
#define POOL_TIDY_SET_STATE(State)
#define POOL_TIDY_TEST_STATE(State)
#define POOL_TIDY_RETURN_STATE(State)
#define POOL_TIDY_LIFETIMEBOUND
#endif

// Slow paths are kept out of line, or they crowd the fast ones out of the
// caller's registers.
#if defined(__GNUC__)
#define POOL_TIDY_NOINLINE __attribute__((noinline))
#define POOL_TIDY_UNREACHABLE() __builtin_unreachable()
#else
#define POOL_TIDY_NOINLINE
#define POOL_TIDY_UNREACHABLE() static_cast<void>(0)
#endif

#endif
