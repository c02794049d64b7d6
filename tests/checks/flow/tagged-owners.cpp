// RUN: %check %s --level strict
// An owner with a tag that its destructor goes by, given back by value.

struct Error {
  int code;
};

class Outcome {
public:
  Outcome() : error_(nullptr), kind_(0) {}
  Outcome(Error *error) : error_(error), kind_(2) {}
  Outcome(Outcome &&other) : error_(other.error_), kind_(other.kind_) {
    other.kind_ = 0;
  }
  Outcome(const Outcome &) = delete;
  Outcome &operator=(const Outcome &) = delete;
  Outcome &operator=(Outcome &&other) {
    free();
    kind_ = other.kind_;
    error_ = other.error_;
    other.error_ = nullptr;
    return *this;
  }
  ~Outcome() { free(); }

  Error *error_;
  int kind_;

private:
  void free() {
    if (kind_ == 2)
      delete error_;
    kind_ = 0;
  }
};

Outcome fail() { return new Error; }
Outcome fail_by_name() { return Outcome(new Error); }
Outcome next();

void settle(Outcome &o) {
  if (o.kind_ == 2) {
    delete o.error_;
    o.kind_ = 0;
  }
}

void replace(Outcome &o) {
  while (true) {
    switch (o.kind_) {
    case 2: {
      Outcome other;
      other = next();
      o = static_cast<Outcome &&>(other);
      continue;
    }
    default:
      return;
    }
  }
}

void good_dropped() { Outcome o = fail(); }
void good_dropped_too() { Outcome o = fail_by_name(); }
void good_settled() {
  Outcome o = fail();
  settle(o);
}
void good_replaced() {
  Outcome o = fail();
  replace(o);
}

void bad_without_its_tag() {
  Outcome o = fail(); // expect: pool-resource-leak "'o.error_' is never put back"
  o.kind_ = 0;
}

// The coroutine that is done goes, and its parent goes on.
struct Step {
  Step *parent;
  int kind;
  virtual ~Step() = default;
  virtual Outcome handle(Error *error);
};

class Runner {
public:
  Outcome take(Outcome &&o) {
    while (true) {
      switch (o.kind_) {
      case 3: {
        Step *done = top_;
        top_ = top_->parent;
        delete done;
        o.kind_ = top_->kind;
        continue;
      }
      case 2: {
        Outcome other;
        try {
          other = top_->handle(o.error_);
        } catch (...) {
          other = new Error;
        }
        if (other.kind_ == 2) {
          Step *done = top_;
          top_ = top_->parent;
          delete done;
          if (other.error_ == o.error_)
            other.kind_ = 0;
          else
            o = static_cast<Outcome &&>(other);
          if (top_ == nullptr) {
            delete o.error_;
            o.kind_ = 0;
            return static_cast<Outcome &&>(o);
          }
        } else {
          o = static_cast<Outcome &&>(other);
        }
        continue;
      }
      default:
        return static_cast<Outcome &&>(o);
      }
    }
  }
  Outcome run() {
    try {
      return top_->handle(nullptr);
    } catch (...) {
      return new Error;
    }
  }
  Outcome good_run_and_take() { return take(run()); }

private:
  Step *top_;
};
