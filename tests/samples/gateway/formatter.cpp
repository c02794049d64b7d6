//===- formatter.cpp - requests as lines of a log -----------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "formatter.h"
#include <ostream>
#include <vector>

namespace gateway {

namespace raw = pool_tidy::raw;

static std::string *latest = nullptr;

std::size_t Formatter::write(const Request &request,
                             std::ostream &out) noexcept {
  std::string *line = raw::acquire(lines_);
  line->append(request.path).append(" ").append(request.body);
  for (const auto &[name, value] : request.headers)
    line->append(" ").append(name).append("=").append(value);
  out << *line << '\n';
  std::size_t length = line->size();
  latest = line;
  raw::give_back(lines_, line);
  return length;
}

void Formatter::repeat(std::ostream &out) noexcept {
  if (latest)
    out << *latest << '\n';
}

/// Writes a line and puts it back.
void Formatter::send(std::string *line, std::ostream &out) noexcept {
  out << *line << '\n';
  line->clear();
  raw::give_back(lines_, line);
}

void Formatter::refuse(const char *why, std::ostream &out) noexcept {
  std::string *line = raw::acquire(lines_);
  line->append("refused: ").append(why);
  send(line, out);
}

void Formatter::greet(std::ostream &out) noexcept {
  static std::string ready = "gateway ready";
  send(&ready, out);
}

std::size_t Formatter::retainedBytes() {
  std::vector<pool_tidy::lease<std::string>> all;
  std::size_t bytes = 0;
  for (std::size_t left = lines_.stats().retained; left > 0; --left) {
    all.push_back(lines_.get());
    bytes += all.back()->capacity();
  }
  return bytes;
}

} // namespace gateway
