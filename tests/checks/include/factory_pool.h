//===- factory_pool.h - pools that are told how to make objects -*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// The ways in which pools are given a factory and a reset callback: a function
// object in a member, a function pointer, a virtual class, a policy, a method of
// their own.
//
//===----------------------------------------------------------------------===//
#ifndef TESTS_FACTORY_POOL_H
#define TESTS_FACTORY_POOL_H

#include "buffer_pool.h"
#include <functional>
#include <memory>
#include <mutex>
#include <new>
#include <stdexcept>
#include <utility>
#include <vector>

/// Calls its factory outside of its lock, and takes what it gets.
class FunctionPool {
public:
  FunctionPool() = default;
  explicit FunctionPool(std::function<Buffer *()> make,
                        std::function<void(Buffer &)> reset = {})
      : make_(std::move(make)), reset_(std::move(reset)) {}
  FunctionPool(const FunctionPool &) = delete;

  void set_factory(std::function<Buffer *()> make) { make_ = std::move(make); }

  Buffer *acquire() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      if (!free_.empty()) {
        Buffer *b = free_.back();
        free_.pop_back();
        return b;
      }
    }
    return make_();
  }
  void release(Buffer *b) {
    if (reset_)
      reset_(*b);
    std::lock_guard<std::mutex> lock(mutex_);
    free_.push_back(b);
  }

private:
  std::mutex mutex_;
  std::vector<Buffer *> free_;
  std::function<Buffer *()> make_;
  std::function<void(Buffer &)> reset_;
};

/// Without a lock: of one thread, or of a user that has one.
class LocklessPool {
public:
  explicit LocklessPool(std::function<Buffer *()> make) : make_(std::move(make)) {}
  LocklessPool(const LocklessPool &) = delete;
  Buffer *acquire() {
    if (free_.empty())
      return make_();
    Buffer *b = free_.back();
    free_.pop_back();
    return b;
  }
  void release(Buffer *b) { free_.push_back(b); }

private:
  std::vector<Buffer *> free_;
  std::function<Buffer *()> make_;
};

/// A function pointer, of C's sort.
class PointerPool {
public:
  explicit PointerPool(Buffer *(*make)()) : make_(make) {}
  PointerPool(const PointerPool &) = delete;
  Buffer *acquire() {
    std::unique_lock<std::mutex> lock(mutex_);
    Buffer *b = nullptr;
    if (!free_.empty()) {
      b = free_.back();
      free_.pop_back();
      return b;
    }
    lock.unlock();
    b = make_();
    b->clear();
    return b;
  }
  void release(Buffer *b) {
    std::unique_lock<std::mutex> lock(mutex_);
    free_.push_back(b);
  }

private:
  std::mutex mutex_;
  std::vector<Buffer *> free_;
  Buffer *(*make_)();
};

/// A factory class.
class BufferFactory {
public:
  virtual ~BufferFactory() = default;
  virtual Buffer *create() = 0;
  virtual void reset(Buffer &b) { b.clear(); }
};

class ObjectFactoryPool {
public:
  explicit ObjectFactoryPool(BufferFactory &factory) : factory_(factory) {}
  ObjectFactoryPool(const ObjectFactoryPool &) = delete;
  Buffer *acquire() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      if (!free_.empty()) {
        Buffer *b = free_.back();
        free_.pop_back();
        return b;
      }
    }
    return factory_.create();
  }
  void release(Buffer *b) {
    factory_.reset(*b);
    std::lock_guard<std::mutex> lock(mutex_);
    free_.push_back(b);
  }

private:
  std::mutex mutex_;
  std::vector<Buffer *> free_;
  BufferFactory &factory_;
};

/// A template with a policy and a callable of its user's type.
template <typename T, typename Policy> class PolicyPool {
public:
  T *acquire() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      if (!free_.empty()) {
        T *t = free_.back();
        free_.pop_back();
        return t;
      }
    }
    return Policy::make();
  }
  void release(T *t) {
    Policy::reset(*t);
    std::lock_guard<std::mutex> lock(mutex_);
    free_.push_back(t);
  }

private:
  std::mutex mutex_;
  std::vector<T *> free_;
};

template <typename T, typename Make> class CallablePool {
public:
  explicit CallablePool(Make make) : make_(std::move(make)) {}
  T *acquire() {
    std::lock_guard<std::mutex> lock(mutex_);
    if (free_.empty())
      free_.push_back(make_());
    T *t = free_.back();
    free_.pop_back();
    return t;
  }
  void release(T *t) {
    std::lock_guard<std::mutex> lock(mutex_);
    free_.push_back(t);
  }

private:
  std::mutex mutex_;
  std::vector<T *> free_;
  Make make_;
};

/// Its own method makes; derived pools say how.
class MethodPool {
public:
  virtual ~MethodPool() = default;
  Buffer *acquire() {
    if (free_.empty())
      return create();
    Buffer *b = free_.back();
    free_.pop_back();
    return b;
  }
  void release(Buffer *b) { free_.push_back(b); }

protected:
  virtual Buffer *create() = 0;

private:
  std::vector<Buffer *> free_;
};

// --- pools that expect null of their factory

/// Passes it on: acquire's callers know that they may get null.
class HonestPool {
public:
  explicit HonestPool(std::function<Buffer *()> make) : make_(std::move(make)) {}
  HonestPool(const HonestPool &) = delete;
  /// Null when no buffer can be made.
  Buffer *try_acquire() {
    if (free_.empty())
      return make_();
    Buffer *b = free_.back();
    free_.pop_back();
    return b;
  }
  void release(Buffer *b) { free_.push_back(b); }

private:
  std::vector<Buffer *> free_;
  std::function<Buffer *()> make_;
};

/// Turns it into an exception.
class ThrowingPool {
public:
  explicit ThrowingPool(std::function<Buffer *()> make) : make_(std::move(make)) {}
  ThrowingPool(const ThrowingPool &) = delete;
  Buffer *acquire() {
    if (free_.empty()) {
      Buffer *made = make_();
      if (!made)
        throw std::runtime_error("no buffer");
      return made;
    }
    Buffer *b = free_.back();
    free_.pop_back();
    return b;
  }
  void release(Buffer *b) { free_.push_back(b); }

private:
  std::vector<Buffer *> free_;
  std::function<Buffer *()> make_;
};

/// Owners instead of pointers.
class OwnerPool {
public:
  explicit OwnerPool(std::function<std::unique_ptr<Buffer>()> make)
      : make_(std::move(make)) {}
  OwnerPool(const OwnerPool &) = delete;
  std::unique_ptr<Buffer> acquire() {
    if (free_.empty())
      return make_();
    std::unique_ptr<Buffer> b = std::move(free_.back());
    free_.pop_back();
    return b;
  }
  void release(std::unique_ptr<Buffer> b) { free_.push_back(std::move(b)); }

private:
  std::vector<std::unique_ptr<Buffer>> free_;
  std::function<std::unique_ptr<Buffer>()> make_;
};

class OwnersPool {
public:
  explicit OwnersPool(std::function<std::shared_ptr<Buffer>()> make)
      : make_(std::move(make)) {}
  OwnersPool(const OwnersPool &) = delete;
  std::shared_ptr<Buffer> acquire() {
    std::lock_guard<std::mutex> lock(mutex_);
    if (free_.empty())
      return make_();
    auto b = free_.back();
    free_.pop_back();
    return b;
  }
  void release(std::shared_ptr<Buffer> b) {
    std::lock_guard<std::mutex> lock(mutex_);
    free_.push_back(std::move(b));
  }

private:
  std::mutex mutex_;
  std::vector<std::shared_ptr<Buffer>> free_;
  std::function<std::shared_ptr<Buffer>()> make_;
};

/// Gives it to a helper that throws on null.
class CheckingPool {
public:
  explicit CheckingPool(Buffer *(*make)()) : make_(make) {}
  CheckingPool(const CheckingPool &) = delete;
  Buffer *acquire() {
    if (free_.empty())
      return checked(make_());
    Buffer *b = free_.back();
    free_.pop_back();
    return b;
  }
  void release(Buffer *b) { free_.push_back(b); }

private:
  static Buffer *checked(Buffer *b) {
    if (!b)
      throw std::bad_alloc();
    return b;
  }
  std::vector<Buffer *> free_;
  Buffer *(*make_)();
};

/// Gives it to a helper that asks nothing.
class PassingPool {
public:
  explicit PassingPool(Buffer *(*make)()) : make_(make) {}
  PassingPool(const PassingPool &) = delete;
  Buffer *acquire() {
    if (free_.empty())
      return counted(make_());
    Buffer *b = free_.back();
    free_.pop_back();
    return b;
  }
  void release(Buffer *b) { free_.push_back(b); }

private:
  Buffer *counted(Buffer *b) {
    ++made_;
    return b;
  }
  std::vector<Buffer *> free_;
  Buffer *(*make_)();
  int made_ = 0;
};

/// Asks whether there was one, not whether one was made.
class EarlyAskingPool {
public:
  explicit EarlyAskingPool(Buffer *(*make)()) : make_(make) {}
  EarlyAskingPool(const EarlyAskingPool &) = delete;
  Buffer *acquire() {
    Buffer *b = nullptr;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      if (!free_.empty()) {
        b = free_.back();
        free_.pop_back();
      }
    }
    if (!b)
      b = make_();
    b->clear();
    return b;
  }
  void release(Buffer *b) {
    std::lock_guard<std::mutex> lock(mutex_);
    free_.push_back(b);
  }

private:
  std::mutex mutex_;
  std::vector<Buffer *> free_;
  Buffer *(*make_)();
};

/// Tries until there is one.
class RetryPool {
public:
  explicit RetryPool(Buffer *(*make)()) : make_(make) {}
  RetryPool(const RetryPool &) = delete;
  Buffer *acquire() {
    Buffer *b = nullptr;
    if (!free_.empty()) {
      b = free_.back();
      free_.pop_back();
    }
    for (int tries = 0; tries < 8; ++tries) {
      if (b)
        return b;
      b = make_();
    }
    throw std::bad_alloc();
  }
  void release(Buffer *b) { free_.push_back(b); }

private:
  std::vector<Buffer *> free_;
  Buffer *(*make_)();
};

/// Owns its factory.
class SpareFactory {
public:
  virtual ~SpareFactory() = default;
  virtual Buffer *create() = 0;
};
class SpareFactoryPool {
public:
  explicit SpareFactoryPool(std::unique_ptr<SpareFactory> factory)
      : factory_(std::move(factory)) {}
  Buffer *acquire() {
    if (free_.empty())
      return factory_->create();
    Buffer *b = free_.back();
    free_.pop_back();
    return b;
  }
  void release(Buffer *b) { free_.push_back(b); }

private:
  std::vector<Buffer *> free_;
  std::unique_ptr<SpareFactory> factory_;
};

/// Told by a table of functions, and by options.
struct Operations {
  Buffer *(*create)(void *context);
  void (*reset)(Buffer *, void *context);
};
class OperationsPool {
public:
  OperationsPool(const Operations &operations, void *context)
      : operations_(operations), context_(context) {}
  OperationsPool(const OperationsPool &) = delete;
  Buffer *acquire() {
    std::unique_lock<std::mutex> lock(mutex_);
    if (free_.empty()) {
      lock.unlock();
      return operations_.create(context_);
    }
    Buffer *b = free_.back();
    free_.pop_back();
    return b;
  }
  void release(Buffer *b) {
    operations_.reset(b, context_);
    std::lock_guard<std::mutex> lock(mutex_);
    free_.push_back(b);
  }

private:
  std::mutex mutex_;
  std::vector<Buffer *> free_;
  Operations operations_;
  void *context_;
};
class OptionsPool {
public:
  struct Options {
    std::size_t most = 0;
    std::function<Buffer *()> make;
  };
  explicit OptionsPool(Options options) : options_(std::move(options)) {}
  OptionsPool(const OptionsPool &) = delete;
  Buffer *acquire() {
    if (free_.empty())
      return options_.make();
    Buffer *b = free_.back();
    free_.pop_back();
    return b;
  }
  void release(Buffer *b) { free_.push_back(b); }

private:
  std::vector<Buffer *> free_;
  Options options_;
};

/// Its derived class makes, without a virtual call.
template <typename Derived> class DerivedMakesPool {
public:
  DerivedMakesPool() = default;
  DerivedMakesPool(const DerivedMakesPool &) = delete;
  Buffer *acquire() {
    if (free_.empty())
      return static_cast<Derived *>(this)->create();
    Buffer *b = free_.back();
    free_.pop_back();
    return b;
  }
  void release(Buffer *b) { free_.push_back(b); }

private:
  std::vector<Buffer *> free_;
};

#endif
