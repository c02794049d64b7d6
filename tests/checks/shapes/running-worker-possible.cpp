// RUN: %check %s --checks=pool-running-worker --confidence possible
// What a pooled object may start, and may stop, where not all is seen.

#include "finalizers.h"
#include <thread>

void work();

// Nobody is seen to call it.
struct Ready {
  std::jthread thread;
  void start() { thread = std::jthread(work); }
};
KeepPool<Ready> maybe_ready; // expect: pool-running-worker "'Ready' is pooled, but neither its reset nor the put stops what 'start' starts (possible)"

// The reset is not seen.
struct Hidden {
  std::jthread thread;
  void start() { thread = std::jthread(work); }
  void reset();
};
KeepPool<Hidden> maybe_hidden; // expect: pool-running-worker "'Hidden' is pooled, but neither its reset nor the put stops what 'start' starts (possible)"

void use() { maybe_hidden.acquire()->start(); }
