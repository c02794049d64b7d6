// pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where one object lives, and what a checked pool knows of it.

#ifndef POOL_TIDY_DETAIL_NODE_H
#define POOL_TIDY_DETAIL_NODE_H

#include "misuse.h"
#include "policies.h"
#include <cstdint>
#include <cstring>
#include <memory>
#include <mutex>
#include <optional>
#include <source_location>
#include <unordered_set>
#include <utility>
#include <vector>

namespace pool_tidy::detail {

class core;

/// Before each object of a checked pool.
struct node_header {
  enum word : std::uint32_t { leased = 0x1ea5ed00, idle = 0x1d1e0000 };

  std::atomic<std::uint32_t> state{idle};
  const core *owner;
  std::source_location acquired, put;
  std::uint64_t sum = 0; ///< of the object's bytes while it is idle
};

/// How an object stands in its piece of memory.
template <typename T, checking Check> struct node {
  static constexpr std::size_t align =
      Check == checking::none ? alignof(T)
                              : std::max(alignof(T), alignof(node_header));
  static constexpr std::size_t offset =
      Check == checking::none ? 0 : (sizeof(node_header) + align - 1) & ~(align - 1);
  static constexpr std::size_t size = offset + sizeof(T);

  static node_header &header(void *object) noexcept {
    return *std::launder(reinterpret_cast<node_header *>(
        static_cast<std::byte *>(object) - offset));
  }

  /// Makes an object; nothing is left behind when that throws.
  template <typename Policy>
  static T *make(const core &owner, const Policy &policy,
                 std::pmr::memory_resource &resource) {
    struct memory {
      std::pmr::memory_resource &from;
      std::byte *bytes;
      ~memory() {
        if (bytes)
          from.deallocate(bytes, size, align);
      }
    } m{resource, static_cast<std::byte *>(resource.allocate(size, align))};
    T *object =
        ::new (m.bytes + offset) T(make_object<T>(policy, resource));
    if constexpr (Check != checking::none)
      ::new (m.bytes) node_header{.owner = &owner, .acquired = {}, .put = {}};
    m.bytes = nullptr;
    return object;
  }

  static void destroy(void *object,
                      std::pmr::memory_resource &resource) noexcept {
    std::destroy_at(static_cast<T *>(object));
    resource.deallocate(static_cast<std::byte *>(object) - offset, size, align);
  }
};

/// A sum over an object's bytes that tells whether one of them was written.
/// Each word is mixed by itself before it is added: a write to one always
/// changes the sum, and writes to several do not cancel out, as they would in a
/// sum of products by one factor. No word waits for the one before it.
inline std::uint64_t sum_of(const void *object, std::size_t size) noexcept {
  const auto *bytes = static_cast<const std::byte *>(object);
  std::uint64_t sum = size, key = size;
  auto add = [&](std::uint64_t word) {
    word ^= key;
    word = (word ^ (word >> 32)) * 0xbf58476d1ce4e5b9u;
    sum += word ^ (word >> 29);
    key += 0x9e3779b97f4a7c15u;
  };
  for (; size >= 8; bytes += 8, size -= 8) {
    std::uint64_t word;
    std::memcpy(&word, bytes, 8);
    add(word);
  }
  for (; size; ++bytes, --size)
    add(std::to_integer<std::uint64_t>(*bytes));
  return sum;
}

/// Idle objects are out of bounds for AddressSanitizer.
inline void poison([[maybe_unused]] const void *object,
                   [[maybe_unused]] std::size_t size) noexcept {
#if defined(POOL_TIDY_ASAN)
  __asan_poison_memory_region(object, size);
#endif
}
inline void unpoison([[maybe_unused]] const void *object,
                     [[maybe_unused]] std::size_t size) noexcept {
#if defined(POOL_TIDY_ASAN)
  __asan_unpoison_memory_region(object, size);
#endif
}

template <typename T>
concept has_empty = requires(const T &object) {
  { object.empty() } -> std::convertible_to<bool>;
};
/// Comparing containers may not compile for their elements, which no concept
/// tells; the same goes for pairs and tuples.
template <typename T>
concept comparable = std::equality_comparable<T> &&
                     !requires { typename T::value_type; } &&
                     !requires { typename T::first_type; } &&
                     !requires { std::tuple_size<T>::value; };

/// Whether a reset object is as good as new, as far as that can be told
/// without a call to the user's factory, which may count.
template <typename T, typename Policy>
bool is_clean(const Policy &policy, const T &object) noexcept {
  if constexpr (knows_clean<Policy, T>) {
    return policy.is_clean(object);
  } else if constexpr (makes<Policy, T> || makes_with_resource<Policy, T> ||
                       std::is_same_v<Policy, no_reset> ||
                       std::is_same_v<Policy, zero_on_put>) {
    return true;
  } else if constexpr (has_empty<T>) {
    return object.empty();
  } else if constexpr (comparable<T> && std::is_default_constructible_v<T>) {
    try {
      return object == T();
    } catch (...) {
      return true; // no memory for the comparison tells nothing
    }
  } else {
    return true;
  }
}

/// The objects that a fully checked pool made. With a lock: a child process
/// that was forked while another thread held it must not use the pool.
class registry {
public:
  void add(void *object) {
    std::lock_guard lock(mutex_);
    objects_.insert(object);
  }
  void remove(void *object) noexcept {
    std::lock_guard lock(mutex_);
    objects_.erase(object);
  }
  bool has(void *object) const noexcept {
    std::lock_guard lock(mutex_);
    return objects_.contains(object);
  }
  template <typename F> void for_each(F f) const {
    std::vector<void *> all;
    {
      std::lock_guard lock(mutex_);
      all.assign(objects_.begin(), objects_.end());
    }
    for (void *object : all)
      f(object);
  }

private:
  mutable std::mutex mutex_;
  std::unordered_set<void *> objects_;
};

} // namespace pool_tidy::detail

#endif
