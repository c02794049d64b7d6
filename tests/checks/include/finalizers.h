//===- finalizers.h - what ends with an object ------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A pool that keeps objects, and the parts that pooled types are made of:
// owners of handles, registries, listeners.
//
//===----------------------------------------------------------------------===//
#ifndef TESTS_FINALIZERS_H
#define TESTS_FINALIZERS_H

#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <unistd.h>
#include <vector>

/// Keeps what comes back and gives it out again; resets nothing.
template <typename T> class KeepPool {
public:
  KeepPool() = default;
  KeepPool(const KeepPool &) = delete;
  KeepPool &operator=(const KeepPool &) = delete;
  ~KeepPool() {
    for (T *each : free_)
      delete each;
  }

  T *acquire() {
    if (free_.empty())
      return new T;
    T *last = free_.back();
    free_.pop_back();
    return last;
  }
  void release(T *object) { free_.push_back(object); }

private:
  std::vector<T *> free_;
};

/// Makes and destroys an object for each lease.
template <typename T> class FreshPool {
public:
  template <typename... Args> T *construct(Args &&...args) {
    void *place = take();
    return ::new (place) T(static_cast<Args &&>(args)...);
  }
  void destroy(T *object) {
    object->~T();
    give(object);
  }

private:
  void *take();
  void give(void *place);
};

/// Owns a descriptor.
class ScopedFd {
public:
  ScopedFd() = default;
  explicit ScopedFd(int fd) : fd_(fd) {}
  ScopedFd(const ScopedFd &) = delete;
  ScopedFd &operator=(const ScopedFd &) = delete;
  ~ScopedFd() { reset(); }

  void reset(int fd = -1) {
    if (fd_ >= 0)
      ::close(fd_);
    fd_ = fd;
  }
  int get() const { return fd_; }

private:
  int fd_ = -1;
};

/// Owns memory and nothing else.
class Blob {
public:
  explicit Blob(std::size_t size) : data_(new char[size]) {}
  Blob(const Blob &) = delete;
  Blob &operator=(const Blob &) = delete;
  ~Blob() { delete[] data_; }

private:
  char *data_;
};

struct Request;

/// Knows all requests and owns none.
class Registry {
public:
  static Registry &instance();
  void add(Request *request);
  void remove(Request *request);
  void remove(int id);
};

class Listener {
public:
  virtual ~Listener() = default;
  virtual void on_closed(int id) = 0;
  virtual void on_request(Request &request) = 0;
};

#endif
