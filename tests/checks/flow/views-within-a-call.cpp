// RUN: %check %s --checks=pool-dangling-view
// Views in private members: what every reader sets first is nobody's between the
// calls.

#include "documents.h"

class Words {
public:
  int good_counted(DocumentPool &pool) {
    Document *d = pool.acquire();
    int n = 0;
    for (in_ = d->title, at_ = 0; more(); ++at_)
      n += in_[at_] == ' ';
    pool.release(d);
    return n;
  }
  int good_by_its_owner(DocumentPool &pool) {
    Lease lease = pool.lease();
    in_ = lease->title;
    return more();
  }
  bool good_not_always(DocumentPool &pool) {
    Document *d = pool.acquire();
    if (d->title.empty()) {
      pool.release(d);
      return false;
    }
    set(*d);
    bool any = more();
    pool.release(d);
    return any;
  }
  void bad_used(DocumentPool &pool) {
    Document *d = pool.acquire();
    in_ = d->title;
    pool.release(d);
    show(in_); // expect: pool-dangling-view "looks into 'd', which was put back"
  }
  bool bad_used_by_helper(DocumentPool &pool) {
    Document *d = pool.acquire();
    in_ = d->title;
    pool.release(d);
    while (this->first() == ' ') // expect: pool-dangling-view "looks into 'd', which was put back"
      in_.remove_prefix(1);
    return more();
  }
  std::size_t lines() const { return lines_; }

private:
  bool more() const { return at_ < in_.size(); }
  char first() const { return in_.front(); }
  void set(const Document &d) { in_ = d.title; }

  std::string_view in_;
  std::size_t at_ = 0, lines_ = 0;
};

class Kept {
public:
  void bad(DocumentPool &pool) {
    Document *d = pool.acquire();
    in_ = d->title; // expect: pool-dangling-view "is left looking into 'd'"
    count_ += in_.front();
    pool.release(d);
  }
  std::string_view last() const { return in_; }

private:
  std::string_view in_;
  int count_ = 0;
};

class SetPerhaps {
public:
  void bad(DocumentPool &pool, bool again) {
    Document *d = pool.acquire();
    if (!again)
      in_ = d->title; // expect: pool-dangling-view "is left looking into 'd'"
    count_ += in_.front();
    pool.release(d);
  }

private:
  std::string_view in_;
  int count_ = 0;
};

class ReadByFriends {
public:
  void bad(DocumentPool &pool) {
    Document *d = pool.acquire();
    in_ = d->title; // expect: pool-dangling-view "is left looking into 'd'"
    count_ += in_.front();
    pool.release(d);
  }

private:
  friend void look(ReadByFriends &);
  std::string_view in_;
  int count_ = 0;
};

class ReadElsewhere {
public:
  void bad(DocumentPool &pool) {
    Document *d = pool.acquire();
    in_ = d->title; // expect: pool-dangling-view "is left looking into 'd'"
    count_ += in_.front();
    pool.release(d);
  }
  void somewhere(); // no body here

private:
  std::string_view in_;
  int count_ = 0;
};

class AtTheEnd {
public:
  ~AtTheEnd() { show(in_); }
  void bad(DocumentPool &pool) {
    Document *d = pool.acquire();
    in_ = d->title; // expect: pool-dangling-view "is left looking into 'd'"
    count_ += in_.front();
    pool.release(d);
  }

private:
  std::string_view in_;
  int count_ = 0;
};

template <typename T> class WordsOf {
public:
  bool good(DocumentPool &pool) {
    Document *d = pool.acquire();
    in_ = d->title;
    bool any = more();
    pool.release(d);
    return any;
  }
  void never_called() { show(in_); }

private:
  bool more() const { return !in_.empty(); }
  std::string_view in_;
};
template bool WordsOf<int>::good(DocumentPool &);
