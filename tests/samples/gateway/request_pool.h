//===- request_pool.h - requests that are used again ------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef GATEWAY_REQUEST_POOL_H
#define GATEWAY_REQUEST_POOL_H

#include <map>
#include <string>
#include <vector>

namespace gateway {

struct Request {
  std::string path;
  std::string body;
  std::map<std::string, std::string> headers;

  void clear() {
    path.clear();
    body.clear();
    headers.clear();
  }
};

/// Hands out requests and keeps those that come back. Whoever releases one
/// clears it before.
class RequestPool {
public:
  RequestPool() = default;
  RequestPool(const RequestPool &) = delete;
  RequestPool &operator=(const RequestPool &) = delete;
  ~RequestPool() {
    for (Request *request : free_)
      delete request;
  }

  Request *acquire() {
    if (free_.empty())
      return new Request;
    Request *request = free_.back();
    free_.pop_back();
    return request;
  }
  void release(Request *request) { free_.push_back(request); }

private:
  std::vector<Request *> free_;
};

/// A request for the length of a scope; goes back clean.
class ScopedRequest {
public:
  explicit ScopedRequest(RequestPool &pool)
      : pool_(pool), request_(pool.acquire()) {}
  ScopedRequest(const ScopedRequest &) = delete;
  ScopedRequest &operator=(const ScopedRequest &) = delete;
  ~ScopedRequest() {
    request_->clear();
    pool_.release(request_);
  }

  Request &operator*() const { return *request_; }
  Request *operator->() const { return request_; }

private:
  RequestPool &pool_;
  Request *request_;
};

} // namespace gateway

#endif
