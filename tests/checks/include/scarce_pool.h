//===- scarce_pool.h - pools that may have nothing to give ------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Fixed-size pools in the shapes that projects write: null, an empty handle or
// optional, false with an out-parameter, an error code, a negative index.
//
//===----------------------------------------------------------------------===//
#ifndef TESTS_SCARCE_POOL_H
#define TESTS_SCARCE_POOL_H

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

struct Frame {
  std::string text;
  int number = 0;
  Frame *next = nullptr;
  void clear() {
    text.clear();
    number = 0;
    next = nullptr;
  }
  void send() const;
  bool ready() const { return number > 0; }
};

/// Null when all are out: its body says so.
class FramePool {
public:
  Frame *acquire() {
    std::lock_guard<std::mutex> lock(mutex_);
    if (free_.empty())
      return nullptr;
    Frame *frame = free_.back();
    free_.pop_back();
    return frame;
  }
  void release(Frame *frame) {
    std::lock_guard<std::mutex> lock(mutex_);
    free_.push_back(frame);
  }
  std::size_t available() {
    std::lock_guard<std::mutex> lock(mutex_);
    return free_.size();
  }

private:
  std::mutex mutex_;
  std::vector<Frame *> free_;
};

/// Likewise, by a variable that is null at first.
class LatePool {
public:
  Frame *acquire() {
    Frame *frame = nullptr;
    if (!free_.empty()) {
      frame = free_.back();
      free_.pop_back();
    }
    return frame;
  }
  void release(Frame *frame) { free_.push_back(frame); }

private:
  std::vector<Frame *> free_;
};

/// Makes a new one when it is empty: never null, whatever its variable was.
class GrowingPool {
public:
  Frame *acquire() {
    Frame *frame = nullptr;
    if (!free_.empty()) {
      frame = free_.back();
      free_.pop_back();
    } else {
      frame = new Frame;
    }
    return frame;
  }
  void release(Frame *frame) { free_.push_back(frame); }

private:
  std::vector<Frame *> free_;
};

/// Null for none wanted, which nobody asks for.
class SizedFramePool {
public:
  Frame *acquire(int count) {
    if (count == 0)
      return nullptr;
    if (free_.empty())
      return new Frame;
    Frame *frame = free_.back();
    free_.pop_back();
    return frame;
  }
  void release(Frame *frame) { free_.push_back(frame); }

private:
  std::vector<Frame *> free_;
};

/// Waits until there is one.
class WaitingPool {
public:
  Frame *acquire() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (free_.empty())
      given_.wait(lock);
    Frame *frame = free_.back();
    free_.pop_back();
    return frame;
  }
  void release(Frame *frame) {
    std::lock_guard<std::mutex> lock(mutex_);
    free_.push_back(frame);
    given_.notify_one();
  }

private:
  std::mutex mutex_;
  std::condition_variable given_;
  std::vector<Frame *> free_;
};

/// Without bodies: only the names say that it may fail.
class NamedPool {
public:
  Frame *acquire();
  Frame *try_acquire();
  void release(Frame *frame);
  bool empty() const;
};

/// The object comes out of a parameter.
class OutPool {
public:
  bool acquire(Frame *&frame) {
    if (free_.empty())
      return false;
    frame = free_.back();
    free_.pop_back();
    return true;
  }
  void release(Frame *frame) { free_.push_back(frame); }

private:
  std::vector<Frame *> free_;
};

/// It says true each time.
class AlwaysPool {
public:
  bool acquire(Frame *&frame) {
    if (free_.empty()) {
      frame = new Frame;
    } else {
      frame = free_.back();
      free_.pop_back();
    }
    return true;
  }
  void release(Frame *frame) { free_.push_back(frame); }

private:
  std::vector<Frame *> free_;
};

/// An optional pointer.
class OptionalPool {
public:
  std::optional<Frame *> acquire() {
    if (free_.empty())
      return std::nullopt;
    Frame *frame = free_.back();
    free_.pop_back();
    return frame;
  }
  void release(Frame *frame) { free_.push_back(frame); }

private:
  std::vector<Frame *> free_;
};

/// A handle that is empty when there was none.
class HandlePool {
public:
  struct Back {
    HandlePool *pool = nullptr;
    void operator()(Frame *frame) const {
      frame->clear();
      pool->free_.push_back(frame);
    }
  };
  using Ptr = std::unique_ptr<Frame, Back>;
  Ptr acquire() {
    if (free_.empty())
      return nullptr;
    Frame *frame = free_.back();
    free_.pop_back();
    return Ptr(frame, Back{this});
  }

private:
  std::vector<Frame *> free_;
};

/// Slots by number, -1 when all are taken.
class SlotPool {
public:
  int acquire() {
    for (std::size_t i = 0; i < used_.size(); ++i)
      if (!used_[i]) {
        used_[i] = true;
        return static_cast<int>(i);
      }
    return -1;
  }
  void release(int slot) { used_[static_cast<std::size_t>(slot)] = false; }

private:
  std::vector<bool> used_;
};

/// Made once for each type, as templates are.
template <typename T> class TypedPool {
public:
  T *acquire() {
    if (free_.empty())
      return nullptr;
    T *object = free_.back();
    free_.pop_back();
    return object;
  }
  void release(T *object) { free_.push_back(object); }

private:
  std::vector<T *> free_;
};

/// By its answer it tells whether it has filled the pointer, each type in its own
/// way: `Given` where it has.
template <typename Answer, Answer Given, Answer Missing> class AnswerPool {
public:
  Answer acquire(Frame **out) {
    if (free_.empty())
      return Missing;
    *out = free_.back();
    free_.pop_back();
    return Given;
  }
  void release(Frame *frame) { free_.push_back(frame); }

private:
  std::vector<Frame *> free_;
};
enum class Found { no, yes };
enum class Trouble { none, empty, broken };
using ErrnoPool = AnswerPool<int, 0, -1>;
using CountPool = AnswerPool<int, 1, 0>;
using FoundPool = AnswerPool<Found, Found::yes, Found::no>;
using TroublePool = AnswerPool<Trouble, Trouble::none, Trouble::empty>;

/// Likewise, by a variable, and null where it has none.
class VariablePool {
public:
  int acquire(Frame *&out) {
    int code = -1;
    out = nullptr;
    if (!free_.empty()) {
      out = free_.back();
      free_.pop_back();
      code = 0;
    }
    return code;
  }
  void release(Frame *frame) { free_.push_back(frame); }

private:
  std::vector<Frame *> free_;
};

/// Whatever it answers, it has filled it.
class FilledPool {
public:
  int acquire(Frame **out) {
    if (free_.empty()) {
      *out = new Frame;
      return 1;
    }
    *out = free_.back();
    free_.pop_back();
    return 0;
  }
  int borrow(Frame **out) {
    if (free_.empty())
      throw std::runtime_error("no frame");
    *out = free_.back();
    free_.pop_back();
    return static_cast<int>(free_.size());
  }
  void release(Frame *frame) { free_.push_back(frame); }

private:
  std::vector<Frame *> free_;
};

/// What it tells on the way changes nothing.
void fatal(const char *text);
class TalkativePool {
public:
  int acquire(Frame **out) {
    if (free_.empty()) {
      fatal("empty");
      return -1;
    }
    *out = free_.back();
    free_.pop_back();
    fatal("given");
    return 0;
  }
  void release(Frame *frame) { free_.push_back(frame); }

private:
  std::vector<Frame *> free_;
};

/// Whether code that is not seen has filled it, nobody knows: its answer says so.
class QueuePool {
public:
  bool acquire(Frame *&out) { return pop(out); }
  void release(Frame *frame) { push(frame); }

private:
  bool pop(Frame *&out);
  void push(Frame *frame);
};

/// A status of class type.
class StatusPool {
public:
  std::error_code acquire(Frame **out) {
    if (free_.empty())
      return std::make_error_code(std::errc::not_enough_memory);
    *out = free_.back();
    free_.pop_back();
    return {};
  }
  void release(Frame *frame) { free_.push_back(frame); }

private:
  std::vector<Frame *> free_;
};

/// Holds one until its scope ends, or none.
class FrameGuard {
public:
  explicit FrameGuard(FramePool &pool) : pool_(pool), frame_(pool.acquire()) {}
  ~FrameGuard() {
    if (frame_)
      pool_.release(frame_);
  }
  FrameGuard(const FrameGuard &) = delete;
  FrameGuard &operator=(const FrameGuard &) = delete;
  Frame *operator->() const { return frame_; }
  Frame &operator*() const { return *frame_; }
  Frame *get() const { return frame_; }
  explicit operator bool() const { return frame_ != nullptr; }
  bool ok() const { return frame_; }
  bool empty() const { return !frame_; }
  bool valid() const;

private:
  FramePool &pool_;
  Frame *frame_;
};

/// Functions that are given one.
void look(const Frame *frame);
bool is_valid(const Frame *frame);
void fatal(const char *text);
void fill(Frame &frame);
inline void number(Frame *frame, int n) { frame->number = n; }
inline void number_if_any(Frame *frame, int n) {
  if (frame)
    frame->number = n;
}
inline Frame *must(Frame *frame) {
  if (!frame)
    throw std::runtime_error("no frame");
  return frame;
}
inline Frame *frame_or_null(FramePool &pool) {
  Frame *frame = pool.acquire();
  return frame;
}
inline Frame *frame_or_new(FramePool &pool) {
  Frame *frame = pool.acquire();
  if (!frame)
    frame = new Frame;
  return frame;
}
inline bool give_frame(FramePool &pool, Frame **out) {
  Frame *frame = pool.acquire();
  if (!frame)
    return false;
  *out = frame;
  return true;
}

#endif
