// RUN: %check %s --confidence possible
// Answers of class type: what the class's own methods ask of it tells whether the
// acquire succeeded.

#include <string>
#include <utility>
#include <vector>

struct Link {
  int number = 0;
  void exec();
  void reset();
};

// --- a number, and all of it seen

class Status {
public:
  Status() = default;
  bool ok() const { return code_ == 0; }
  int code() const { return code_; }
  static Status OK() { return Status(); }
  static Status Busy() { return Status(1); }

private:
  explicit Status(int code) : code_(code) {}
  int code_ = 0;
};

class LinkPool {
public:
  Status acquire(Link **out) {
    if (free_.empty())
      return Status::Busy();
    *out = free_.back();
    free_.pop_back();
    return Status::OK();
  }
  void release(Link *link) {
    link->reset();
    free_.push_back(link);
  }

private:
  std::vector<Link *> free_;
};

Status good_asked(LinkPool &pool) {
  Link *link;
  Status status = pool.acquire(&link);
  if (!status.ok())
    return status;
  link->exec();
  pool.release(link);
  return Status::OK();
}
Status good_code_asked(LinkPool &pool) {
  Link *link = nullptr;
  Status status = pool.acquire(&link);
  if (status.code() != 0)
    return status;
  link->exec();
  pool.release(link);
  return status;
}
void good_asked_at_once(LinkPool &pool) {
  Link *link = nullptr;
  if (pool.acquire(&link).ok()) {
    link->exec();
    pool.release(link);
  }
}
void good_copied(LinkPool &pool) {
  Link *link = nullptr;
  Status first;
  first = pool.acquire(&link);
  const Status status = first;
  if (!status.ok())
    return;
  link->exec();
  pool.release(link);
}
void good_pointer_asked(LinkPool &pool) {
  Link *link = nullptr;
  pool.acquire(&link);
  if (!link)
    return;
  link->exec();
  pool.release(link);
}
void bad_never_asked(LinkPool &pool) {
  Link *link = nullptr;
  Status status = pool.acquire(&link);
  link->exec(); // expect: pool-unchecked-acquire "'link' is dereferenced without a check that its acquire succeeded"
  pool.release(link);
}
void bad_other_way(LinkPool &pool) {
  Link *link = nullptr;
  Status status = pool.acquire(&link); // expect: pool-resource-leak "'link' is never put back"
  if (status.ok())
    return;
  link->exec(); // expect: pool-unchecked-acquire "'link' is dereferenced without a check that its acquire succeeded"
  pool.release(link);
}
void bad_lost(LinkPool &pool, bool early) {
  Link *link = nullptr;
  Status status = pool.acquire(&link); // expect: pool-resource-leak "'link' is not put back on some path"
  if (!status.ok())
    return;
  if (early)
    return;
  pool.release(link);
}

// --- a wrapper hands the status on

static Status open_link(LinkPool &pool, Link **out) { return pool.acquire(out); }
static Status open_clean(LinkPool &pool, Link **out) {
  Status status = pool.acquire(out);
  if (!status.ok())
    return status;
  (*out)->reset();
  return status;
}
void good_wrapped(LinkPool &pool) {
  Link *link = nullptr;
  if (!open_link(pool, &link).ok())
    return;
  link->exec();
  pool.release(link);
}
void good_wrapped_twice(LinkPool &pool) {
  Link *link = nullptr;
  Status status = open_clean(pool, &link);
  if (!status.ok())
    return;
  link->exec();
  pool.release(link);
}
void bad_wrapped(LinkPool &pool) {
  Link *link = nullptr;
  Status status = open_link(pool, &link);
  link->exec(); // expect: pool-unchecked-acquire "'link' is dereferenced without a check that its acquire succeeded"
  pool.release(link);
}

// --- a pointer to what went wrong, made by a constructor that lives elsewhere

class [[nodiscard]] Result {
public:
  Result() noexcept : state_(nullptr) {}
  ~Result() { delete[] state_; }
  Result(const Result &other)
      : state_(other.state_ ? copied(other.state_) : nullptr) {}
  Result &operator=(const Result &other) {
    if (state_ != other.state_) {
      delete[] state_;
      state_ = other.state_ == nullptr ? nullptr : copied(other.state_);
    }
    return *this;
  }
  Result(Result &&other) noexcept : state_(other.state_) { other.state_ = nullptr; }
  Result &operator=(Result &&other) noexcept {
    std::swap(state_, other.state_);
    return *this;
  }
  static Result OK() { return Result(); }
  static Result NotFound(const std::string &what) { return Result(1, what); }
  bool ok() const { return state_ == nullptr; }
  bool IsNotFound() const { return code() == 1; }
  std::string ToString() const;

private:
  Result(int code, const std::string &what);
  static const char *copied(const char *state);
  int code() const { return state_ == nullptr ? 0 : state_[4]; }
  const char *state_;
};

class TextPool {
public:
  Result acquire(Link **out) {
    if (free_.empty())
      return Result::NotFound("link");
    *out = free_.back();
    free_.pop_back();
    return Result::OK();
  }
  Result take(Link **out) {
    Result result;
    if (free_.empty()) {
      result = Result::NotFound("link");
    } else {
      *out = free_.back();
      free_.pop_back();
    }
    return result;
  }
  void release(Link *link) {
    link->reset();
    free_.push_back(link);
  }

private:
  std::vector<Link *> free_;
};

class UnseenPool {
public:
  Result acquire(Link **out);
  void release(Link *link);
};

template <typename Pool> Result good_text(Pool &pool) {
  Link *link;
  Result result = pool.acquire(&link);
  if (!result.ok())
    return result;
  link->exec();
  link->reset();
  pool.release(link);
  return Result::OK();
}
template Result good_text(TextPool &);
template Result good_text(UnseenPool &);

template <typename Pool> void good_text_assigned(Pool &pool) {
  Link *link = nullptr;
  Result result;
  result = pool.acquire(&link);
  if (result.ok()) {
    link->exec();
    link->reset();
    pool.release(link);
  }
}
template void good_text_assigned(TextPool &);
template void good_text_assigned(UnseenPool &);

template <typename Pool> void good_text_at_once(Pool &pool) {
  Link *link = nullptr;
  if (pool.acquire(&link).ok()) {
    link->exec();
    link->reset();
    pool.release(link);
  }
}
template void good_text_at_once(TextPool &);
template void good_text_at_once(UnseenPool &);

Result good_text_taken(TextPool &pool) {
  Link *link;
  Result result = pool.take(&link);
  if (!result.ok())
    return result;
  link->exec();
  pool.release(link);
  return result;
}
void bad_text(TextPool &pool) {
  Link *link = nullptr;
  Result result = pool.acquire(&link);
  link->exec(); // expect: pool-unchecked-acquire "'link' is dereferenced without a check that its acquire succeeded"
  pool.release(link);
}
void bad_text_lost(TextPool &pool, bool early) {
  Link *link = nullptr;
  Result result = pool.acquire(&link); // expect: pool-resource-leak "'link' is not put back on some path"
  if (!result.ok())
    return;
  if (early)
    return;
  pool.release(link);
}
static Result open_text(TextPool &pool, Link **out) { return pool.acquire(out); }
void good_text_wrapped(TextPool &pool) {
  Link *link = nullptr;
  Result result = open_text(pool, &link);
  if (!result.ok())
    return;
  link->exec();
  pool.release(link);
}
void bad_text_wrapped(TextPool &pool) {
  Link *link = nullptr;
  Result result = open_text(pool, &link);
  link->exec(); // expect: pool-unchecked-acquire "'link' is dereferenced without a check that its acquire succeeded"
  pool.release(link);
}
void possible_text(UnseenPool &pool) {
  Link *link = nullptr;
  Result result = pool.acquire(&link);
  link->exec(); // expect: pool-unchecked-acquire "'link' is dereferenced without a check that its acquire succeeded (possible)"
  link->reset();
  pool.release(link);
}

// --- what its ok() asks is more than one field, or lives elsewhere

class Report {
public:
  bool ok() const { return !failed_ && (code_ == 0 || warning_); }
  bool failed_ = false, warning_ = false;
  int code_ = 0;
};
class Answer {
public:
  bool ok() const;
  std::string text;
};

template <typename Status> class OtherPool {
public:
  Status acquire(Link **out);
  void release(Link *link);
};

template <typename Status> void good_other(OtherPool<Status> &pool) {
  Link *link = nullptr;
  Status status = pool.acquire(&link);
  if (!status.ok())
    return;
  link->exec();
  link->reset();
  pool.release(link);
}
template void good_other(OtherPool<Report> &);
template void good_other(OtherPool<Answer> &);

// --- a status that a call puts into another: nobody says which of the two

class Kept {
public:
  bool ok() const { return code_ == 0; }
  void update(const Kept &other) {
    if (ok())
      *this = other;
  }
  int code_ = 0;
};
struct Kettle {
  int litres;
};
class KettlePool {
public:
  Kept acquire(Kettle **out) {
    if (idle_.empty())
      return Kept{1};
    *out = idle_.back();
    idle_.pop_back();
    return Kept{};
  }
  void release(Kettle *k) { idle_.push_back(k); }

private:
  std::vector<Kettle *> idle_;
};
int perhaps_updated(KettlePool &pool) {
  Kettle *k = nullptr;
  Kept status;
  status.update(pool.acquire(&k)); // expect: pool-resource-leak "'k' is not put back on some path (possible)"
  if (!status.ok())
    return 0;
  int n = k->litres; // expect: pool-unchecked-acquire "'k' is dereferenced without a check that its acquire succeeded (possible)"
  pool.release(k);
  return n;
}
