//===- gateway.cpp - takes requests, writes lines, counts sessions ------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "gateway.h"
#include <algorithm>
#include <ostream>

namespace gateway {

namespace raw = pool_tidy::raw;

bool Gateway::serve(std::istream &in, std::ostream &out) {
  Request *request = raw::acquire(requests_);
  bool more = readRequest(in, *request);
  if (more) {
    if (request->method == "HELLO")
      formatter_.greet(out);
    else if (request->method == "AGAIN")
      formatter_.repeat(out);
    else
      log(*request, out);
  }
  request->method.clear();
  request->path.clear();
  request->body.clear();
  raw::give_back(requests_, request);
  return more;
}

void Gateway::log(const Request &request, std::ostream &out) {
  const std::string &session = request.header("Session");
  if (!store_.requests(session))
    ++figures_.sessions;
  std::size_t bytes = formatter_.write(request, out);
  store_.add(session, bytes);
  if (request.method == "BATCH")
    batch(request);
  ++figures_.requests;
  figures_.bytes += bytes;
  figures_.headers += request.headers.size();
}

void Gateway::batch(const Request &request) {
  pool_tidy::lease<Batch> batch = batches_.get();
  batch->session = request.header("Session");
  batch->onDestroy = [this](const Batch &done) {
    store_.addRecords(done.session, done.records);
  };
  batch->records =
      1 + std::count(request.body.begin(), request.body.end(), '|');
}

void Gateway::refuse(const BadRequest &why, std::ostream &out) {
  ++figures_.refused;
  formatter_.refuse(why.what(), out);
}

void Gateway::report(std::ostream &out) {
  std::size_t taken = std::max<std::size_t>(figures_.requests, 1);
  out << "requests " << figures_.requests << '\n'
      << "refused " << figures_.refused << '\n'
      << "sessions " << figures_.sessions << '\n'
      << "bytes per request " << figures_.bytes / taken << '\n'
      << "headers per request " << figures_.headers / taken << '\n'
      << "retained bytes " << formatter_.retainedBytes() << '\n'
      << "requests outstanding " << requests_.stats().outstanding << '\n'
      << "open statements " << store_.openStatements() << '\n'
      << "records stored " << store_.records() << '\n';
}

} // namespace gateway
