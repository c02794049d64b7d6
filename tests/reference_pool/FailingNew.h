//===- FailingNew.h - a new that fails when it is told to ---------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Replaces the global operators: for one file of a test program.
//
//===----------------------------------------------------------------------===//
#ifndef POOL_TIDY_TESTS_FAILINGNEW_H
#define POOL_TIDY_TESTS_FAILINGNEW_H

#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

/// The allocation of this thread, from 0, that fails; none when below 0.
thread_local int fail_new = -1;

bool fails_now() { return fail_new >= 0 && fail_new-- == 0; }

void *allocate(std::size_t size, std::size_t align) noexcept {
  if (fails_now())
    return nullptr;
  size = (size + align - 1) & ~(align - 1);
  return align > alignof(std::max_align_t) ? std::aligned_alloc(align, size)
                                           : std::malloc(size ? size : 1);
}
void *allocate_or_throw(std::size_t size, std::size_t align) {
  if (void *memory = allocate(size, align))
    return memory;
  throw std::bad_alloc();
}

} // namespace

// Out of line, or GCC sees the free() of memory that came from a `new`.
#define REPLACED __attribute__((noinline))
REPLACED void *operator new(std::size_t size) {
  return allocate_or_throw(size, 1);
}
REPLACED void *operator new(std::size_t size, std::align_val_t align) {
  return allocate_or_throw(size, std::size_t(align));
}
REPLACED void *operator new(std::size_t size, const std::nothrow_t &) noexcept {
  return allocate(size, 1);
}
REPLACED void *operator new(std::size_t size, std::align_val_t align,
                            const std::nothrow_t &) noexcept {
  return allocate(size, std::size_t(align));
}
REPLACED void operator delete(void *memory) noexcept { std::free(memory); }
REPLACED void operator delete(void *memory, std::size_t) noexcept {
  std::free(memory);
}
REPLACED void operator delete(void *memory, std::align_val_t) noexcept {
  std::free(memory);
}
REPLACED void operator delete(void *memory, std::size_t,
                              std::align_val_t) noexcept {
  std::free(memory);
}
#undef REPLACED

#endif
