// REQUIRES: boost
// RUN: %check %s --checks=pool-*-worker,pool-*-finalizer
// Pooled objects with operations of Boost.Asio.

#include "finalizers.h"
#include <boost/asio.hpp>

namespace asio = boost::asio;

class Reader {
public:
  explicit Reader(asio::io_context &io) : timer_(io) {}
  void arm() {
    timer_.async_wait([this](boost::system::error_code) { ++late_; }); // note: "started by 'async_wait' here"
  }
  void reset() { late_ = 0; } // note: "not stopped by the reset here"

private:
  asio::steady_timer timer_;
  int late_ = 0;
};

template <typename T> class IoPool {
public:
  explicit IoPool(asio::io_context &io) : io_(io) {}
  T *acquire() {
    if (free_.empty())
      return new T(io_);
    T *last = free_.back();
    free_.pop_back();
    return last;
  }
  void release(T *object) { free_.push_back(object); }

private:
  asio::io_context &io_;
  std::vector<T *> free_;
};

void bad(asio::io_context &io) {
  IoPool<Reader> pool(io); // expect: pool-running-worker "'Reader' is pooled, but neither its reset nor the put stops what 'arm' starts"
  pool.acquire()->arm();
}

class Cancelling {
public:
  explicit Cancelling(asio::io_context &io) : timer_(io) {}
  void arm() {
    timer_.async_wait([this](boost::system::error_code) { ++late_; });
  }
  void reset() {
    timer_.cancel();
    late_ = 0;
  }

private:
  asio::steady_timer timer_;
  int late_ = 0;
};

void good(asio::io_context &io) {
  IoPool<Cancelling> pool(io);
  pool.acquire()->arm();
}
