// RUN: %check %s --checks=pool-unchecked-acquire
// RUN: %check %s --checks=pool-unchecked-acquire -- -DNDEBUG
// Leases that are looked behind although their acquire may have failed.

#include "scarce_pool.h"
#include <cassert>

// --- null, by the body

void bad_null(FramePool &pool) {
  Frame *frame = pool.acquire(); // note: "acquired here, which may fail"
  frame->number = 1; // expect: unchecked-acquire "'frame' is dereferenced without a check that its acquire succeeded"
  frame->clear();
  pool.release(frame);
}
void bad_late(LatePool &pool) {
  Frame *frame = pool.acquire();
  frame->clear(); // expect: unchecked-acquire "'frame' is dereferenced"
  pool.release(frame);
}
void bad_template(TypedPool<Frame> &pool) {
  Frame *frame = pool.acquire();
  frame->clear(); // expect: unchecked-acquire "'frame' is dereferenced"
  pool.release(frame);
}
int bad_read(FramePool &pool) {
  Frame *frame = pool.acquire();
  int n = frame->number; // expect: unchecked-acquire "'frame' is dereferenced"
  pool.release(frame);
  return n;
}
void bad_reference(FramePool &pool) {
  Frame *frame = pool.acquire();
  fill(*frame); // expect: unchecked-acquire "'frame' is dereferenced"
  frame->clear();
  pool.release(frame);
}
void bad_at_once(FramePool &pool) {
  pool.acquire()->send(); // expect: unchecked-acquire "the Frame is dereferenced"
}
void bad_other_name(FramePool &pool) {
  Frame *frame = pool.acquire();
  Frame *same = frame;
  same->clear(); // expect: unchecked-acquire "'same' is dereferenced"
  pool.release(frame);
}
void bad_after_the_test(FramePool &pool) {
  Frame *frame = pool.acquire();
  if (frame) // note: "taking the false branch here"
    frame->number = 2;
  frame->clear(); // expect: unchecked-acquire "'frame' is dereferenced"
  pool.release(frame);
}
void bad_turned_round(FramePool &pool) {
  Frame *frame = pool.acquire();
  if (!frame)
    frame->clear(); // expect: unchecked-acquire "'frame' is dereferenced"
  pool.release(frame);
}
Frame &bad_returned(FramePool &pool) {
  Frame *frame = pool.acquire();
  return *frame; // expect: unchecked-acquire "'frame' is dereferenced"
}
void bad_other_tested(FramePool &pool, Frame *other) {
  Frame *frame = pool.acquire();
  if (!other)
    return pool.release(frame);
  frame->clear(); // expect: unchecked-acquire "'frame' is dereferenced"
  pool.release(frame);
}

// --- every test counts

void good_if(FramePool &pool) {
  Frame *frame = pool.acquire();
  if (frame) {
    frame->clear();
    pool.release(frame);
  }
}
bool good_early_return(FramePool &pool) {
  Frame *frame = pool.acquire();
  if (frame == nullptr)
    return false;
  frame->clear();
  pool.release(frame);
  return true;
}
void good_in_condition(FramePool &pool) {
  if (Frame *frame = pool.acquire(); frame && frame->ready()) {
    frame->clear();
    pool.release(frame);
  }
}
void good_while(FramePool &pool) {
  while (Frame *frame = pool.acquire()) {
    frame->send();
    frame->clear();
    pool.release(frame);
  }
}
void good_retry(FramePool &pool) {
  Frame *frame;
  while (!(frame = pool.acquire()))
    fatal("wait");
  frame->clear();
  pool.release(frame);
}
int good_arm(FramePool &pool) {
  Frame *frame = pool.acquire();
  int n = frame ? frame->number : 0;
  pool.release(frame);
  return n;
}
void good_kept_truth(FramePool &pool) {
  Frame *frame = pool.acquire();
  const bool there = frame != nullptr;
  fatal("log");
  if (!there)
    return;
  frame->clear();
  pool.release(frame);
}
void good_fallback(FramePool &pool) {
  Frame *frame = pool.acquire();
  if (!frame)
    frame = new Frame;
  frame->clear();
  pool.release(frame);
}
void good_throws(FramePool &pool) {
  Frame *frame = pool.acquire();
  if (!frame)
    throw std::runtime_error("no frame");
  frame->clear();
  pool.release(frame);
}
void good_checked_by_callee(FramePool &pool) {
  Frame *frame = must(pool.acquire());
  frame->clear();
  pool.release(frame);
}
void good_loop_break(FramePool &pool) {
  for (;;) {
    Frame *frame = pool.acquire();
    if (!frame)
      break;
    frame->clear();
    pool.release(frame);
  }
}
void good_only_passed(FramePool &pool) {
  Frame *frame = pool.acquire();
  look(frame);
  pool.release(frame);
}
void good_address(FramePool &pool, std::vector<Frame *> &all) {
  Frame *frame = pool.acquire();
  all.push_back(frame);
}

// --- assertions, in either build

#define MY_ASSERT(condition)
#ifdef NDEBUG
#define PROJECT_CHECK(condition, text) ((void)0)
#else
void check_failed(const char *text);
#define PROJECT_CHECK(condition, text)                                         \
  do {                                                                         \
    if (!(condition))                                                          \
      check_failed(text);                                                      \
  } while (0)
#endif
#define PASS_NE(left, right) ((void)0)
#define DCHECK_NE(left, right) ((void)0)

void good_assert(FramePool &pool) {
  Frame *frame = pool.acquire();
  assert(frame);
  frame->clear();
  pool.release(frame);
}
void good_assert_text(FramePool &pool) {
  Frame *frame = pool.acquire();
  assert(frame != nullptr && "the pool is large enough");
  frame->clear();
  pool.release(frame);
}
void good_empty_macro(FramePool &pool) {
  Frame *frame = pool.acquire();
  MY_ASSERT(frame);
  frame->clear();
  pool.release(frame);
}
void good_empty_macro_later(FramePool &pool, bool log) {
  Frame *frame = pool.acquire();
  if (log)
    fatal("log");
  MY_ASSERT(NULL != frame);
  frame->clear();
  pool.release(frame);
}
void good_own_check(FramePool &pool) {
  Frame *frame = pool.acquire();
  PROJECT_CHECK(frame, "no frame");
  frame->clear();
  pool.release(frame);
}
void good_two_arguments(FramePool &pool) {
  Frame *frame = pool.acquire();
  DCHECK_NE(frame, nullptr);
  frame->clear();
  pool.release(frame);
}
void good_asserted_status(OutPool &pool) {
  Frame *frame;
  bool ok = pool.acquire(frame);
  assert(ok);
  frame->clear();
  pool.release(frame);
}
void good_never_here(FramePool &pool) {
  Frame *frame = pool.acquire();
  if (!frame)
    assert(false);
  else
    frame->clear();
  pool.release(frame);
}
void good_unknown_assertion(FramePool &pool) {
  Frame *frame = pool.acquire();
  MY_ASSERT(is_valid(frame));
  frame->clear();
  pool.release(frame);
}
void bad_asserted_other(FramePool &pool, Frame *other) {
  Frame *frame = pool.acquire();
  assert(other);
  MY_ASSERT(other != nullptr);
  frame->clear(); // expect: unchecked-acquire "'frame' is dereferenced"
  pool.release(frame);
}
void bad_no_assertion(FramePool &pool) {
  Frame *frame = pool.acquire();
  PASS_NE(frame, nullptr);
  frame->clear(); // expect: unchecked-acquire "'frame' is dereferenced"
  pool.release(frame);
}

// What a framework makes of it: a message is streamed into it.
struct Message {
  template <typename T> Message &operator<<(const T &) { return *this; }
};
struct Answer {
  explicit operator bool() const;
};
Answer compare_ne(const char *left, const Frame *const &frame, std::nullptr_t);
void failed(const Message &);
#define ASSERT_NE(left, right)                                                 \
  switch (0)                                                                   \
  case 0:                                                                      \
  default:                                                                     \
    if (const Answer answer = compare_ne(#left, left, right))                  \
      ;                                                                        \
    else                                                                       \
      return failed(Message())
#define CHECK(condition)                                                       \
  if (condition)                                                               \
    ;                                                                          \
  else                                                                         \
    Message()
void good_framework(FramePool &pool) {
  Frame *frame = pool.acquire();
  ASSERT_NE(frame, nullptr);
  frame->clear();
  pool.release(frame);
}
void good_streamed(FramePool &pool) {
  Frame *frame = pool.acquire();
  CHECK(frame != nullptr) << "no frame";
  frame->clear();
  pool.release(frame);
}

struct Holder {
  Frame *frame_ = nullptr;
  void good_member(FramePool &pool) {
    frame_ = pool.acquire();
    assert(frame_);
    frame_->clear();
  }
  void good_this(FramePool &pool) {
    this->frame_ = pool.acquire();
    MY_ASSERT(this->frame_ != nullptr);
    frame_->clear();
  }
  void bad_member(FramePool &pool) {
    frame_ = pool.acquire();
    frame_->clear(); // expect: unchecked-acquire "'frame_' is dereferenced"
  }
};

// --- through functions

void bad_by_call(FramePool &pool) {
  Frame *frame = pool.acquire();
  number(frame, 1); // expect: unchecked-acquire "'frame' is given to a function that looks behind it"
  pool.release(frame);
}
void good_by_call(FramePool &pool) {
  Frame *frame = pool.acquire();
  number_if_any(frame, 1);
  pool.release(frame);
}
void bad_wrapper(FramePool &pool) {
  Frame *frame = frame_or_null(pool);
  frame->clear(); // expect: unchecked-acquire "'frame' is dereferenced"
  pool.release(frame);
}
void good_wrapper(FramePool &pool) {
  Frame *frame = frame_or_new(pool);
  frame->clear();
  pool.release(frame);
}
void bad_out_wrapper(FramePool &pool) {
  Frame *frame = nullptr;
  give_frame(pool, &frame);
  frame->clear(); // expect: unchecked-acquire "'frame' is dereferenced"
  pool.release(frame);
}
void good_out_wrapper(FramePool &pool) {
  Frame *frame = nullptr;
  if (!give_frame(pool, &frame))
    return;
  frame->clear();
  pool.release(frame);
}

// --- acquires that do not fail

void good_growing(GrowingPool &pool) {
  Frame *frame = pool.acquire();
  frame->clear();
  pool.release(frame);
}
void good_waits(WaitingPool &pool) {
  Frame *frame = pool.acquire();
  frame->clear();
  pool.release(frame);
}
void good_sized(SizedFramePool &pool) {
  Frame *frame = pool.acquire(3);
  frame->clear();
  pool.release(frame);
}
void good_always(AlwaysPool &pool) {
  Frame *frame;
  pool.acquire(frame);
  frame->clear();
  pool.release(frame);
}
void good_unknown(NamedPool &pool) {
  Frame *frame = pool.acquire();
  frame->clear();
  pool.release(frame);
}

// --- false and an out-parameter

void bad_out(OutPool &pool) {
  Frame *frame;
  pool.acquire(frame);
  frame->clear(); // expect: unchecked-acquire "'frame' is dereferenced"
  pool.release(frame);
}
void good_out(OutPool &pool) {
  Frame *frame;
  if (!pool.acquire(frame))
    return;
  frame->clear();
  pool.release(frame);
}
void good_out_by_pointer(OutPool &pool) {
  Frame *frame = nullptr;
  pool.acquire(frame);
  if (frame) {
    frame->clear();
    pool.release(frame);
  }
}

// --- what it answers, whatever the type of the answer lets one think

void bad_errno(ErrnoPool &pool) {
  Frame *frame = nullptr;
  pool.acquire(&frame);
  frame->clear(); // expect: unchecked-acquire "'frame' is dereferenced"
  pool.release(frame);
}
void bad_cast_away(ErrnoPool &pool) {
  Frame *frame = nullptr;
  (void)pool.acquire(&frame);
  frame->clear(); // expect: unchecked-acquire "'frame' is dereferenced"
  pool.release(frame);
}
int bad_told_later(ErrnoPool &pool) {
  Frame *frame = nullptr;
  int code = pool.acquire(&frame);
  frame->clear(); // expect: unchecked-acquire "'frame' is dereferenced"
  pool.release(frame);
  return code;
}
void bad_count(CountPool &pool) {
  Frame *frame = nullptr;
  pool.acquire(&frame);
  frame->clear(); // expect: unchecked-acquire "'frame' is dereferenced"
  pool.release(frame);
}
void bad_found(FoundPool &pool) {
  Frame *frame = nullptr;
  pool.acquire(&frame);
  frame->clear(); // expect: unchecked-acquire "'frame' is dereferenced"
  pool.release(frame);
}
void bad_trouble(TroublePool &pool) {
  Frame *frame = nullptr;
  pool.acquire(&frame);
  frame->clear(); // expect: unchecked-acquire "'frame' is dereferenced"
  pool.release(frame);
}
void bad_other_trouble(TroublePool &pool) {
  Frame *frame = nullptr;
  if (pool.acquire(&frame) == Trouble::broken)
    return;
  frame->clear(); // expect: unchecked-acquire "'frame' is dereferenced"
  pool.release(frame);
}
void bad_variable(VariablePool &pool) {
  Frame *frame = nullptr;
  pool.acquire(frame);
  frame->clear(); // expect: unchecked-acquire "'frame' is dereferenced"
  pool.release(frame);
}
void bad_talkative(TalkativePool &pool) {
  Frame *frame = nullptr;
  pool.acquire(&frame);
  frame->clear(); // expect: unchecked-acquire "'frame' is dereferenced"
  pool.release(frame);
}
void good_talkative(TalkativePool &pool) {
  Frame *frame = nullptr;
  while (pool.acquire(&frame) != 0)
    fatal("again");
  frame->clear();
  pool.release(frame);
}
void bad_queue(QueuePool &pool) {
  Frame *frame = nullptr;
  pool.acquire(frame);
  frame->clear(); // expect: unchecked-acquire "'frame' is dereferenced"
  pool.release(frame);
}
void good_queue(QueuePool &pool) {
  Frame *frame = nullptr;
  if (pool.acquire(frame)) {
    frame->clear();
    pool.release(frame);
  }
}
void bad_code(StatusPool &pool) {
  Frame *frame = nullptr;
  pool.acquire(&frame);
  frame->clear(); // expect: unchecked-acquire "'frame' is dereferenced"
  pool.release(frame);
}
void bad_code_other_way(StatusPool &pool) {
  Frame *frame = nullptr;
  if (!pool.acquire(&frame))
    return pool.release(frame);
  frame->clear(); // expect: unchecked-acquire "'frame' is dereferenced"
}

void good_errno(ErrnoPool &pool) {
  Frame *frame = nullptr;
  if (pool.acquire(&frame) < 0)
    return;
  frame->clear();
  pool.release(frame);
}
void good_errno_kept(ErrnoPool &pool) {
  Frame *frame = nullptr;
  int code = pool.acquire(&frame);
  if (code != 0)
    throw code;
  frame->clear();
  pool.release(frame);
}
void good_errno_asserted(ErrnoPool &pool) {
  Frame *frame = nullptr;
  int code = pool.acquire(&frame);
  assert(code == 0);
  frame->clear();
  pool.release(frame);
}
static void require_none(int code) {
  if (code)
    throw code;
}
void good_errno_in_helper(ErrnoPool &pool) {
  Frame *frame = nullptr;
  require_none(pool.acquire(&frame));
  frame->clear();
  pool.release(frame);
}
void good_errno_pointer(ErrnoPool &pool) {
  Frame *frame = nullptr;
  pool.acquire(&frame);
  if (!frame)
    return;
  frame->clear();
  pool.release(frame);
}
void good_count(CountPool &pool) {
  Frame *frame = nullptr;
  if (!pool.acquire(&frame))
    return;
  frame->clear();
  pool.release(frame);
}
void good_found(FoundPool &pool) {
  Frame *frame = nullptr;
  if (pool.acquire(&frame) == Found::yes) {
    frame->clear();
    pool.release(frame);
  }
}
void good_trouble(TroublePool &pool) {
  Frame *frame = nullptr;
  switch (pool.acquire(&frame)) {
  case Trouble::none:
    frame->clear();
    pool.release(frame);
    break;
  case Trouble::empty:
  case Trouble::broken:
    break;
  }
}
void good_variable(VariablePool &pool) {
  Frame *frame = nullptr;
  if (pool.acquire(frame))
    return;
  frame->clear();
  pool.release(frame);
}
void good_filled(FilledPool &pool) {
  Frame *frame = nullptr;
  pool.acquire(&frame);
  frame->clear();
  pool.release(frame);
  Frame *other = nullptr;
  pool.borrow(&other);
  other->clear();
  pool.release(other);
}
void good_code(StatusPool &pool) {
  Frame *frame = nullptr;
  if (pool.acquire(&frame))
    return;
  frame->clear();
  pool.release(frame);
}
std::error_code good_code_handed_on(StatusPool &pool) {
  Frame *frame = nullptr;
  if (std::error_code code = pool.acquire(&frame); code)
    return code;
  frame->clear();
  pool.release(frame);
  return {};
}
void good_code_value(StatusPool &pool) {
  Frame *frame = nullptr;
  auto code = pool.acquire(&frame);
  if (code.value() != 0)
    throw std::system_error(code);
  frame->clear();
  pool.release(frame);
}
static void require_no(std::error_code code) {
  if (code)
    throw std::system_error(code);
}
void good_code_in_helper(StatusPool &pool) {
  Frame *frame = nullptr;
  require_no(pool.acquire(&frame));
  frame->clear();
  pool.release(frame);
}
void good_code_compared(StatusPool &pool) {
  Frame *frame = nullptr;
  if (pool.acquire(&frame) == std::errc::not_enough_memory)
    return;
  frame->clear();
  pool.release(frame);
}

// --- guards of the program's own

void bad_guard(FramePool &pool) {
  FrameGuard guard(pool); // note: "acquired here, which may fail"
  guard->number = 1; // expect: unchecked-acquire "'guard' is dereferenced without a check that its acquire succeeded"
}
void bad_guard_star(FramePool &pool) {
  FrameGuard guard(pool);
  (*guard).number = 1; // expect: unchecked-acquire "'guard' is dereferenced"
}
void bad_guard_get(FramePool &pool) {
  FrameGuard guard(pool);
  Frame *frame = guard.get();
  frame->number = 1; // expect: unchecked-acquire "'frame' is dereferenced"
}
int bad_guard_at_once(FramePool &pool) {
  return FrameGuard(pool)->number; // expect: unchecked-acquire "the Frame is dereferenced"
}
void bad_guard_tested_before(FramePool &pool) {
  FrameGuard guard(pool);
  if (guard)
    guard->number = 1;
  guard->number = 2; // expect: unchecked-acquire "'guard' is dereferenced"
}
void good_guard(FramePool &pool) {
  FrameGuard guard(pool);
  if (guard)
    guard->number = 1;
}
void good_guard_returns(FramePool &pool) {
  FrameGuard guard(pool);
  if (!guard)
    return;
  guard->number = 1;
}
void good_guard_in_condition(FramePool &pool) {
  if (FrameGuard guard{pool}; guard.ok())
    guard->number = 1;
}
void good_guard_get(FramePool &pool) {
  FrameGuard guard(pool);
  if (guard.get())
    guard->number = 1;
}
void good_guard_empty(FramePool &pool) {
  FrameGuard guard(pool);
  if (guard.empty())
    return;
  guard->number = 1;
}
void good_guard_valid(FramePool &pool) {
  FrameGuard guard(pool);
  if (guard.valid()) // its body is not seen
    guard->number = 1;
}
void good_guard_loop(FramePool &pool) {
  for (;;) {
    FrameGuard guard(pool);
    if (!guard)
      continue;
    guard->number = 1;
    break;
  }
}
static void require_guard(const FrameGuard &guard) {
  if (!guard)
    throw std::runtime_error("no frame");
}
void good_guard_in_helper(FramePool &pool) {
  FrameGuard guard(pool);
  require_guard(guard);
  guard->number = 1;
}

// What guards do that need no test.
class GuardBase {
public:
  explicit GuardBase(FramePool &pool) : pool_(pool), frame_(pool.acquire()) {}
  ~GuardBase() {
    if (frame_)
      pool_.release(frame_);
  }
  GuardBase(const GuardBase &) = delete;
  GuardBase &operator=(const GuardBase &) = delete;

protected:
  FramePool &pool_;
  Frame *frame_;
};
struct ThrowingGuard : GuardBase {
  explicit ThrowingGuard(FramePool &pool) : GuardBase(pool) {
    if (!frame_)
      throw std::runtime_error("no frame");
  }
  Frame *operator->() { return frame_; }
};
class PatientGuard {
public:
  explicit PatientGuard(FramePool &pool) : pool_(pool) {
    while (!(frame_ = pool_.acquire()))
      look(nullptr);
  }
  ~PatientGuard() { pool_.release(frame_); }
  PatientGuard(const PatientGuard &) = delete;
  PatientGuard &operator=(const PatientGuard &) = delete;
  Frame *operator->() { return frame_; }

private:
  FramePool &pool_;
  Frame *frame_ = nullptr;
};
struct CarefulGuard : GuardBase {
  using GuardBase::GuardBase;
  Frame *operator->() {
    if (!frame_)
      throw std::runtime_error("no frame");
    return frame_;
  }
};
class NotedGuard {
public:
  explicit NotedGuard(FramePool &pool) : pool_(pool), frame_(pool.acquire()) {
    if (!frame_)
      failed_ = true;
  }
  ~NotedGuard() {
    if (!failed_)
      pool_.release(frame_);
  }
  NotedGuard(const NotedGuard &) = delete;
  NotedGuard &operator=(const NotedGuard &) = delete;
  Frame *operator->() { return frame_; }
  bool failed() const { return failed_; }

private:
  FramePool &pool_;
  Frame *frame_;
  bool failed_ = false;
};
void good_guards_that_do(FramePool &pool) {
  ThrowingGuard throwing(pool);
  throwing->number = 1;
  PatientGuard patient(pool);
  patient->number = 2;
  CarefulGuard careful(pool);
  careful->number = 3;
  NotedGuard noted(pool);
  if (noted.failed())
    return;
  noted->number = 4;
}
template <typename Pool> class AnyGuard {
public:
  explicit AnyGuard(Pool &pool) : pool_(pool) { frame_ = pool_.acquire(); }
  ~AnyGuard() {
    if (frame_)
      pool_.release(frame_);
  }
  AnyGuard(const AnyGuard &) = delete;
  AnyGuard &operator=(const AnyGuard &) = delete;
  auto *operator->() { return frame_; }

private:
  Pool &pool_;
  Frame *frame_ = nullptr;
};
void bad_template_guard(FramePool &pool) {
  AnyGuard guard(pool);
  guard->number = 1; // expect: unchecked-acquire "'guard' is dereferenced"
}
void good_template_guard(GrowingPool &pool) {
  AnyGuard guard(pool);
  guard->number = 1;
}

// One that is given what it holds needs none of the pool.
class GivenGuard {
public:
  GivenGuard(FramePool &pool, Frame *given)
      : pool_(pool), frame_(given ? given : pool.acquire()) {}
  ~GivenGuard() {
    if (frame_)
      pool_.release(frame_);
  }
  GivenGuard(const GivenGuard &) = delete;
  GivenGuard &operator=(const GivenGuard &) = delete;
  Frame *operator->() { return frame_; }

private:
  FramePool &pool_;
  Frame *frame_;
};
void good_given_guard(FramePool &pool, Frame &given) {
  GivenGuard guard(pool, &given);
  guard->number = 1;
}
void bad_given_guard(FramePool &pool) {
  GivenGuard guard(pool, nullptr);
  guard->number = 1; // expect: unchecked-acquire "'guard' is dereferenced"
}

// A member that is one.
class Job {
public:
  explicit Job(FramePool &pool) : guard_(pool) {}
  void run() {
    if (guard_)
      guard_->number = 1;
  }
  void hurry() { guard_->number = 1; }

private:
  FrameGuard guard_;
};
void good_job(FramePool &pool) {
  Job job(pool);
  job.run();
}
void bad_job(FramePool &pool) {
  Job job(pool);
  job.hurry(); // expect: unchecked-acquire "'job' is given to a function that looks behind it"
}

// --- handles and optionals

void bad_handle(HandlePool &pool) {
  auto frame = pool.acquire();
  frame->number = 1; // expect: unchecked-acquire "'frame' is dereferenced"
}
void good_handle(HandlePool &pool) {
  if (auto frame = pool.acquire())
    frame->number = 1;
}
void good_handle_null(HandlePool &pool) {
  auto frame = pool.acquire();
  if (frame == nullptr)
    return;
  frame->number = 1;
}
void good_handle_get(HandlePool &pool) {
  auto frame = pool.acquire();
  if (!frame.get())
    return;
  frame->number = 1;
}
void good_handle_asserted(HandlePool &pool) {
  auto frame = pool.acquire();
  MY_ASSERT(frame.get() != nullptr);
  frame->number = 1;
}
void bad_optional(OptionalPool &pool) {
  auto frame = pool.acquire();
  (*frame)->clear(); // expect: unchecked-acquire "'frame' is dereferenced"
  pool.release(*frame);
}
void good_optional(OptionalPool &pool) {
  auto frame = pool.acquire();
  if (!frame)
    return;
  (*frame)->clear();
  pool.release(*frame);
}
void good_optional_has(OptionalPool &pool) {
  auto frame = pool.acquire();
  if (frame.has_value()) {
    (*frame)->clear();
    pool.release(*frame);
  }
}
void good_optional_nullopt(OptionalPool &pool) {
  auto frame = pool.acquire();
  if (frame == std::nullopt)
    return;
  (*frame)->clear();
  pool.release(*frame);
}
void good_optional_value(OptionalPool &pool) {
  auto frame = pool.acquire();
  frame.value()->clear(); // throws when there is none
  pool.release(*frame);
}

// --- numbers

void good_index(SlotPool &pool, Frame *frames) {
  int slot = pool.acquire();
  if (slot < 0)
    return;
  frames[slot].clear();
  pool.release(slot);
}

// --- what makes it possible only, see shapes/unchecked-possible.cpp

void good_named(NamedPool &pool) {
  Frame *frame = pool.try_acquire();
  frame->clear();
  pool.release(frame);
}
void good_asked(FramePool &pool) {
  if (pool.available() == 0)
    return;
  Frame *frame = pool.acquire();
  frame->clear();
  pool.release(frame);
}
void good_own_pool() {
  FramePool pool;
  Frame *frame = pool.acquire();
  frame->clear();
  pool.release(frame);
}
void good_told_by_other(FramePool &pool) {
  Frame *frame = pool.acquire();
  if (!is_valid(frame))
    return;
  frame->clear();
  pool.release(frame);
}
void good_does_not_come_back(FramePool &pool) {
  Frame *frame = pool.acquire();
  if (!frame)
    fatal("no frame");
  frame->clear();
  pool.release(frame);
}
