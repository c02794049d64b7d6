// RUN: %check %s --checks=pool-unchecked-acquire --confidence=possible
// RUN: %check %s --checks=pool-unchecked-acquire --confidence=possible -- -DNDEBUG
// Where something speaks against it, an unchecked acquire is a possible finding.

#include "scarce_pool.h"
#include <cassert>

void by_name_only(NamedPool &pool) {
  Frame *frame = pool.try_acquire();
  frame->clear(); // expect: unchecked-acquire "'frame' is dereferenced without a check that its acquire succeeded (possible)"
  pool.release(frame);
}
void by_name_checked(NamedPool &pool) {
  if (Frame *frame = pool.try_acquire()) {
    frame->clear();
    pool.release(frame);
  }
}
// The pool told that it has some; whoever else takes the last one is in a race.
void asked(FramePool &pool) {
  if (pool.available() == 0)
    return;
  Frame *frame = pool.acquire();
  frame->clear(); // expect: unchecked-acquire "(possible)"
  pool.release(frame);
}
void asked_by_query(NamedPool &pool) {
  while (!pool.empty()) {
    Frame *frame = pool.try_acquire();
    frame->clear(); // expect: unchecked-acquire "(possible)"
    pool.release(frame);
  }
}
// Whoever makes a pool knows what is in it.
void own_pool() {
  FramePool pool;
  Frame *frame = pool.acquire();
  frame->clear(); // expect: unchecked-acquire "(possible)"
  pool.release(frame);
}
void told_by_other(FramePool &pool) {
  Frame *frame = pool.acquire();
  if (!is_valid(frame))
    return;
  frame->clear(); // expect: unchecked-acquire "(possible)"
  pool.release(frame);
}
void does_not_come_back(FramePool &pool) {
  Frame *frame = pool.acquire();
  if (!frame)
    fatal("no frame");
  frame->clear(); // expect: unchecked-acquire "(possible)"
  pool.release(frame);
}
static void maybe_number(Frame *frame, bool loud) {
  if (loud)
    frame->number = 1;
}
void some_callee_path(FramePool &pool, bool loud) {
  Frame *frame = pool.acquire();
  maybe_number(frame, loud); // expect: unchecked-acquire "'frame' is given to a function that looks behind it without a check that its acquire succeeded (possible)"
  pool.release(frame);
}
// Null for none wanted: whether any are, the caller may know.
void sized(SizedFramePool &pool, int count) {
  Frame *frame = pool.acquire(count);
  frame->clear(); // expect: unchecked-acquire "(possible)"
  pool.release(frame);
}
// A pool of numbers is a guess, so that what it does is one.
void index(SlotPool &pool, Frame *frames) {
  int slot = pool.acquire();
  frames[slot].clear(); // expect: unchecked-acquire "'slot' is used as an index without a check that its acquire succeeded (possible)"
  pool.release(slot);
}
void index_checked(SlotPool &pool, Frame *frames) {
  int slot = pool.acquire();
  if (slot < 0)
    return;
  frames[slot].clear();
  pool.release(slot);
}

// A status that was asked in a way that is not understood, or given to whoever may
// not come back.
void code_compared(StatusPool &pool) {
  Frame *frame = nullptr;
  if (pool.acquire(&frame) == std::errc::not_enough_memory)
    return;
  frame->clear(); // expect: unchecked-acquire "(possible)"
  pool.release(frame);
}
void unseen_number(int code);
void unseen_code(std::error_code code);
void unseen_reference(const std::error_code &code);
void code_handed_on(StatusPool &pool, ErrnoPool &errno_pool) {
  Frame *frame = nullptr;
  unseen_number(errno_pool.acquire(&frame));
  frame->clear(); // expect: unchecked-acquire "(possible)"
  errno_pool.release(frame);
  Frame *second = nullptr;
  unseen_code(pool.acquire(&second));
  second->clear(); // expect: unchecked-acquire "(possible)"
  pool.release(second);
  Frame *third = nullptr;
  unseen_reference(pool.acquire(&third));
  third->clear(); // expect: unchecked-acquire "(possible)"
  pool.release(third);
}
// What a guard without a body says of itself.
void guard_asked(FramePool &pool) {
  FrameGuard guard(pool);
  if (guard.valid())
    guard->number = 1; // expect: unchecked-acquire "(possible)"
}
