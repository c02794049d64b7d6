// RUN: %check %s --checks=pool-put-without-reset
// To have asked is no change: what a const method sets anew follows from the rest.

#include <cstddef>
#include <string>

class Message {
public:
  void add(const std::string &text) { body_ += text; }
  int size() const {
    cached_size_ = 4 + int(body_.size());
    return cached_size_;
  }
  int last_size() const { return cached_size_; }
  void reset() { body_.clear(); }

private:
  std::string body_;
  mutable int cached_size_ = 0;
};
class MessagePool {
public:
  Message *acquire();
  void release(Message *message);
};

int good_only_asked(MessagePool &pool) {
  Message *m = pool.acquire();
  int n = m->size();
  pool.release(m);
  return n;
}
int bad_changed_and_asked(MessagePool &pool) {
  Message *m = pool.acquire();
  m->add("x");
  int n = m->size();
  pool.release(m); // expect: put-without-reset "'m' is put back without a reset"
  return n;
}

// A cursor goes on from where it was.
class Scanner {
public:
  void open(const std::string &text) { bytes_ = text; }
  char next() const { return bytes_[at_++]; }
  void reset() {
    bytes_.clear();
    at_ = 0;
  }

private:
  std::string bytes_;
  mutable std::size_t at_ = 0;
};
class ScannerPool {
public:
  Scanner *acquire();
  void release(Scanner *scanner);
};

char bad_goes_on(ScannerPool &pool) {
  Scanner *s = pool.acquire();
  char c = s->next();
  pool.release(s); // expect: put-without-reset "'s' is put back without a reset"
  return c;
}
char good_from_the_start(ScannerPool &pool) {
  Scanner *s = pool.acquire();
  char c = s->next();
  s->reset();
  pool.release(s);
  return c;
}
