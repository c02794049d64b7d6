// RUN: %check %s --confidence possible --checks=pool-unchecked-acquire
// Failures that are read off the pool's own body, and indices at the pool itself.

#include "scarce_pool.h"
#include <map>

// --- null by a variable

class ListPool {
public:
  Frame *acquire() {
    Frame *frame = head_;
    if (!frame)
      return frame;
    head_ = frame->next;
    return frame;
  }
  void release(Frame *frame) {
    frame->clear();
    frame->next = head_;
    head_ = frame;
  }

private:
  Frame *head_ = nullptr;
};
void bad_head(ListPool &pool) {
  Frame *frame = pool.acquire();
  frame->number = 1; // expect: unchecked-acquire "'frame' is dereferenced without a check"
  pool.release(frame);
}
void good_head(ListPool &pool) {
  Frame *frame = pool.acquire();
  if (!frame)
    return;
  frame->number = 1;
  pool.release(frame);
}

class MakingPool {
public:
  Frame *acquire() {
    Frame *frame = head_;
    if (!frame)
      return new Frame;
    head_ = frame->next;
    return frame;
  }
  Frame *acquire_again() {
    Frame *frame = head_;
    if (!frame)
      frame = new Frame;
    else
      head_ = frame->next;
    return frame;
  }
  void release(Frame *frame) {
    frame->clear();
    frame->next = head_;
    head_ = frame;
  }

private:
  Frame *head_ = nullptr;
};
void good_made(MakingPool &pool) {
  Frame *frame = pool.acquire();
  frame->number = 1;
  pool.release(frame);
}
void good_made_again(MakingPool &pool) {
  Frame *frame = pool.acquire_again();
  frame->number = 1;
  pool.release(frame);
}

class OwnerPool {
public:
  std::unique_ptr<Frame> acquire() {
    std::unique_ptr<Frame> frame;
    if (!free_.empty()) {
      frame = std::move(free_.back());
      free_.pop_back();
    }
    return frame;
  }
  void release(std::unique_ptr<Frame> frame) {
    frame->clear();
    free_.push_back(std::move(frame));
  }

private:
  std::vector<std::unique_ptr<Frame>> free_;
};
void bad_owner(OwnerPool &pool) {
  auto frame = pool.acquire();
  frame->number = 1; // expect: unchecked-acquire "'frame' is dereferenced without a check"
  pool.release(std::move(frame));
}
void good_owner(OwnerPool &pool) {
  auto frame = pool.acquire();
  if (!frame)
    return;
  frame->number = 1;
  pool.release(std::move(frame));
}

class MakingOwnerPool {
public:
  std::unique_ptr<Frame> acquire() {
    std::unique_ptr<Frame> frame;
    if (!free_.empty()) {
      frame = std::move(free_.back());
      free_.pop_back();
    } else {
      frame = std::make_unique<Frame>();
    }
    return frame;
  }
  std::unique_ptr<Frame> acquire_late() {
    std::unique_ptr<Frame> frame;
    if (!free_.empty()) {
      frame = std::move(free_.back());
      free_.pop_back();
    }
    if (!frame)
      frame.reset(new Frame);
    return frame;
  }
  void release(std::unique_ptr<Frame> frame) {
    frame->clear();
    free_.push_back(std::move(frame));
  }

private:
  std::vector<std::unique_ptr<Frame>> free_;
};
void good_made_owner(MakingOwnerPool &pool) {
  auto frame = pool.acquire();
  frame->number = 1;
  pool.release(std::move(frame));
}
void good_made_late(MakingOwnerPool &pool) {
  auto frame = pool.acquire_late();
  frame->number = 1;
  pool.release(std::move(frame));
}

// --- an index, at the pool

class NumberedPool {
public:
  int acquire() {
    if (free_.empty())
      return -1;
    int i = free_.back();
    free_.pop_back();
    return i;
  }
  Frame &operator[](int i) { return slots_[i]; }
  Frame *slot(int i) { return &slots_[i]; }
  Frame *find(int i) { return i < 0 ? nullptr : &slots_[i]; }
  Frame &named(int i) { return by_name_[i]; }
  bool has(int i) const { return i >= 0; }
  void release(int i) { free_.push_back(i); }

private:
  Frame slots_[9];
  std::map<int, Frame> by_name_;
  std::vector<int> free_;
};
void bad_subscript(NumberedPool &pool) {
  int i = pool.acquire();
  pool[i].number = 1; // expect: unchecked-acquire "'i' is used as an index without a check"
  pool.release(i);
}
void bad_slot(NumberedPool &pool) {
  int i = pool.acquire();
  pool.slot(i)->number = 1; // expect: unchecked-acquire "'i' is used as an index without a check"
  pool.release(i);
}
void good_tested(NumberedPool &pool) {
  int i = pool.acquire();
  if (i < 0)
    return;
  pool[i].number = 1;
  pool.slot(i)->number = 1;
  pool.release(i);
}
void good_asked_there(NumberedPool &pool) {
  int i = pool.acquire();
  if (Frame *frame = pool.find(i))
    frame->number = 1;
  pool.named(i).number = 1;
  if (pool.has(i))
    pool.release(i);
}

class ZeroPool {
public:
  unsigned acquire() {
    if (free_.empty())
      return 0;
    unsigned i = free_.back();
    free_.pop_back();
    return i;
  }
  Frame &at(unsigned i) { return slots_[i]; }
  void release(unsigned i) { free_.push_back(i); }

private:
  Frame slots_[9];
  std::vector<unsigned> free_;
};
void bad_zero(ZeroPool &pool) {
  unsigned i = pool.acquire();
  pool.at(i).number = 1; // expect: unchecked-acquire "'i' is used as an index without a check"
  pool.release(i);
}
void good_zero(ZeroPool &pool) {
  unsigned i = pool.acquire();
  if (!i)
    return;
  pool.at(i).number = 1;
  pool.release(i);
}
