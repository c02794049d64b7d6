//===- packet_pool.h - a fixed pool that can be empty -----------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A fixed pool over an array: acquire gives null when all packets are out.
//
//===----------------------------------------------------------------------===//
#ifndef TESTS_PACKET_POOL_H
#define TESTS_PACKET_POOL_H

#include <cstddef>

struct Packet {
  char data[1500];
  std::size_t len = 0;
  int port = 0;
  const char *source = nullptr;

  void reset() {
    len = 0;
    port = 0;
    source = nullptr;
  }
};

class PacketPool {
public:
  PacketPool() {
    for (Packet &p : store_)
      free_[count_++] = &p;
  }
  PacketPool(const PacketPool &) = delete;
  PacketPool &operator=(const PacketPool &) = delete;

  /// Null when every packet is out.
  Packet *get() { return count_ == 0 ? nullptr : free_[--count_]; }
  void put(Packet *p) { free_[count_++] = p; }

private:
  static constexpr std::size_t Max = 64;
  Packet store_[Max];
  Packet *free_[Max];
  std::size_t count_ = 0;
};

void send(const Packet &p);
bool link_up();

#endif
