// RUN: %check %s --checks=pool-incomplete-reset
// What may stay because the reset sets what tells how it is to be read: a union
// below its tag, arrays of buffers below a length.

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <utility>
#include <vector>

template <typename T> class Pool {
public:
  T *acquire() {
    if (free_.empty())
      return new T;
    T *t = free_.back();
    free_.pop_back();
    return t;
  }
  void put(T *t) {
    t->reset();
    free_.push_back(t);
  }

private:
  std::vector<T *> free_;
};

// --- all code that reads the union asks the tag, whatever it is called

class Address {
  int family_ = 0;
  union {
    std::uint32_t v4_;
    std::uint8_t v6_[16];
  };

public:
  void set(std::uint32_t a) {
    family_ = 4;
    v4_ = a;
  }
  void set(const std::uint8_t *a) {
    family_ = 6;
    std::memcpy(v6_, a, 16);
  }
  std::uint32_t v4() const { return family_ == 4 ? v4_ : 0; }
  int first() const {
    switch (family_) {
    case 6:
      return v6_[0];
    default:
      return 0;
    }
  }
  void reset() { family_ = 0; }
};
Pool<Address> addresses;

struct Number { // the tag is a truth, the union has a name
  bool exact = false;
  union Value {
    long whole;
    double part;
  } value;
  double get() const {
    if (!exact)
      return value.part;
    return double(value.whole);
  }
  void set(long n) {
    exact = true;
    value.whole = n;
  }
  void reset() { exact = false; }
};
Pool<Number> numbers;

class Field { // and the pool sets it
public:
  char unit = 0;
  union {
    int feet;
    double metres;
  } length;
  std::string text;
  double get() const { return unit == 'm' ? length.metres : length.feet; }
  void set(double m) {
    unit = 'm';
    length.metres = m;
  }
  void reset() { text.clear(); }
};
class FieldPool {
public:
  Field *acquire() {
    Field *f = free_.back();
    free_.pop_back();
    f->unit = 0;
    return f;
  }
  void put(Field *f) {
    f->reset();
    free_.push_back(f);
  }

private:
  std::vector<Field *> free_;
};
void measure(FieldPool &pool) {
  Field *f = pool.acquire();
  f->set(2);
  pool.put(f);
}

class Loose { // it is read whatever the number says
  int uses_ = 0;
  union {
    std::uint32_t v4_; // note@-1: "'v4_' is left, 'Loose::set' changes it"
    std::uint8_t v6_[16];
  };

public:
  void set(std::uint32_t a) { v4_ = a; }
  void use() { ++uses_; }
  std::uint32_t v4() const { return v4_; }
  void reset() { uses_ = 0; } // expect: incomplete-reset "'Loose::reset' leaves members of the pooled 'Loose'"
};
Pool<Loose> loose;

class Mixed { // one of two readers does not ask
  int family_ = 0;
  union { // note: "'v4_' is left, 'Mixed::set' changes it"
    std::uint32_t v4_;
    std::uint8_t v6_[16];
  };

public:
  void set(std::uint32_t a) {
    family_ = 4;
    v4_ = a;
  }
  std::uint32_t v4() const { return family_ == 4 ? v4_ : 0; }
  int last() const { return v6_[15]; }
  void reset() { family_ = 0; } // expect: incomplete-reset "'Mixed::reset' leaves members of the pooled 'Mixed'"
};
Pool<Mixed> mixed;

class Kept { // the tag is asked, and stays
  int family_ = 0; // note: "'family_' is left, 'Kept::set' changes it"
  std::string host_;
  union { // note: "'v4_' is left, 'Kept::set' changes it"
    std::uint32_t v4_;
    std::uint8_t v6_[16];
  };

public:
  void set(std::uint32_t a) {
    family_ = 4;
    v4_ = a;
  }
  std::uint32_t v4() const { return family_ == 4 ? v4_ : 0; }
  void reset() { host_.clear(); } // expect: incomplete-reset "'Kept::reset' leaves members of the pooled 'Kept'"
};
Pool<Kept> kept;

// --- several buffers below one size

class VideoFrame {
  int width_ = 0, height_ = 0;
  std::array<std::vector<unsigned char>, 3> planes_;

public:
  void allocate(std::size_t w, std::size_t h) {
    width_ = w;
    height_ = h;
    for (auto &p : planes_)
      if (p.size() < w * h)
        p.resize(w * h);
  }
  unsigned char *row(int plane, int y) {
    return planes_[plane].data() + y * width_;
  }
  void reset() { width_ = height_ = 0; }
};
Pool<VideoFrame> frames;

class Samples {
  std::size_t count_ = 0;
  std::unique_ptr<float[]> channels_[2];

public:
  void make(std::size_t n) {
    for (auto &c : channels_)
      c = std::make_unique<float[]>(n);
  }
  void set(int channel, std::size_t at, float f) {
    channels_[channel][at] = f;
    if (at >= count_)
      count_ = at + 1;
  }
  float sum() const {
    float all = 0;
    for (std::size_t i = 0; i < count_; ++i)
      all += channels_[0][i] + channels_[1][i];
    return all;
  }
  void reset() { count_ = 0; }
};
Pool<Samples> samples;

class Layers { // nothing that the reset sets has to do with them
  int users_ = 0;
  std::array<std::vector<unsigned char>, 3> layers_; // note: "'layers_' is left, 'Layers::paint' changes it"

public:
  void enter() { ++users_; }
  void paint(int layer, std::size_t at, unsigned char c) { layers_[layer][at] = c; }
  void reset() { users_ = 0; } // expect: incomplete-reset "'Layers::reset' leaves members of the pooled 'Layers'"
};
Pool<Layers> layers;

class Stack { // more is added to each
  std::size_t depth_ = 0;
  std::array<std::vector<int>, 2> lists_; // note: "'lists_' is left, 'Stack::push' changes it"

public:
  void push(int list, int n) {
    if (depth_ < lists_[list].size())
      ++depth_;
    lists_[list].push_back(n);
  }
  void reset() { depth_ = 0; } // expect: incomplete-reset "'Stack::reset' leaves members of the pooled 'Stack'"
};
Pool<Stack> stacks;

class Args { // pointers into somebody's life
  int count_ = 0;
  const char *args_[4]; // note: "'args_' is left, 'Args::add' changes it"

public:
  void add(const char *arg) { args_[count_++] = arg; }
  const char *get(int i) const { return i < count_ ? args_[i] : ""; }
  void reset() { count_ = 0; } // expect: incomplete-reset "'Args::reset' leaves members of the pooled 'Args'"
};
Pool<Args> args;
void all() {
  addresses.put(addresses.acquire());
  numbers.put(numbers.acquire());
  loose.put(loose.acquire());
  mixed.put(mixed.acquire());
  kept.put(kept.acquire());
  frames.put(frames.acquire());
  samples.put(samples.acquire());
  layers.put(layers.acquire());
  stacks.put(stacks.acquire());
  args.put(args.acquire());
}
