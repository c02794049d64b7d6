//===- gateway.h - a gateway for log lines ----------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef GATEWAY_GATEWAY_H
#define GATEWAY_GATEWAY_H

#include "request_pool.h"
#include <iosfwd>

namespace gateway {

/// Where requests for a path go.
using Routes = std::map<std::string, std::string>;

/// Reads lines `PATH TARGET`; false when the file cannot be used.
bool loadRoutes(const char *file, Routes &routes);
bool saveRoutes(const char *file, const Routes &routes);

/// Reads a path, headers up to an empty line, and a body of one line.
bool readRequest(std::istream &in, Request &request);

/// Sends one request on; false at the end of the input.
bool relayOne(RequestPool &pool, const Routes &routes, std::istream &in,
              std::ostream &out);
/// Sends the same text to every route; gives how many took it.
int broadcast(RequestPool &pool, const Routes &routes, const std::string &text,
              std::ostream &out);
/// Answers whether the gateway is up, and says how long its own answer was.
std::size_t ping(RequestPool &pool, std::ostream &out);
/// Sends a request to a second place when it asks for that.
void mirror(RequestPool &pool, std::istream &in, std::ostream &out,
            std::ostream &copy);

} // namespace gateway

#endif
