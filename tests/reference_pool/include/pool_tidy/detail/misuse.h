// pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a checked pool says when it is misused.

#ifndef POOL_TIDY_DETAIL_MISUSE_H
#define POOL_TIDY_DETAIL_MISUSE_H

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <source_location>

#if defined(__SANITIZE_ADDRESS__)
#define POOL_TIDY_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define POOL_TIDY_ASAN 1
#endif
#endif

#if defined(POOL_TIDY_ASAN)
#include <sanitizer/asan_interface.h>
#endif

namespace pool_tidy {

/// How much a pool verifies.
enum class checking {
  none,   ///< nothing: the object is all that is allocated
  header, ///< a header before each object: double and foreign put, leaks
  full,   ///< also use after put, incomplete resets, which lease leaked
};

/// Unless POOL_TIDY_CHECK says 0, 1 or 2: full under AddressSanitizer, as
/// assert() otherwise. All of a program should be built with one setting.
#if defined(POOL_TIDY_CHECK)
inline constexpr checking default_checking = checking(POOL_TIDY_CHECK);
#elif defined(POOL_TIDY_ASAN) || !defined(NDEBUG)
inline constexpr checking default_checking = checking::full;
#else
inline constexpr checking default_checking = checking::none;
#endif

/// What was done wrong.
enum class misuse {
  double_put,       ///< put again: sites of the first and the second put
  foreign_put,      ///< not of this pool: sites of its acquire and of the put
  use_after_put,    ///< written to while idle: put, and the get that noticed
  leak_at_destroy,  ///< still out when its pool died: site of the acquire
  incomplete_reset, ///< not as new after reset: sites of acquire and put
  other_thread,     ///< of a local_pool by another thread: no site, and its call
};

/// A name for messages: "double put" and so on.
constexpr const char *name(misuse kind) noexcept {
  switch (kind) {
  case misuse::double_put:
    return "double put";
  case misuse::foreign_put:
    return "foreign put";
  case misuse::use_after_put:
    return "use after put";
  case misuse::leak_at_destroy:
    return "leak at destroy";
  case misuse::incomplete_reset:
    return "incomplete reset";
  case misuse::other_thread:
    return "use by another thread";
  }
  return "misuse";
}

/// Told of each misuse. A site that is not known has line 0. When it returns,
/// the pool goes on: a double or foreign put is ignored, an object that was
/// written to or not reset is destroyed instead of pooled.
using misuse_handler = void (*)(misuse kind, const void *object,
                                const std::source_location &first_site,
                                const std::source_location &second_site);

namespace detail {

[[noreturn]] inline void print_and_abort(misuse kind, const void *object,
                            const std::source_location &first,
                            const std::source_location &second) {
  std::fprintf(stderr, "pool_tidy: %s of %p", name(kind), object);
  const char *between = ": ";
  for (const std::source_location *site : {&first, &second})
    if (site->line()) {
      std::fprintf(stderr, "%s%s:%u", between, site->file_name(),
                   static_cast<unsigned>(site->line()));
      between = ", then ";
    }
  std::fputc('\n', stderr);
  std::abort();
}

inline constinit std::atomic<misuse_handler> current_handler{print_and_abort};

inline void report(misuse kind, const void *object,
                   const std::source_location &first,
                   const std::source_location &second) {
  current_handler.load(std::memory_order_acquire)(kind, object, first, second);
}

} // namespace detail

/// Sets who is told of misuse, and returns who was before; null brings back
/// the first one, which prints and aborts.
inline misuse_handler set_misuse_handler(misuse_handler handler) noexcept {
  return detail::current_handler.exchange(
      handler ? handler : detail::print_and_abort, std::memory_order_acq_rel);
}

} // namespace pool_tidy

#endif
