// RUN: %check %s
// Whether there is one is asked in a function whose body is seen.

#include "scarce_pool.h"
#include <cstdlib>

static bool valid(const Frame *frame) { return frame != nullptr; }
static bool none(const Frame *frame) {
  if (frame)
    return false;
  return true;
}
static int code(const Frame *frame) {
  if (frame == nullptr)
    return -1;
  return 0;
}
static bool usable(const Frame *frame) { return frame && frame->number >= 0; }
static bool other(const Frame *frame, int n) { return n > 3 && frame != nullptr; }
static void need(const Frame *frame) {
  if (!frame)
    throw std::runtime_error("no frame");
}
static void need_or_abort(const Frame *frame) {
  if (frame == nullptr)
    std::abort();
}
static void need_some(const Frame *frame, bool really) {
  if (really && !frame)
    throw std::runtime_error("no frame");
}
static void require(bool ok) {
  if (!ok)
    throw std::runtime_error("no frame");
}
static void require_all(bool first, bool second) {
  require(first);
  require(second);
}

void good_valid(FramePool &pool) {
  Frame *frame = pool.acquire();
  if (!valid(frame))
    return;
  frame->number = 3;
  frame->clear();
  pool.release(frame);
}

void good_kept(FramePool &pool) {
  Frame *frame = pool.acquire();
  const bool ok = valid(frame);
  if (ok) {
    frame->send();
    pool.release(frame);
  }
}

void good_none(FramePool &pool) {
  Frame *frame = pool.acquire();
  if (none(frame))
    return;
  frame->send();
  pool.release(frame);
}

int good_code(FramePool &pool) {
  Frame *frame = pool.acquire();
  if (int rc = code(frame))
    return rc;
  frame->send();
  pool.release(frame);
  return 0;
}

void good_usable(FramePool &pool) {
  Frame *frame = pool.acquire();
  if (usable(frame))
    frame->send();
  if (valid(frame))
    pool.release(frame);
}

void good_needed(FramePool &pool) {
  Frame *frame = pool.acquire();
  need(frame);
  frame->send();
  pool.release(frame);
}

void good_needed_or_aborted(FramePool &pool) {
  Frame *frame = pool.acquire();
  need_or_abort(frame);
  frame->send();
  pool.release(frame);
}

void good_required(FramePool &pool) {
  Frame *frame = pool.acquire();
  require(frame != nullptr);
  frame->send();
  pool.release(frame);
}

void good_required_with_another(FramePool &pool, int n) {
  Frame *frame = pool.acquire();
  require_all(frame != nullptr, true);
  frame->send();
  pool.release(frame);
  require(n > 0);
}

void bad_answer_dropped(FramePool &pool) {
  Frame *frame = pool.acquire();
  static_cast<void>(valid(frame));
  frame->send(); // expect: pool-unchecked-acquire "'frame' is dereferenced"
  pool.release(frame);
}

void bad_asked_for_another(FramePool &pool) {
  Frame *first = pool.acquire();
  Frame *frame = pool.acquire(); // expect: pool-resource-leak "'frame' is not put back on some path"
  need(first); // note: "an exception leaves here"
  frame->send(); // expect: pool-unchecked-acquire "'frame' is dereferenced"
  pool.release(frame);
  pool.release(first);
}

void bad_the_other_arm(FramePool &pool) {
  Frame *frame = pool.acquire();
  if (none(frame)) {
    frame->send(); // expect: pool-unchecked-acquire "'frame' is dereferenced"
    return;
  }
  pool.release(frame);
}

void bad_on_one_arm(FramePool &pool, int n) {
  Frame *frame = pool.acquire();
  if (other(frame, n))
    frame->send();
  else
    frame->number = 0; // expect: pool-unchecked-acquire "'frame' is dereferenced"
  pool.release(frame);
}

void bad_needed_by_chance(FramePool &pool, bool really) {
  Frame *frame = pool.acquire();
  need_some(frame, really);
  frame->send(); // expect: pool-unchecked-acquire "'frame' is dereferenced"
  pool.release(frame);
}

void bad_required_something_else(FramePool &pool, int n) {
  Frame *frame = pool.acquire(); // expect: pool-resource-leak "'frame' is not put back on some path"
  require(n > 0);
  frame->send(); // expect: pool-unchecked-acquire "'frame' is dereferenced"
  pool.release(frame);
}
