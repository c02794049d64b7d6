// RUN: %check %s --checks=pool-incomplete-reset
// What standard algorithms and names for parts do to members.

#include "resetting_pool.h"
#include <algorithm>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

// --- a range that is set from its begin to its end

class Filled {
public:
  void add(int i) { ++bins_[i]; }
  void reset() { std::fill(bins_.begin(), bins_.end(), 0); }

private:
  std::vector<int> bins_ = std::vector<int>(8);
};
template class ResettingPool<Filled>;
ResettingPool<Filled> pool_of_Filled;

class Generated {
public:
  void add(int i) {
    ++bins_[i];
    ++sums_[i];
    ++order_[i];
  }
  void reset() {
    std::generate(bins_.begin(), bins_.end(), [] { return 0; });
    std::transform(sums_.begin(), sums_.end(), sums_.begin(),
                   [](int) { return 0; });
    std::iota(std::begin(order_), std::end(order_), 0);
  }

private:
  std::vector<int> bins_ = std::vector<int>(8);
  std::vector<int> sums_ = std::vector<int>(8);
  std::vector<int> order_ = std::vector<int>(8);
};
template class ResettingPool<Generated>;
ResettingPool<Generated> pool_of_Generated;

class Constructed {
public:
  void add(int i) {
    ++bins_[i];
    ++other_[i];
  }
  void reset() {
    auto first = bins_.begin();
    std::uninitialized_fill(first, bins_.end(), 0);
    std::copy(zeros().begin(), zeros().end(), other_.begin());
  }
  static const std::vector<int> &zeros();

private:
  std::vector<int> bins_ = std::vector<int>(8);
  std::vector<int> other_ = std::vector<int>(8);
};
template class ResettingPool<Constructed>;
ResettingPool<Constructed> pool_of_Constructed;

// A function of the user's that goes over the range.
template <typename It> void wipe(It from, It to) {
  for (; from != to; ++from)
    *from = 0;
}
class WipedBy {
public:
  void add(int i) { ++bins_[i]; }
  void reset() { wipe(bins_.begin(), bins_.end()); }

private:
  std::vector<int> bins_ = std::vector<int>(8);
};
template class ResettingPool<WipedBy>;
ResettingPool<WipedBy> pool_of_WipedBy;

// --- what is read only is left

class Summed {
public:
  void add(int i) { ++bins_[i]; }
  double sum() const { return sum_; }
  void reset() { // expect: pool-incomplete-reset "'Summed::reset' leaves"
    sum_ = std::accumulate(bins_.begin(), bins_.end(), 0);
  }

private:
  std::vector<int> bins_ = std::vector<int>(8); // note: "'bins_' is left, 'Summed::add' changes it"
  double sum_ = 0;
};
template class ResettingPool<Summed>;
ResettingPool<Summed> pool_of_Summed;

class CopiedOut {
public:
  void add(int i) { ++bins_[i]; }
  int last(int i) const { return last_[i]; }
  void reset() { // expect: pool-incomplete-reset "'CopiedOut::reset' leaves"
    std::copy(bins_.begin(), bins_.end(), last_.begin());
  }

private:
  std::vector<int> bins_ = std::vector<int>(8); // note: "'bins_' is left, 'CopiedOut::add' changes it"
  std::vector<int> last_ = std::vector<int>(8);
};
template class ResettingPool<CopiedOut>;
ResettingPool<CopiedOut> pool_of_CopiedOut;

// To look at each element is no change of it, to change each one is.
class Looked {
public:
  void show() {
    int n = 0;
    std::for_each(names_.begin(), names_.end(),
                  [&](const std::string &s) { n += int(s.size()); });
    shown_ = n;
  }
  void reset() { shown_ = 0; }

private:
  std::vector<std::string> names_;
  int shown_ = 0;
};
template class ResettingPool<Looked>;
ResettingPool<Looked> pool_of_Looked;

class EachChanged {
public:
  void mark() {
    std::for_each(names_.begin(), names_.end(), [](std::string &s) { s += "!"; });
    marked_ = 1;
  }
  void reset() { // expect: pool-incomplete-reset "'EachChanged::reset' leaves"
    marked_ = 0;
  }

private:
  std::vector<std::string> names_; // note: "'names_' is left, 'EachChanged::mark' changes it"
  int marked_ = 0;
};
template class ResettingPool<EachChanged>;
ResettingPool<EachChanged> pool_of_EachChanged;

// --- names for parts

struct Point {
  int x = 0;
  int y = 0; // note: "'at.y' is left, 'BoundHalf::move' changes it"
};
struct Bound {
  Point at;
  void move(int n) { at.x = at.y = n; }
  void reset() {
    auto &[x, y] = at;
    x = 0;
    y = 0;
  }
};
template class ResettingPool<Bound>;
ResettingPool<Bound> pool_of_Bound;

struct BoundHalf {
  Point at;
  void move(int n) { at.x = at.y = n; }
  void reset() { // expect: pool-incomplete-reset "'BoundHalf::reset' leaves"
    auto &[x, y] = at;
    x = 0;
  }
};
template class ResettingPool<BoundHalf>;
ResettingPool<BoundHalf> pool_of_BoundHalf;

// Bound to a copy: nothing is cleared.
struct BoundCopy {
  Point at; // note: "'at' is left, 'BoundCopy::move' changes it"
  int n = 0;
  void move(int to) { at.x = at.y = n = to; }
  void reset() { // expect: pool-incomplete-reset "'BoundCopy::reset' leaves"
    auto [x, y] = at;
    x = 0;
    y = 0;
    n = 0;
  }
};
template class ResettingPool<BoundCopy>;
ResettingPool<BoundCopy> pool_of_BoundCopy;
