//===- routes.cpp - the file of routes ------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "gateway.h"
#include <cstdio>
#include <memory>

namespace gateway {

namespace {
struct CloseFile {
  void operator()(std::FILE *file) const { std::fclose(file); }
};
} // namespace

// An owner closes the file on every way out.
bool loadRoutes(const char *file, Routes &routes) {
  std::unique_ptr<std::FILE, CloseFile> in(std::fopen(file, "r"));
  if (!in)
    return false;
  char line[256], path[128], target[128];
  while (std::fgets(line, sizeof line, in.get())) {
    if (std::sscanf(line, "%127s %127s", path, target) != 2)
      return false;
    routes[path] = target;
  }
  return true;
}

// A route that cannot be written leaves the file open, once for each attempt.
bool saveRoutes(const char *file, const Routes &routes) {
  std::FILE *out = std::fopen(file, "w");
  if (!out)
    return false;
  for (const auto &[path, target] : routes) {
    if (path.find(' ') != std::string::npos)
      return false;
    std::fprintf(out, "%s %s\n", path.c_str(), target.c_str());
  }
  return std::fclose(out) == 0;
}

} // namespace gateway
