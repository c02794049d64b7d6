//===- main.cpp - gateway DATABASE [REQUESTS] ---------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Reads requests from a file or standard input, writes them as lines of a log,
// and keeps the sessions in a database. The figures go to standard error.
//
//===----------------------------------------------------------------------===//
#include "gateway.h"
#include <fstream>
#include <iostream>

int main(int argc, char **argv) {
  if (argc < 2 || argc > 3) {
    std::cerr << "usage: gateway DATABASE [REQUESTS]\n";
    return 2;
  }
  std::ifstream file;
  if (argc == 3) {
    file.open(argv[2]);
    if (!file) {
      std::cerr << argv[2] << ": cannot be read\n";
      return 1;
    }
  }
  std::istream &in = argc == 3 ? file : std::cin;
  try {
    gateway::Gateway gateway(argv[1]);
    bool more = true;
    while (more) {
      try {
        more = gateway.serve(in, std::cout);
      } catch (const gateway::BadRequest &why) {
        gateway.refuse(why, std::cout);
      }
    }
    gateway.report(std::cerr);
  } catch (const gateway::StoreError &why) {
    std::cerr << why.what() << '\n';
    return 1;
  }
  return 0;
}
