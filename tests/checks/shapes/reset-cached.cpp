// RUN: %check %s --checks=pool-incomplete-reset
// Members that follow from the rest of the object: mutable, and set anew by each
// const method that changes them.

#include "resetting_pool.h"
#include <atomic>
#include <cstddef>
#include <string>
#include <vector>

// --- good: nothing of the last user is in there

class Message {
public:
  void add(const std::string &text) { body_ += text; }
  int ByteSize() const {
    int total = 4;
    total += int(body_.size());
    cached_size_ = total;
    last_.store(total, std::memory_order_relaxed);
    return total;
  }
  int GetCachedSize() const { return cached_size_ + last_; }
  void reset() { body_.clear(); }

private:
  std::string body_;
  mutable int cached_size_ = 0;
  mutable std::atomic<int> last_{0};
};

// Counted from nothing, and told to be old by whoever changes the rest.
class Path {
public:
  void add(double x) {
    xs_.push_back(x);
    length_ = 0;
  }
  double length() const {
    length_ = 0;
    for (double x : xs_)
      length_ += x;
    return length_;
  }
  double last_length() const { return length_; }
  void reset() { xs_.clear(); }

private:
  std::vector<double> xs_;
  mutable double length_ = 0;
};

// Forgotten by a helper that const methods may call too, here and in a base.
class Outline {
public:
  void add(double x) {
    xs_.push_back(x);
    forget();
  }
  int corners() const {
    if (corners_ < 0)
      corners_ = int(xs_.size());
    return corners_;
  }
  void reset() {
    xs_.clear();
    forget();
  }

private:
  void forget() const { corners_ = -1; }
  std::vector<double> xs_;
  mutable int corners_ = -1;
};
class Remembering {
public:
  bool stale() const { return !fresh_; }

protected:
  void remember() const { fresh_ = true; }
  void forget() const { fresh_ = false; }
  mutable bool fresh_ = false;
};
class Diagram : public Remembering {
public:
  void add(int n) {
    n_ += n;
    forget();
  }
  void draw() const { remember(); }
  void reset() {
    n_ = 0;
    forget();
  }

private:
  int n_ = 0;
};

// Believed as long as nothing was counted on: the reset does so.
class Versioned {
public:
  void set(const std::string &name) {
    name_ = name;
    ++version_;
  }
  const std::string &shown() const {
    if (seen_ != version_) {
      shown_ = '<' + name_ + '>';
      seen_ = version_;
    }
    return shown_;
  }
  void reset() {
    name_.clear();
    ++version_;
  }

private:
  std::string name_;
  unsigned version_ = 1;
  mutable unsigned seen_ = 0;
  mutable std::string shown_;
};

// --- bad: what is there is believed, goes on, or is somebody's

class Hashed {
public:
  void add(const std::string &text) {
    body_ += text;
    known_ = false;
  }
  std::size_t hash() const {
    if (!known_) {
      hash_ = body_.size();
      known_ = true;
    }
    return hash_;
  }
  void reset() { body_.clear(); } // expect: incomplete-reset "'Hashed::reset' leaves members of the pooled 'Hashed'"

private:
  std::string body_;
  mutable std::size_t hash_ = 0;
  mutable bool known_ = false; // note: "'known_' is left, 'Hashed::hash' changes it"
};

// Asked by one, set by another.
class HashedByHelper {
public:
  void add(const std::string &text) {
    body_ += text;
    known_ = false;
  }
  std::size_t hash() const {
    if (!known_)
      compute();
    return hash_;
  }
  void reset() { body_.clear(); } // expect: incomplete-reset "'HashedByHelper::reset' leaves members of the pooled 'HashedByHelper'"

private:
  void compute() const {
    hash_ = body_.size();
    known_ = true;
  }
  std::string body_;
  mutable std::size_t hash_ = 0;
  mutable bool known_ = false; // note: "'known_' is left, 'HashedByHelper::compute' changes it"
};

class Reader {
public:
  void fill(const std::string &text) { bytes_ = text; }
  char next() const { return bytes_[at_++]; }
  void reset() { bytes_.clear(); } // expect: incomplete-reset "'Reader::reset' leaves members of the pooled 'Reader'"

private:
  std::string bytes_;
  mutable std::size_t at_ = 0; // note: "'at_' is left, 'Reader::next' changes it"
};

class Shown {
public:
  void set(int n) { n_ = n; }
  const std::string &text() const {
    text_ = std::to_string(n_);
    return text_;
  }
  const std::string &last_text() const { return text_; }
  void reset() { n_ = 0; } // expect: incomplete-reset "'Shown::reset' leaves members of the pooled 'Shown'"

private:
  int n_ = 0;
  mutable std::string text_; // note: "'text_' is left, 'Shown::text' changes it"
};

// Not only const methods set it.
class Tuned {
public:
  void tune(int n) { level_ = n; }
  int level() const { return level_; }
  int raised() const {
    level_ = 9;
    return level_;
  }
  void reset() { uses_ = 0; } // expect: incomplete-reset "'Tuned::reset' leaves members of the pooled 'Tuned'"

private:
  int uses_ = 0;
  mutable int level_ = 0; // note: "'level_' is left, 'Tuned::tune' changes it"
};

// The helper that the reset calls sets another.
class Sketch {
public:
  void add(int n) {
    n_ += n;
    forget();
  }
  bool drawn() const { return drawn_; }
  void draw() const {
    drawn_ = true;
    height_ = n_;
  }
  void reset() { // expect: incomplete-reset "'Sketch::reset' leaves members of the pooled 'Sketch'"
    n_ = 0;
    forget();
  }

private:
  void forget() const { height_ = 0; }
  int n_ = 0;
  mutable bool drawn_ = false; // note: "'drawn_' is left, 'Sketch::draw' changes it"
  mutable int height_ = 0;
};

// What began with version 2 is again where the last user's text was.
class BeginsAgain {
public:
  void set(const std::string &name) {
    name_ = name;
    ++version_;
  }
  const std::string &shown() const {
    if (seen_ != version_) {
      shown_ = '<' + name_ + '>';
      seen_ = version_;
    }
    return shown_;
  }
  void reset() { // expect: incomplete-reset "'BeginsAgain::reset' leaves members of the pooled 'BeginsAgain'"
    name_.clear();
    version_ = 1;
  }

private:
  std::string name_;
  unsigned version_ = 1;
  mutable unsigned seen_ = 0; // note: "'seen_' is left, 'BeginsAgain::shown' changes it"
  mutable std::string shown_;
};

template class ResettingPool<Message>;
template class ResettingPool<Path>;
template class ResettingPool<Outline>;
template class ResettingPool<Diagram>;
template class ResettingPool<Versioned>;
template class ResettingPool<Sketch>;
template class ResettingPool<BeginsAgain>;
template class ResettingPool<Hashed>;
template class ResettingPool<HashedByHelper>;
template class ResettingPool<Reader>;
template class ResettingPool<Shown>;
template class ResettingPool<Tuned>;
ResettingPool<Message> messages;
ResettingPool<Path> paths;
ResettingPool<Outline> outlines;
ResettingPool<Diagram> diagrams;
ResettingPool<Versioned> versioned;
ResettingPool<Sketch> sketches;
ResettingPool<BeginsAgain> begin_again;
ResettingPool<Hashed> hashes;
ResettingPool<HashedByHelper> helped;
ResettingPool<Reader> readers;
ResettingPool<Shown> shown;
ResettingPool<Tuned> tuned;
