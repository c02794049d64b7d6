//===- gateway.h - takes requests, writes lines, counts sessions -*- C++
//-*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef GATEWAY_GATEWAY_H
#define GATEWAY_GATEWAY_H

#include "formatter.h"
#include "request.h"
#include "store.h"
#include <cstddef>
#include <functional>
#include <iosfwd>
#include <pool_tidy/object_pool.h>
#include <string>

namespace gateway {

/// The records of one request. Tells at its end what it has held.
struct Batch {
  std::string session;
  std::size_t records = 0;
  std::function<void(const Batch &)> onDestroy;

  Batch() = default;
  Batch(const Batch &) = delete;
  Batch &operator=(const Batch &) = delete;
  ~Batch() {
    if (onDestroy)
      onDestroy(*this);
  }

  void clear() {
    session.clear();
    records = 0;
    onDestroy = nullptr;
  }
};

/// What a run came to.
struct Figures {
  std::size_t requests = 0; ///< taken
  std::size_t refused = 0;
  std::size_t bytes = 0;   ///< of the lines
  std::size_t headers = 0; ///< of all requests taken
  std::size_t sessions = 0;
};

class Gateway {
public:
  explicit Gateway(const std::string &file) : store_(file) {}

  /// Serves one request; false at the end of the input.
  bool serve(std::istream &in, std::ostream &out);
  /// Refuses the request that serve() threw for.
  void refuse(const BadRequest &why, std::ostream &out);
  /// The figures, a line each.
  void report(std::ostream &out);

private:
  void log(const Request &request, std::ostream &out);
  void batch(const Request &request);

  Figures figures_;
  Store store_;
  Formatter formatter_;
  pool_tidy::object_pool<Request, pool_tidy::no_reset> requests_;
  pool_tidy::object_pool<Batch> batches_;
};

} // namespace gateway

#endif
