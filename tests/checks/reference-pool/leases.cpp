// RUN: %check %s -- -I%root/tests/reference_pool/include
// What becomes of an object between get and put: wrong, and beside it the same
// with the bundled pools as they are meant to be used.

#include <pool_tidy/object_pool.h>
#include <pool_tidy/resource_pool.h>
#include <string>
#include <vector>

namespace raw = pool_tidy::raw;
using Texts = pool_tidy::object_pool<std::string>;
using Text = pool_tidy::lease<std::string>;

struct Connection {
  int rows = 0;
  void query(const char *);
};
struct Connections {
  Connection create() { return {}; }
};
using Pool = pool_tidy::resource_pool<Connection, Connections>;
using Link = pool_tidy::resource_lease<Connection>;

void send(const std::string &);

// ---- pool-use-after-put ---------------------------------------------------------

std::size_t bad_after_put(Texts &texts) {
  auto text = texts.get(); // note: "acquired here"
  text.put(); // note: "put back here"
  return text->size(); // expect: pool-use-after-put "'text' is used after it was put back"
}

std::size_t bad_after_discard(Texts &texts) {
  auto text = texts.get();
  text.discard();
  return text->size(); // expect: pool-use-after-put "'text' is used after it was put back"
}

std::size_t bad_by_another_name(Texts &texts) {
  auto text = texts.get();
  std::string &words = *text;
  text.put();
  return words.size(); // expect: pool-use-after-put "'words' is used after it was put back"
}

std::size_t bad_after_the_scope(Texts &texts) {
  std::string *words;
  {
    auto text = texts.get();
    words = text.get();
  } // note: "put back here, at the end of its scope"
  return words->size(); // expect: pool-use-after-put "'words' is used after it was put back"
}

std::size_t bad_after_the_new_owner(Texts &texts) {
  auto text = texts.get();
  std::string &words = *text;
  auto owner = std::move(text);
  owner.put();
  return words.size(); // expect: pool-use-after-put "'words' is used after it was put back"
}

static void finish(Text &text) { text.put(); }
std::size_t bad_after_a_function_put_it(Texts &texts) {
  auto text = texts.get();
  finish(text);
  return text->size(); // expect: pool-use-after-put "'text' is used after it was put back"
}

std::size_t good_before_put(Texts &texts) {
  auto text = texts.get();
  std::string &words = *text;
  std::size_t size = words.size();
  text.put();
  return size;
}

std::string good_copy(Texts &texts) {
  auto text = texts.get();
  return *text;
}

Text good_handed_on(Texts &texts) {
  auto text = texts.get();
  text->append("x");
  return text;
}

void good_again(Texts &texts) {
  Text text;
  for (int i = 0; i < 3; ++i) {
    text = texts.get();
    text->append("x");
    text.put();
  }
}

// Where it is put from is no new object.
void good_put_from(Texts &texts, std::source_location where) {
  auto text = texts.get();
  text->append("x");
  text.put(where);
}

int bad_connection_after_put(Pool &pool) {
  Link link = pool.acquire();
  Connection &connection = *link;
  link.put();
  return connection.rows; // expect: pool-use-after-put "'connection' is used after it was put back"
}

int good_connection(Pool &pool) {
  Link link = pool.acquire();
  int rows = link->rows;
  link.put();
  return rows;
}

// ---- pool-double-put ------------------------------------------------------------

void bad_given_back_twice(Texts &texts) {
  std::string *text = raw::acquire(texts);
  send(*text);
  raw::give_back(texts, text); // note: "first put back here"
  raw::give_back(texts, text); // expect: pool-double-put "'text' is put back twice"
}

void bad_released_and_given_back_twice(Texts &texts) {
  auto text = texts.get();
  std::string *mine = text.release();
  raw::give_back(texts, mine);
  raw::give_back(texts, mine); // expect: pool-double-put "'mine' is put back twice"
}

void good_released(Texts &texts) {
  auto text = texts.get();
  raw::give_back(texts, text.release());
}

// The second put finds the lease empty.
void good_put_once(Texts &texts, bool early) {
  auto text = texts.get();
  send(*text);
  if (early)
    text.put();
}

// ---- pool-foreign-put -----------------------------------------------------------

class Service {
  Texts small_, large_;

public:
  void bad_other_pool() {
    std::string *text = raw::acquire(large_); // note: "acquired here"
    send(*text);
    raw::give_back(small_, text); // expect: pool-foreign-put "'text' is put into 'small_', but came from another pool"
  }

  void bad_released_into_the_other_pool() {
    auto text = large_.get();
    raw::give_back(small_, text.release()); // expect: pool-foreign-put "put into 'small_'"
  }

  // A lease knows where it came from.
  void good_lease() {
    auto text = large_.get();
    send(*text);
  }
};

void bad_still_leased(Texts &texts) {
  auto text = texts.get();
  raw::give_back(texts, text.get()); // expect: pool-foreign-put "what 'text' still owns is put into a pool"
}

void bad_local(Texts &texts) {
  std::string own;
  raw::give_back(texts, &own); // expect: pool-foreign-put "'own' is put into a pool, and has automatic storage"
}

void good_prewarmed(Texts &texts) { texts.prewarm(4); }

// ---- pool-long-lived-object -------------------------------------------------------

void bad_static(Texts &texts) {
  static std::string greeting = "hello";
  raw::give_back(texts, &greeting); // expect: pool-long-lived-object "'greeting' is put into a pool, and has static storage"
}

void good_static() {
  static const std::string greeting = "hello";
  send(greeting);
}

// ---- pool-retained-object ---------------------------------------------------------

class Log {
  std::string *latest_ = nullptr;
  Text kept_;
  std::string copy_;

public:
  void bad_keeps(Texts &texts) {
    auto text = texts.get();
    text->append("x");
    latest_ = text.get(); // expect: pool-retained-object "'latest_' keeps 'text', which is put back"
  }

  void good_keeps_the_lease(Texts &texts) {
    auto text = texts.get();
    text->append("x");
    kept_ = std::move(text);
  }

  void good_keeps_a_copy(Texts &texts) {
    auto text = texts.get();
    text->append("x");
    copy_ = *text;
  }
};

// ---- pool-resource-leak ------------------------------------------------------------

bool bad_forgotten(Texts &texts, bool wanted) {
  std::string *text = raw::acquire(texts); // expect: pool-resource-leak "'text' is not put back on some path"
  if (!wanted)
    return false;
  send(*text);
  raw::give_back(texts, text);
  return true;
}

void bad_released_and_forgotten(Texts &texts) {
  auto text = texts.get(); // expect: pool-resource-leak "'text' is never put back"
  std::string *mine = text.release();
  send(*mine);
}

bool good_scope(Texts &texts, bool wanted) {
  auto text = texts.get();
  if (!wanted)
    return false;
  send(*text);
  return true;
}

bool good_tried(Texts &texts) {
  auto text = texts.try_get();
  if (!text)
    return false;
  send(*text);
  return true;
}

void good_collected(Texts &texts, std::vector<Text> &all) {
  all.push_back(texts.get());
}
