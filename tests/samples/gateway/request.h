//===- request.h - one request, and how it is read --------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef GATEWAY_REQUEST_H
#define GATEWAY_REQUEST_H

#include <iosfwd>
#include <map>
#include <stdexcept>
#include <string>

namespace gateway {

struct Request {
  std::string method;
  std::string path;
  std::map<std::string, std::string> headers;
  std::string body;

  /// A header's value; empty when it is not there.
  const std::string &header(const std::string &name) const;

  void clear() {
    method.clear();
    path.clear();
    headers.clear();
    body.clear();
  }
};

/// What was sent is no request.
class BadRequest : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Reads `METHOD PATH`, headers up to an empty line, and a body of one line.
/// False at the end of the input; throws BadRequest behind one that is none.
bool readRequest(std::istream &in, Request &request);

} // namespace gateway

#endif
