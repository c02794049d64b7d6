//===- formatter.h - requests as lines of a log -----------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef GATEWAY_FORMATTER_H
#define GATEWAY_FORMATTER_H

#include "request.h"
#include <cstddef>
#include <iosfwd>
#include <pool_tidy/object_pool.h>
#include <string>

namespace gateway {

/// The lines go to C callers too, so whoever puts one clears it; the pool only
/// sees to it that no giant stays.
struct KeepSmall {
  pool_tidy::verdict reset(std::string &line) const noexcept {
    return line.capacity() > 256 * 1024 ? pool_tidy::verdict::drop
                                        : pool_tidy::verdict::keep;
  }
};

/// Writes lines, each of them in a buffer that is used again.
class Formatter {
public:
  /// Writes a request as one line; gives its length.
  std::size_t write(const Request &request, std::ostream &out) noexcept;
  /// Says why a request was refused.
  void refuse(const char *why, std::ostream &out) noexcept;
  /// Answers somebody who only asks whether the gateway is up.
  void greet(std::ostream &out) noexcept;
  /// Writes the latest line once more.
  void repeat(std::ostream &out) noexcept;

  /// Bytes that the idle buffers keep.
  std::size_t retainedBytes();

private:
  void send(std::string *line, std::ostream &out) noexcept;

  pool_tidy::object_pool<std::string, KeepSmall> lines_;
};

} // namespace gateway

#endif
