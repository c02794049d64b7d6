// RUN: %check %s --level strict --checks=pool-unchecked-acquire,pool-oversized-put,pool-unbalanced-put -- -I%root/tests/reference_pool/include
// A get that may fail, objects that only grow, and pools that are filled by puts.

#include <istream>
#include <memory>
#include <pool_tidy/object_pool.h>
#include <string>
#include <utility>
#include <vector>

using pool_tidy::verdict;
using Text = pool_tidy::object_pool<std::string>;

// ---- pool-unchecked-acquire: try_get() gives an empty lease where get() throws.

void bad_try(Text &pool) {
  auto text = pool.try_get();
  text->append("hello"); // expect: pool-unchecked-acquire "'text'"
}

void good_try(Text &pool) {
  if (auto text = pool.try_get())
    text->append("hello");
}

bool good_early_return(Text &pool) {
  auto text = pool.try_get();
  if (!text)
    return false;
  text->append("hello");
  return true;
}

void good_get(Text &pool) {
  auto text = pool.get();
  text->append("hello");
}

// ---- pool-oversized-put

/// Clears, and lets what it cleared keep all that it ever grew to.
struct Clear {
  verdict reset(std::string &text) const noexcept {
    text.clear();
    return verdict::keep;
  }
};
using Unlimited = pool_tidy::object_pool<std::string, Clear>;
using Limited = pool_tidy::object_pool<std::string, pool_tidy::clear_and_limit<65536>>;

void bad_line(Unlimited &pool, std::istream &in) {
  auto text = pool.get();
  std::getline(in, *text);
  text.put(); // expect: pool-oversized-put "'text'"
}

void good_limited(Limited &pool, std::istream &in) {
  auto text = pool.get();
  std::getline(in, *text);
  text.put();
}

// What has no policy of its own has a limit, too.
void good_default(Text &pool, std::istream &in) {
  auto text = pool.get();
  std::getline(in, *text);
  text.put();
}

void good_discard(Unlimited &pool, std::istream &in) {
  auto text = pool.get();
  std::getline(in, *text);
  if (text->capacity() > 65536)
    text.discard();
}

// ---- pool-unbalanced-put: the bundled pool takes leases only; there is prewarm().

class LinePool {
public:
  std::string *acquire();
  void release(std::string *line);
};

void bad_lines(LinePool &pool, std::istream &in) {
  while (in.get() != '\n')
    pool.release(new std::string); // expect: pool-unbalanced-put "a new"
}

void good_lines(Text &pool) { pool.prewarm(32); }
