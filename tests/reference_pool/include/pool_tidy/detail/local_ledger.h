// pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a checked local_pool knows of its leases.

#ifndef POOL_TIDY_DETAIL_LOCAL_LEDGER_H
#define POOL_TIDY_DETAIL_LOCAL_LEDGER_H

#include "misuse.h"
#include <source_location>
#include <thread>
#include <unordered_map>
#include <utility>

namespace pool_tidy::detail {

/// Notes who has what, and reports what does not fit.
template <checking Check> class local_ledger {
public:
  /// \throws std::bad_alloc
  void made(const void *object) { entries_[object] = {}; }
  void destroyed(const void *object) noexcept { entries_.erase(object); }

  void acquired(const void *object, const std::source_location &where) noexcept {
    of_this_thread(object, where);
    entries_.find(object)->second = {where, {}, true};
  }

  /// False when the object is not to be touched.
  bool put(const void *object, const std::source_location &where) noexcept {
    of_this_thread(object, where);
    auto found = entries_.find(object);
    if (found == entries_.end()) {
      report(misuse::foreign_put, object, {}, where);
      return false;
    }
    entry &each = found->second;
    if (!std::exchange(each.out, false)) {
      report(misuse::double_put, object, each.put, where);
      return false;
    }
    each.put = where.line() ? where : each.acquired;
    return true;
  }

  void report_leaks() const noexcept {
    for (const auto &[object, each] : entries_)
      if (each.out)
        report(misuse::leak_at_destroy, object, each.acquired, {});
  }

private:
  struct entry {
    std::source_location acquired, put;
    bool out = false;
  };

  void of_this_thread(const void *object,
                      const std::source_location &where) const noexcept {
    if (std::this_thread::get_id() != owner_)
      report(misuse::other_thread, object, {}, where);
  }

  const std::thread::id owner_ = std::this_thread::get_id();
  std::unordered_map<const void *, entry> entries_;
};

template <> class local_ledger<checking::none> {
public:
  void made(const void *) noexcept {}
  void destroyed(const void *) noexcept {}
  void acquired(const void *, const std::source_location &) noexcept {}
  bool put(const void *, const std::source_location &) noexcept { return true; }
  void report_leaks() const noexcept {}
};

} // namespace pool_tidy::detail

#endif
