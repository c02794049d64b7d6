// RUN: %check %s
// Acquires that say in a parameter how it went.

#include "scarce_pool.h"
#include <system_error>

class CodePool {
public:
  Frame *acquire(std::error_code &code) {
    if (free_.empty()) {
      code = std::make_error_code(std::errc::not_enough_memory);
      return nullptr;
    }
    code.clear();
    Frame *frame = free_.back();
    free_.pop_back();
    return frame;
  }
  void release(Frame *frame) { free_.push_back(frame); }

private:
  std::vector<Frame *> free_;
};

class FlagPool {
public:
  Frame *acquire(bool &ok) {
    ok = !free_.empty();
    if (!ok)
      return nullptr;
    Frame *frame = free_.back();
    free_.pop_back();
    return frame;
  }
  void release(Frame *frame) { free_.push_back(frame); }

private:
  std::vector<Frame *> free_;
};

class NumberPool {
public:
  int acquire(Frame **out) {
    if (free_.empty())
      return -1;
    *out = free_.back();
    free_.pop_back();
    return 0;
  }
  void release(Frame *frame) { free_.push_back(frame); }

private:
  std::vector<Frame *> free_;
};

void good_code(CodePool &pool) {
  std::error_code code;
  Frame *frame = pool.acquire(code);
  if (code)
    return;
  frame->send();
  pool.release(frame);
}

void good_code_twice(CodePool &pool) {
  std::error_code code;
  Frame *first = pool.acquire(code);
  if (code)
    return;
  Frame *second = pool.acquire(code);
  if (!code) {
    second->send();
    pool.release(second);
  }
  pool.release(first);
}

void bad_code_never_asked(CodePool &pool) {
  std::error_code code;
  Frame *frame = pool.acquire(code);
  frame->send(); // expect: pool-unchecked-acquire "'frame' is dereferenced"
  pool.release(frame);
}

void bad_code_and_lost(CodePool &pool) {
  std::error_code code;
  Frame *frame = pool.acquire(code); // expect: pool-resource-leak "'frame' is never put back"
  if (code)
    return;
  frame->send();
}

void good_flag(FlagPool &pool) {
  bool ok = false;
  Frame *frame = pool.acquire(ok);
  if (!ok)
    return;
  frame->send();
  pool.release(frame);
}

void bad_flag_and_put_twice(FlagPool &pool) {
  bool ok = false;
  Frame *frame = pool.acquire(ok);
  if (!ok)
    return;
  pool.release(frame);
  pool.release(frame); // expect: pool-double-put "'frame' is put back twice"
}

void good_number(NumberPool &pool) {
  Frame *frame;
  if (pool.acquire(&frame) < 0)
    return;
  frame->send();
  pool.release(frame);
}

void good_number_kept(NumberPool &pool) {
  Frame *frame = nullptr;
  int rc = pool.acquire(&frame);
  if (rc == -1)
    return;
  frame->send();
  pool.release(frame);
}
