//===- gateway.cpp - sends log lines on -----------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "gateway.h"
#include <istream>
#include <ostream>

namespace gateway {

bool readRequest(std::istream &in, Request &request) {
  std::string line;
  if (!std::getline(in, request.path))
    return false;
  while (std::getline(in, line) && !line.empty()) {
    std::size_t colon = line.find(':');
    if (colon != std::string::npos)
      request.headers[line.substr(0, colon)] = line.substr(colon + 1);
  }
  return static_cast<bool>(std::getline(in, request.body));
}

static void send(std::ostream &out, const std::string &target,
                 const Request &request) {
  out << target << request.path << '\n';
  for (const auto &[name, value] : request.headers)
    out << name << ':' << value << '\n';
  out << '\n' << request.body << '\n';
}

// The headers are not cleared: the next request that this one is used for
// carries the cookies of this one's user.
bool relayOne(RequestPool &pool, const Routes &routes, std::istream &in,
              std::ostream &out) {
  Request *request = pool.acquire();
  bool more = readRequest(in, *request);
  if (more) {
    auto route = routes.find(request->path);
    if (route != routes.end())
      send(out, route->second, *request);
  }
  request->path.clear();
  request->body.clear();
  pool.release(request);
  return more;
}

// Nothing to say against this one.
int broadcast(RequestPool &pool, const Routes &routes, const std::string &text,
              std::ostream &out) {
  int taken = 0;
  for (const auto &[path, target] : routes) {
    ScopedRequest request(pool);
    request->path = path;
    request->body = text;
    send(out, target, *request);
    taken += out.good();
  }
  return taken;
}

// The request is somebody else's by the time its size is asked.
std::size_t ping(RequestPool &pool, std::ostream &out) {
  Request *request = pool.acquire();
  request->path = "/ping";
  request->body = "up";
  send(out, "local", *request);
  request->clear();
  pool.release(request);
  return request->body.size();
}

// Where there is no mirror the request goes back twice, and the pool then gives
// it to two users at once.
void mirror(RequestPool &pool, std::istream &in, std::ostream &out,
            std::ostream &copy) {
  Request *request = pool.acquire();
  readRequest(in, *request);
  send(out, "first", *request);
  bool again = request->headers.count("Mirror") != 0;
  request->clear();
  if (!again)
    pool.release(request);
  else
    copy << "mirrored\n";
  pool.release(request);
}

} // namespace gateway
