//===- main.cpp - the gateway as a program --------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "gateway.h"
#include <iostream>

int main(int argc, char **argv) {
  gateway::Routes routes;
  if (argc > 1 && !gateway::loadRoutes(argv[1], routes)) {
    std::cerr << argv[1] << ": no routes\n";
    return 1;
  }
  gateway::RequestPool pool;
  gateway::broadcast(pool, routes, "started", std::cout);
  while (gateway::relayOne(pool, routes, std::cin, std::cout))
    gateway::ping(pool, std::cerr);
  if (argc > 2 && !gateway::saveRoutes(argv[2], routes))
    std::cerr << argv[2] << ": not written\n";
  return 0;
}
