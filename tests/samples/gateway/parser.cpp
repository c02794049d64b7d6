//===- parser.cpp - from lines to a request -----------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "request.h"
#include <istream>
#include <vector>

namespace gateway {

const std::string &Request::header(const std::string &name) const {
  static const std::string none;
  auto found = headers.find(name);
  return found == headers.end() ? none : found->second;
}

static void parseStart(const std::string &line, Request &request) {
  std::size_t space = line.find(' ');
  if (space == std::string::npos ||
      line.find(' ', space + 1) != std::string::npos)
    throw BadRequest("no method and path: " + line);
  request.method = line.substr(0, space);
  request.path = line.substr(space + 1);
}

static void parseHeader(const std::string &line, Request &request) {
  std::size_t colon = line.find(": ");
  if (colon == std::string::npos)
    throw BadRequest("no header: " + line);
  request.headers[line.substr(0, colon)] = line.substr(colon + 2);
}

bool readRequest(std::istream &in, Request &request) {
  std::string start, line;
  if (!std::getline(in, start))
    return false;
  // All of it is read before any of it is looked at: the next request begins
  // behind a bad one.
  std::vector<std::string> lines;
  while (std::getline(in, line) && !line.empty())
    lines.push_back(line);
  std::string body;
  if (!std::getline(in, body))
    throw BadRequest("no body");

  parseStart(start, request);
  for (const std::string &each : lines)
    parseHeader(each, request);
  request.body = std::move(body);
  return true;
}

} // namespace gateway
