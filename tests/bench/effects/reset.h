//===- reset.h - (a) a reset that was forgotten, or keeps too much -------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOL_TIDY_BENCH_RESET_H
#define POOL_TIDY_BENCH_RESET_H

#include "effect.h"

namespace effects {

using Bytes = std::vector<unsigned char>;

/// Buffers that are out at once.
inline constexpr std::size_t in_flight = 8;
inline constexpr std::size_t kib = 1024;
/// Each request's own work, as a checksum of so many bytes.
inline constexpr std::size_t request_work = 62 * kib;

/// Each buffer is used `uses` times; every request appends 1 KiB and sums up
/// what the buffer holds. Returns the bytes that were summed up.
template <typename Policy> std::uint64_t serve_appending(std::size_t uses) {
  Pool<Bytes, Policy> pool;
  const Bytes line(kib, 'x');
  std::uint64_t summed = 0;
  for (std::size_t round = 0; round < uses; ++round) {
    pool_tidy::lease<Bytes> out[in_flight];
    for (auto &buffer : out) {
      buffer = pool.get();
      buffer->insert(buffer->end(), line.begin(), line.end());
      checksum(buffer->data(), buffer->size());
      summed += buffer->size();
      work(request_work);
    }
  }
  must(pool.stats().misses == in_flight, "every buffer is used in every round");
  return summed;
}

/// A buffer that is never cleared grows by 1 KiB with each use.
inline Figures forgotten_reset(std::size_t uses) {
  std::uint64_t clean = 0, dirty = 0;
  double with = time_of([&] {
    clean = serve_appending<pool_tidy::clear_and_limit<kib>>(uses);
  });
  double without = time_of(
      [&] { dirty = serve_appending<pool_tidy::no_reset>(uses); });
  const std::uint64_t requests = uses * in_flight;
  must(clean == requests * kib, "1 KiB is summed up for each request");
  must(2 * dirty == requests * (uses + 1) * kib,
       "without reset it is half of all uses and one");
  return {{"ratio", without / with},
          {"kib", static_cast<double>(dirty) / static_cast<double>(requests * kib)}};
}

/// clear() that also overwrites what the buffer could hold, as for secrets.
struct wipe_all {
  pool_tidy::verdict reset(Bytes &buffer) const noexcept {
    buffer.resize(buffer.capacity());
    asm volatile("" : : "r"(buffer.data()) : "memory");
    buffer.clear();
    return pool_tidy::verdict::keep;
  }
};
/// The same, but lets go of what one large request left.
struct wipe_small : wipe_all {
  pool_tidy::verdict reset(Bytes &buffer) const noexcept {
    return buffer.capacity() > 4 * kib ? pool_tidy::verdict::drop
                                       : wipe_all::reset(buffer);
  }
};

/// One request of 101 has `large` bytes, the others 1 KiB: as 101 is no
/// multiple of 8, every buffer has its turn.
inline constexpr std::size_t turn = 101;

template <typename Policy> class SomeLarge {
public:
  explicit SomeLarge(std::size_t large) : large_(large) { serve(); }

  /// As many requests as give each buffer a large one.
  void serve() {
    for (std::size_t round = 0; round < turn; ++round) {
      pool_tidy::lease<Bytes> out[in_flight];
      for (auto &buffer : out) {
        buffer = pool_.get();
        buffer->resize(request_++ % turn ? kib : large_);
        work(4 * kib);
      }
    }
  }
  std::size_t idle_capacity() {
    pool_tidy::lease<Bytes> idle[in_flight];
    std::size_t sum = 0;
    for (auto &buffer : idle) {
      buffer = pool_.get();
      sum += buffer->capacity();
    }
    return sum;
  }

private:
  Pool<Bytes, Policy> pool_;
  std::size_t large_, request_ = 0;
};

inline Figures unbounded_capacity(std::size_t large) {
  SomeLarge<wipe_small> bounded(large);
  SomeLarge<wipe_all> unbounded(large);
  double with = time_of([&] { bounded.serve(); });
  double without = time_of([&] { unbounded.serve(); });
  std::size_t few = bounded.idle_capacity(), many = unbounded.idle_capacity();
  must(few == in_flight * kib, "what grew was dropped");
  must(many == in_flight * large, "every buffer has grown, and stays so");
  return {{"ratio", without / with},
          {"memory", static_cast<double>(many) / static_cast<double>(few)}};
}

/// Assigning an empty string looks like letting go, and is not.
inline Figures assigned_empty(std::size_t large) {
  std::string text(large, 'x');
  text = std::string();
  const std::size_t assigned = text.capacity();
  std::string().swap(text);
  const std::size_t swapped = text.capacity();
#if defined(__GLIBCXX__)
  must(assigned == large, "assigning an empty string keeps the capacity");
#endif
  must(swapped < 64, "swapping with an empty string lets it go");
  return {{"assigned", static_cast<double>(assigned)},
          {"swapped", static_cast<double>(swapped)}};
}

} // namespace effects

#endif
