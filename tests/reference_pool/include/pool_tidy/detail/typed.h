// pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The part of a core that knows the type: makes, checks, resets and destroys.

#ifndef POOL_TIDY_DETAIL_TYPED_H
#define POOL_TIDY_DETAIL_TYPED_H

#include "core.h"
#include "node.h"
#include "policies.h"
#include <stdexcept>
#include <variant>

namespace pool_tidy::detail {

template <typename T, typename Policy, checking Check>
class typed_core : public core {
  static_assert(alignof(Policy) <= core_align);
  using in_memory = node<T, Check>;
  static constexpr bool checked = Check != checking::none;
  static constexpr bool full = Check == checking::full;

public:
  static typed_core *make(const pool_options &options, Policy &&policy,
                          std::uint32_t magazine) {
    void *memory =
        ::operator new(sizeof(typed_core), std::align_val_t(core_align));
    try {
      return ::new (memory) typed_core(options, std::move(policy), magazine);
    } catch (...) {
      ::operator delete(memory, std::align_val_t(core_align));
      throw;
    }
  }

  static typed_core &of(tag t) noexcept {
    return static_cast<typed_core &>(core::of(t));
  }

  /// An acquired object; throws what the factory throws and then has changed
  /// nothing.
  static T *get(tag t, std::source_location where) {
    for (;;) {
      void *object = take(t);
      if (!object) [[unlikely]]
        object = of(t).get_slow();
      if constexpr (checked)
        if (!of(t).to_leased(object, where)) {
          of(t).drop(object, &events::rejected);
          continue;
        }
      return static_cast<T *>(object);
    }
  }

  static void put_back(tag t, T *object, std::source_location where) noexcept {
    if constexpr (checked)
      put(t, object, where);
    else if constexpr (std::is_same_v<Policy, no_reset>)
      keep(t, object);
    else if (of(t).parts_.policy.reset(*object) == verdict::keep) [[likely]]
      keep(t, object);
    else
      of(t).drop(object, &events::rejected);
  }

  /// Makes an idle object; false when the pool has no room for it.
  bool add_one() {
    if (!admit(1))
      return false;
    void *object;
    try {
      object = fresh();
    } catch (...) {
      left(1);
      throw;
    }
    if constexpr (full)
      to_idle(object);
    if (stock(object))
      return true;
    left(1);
    destroy(*this, object);
    return false;
  }

private:
  /// Not there in pools that check less.
  using known = std::conditional_t<full, registry, std::monostate>;
  struct parts {
    Policy policy;
    [[no_unique_address]] known objects;
  };

  typed_core(const pool_options &options, Policy &&policy,
             std::uint32_t magazine)
      : core(ops, options, magazine), parts_{std::move(policy), {}} {}
  ~typed_core() = delete; // finish() does it

  static typed_core &self(core &c) noexcept {
    return static_cast<typed_core &>(c);
  }

  POOL_TIDY_NOINLINE void *get_slow() {
    if (void *object = take_slow())
      return object;
    // Each object that is destroyed with the pool would ask for one more.
    if (closed())
      throw std::logic_error("object_pool: get() while the pool ends");
    void *object = fresh();
    made_one();
    return object;
  }

  void *fresh() {
    T *object = in_memory::make(*this, parts_.policy, resource());
    if constexpr (full) {
      try {
        parts_.objects.add(object);
      } catch (...) {
        in_memory::destroy(object, resource());
        throw;
      }
      in_memory::header(object).sum = sum_of(object, sizeof(T));
    }
    return object;
  }

  void to_idle(void *object) noexcept {
    in_memory::header(object).sum = sum_of(object, sizeof(T));
    poison(object, sizeof(T));
  }

  bool to_leased(void *object, std::source_location where) noexcept {
    node_header &h = in_memory::header(object);
    bool intact = true;
    if constexpr (full) {
      unpoison(object, sizeof(T));
      intact = sum_of(object, sizeof(T)) == h.sum;
      if (!intact)
        report(misuse::use_after_put, object, h.put, where);
    }
    h.acquired = where;
    h.state.store(node_header::leased, std::memory_order_relaxed);
    return intact;
  }

  /// Whether this is a leased object of this pool.
  static outcome check(core &c, void *object,
                       std::source_location where) noexcept {
    if constexpr (full)
      if (!self(c).parts_.objects.has(object)) {
        report(misuse::foreign_put, object, {}, where);
        return outcome::ignore;
      }
    node_header &h = in_memory::header(object);
    std::uint32_t was =
        h.state.exchange(node_header::idle, std::memory_order_acq_rel);
    if (was == node_header::idle) {
      report(misuse::double_put, object, h.put, where);
      return outcome::ignore;
    }
    if (was != node_header::leased || h.owner != &c) {
      h.state.store(was, std::memory_order_relaxed);
      report(misuse::foreign_put, object,
             was == node_header::leased ? h.acquired : std::source_location(),
             where);
      return outcome::ignore;
    }
    h.put = where.line() ? where : h.acquired;
    return outcome::keep;
  }

  static outcome reset(core &c, void *object,
                       std::source_location where) noexcept {
    const Policy &policy = self(c).parts_.policy;
    T &value = *static_cast<T *>(object);
    if constexpr (checked)
      if (check(c, object, where) == outcome::ignore)
        return outcome::ignore;
    if (policy.reset(value) == verdict::drop)
      return outcome::drop;
    if constexpr (full) {
      if (!is_clean(policy, std::as_const(value))) {
        report(misuse::incomplete_reset, object,
               in_memory::header(object).acquired, where);
        return outcome::drop;
      }
      self(c).to_idle(object);
    }
    return outcome::keep;
  }

  static void destroy(core &c, void *object) noexcept {
    if constexpr (full) {
      unpoison(object, sizeof(T));
      self(c).parts_.objects.remove(object);
    }
    in_memory::destroy(object, c.resource());
  }

  static void report_leaks(core &c, std::size_t count) noexcept {
    if constexpr (full) {
      self(c).parts_.objects.for_each([](void *object) {
        node_header &h = in_memory::header(object);
        if (h.state.load(std::memory_order_acquire) == node_header::leased)
          report(misuse::leak_at_destroy, object, h.acquired, {});
      });
    } else if constexpr (checked) {
      while (count--)
        report(misuse::leak_at_destroy, nullptr, {}, {});
    }
  }

  static void finish(core &c) noexcept { std::destroy_at(&self(c).parts_); }

  static constexpr operations ops = {
      !checked && std::is_same_v<Policy, no_reset> ? nullptr : reset,
      checked ? check : nullptr, destroy, checked ? report_leaks : nullptr,
      finish};

  union {
    parts parts_;
  };
};

} // namespace pool_tidy::detail

#endif
