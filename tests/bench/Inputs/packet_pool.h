// pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The pool of tests/bench/overhead: in a user header, found by its looks.
#ifndef BENCH_PACKET_POOL_H
#define BENCH_PACKET_POOL_H

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace relay {

struct Packet {
  std::string topic;
  std::vector<unsigned char> body;
  unsigned attempts = 0;
  bool urgent = false;

  void clear() {
    topic.clear();
    body.clear();
    attempts = 0;
    urgent = false;
  }
};

class PacketPool {
public:
  explicit PacketPool(std::size_t Limit) : Limit(Limit) {}
  PacketPool(const PacketPool &) = delete;
  PacketPool &operator=(const PacketPool &) = delete;

  Packet *acquire() {
    std::lock_guard<std::mutex> Lock(Guard);
    if (Free.empty())
      return new Packet;
    Packet *P = Free.back().release();
    Free.pop_back();
    return P;
  }

  void release(Packet *P) {
    std::lock_guard<std::mutex> Lock(Guard);
    if (Free.size() < Limit)
      Free.emplace_back(P);
    else
      delete P;
  }

private:
  std::mutex Guard;
  std::vector<std::unique_ptr<Packet>> Free;
  std::size_t Limit;
};

/// Puts its packet when it goes.
class PacketGuard {
public:
  explicit PacketGuard(PacketPool &Pool) : Pool(Pool), P(Pool.acquire()) {}
  PacketGuard(const PacketGuard &) = delete;
  PacketGuard &operator=(const PacketGuard &) = delete;
  ~PacketGuard() {
    if (P) {
      P->clear();
      Pool.release(P);
    }
  }
  Packet *operator->() const { return P; }
  Packet &operator*() const { return *P; }

private:
  PacketPool &Pool;
  Packet *P;
};

} // namespace relay

#endif
