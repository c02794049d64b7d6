// pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// local_pool: reused objects for one thread, such as an event loop's. It looks
// at no thread and has no atomics, so it costs a third of what object_pool does;
// policies and leases are the same in use.
//
//   pool_tidy::local_pool<std::string> pool;
//   auto text = pool.get();   // from the pool, or new
//   text->append("...");      // cleared when it goes back, at scope's end

#ifndef POOL_TIDY_LOCAL_POOL_H
#define POOL_TIDY_LOCAL_POOL_H

#include "detail/annotations.h"
#include "detail/local_ledger.h"
#include "detail/misuse.h"
#include "detail/policies.h"
#include "detail/pooled_type.h"
#include <algorithm>
#include <cstddef>
#include <limits>
#include <memory>
#include <memory_resource>
#include <source_location>
#include <stdexcept>
#include <utility>
#include <vector>

namespace pool_tidy {

/// One object of a local_pool, from get() until put(), discard(), release() or
/// the end of its scope. Must not outlive the pool, nor leave its thread.
template <typename Pool>
class POOL_TIDY_CONSUMABLE(unconsumed) [[nodiscard]] local_lease {
public:
  using element_type = typename Pool::value_type;

  /// Holds nothing.
  POOL_TIDY_RETURN_STATE(consumed) constexpr local_lease() noexcept = default;

  local_lease(local_lease &&other) noexcept
      : object_(std::exchange(other.object_, nullptr)), from_(other.from_) {}

  /// Puts what is held, then takes over.
  local_lease &operator=(local_lease &&other) noexcept {
    local_lease taken(std::move(other));
    swap(taken);
    return *this;
  }

  local_lease(const local_lease &) = delete;
  local_lease &operator=(const local_lease &) = delete;

  ~local_lease() {
    if (object_)
      from_->give_back(object_, std::source_location());
  }

  /// Whether an object is held.
  POOL_TIDY_TEST_STATE(unconsumed) explicit operator bool() const noexcept {
    return object_ != nullptr;
  }

  POOL_TIDY_CALLABLE_WHEN("unconsumed", "unknown")
  element_type &operator*() const &noexcept POOL_TIDY_LIFETIMEBOUND {
    return *object_;
  }
  POOL_TIDY_CALLABLE_WHEN("unconsumed", "unknown")
  element_type *operator->() const &noexcept POOL_TIDY_LIFETIMEBOUND {
    return object_;
  }
  /// The object, or null.
  POOL_TIDY_CALLABLE_WHEN("unconsumed", "unknown")
  element_type *get() const &noexcept POOL_TIDY_LIFETIMEBOUND { return object_; }

  // What is reached through a lease without a name would dangle at once.
  element_type &operator*() const && = delete;
  element_type *operator->() const && = delete;
  element_type *get() const && = delete;

  /// Resets the object and gives it back; then holds nothing.
  POOL_TIDY_CALLABLE_WHEN("unconsumed", "unknown")
  POOL_TIDY_SET_STATE(consumed)
  void put(std::source_location where =
               std::source_location::current()) noexcept {
    if (element_type *object = std::exchange(object_, nullptr))
      from_->give_back(object, where);
  }

  /// Destroys the object instead of giving it back; then holds nothing.
  POOL_TIDY_CALLABLE_WHEN("unconsumed", "unknown")
  POOL_TIDY_SET_STATE(consumed)
  void discard(std::source_location where =
                   std::source_location::current()) noexcept {
    if (element_type *object = std::exchange(object_, nullptr))
      from_->discard(object, where);
  }

  /// Leaves the object to the caller, who owes local_pool::give_back().
  [[nodiscard]] POOL_TIDY_CALLABLE_WHEN("unconsumed", "unknown")
  POOL_TIDY_SET_STATE(consumed)
  element_type *release() noexcept {
    return std::exchange(object_, nullptr);
  }

  void swap(local_lease &other) noexcept {
    std::swap(object_, other.object_);
    std::swap(from_, other.from_);
  }
  friend void swap(local_lease &a, local_lease &b) noexcept { a.swap(b); }

private:
  friend Pool;
  local_lease(element_type *object, Pool *from) noexcept
      : object_(object), from_(from) {}

  element_type *object_ = nullptr;
  Pool *from_ = nullptr;
};

/// A pool of T for the thread that made it: no member may be called, and no
/// lease put, by another. It must outlive its leases. Factory, reset and
/// destructors may use it, destructors until it ends.
///
/// \tparam Policy as for object_pool.
/// \tparam Check  `header` and `full` notice the same here: double and foreign
///                puts, leases that are out at the end, and other threads.
template <typename T, typename Policy = reset_or_clear,
          checking Check = default_checking>
class local_pool {
  POOL_TIDY_POOLED_TYPE(T, Policy);

public:
  using value_type = T;
  using policy_type = Policy;
  using lease = local_lease<local_pool>;
  static constexpr checking check = Check;
  static constexpr std::size_t unlimited = std::numeric_limits<std::size_t>::max();

  /// Keeps at most `max_retained` idle objects.
  /// \throws std::invalid_argument if that is 0.
  explicit local_pool(std::size_t max_retained = unlimited,
                      Policy policy = Policy())
      : room_(max_retained - 1), policy_(std::move(policy)) {
    if (!max_retained)
      throw std::invalid_argument("local_pool: max_retained is 0");
  }
  explicit local_pool(Policy policy) : local_pool(unlimited, std::move(policy)) {}

  local_pool(const local_pool &) = delete;
  local_pool &operator=(const local_pool &) = delete;

  ~local_pool() {
    ledger_.report_leaks();
    trim();
  }

  /// An object as good as new.
  /// \throws what the policy's make() throws, std::bad_alloc; then nothing has
  /// changed.
  [[nodiscard]] lease
  get(std::source_location where =
          std::source_location::current()) POOL_TIDY_LIFETIMEBOUND {
    return lease(acquire(where), this);
  }

  /// The same without a lease, for C callers and callbacks: each needs one
  /// give_back().
  [[nodiscard]] T *acquire(std::source_location where =
                               std::source_location::current()) {
    T *object = std::exchange(front_, nullptr);
    if (!object) [[unlikely]]
      object = acquire_slow();
    ledger_.acquired(object, where);
    return object;
  }

  /// Resets the object and takes it back.
  void give_back(T *object, std::source_location where =
                                std::source_location::current()) noexcept {
    if (!ledger_.put(object, where))
      return;
    if (policy_.reset(*object) == verdict::drop) [[unlikely]]
      return destroy(object);
    if (front_) [[unlikely]]
      return give_back_slow(object);
    front_ = object;
  }

  /// Makes `count` objects ready. \returns how many there was room for.
  /// \throws what make() throws; what was made until then stays.
  std::size_t prewarm(std::size_t count) {
    for (std::size_t made = 0; made < count; ++made) {
      if (front_ && idle_.size() >= room_)
        return made;
      T *object = make();
      if (front_)
        idle_.push_back(object);
      else
        front_ = object;
    }
    return count;
  }

  /// Destroys idle objects beyond `keep`; not those that their destructors put
  /// meanwhile. \returns how many.
  std::size_t trim(std::size_t keep = 0) noexcept {
    std::size_t before = retained(), destroyed = 0;
    for (; before > keep && retained(); --before, ++destroyed) {
      T *object = front_;
      if (idle_.empty()) {
        front_ = nullptr;
      } else {
        object = idle_.back();
        idle_.pop_back();
      }
      destroy(object);
    }
    return destroyed;
  }

  /// Idle objects.
  std::size_t retained() const noexcept { return idle_.size() + !!front_; }
  /// Objects that are out.
  std::size_t outstanding() const noexcept { return live_ - retained(); }

private:
  friend lease;

  POOL_TIDY_NOINLINE T *acquire_slow() {
    if (idle_.empty())
      return make();
    T *object = idle_.back();
    idle_.pop_back();
    return object;
  }

  POOL_TIDY_NOINLINE void give_back_slow(T *object) noexcept {
    if (idle_.size() >= room_)
      return destroy(object);
    idle_.push_back(front_); // there is room: make() has seen to it
    front_ = object;
  }

  T *make() {
    if (idle_.capacity() <= live_)
      idle_.reserve(std::max<std::size_t>(16, 2 * live_));
    auto object = std::unique_ptr<T>(::new T(
        detail::make_object<T>(policy_, *std::pmr::new_delete_resource())));
    ledger_.made(object.get());
    ++live_;
    return object.release();
  }

  void destroy(T *object) noexcept {
    --live_;
    ledger_.destroyed(object);
    delete object;
  }

  void discard(T *object, std::source_location where) noexcept {
    if (ledger_.put(object, where))
      destroy(object);
  }

  T *front_ = nullptr; ///< the one put last
  std::vector<T *> idle_; ///< the others; never reallocated by a put
  std::size_t room_;      ///< for how many
  std::size_t live_ = 0;  ///< idle and out
  [[no_unique_address]] Policy policy_;
  [[no_unique_address]] detail::local_ledger<Check> ledger_;
};

} // namespace pool_tidy

#endif
