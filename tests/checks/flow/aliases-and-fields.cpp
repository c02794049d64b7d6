// RUN: %check %s
// Other names: pointers, references, pointers to pointers, fields of locals and
// of this.

#include "helpers.h"

void bad_pointer_to_pointer(BufferPool &pool) {
  Buffer *b = pool.acquire();
  Buffer **pb = &b;
  pool.release(*pb); // note: "put back here"
  consume(*b);       // expect: pool-use-after-put "is used after it was put back"
}

void bad_reference_to_pointer(BufferPool &pool) {
  Buffer *b = pool.acquire();
  Buffer *&rb = b;
  pool.release(b);  // note: "first put back here"
  pool.release(rb); // expect: pool-double-put "is put back twice"
}

void good_reference_to_pointer_nulls(BufferPool &pool) {
  Buffer *b = pool.acquire();
  Buffer *&rb = b;
  pool.release(b);
  rb = nullptr;
  if (b)
    consume(*b);
}

void bad_const_alias(BufferPool &pool) {
  Buffer *b = pool.acquire();
  const Buffer *view = b;
  pool.release(b);             // note: "put back here"
  log_line(view->text + "\n"); // expect: pool-use-after-put "is used after it was put back"
}

void good_changed_and_cleared_through_alias(BufferPool &pool) {
  Buffer *b = pool.acquire();
  Buffer &r = *b;
  Buffer *same = &r;
  r.append("x");
  same->clear();
  pool.release(b);
}

void bad_changed_through_alias(BufferPool &pool) {
  Buffer *b = pool.acquire();
  Buffer &r = *b;
  r.append("x");   // note: "changed here"
  pool.release(b); // expect: pool-put-without-reset "is put back without a reset"
}

void bad_field_reference(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::string &text = b->text;
  text += "x";     // note: "changed here"
  pool.release(b); // expect: pool-put-without-reset "is put back without a reset"
}

void good_field_reference_cleared(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::string &text = b->text;
  text += "x";
  text.clear();
  pool.release(b);
}

void good_alias_outlived(BufferPool &pool) {
  Buffer *b = pool.acquire();
  Buffer *same = b;
  consume(*same);
  pool.release(b);
  same = pool.acquire();
  consume(*same);
  pool.release(same);
}

// --- fields of locals

struct Work {
  Buffer *in = nullptr;
  Buffer *out = nullptr;
  int state = 0;
};

void good_local_fields(BufferPool &pool) {
  Work w;
  w.in = pool.acquire();
  w.out = pool.acquire();
  consume(*w.in);
  pool.release(w.in);
  pool.release(w.out);
}

void bad_local_field_used(BufferPool &pool) {
  Work w;
  w.in = pool.acquire();
  pool.release(w.in); // note: "put back here"
  consume(*w.in);     // expect: pool-use-after-put "'w.in' is used after it was put back"
}

void bad_local_field_twice(BufferPool &pool) {
  Work w;
  w.in = pool.acquire();
  pool.release(w.in); // note: "first put back here"
  pool.release(w.in); // expect: pool-double-put "'w.in' is put back twice"
}

void good_other_field(BufferPool &pool) {
  Work w;
  w.in = pool.acquire();
  w.out = pool.acquire();
  pool.release(w.in);
  consume(*w.out);
  w.state = 1;
  pool.release(w.out);
}

void bad_parameter_field(BufferPool &pool, Work &w) {
  pool.release(w.out); // note: "put back here"
  w.out->len = 0;      // expect: pool-use-after-put "'w.out' is used after it was put back"
}

void good_parameter_field(BufferPool &pool, Work &w) {
  pool.release(w.out);
  w.out = nullptr;
  w.state = 0;
}

// --- fields of this

class Link {
public:
  explicit Link(BufferPool &pool) : pool_(pool) {}
  Link(const Link &) = delete;
  Link &operator=(const Link &) = delete;

  void good_start() { in_ = pool_.acquire(); }
  void good_restart() {
    pool_.release(in_);
    in_ = pool_.acquire();
    consume(*in_);
  }
  void good_stop() {
    in_->clear();
    pool_.release(in_);
    in_ = nullptr;
  }
  void bad_stop() {
    pool_.release(in_); // note: "put back here"
    in_->clear();       // expect: pool-use-after-put "is used after it was put back"
    in_ = nullptr;
  }
  void bad_stop_twice(bool error) {
    if (error)
      this->pool_.release(this->in_); // note: "first put back here"
    pool_.release(in_);               // expect: pool-double-put "is put back twice"
    in_ = nullptr;
  }
  void bad_started_dirty() {
    in_ = pool_.acquire();
    in_->append("x");   // note: "changed here"
    pool_.release(in_); // expect: pool-put-without-reset "is put back without a reset"
    in_ = nullptr;
  }
  // An unknown method may have replaced it.
  void good_replaced_elsewhere() {
    pool_.release(in_);
    refill();
    consume(*in_);
  }
  void good_swapped_out() {
    Buffer *old = in_;
    in_ = pool_.acquire();
    old->clear();
    pool_.release(old);
    consume(*in_);
  }
  void good_swapped() {
    Buffer *fresh = pool_.acquire();
    std::swap(in_, fresh);
    fresh->clear();
    pool_.release(fresh);
  }
  void good_swapped_or_put() {
    Buffer *fresh = pool_.acquire();
    if (fresh->empty()) {
      pool_.release(fresh);
      return;
    }
    std::swap(in_, fresh);
    fresh->clear();
    pool_.release(fresh);
  }
  void good_swapped_by_hand() {
    Buffer *fresh = pool_.acquire();
    Buffer *old = in_;
    in_ = fresh;
    fresh = old;
    fresh->clear();
    pool_.release(fresh);
  }
  void bad_swapped_and_used() {
    Buffer *fresh = pool_.acquire();
    std::swap(in_, fresh);
    pool_.release(in_); // note: "put back here"
    consume(*in_);      // expect: pool-use-after-put "is used after it was put back"
    in_ = fresh;
  }
  void bad_swapped_back() {
    Buffer *fresh = pool_.acquire();
    std::swap(in_, fresh);
    std::swap(in_, fresh);
    pool_.release(fresh);
    pool_.release(fresh); // expect: pool-double-put "'fresh' is put back twice"
  }
  void bad_local_name_of_field() {
    Buffer *b = in_;
    pool_.release(b); // note: "put back here"
    consume(*in_);    // expect: pool-use-after-put "is used after it was put back"
  }

private:
  void refill();
  BufferPool &pool_;
  Buffer *in_ = nullptr;
};

void bad_swapped_among_locals(BufferPool &pool) {
  Buffer *a = pool.acquire();
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is never put back"
  std::swap(a, b);
  pool.release(b);
}
