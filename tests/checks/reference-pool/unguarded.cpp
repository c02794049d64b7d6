// RUN: %check %s --level strict --checks=pool-unguarded-resource -- -I%root/tests/reference_pool/include
// Held by a raw name across what may throw; a lease is the guard.

#include <pool_tidy/object_pool.h>
#include <string>

namespace raw = pool_tidy::raw;
using Texts = pool_tidy::object_pool<std::string>;

void parse(std::string &text);
void count(const std::string &text) noexcept;

void bad_across_parse(Texts &texts) {
  std::string *text = raw::acquire(texts); // expect: pool-unguarded-resource "'text' is put back by hand, which an exception in between would skip"
  parse(*text);                            // note: "an exception leaves here"
  raw::give_back(texts, text);             // note: "put back here"
}

void good_lease(Texts &texts) {
  auto text = texts.get();
  parse(*text);
}

void good_lease_put_early(Texts &texts) {
  auto text = texts.get();
  parse(*text);
  text.put();
}

void good_nothing_throws(Texts &texts) {
  std::string *text = raw::acquire(texts);
  count(*text);
  raw::give_back(texts, text);
}
