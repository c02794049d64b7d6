// RUN: %check %s -- -I%root/tests/reference_pool/include
// The pool of one thread: wrong use, and beside it the same as it is meant.

#include <pool_tidy/local_pool.h>
#include <string>
#include <thread>

using Texts = pool_tidy::local_pool<std::string>;
using Text = Texts::lease;

void parse(const std::string &);

std::size_t bad_after_put(Texts &texts) {
  auto text = texts.get(); // note: "acquired here"
  text.put(); // note: "put back here"
  return text->size(); // expect: pool-use-after-put "'text' is used after it was put back"
}

std::size_t good_in_use(Texts &texts) {
  auto text = texts.get();
  text->append("x");
  return text->size();
}

void bad_twice(Texts &texts) {
  std::string *text = texts.acquire();
  texts.give_back(text); // note: "put back here"
  texts.give_back(text); // expect: pool-double-put "'text' is put back twice"
}

bool bad_leak(Texts &texts, bool early) {
  std::string *text = texts.acquire(); // expect: pool-resource-leak "'text' is not put back on some path"
  if (early)
    return false;
  texts.give_back(text);
  return true;
}

bool good_by_hand(Texts &texts) {
  std::string *text = texts.acquire();
  bool empty = text->empty();
  texts.give_back(text);
  return empty;
}

void bad_released(Texts &texts) {
  auto text = texts.get(); // expect: pool-resource-leak "'text' is never put back"
  text.release();
}

void good_released(Texts &texts) {
  auto text = texts.get();
  texts.give_back(text.release());
}

void good_discarded(Texts &texts) {
  auto text = texts.get();
  text.discard();
}

std::string *kept;
void bad_kept(Texts &texts) {
  auto text = texts.get();
  kept = text.get(); // expect: pool-retained-object "'kept' keeps 'text', which is put back"
}

void bad_view(Texts &texts) {
  auto text = texts.get();
  const char *words = text->c_str();
  text.put();
  parse(words); // expect: pool-dangling-view "'words' looks into 'text', which was put back"
}

void bad_task(Texts &texts) {
  auto text = texts.get();
  std::thread([&] { text->append("x"); }).detach();
  text.put(); // expect: pool-shared-across-threads "'text' is put back while a thread or task that has it may still run"
}
