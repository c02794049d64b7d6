// RUN: %check %s --checks=pool-incomplete-reset
// Arrays of plain values: no state where what the reset sets bounds them, and
// state where it has nothing to do with them.

#include "resetting_pool.h"
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <numeric>
#include <span>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

// --- nothing bounds them

struct Login {
  char password[64] = ""; // note: "'password' is left, 'Login::set' changes it"
  int tries[16] = {};     // note: "'tries' is left, 'Login::hit' changes it"
  int port = 0;
  void set(const char *text, int on) {
    std::strncpy(password, text, 63);
    port = on;
  }
  void hit(int i) { ++tries[i & 15]; }
  void reset() { port = 0; } // expect: pool-incomplete-reset "'Login::reset' leaves"
};
ResettingPool<Login> logins;

// Added up, beside a length that is another's.
class Histogram {
public:
  void add(char c) {
    text_[used_++] = c;
    bins_[static_cast<unsigned char>(c)] += 1;
  }
  int of(unsigned char c) const { return bins_[c]; }
  void reset() { used_ = 0; } // expect: pool-incomplete-reset "'Histogram::reset' leaves"

private:
  char text_[4096];
  std::size_t used_ = 0;
  std::array<int, 256> bins_{}; // note: "'bins_' is left, 'Histogram::add' changes it"
};
ResettingPool<Histogram> histograms;

// Written whole, and read without a look at the flag.
class Matrix {
public:
  void set(const float *from) {
    for (int i = 0; i < 16; ++i)
      m_[i] = from[i];
    changed_ = true;
  }
  float at(int i) const { return m_[i]; }
  bool changed() const { return changed_; }
  void reset() { changed_ = false; } // expect: pool-incomplete-reset "'Matrix::reset' leaves"

private:
  float m_[16] = {}; // note: "'m_' is left, 'Matrix::set' changes it"
  bool changed_ = false;
};
ResettingPool<Matrix> matrices;

// Another number beside it, in a call that takes both.
struct Peer {
  char host[64] = ""; // note: "'host' is left, 'Peer::to' changes it"
  int port = 0;
  void to(const char *where, int on) {
    std::strncpy(host, where, 63);
    port = on;
  }
  void dial();
  void show() const { std::printf("%s:%d\n", host, port); }
  void reset() { port = 0; } // expect: pool-incomplete-reset "'Peer::reset' leaves"
};
bool connect_to(const char *host, int port);
void Peer::dial() { connect_to(host, port); }
ResettingPool<Peer> peers;

// A guard that some reader does not ask.
class HalfGuarded {
public:
  void set(int i, int v) { values_[i] = v; }
  int first() const { return open_ ? values_[0] : 0; }
  int last() const { return values_[7]; }
  void toggle() { open_ = !open_; }
  void reset() { open_ = false; } // expect: pool-incomplete-reset "'HalfGuarded::reset' leaves"

private:
  int values_[8] = {}; // note: "'values_' is left, 'HalfGuarded::set' changes it"
  bool open_ = false;
};
ResettingPool<HalfGuarded> half_guarded;

// A helper that somebody calls who sets only some of it.
class HalfSet {
public:
  void code(std::string_view text) {
    for (int i = 0; i < 128; ++i)
      often_[i] = 0;
    count(text);
    state_ += often_[0];
  }
  void reset() { state_ = 0; } // expect: pool-incomplete-reset "'HalfSet::reset' leaves"

private:
  void count(std::string_view text) {
    for (unsigned char c : text)
      ++often_[c];
  }
  int often_[256] = {}; // note: "'often_' is left"
  int state_ = 0;
};
ResettingPool<HalfSet> half_set;

// A peak is no bound.
struct Levels {
  std::uint16_t level[8] = {}; // note: "'level' is left, 'Levels::raise' changes it"
  std::uint16_t highest = 0;
  void raise(int i) {
    if (++level[i & 7] > highest)
      highest = level[i & 7];
  }
  void reset() { highest = 0; } // expect: pool-incomplete-reset "'Levels::reset' leaves"
};
ResettingPool<Levels> levels;

// A vector that is made once is storage as an array is.
class Weights {
public:
  Weights() : weights_(10) {}
  void add(int i, double d) {
    weights_[i] += d;
    ++rounds_;
  }
  void reset() { rounds_ = 0; } // expect: pool-incomplete-reset "'Weights::reset' leaves"

private:
  std::vector<double> weights_; // note: "'weights_' is left, 'Weights::add' changes it"
  int rounds_ = 0;
};
ResettingPool<Weights> weights;

// In a member that is cleared by its parts.
struct Parts {
  struct {
    int marks[4];
    char name[16]; // note: "'inner.name' is left"
    int at = 0;
  } inner;
  void mark(int m) { inner.marks[inner.at++] = m; }
  void call(const char *name) { std::strcpy(inner.name, name); }
  void reset() { inner.at = 0; } // expect: pool-incomplete-reset "'Parts::reset' leaves"
};
ResettingPool<Parts> parts;

// --- what the reset sets bounds them

class ByIndex {
public:
  void push(int x) { items_[next_++] = x; }
  void reset() { next_ = 0; }

private:
  int items_[16];
  int next_ = 0;
};
ResettingPool<ByIndex> by_index;

class Ring {
public:
  void push(int x) {
    unsigned slot = in_ & 63;
    ring_[slot] += x;
    ++in_;
  }
  int pop() { return ring_[out_++ % 64]; }
  void reset() { in_ = out_ = 0; }

private:
  std::array<int, 64> ring_{};
  unsigned in_ = 0, out_ = 0;
};
ResettingPool<Ring> rings;

// What is copied is counted in another variable.
class Copied {
public:
  void take(const float *from, int n) {
    std::memcpy(samples_, from, n * sizeof(float));
    many_ = n;
  }
  void reset() { many_ = 0; }

private:
  float samples_[64];
  int many_ = 0;
};
ResettingPool<Copied> copied;

class Mixed {
public:
  void mix(const float *from, int n) {
    for (int i = 0; i < n; ++i)
      sum_[i] += from[i];
    if (n > many_)
      many_ = n;
  }
  void reset() { many_ = 0; }

private:
  float sum_[64] = {};
  int many_ = 0;
};
ResettingPool<Mixed> mixed;

class Algorithms {
public:
  void take(std::span<const int> from) {
    std::copy(from.begin(), from.end(), items_.begin());
    many_ = from.size();
  }
  void add(std::span<const int> from) {
    std::copy(from.begin(), from.end(), more_.begin() + many_more_);
    many_more_ += from.size();
  }
  int sum() const { return std::accumulate(items_.begin(), items_.begin() + many_, 0); }
  void reset() { many_ = many_more_ = 0; }

private:
  std::array<int, 32> items_, more_;
  int many_ = 0, many_more_ = 0;
};
ResettingPool<Algorithms> algorithms;

// By what it shows.
class Shown {
public:
  void put(int i, char c) { chars_[i] = c; }
  void grow() { ++many_; }
  std::string_view text() const { return {chars_, many_}; }
  void reset() { many_ = 0; }

private:
  char chars_[32];
  std::size_t many_ = 0;
};
ResettingPool<Shown> shown;

class Checked {
public:
  void put(int i, char c) { chars_[i] = c; }
  void grow(int to) { many_ = to; }
  char at(int i) const { return i < many_ ? chars_[i] : '\0'; }
  void reset() { many_ = 0; }

private:
  char chars_[32];
  int many_ = 0;
};
ResettingPool<Checked> checked;

class ByOwnSize {
public:
  int many() const { return many_; }
  void push(int x) {
    items_[many()] = x;
    ++many_;
  }
  void reset() { many_ = 0; }

private:
  int items_[16];
  int many_ = 0;
};
ResettingPool<ByOwnSize> by_own_size;

// A cursor into it.
class ByCursor {
public:
  ByCursor() : at_(stack_) {}
  void push(int x) {
    if (at_ != stack_ + 16)
      *at_++ = x;
    stack_[0] = 1;
  }
  void reset() { at_ = stack_; }

private:
  int stack_[16];
  int *at_;
};
ResettingPool<ByCursor> by_cursor;

// A bit, a stamp or a place for each element.
class Bits {
public:
  void set(int i, int v) {
    values_[i] = v;
    there_ |= 1u << i;
  }
  int get(int i) const { return there_ & (1u << i) ? values_[i] : 0; }
  void reset() { there_ = 0; }

private:
  int values_[32];
  unsigned there_ = 0;
};
ResettingPool<Bits> bits;

class Stamped {
public:
  void count(int i) {
    if (stamp_[i] != round_) {
      stamp_[i] = round_;
      many_[i] = 0;
    }
    ++many_[i];
  }
  int get(int i) const { return stamp_[i] == round_ ? many_[i] : 0; }
  void reset() { ++round_; }

private:
  unsigned stamp_[32] = {}, many_[32] = {};
  unsigned round_ = 1;
};
ResettingPool<Stamped> stamped;

class Sparse {
public:
  bool has(unsigned x) const { return place_[x] < count_ && dense_[place_[x]] == x; }
  void add(unsigned x) {
    place_[x] = count_;
    dense_[count_++] = x;
  }
  void reset() { count_ = 0; }

private:
  unsigned place_[64] = {}, dense_[64] = {};
  unsigned count_ = 0;
};
ResettingPool<Sparse> sparse;

// All who read it look at the flag first: what is there is made anew.
class Cached {
public:
  void turn() { stale_ = true; }
  float at(int i) {
    if (stale_)
      make();
    return matrix_[i];
  }
  void reset() { stale_ = true; }

private:
  void make() {
    for (int i = 0; i < 16; ++i)
      matrix_[i] = 1;
    stale_ = false;
  }
  float matrix_[16];
  bool stale_ = true;
};
ResettingPool<Cached> cached;

// Set anew by each who uses it, and by the helpers of those.
class Coder {
public:
  int code(std::string_view text) {
    for (int i = 0; i < 256; ++i)
      often_[i] = 0;
    for (auto &each : order_)
      each = 0;
    count(text);
    return ++state_ + often_['a'] + order_[0];
  }
  void reset() { state_ = 0; }

private:
  void count(std::string_view text) {
    for (unsigned char c : text)
      ++often_[c];
    ++order_[text.size() & 7];
  }
  int often_[256];
  int order_[8];
  int state_ = 0;
};
ResettingPool<Coder> coders;

class Schedule {
public:
  unsigned mix(const unsigned char *from) {
    for (int i = 0; i < 16; ++i)
      words_[i] = from[i];
    for (int i = 16; i < 64; ++i)
      words_[i] = words_[i - 16] + words_[i - 7];
    return state_ += words_[63];
  }
  void reset() { state_ = 0; }

private:
  unsigned words_[64];
  unsigned state_ = 0;
};
ResettingPool<Schedule> schedules;

struct Named {
  char text[32];
  int id = 0;
  void name(int n) { id = n; }
  void print() {
    std::snprintf(text, sizeof text, "item %d", id);
    std::puts(text);
  }
  void reset() { id = 0; }
};
ResettingPool<Named> named;

// What came in is counted by the call that got it.
struct Input {
  int fd = -1;
  char buffer[4096];
  void open(int from) { fd = from; }
  void feed() {
    ssize_t n = ::recv(fd, buffer, sizeof buffer, 0);
    if (n > 0)
      parse(n);
  }
  void parse(ssize_t n) const {
    for (ssize_t i = 0; i < n; ++i)
      std::putchar(buffer[i]);
  }
  void reset() { fd = -1; }
};
ResettingPool<Input> inputs;

// A start sets it from what it is given; what empties it is no change.
struct Begun {
  char name[32] = "";
  int lines = 0;
  void open(const char *path) { std::strncpy(name, path, 31); }
  void forget() { std::strcpy(name, ""); }
  void line() { ++lines; }
  void reset() { lines = 0; }
};
ResettingPool<Begun> begun;

// Storage elsewhere.
class Owned {
public:
  void put(char c) { bytes_[many_++] = c; }
  void reset() { many_ = 0; }

private:
  std::unique_ptr<char[]> bytes_{new char[512]};
  int many_ = 0;
};
ResettingPool<Owned> owned;

// In a part.
struct InPart {
  struct {
    char data[64];
    int many = 0;
  } part;
  void put(char c) { part.data[part.many++] = c; }
  void reset() { part.many = 0; }
};
ResettingPool<InPart> in_parts;
