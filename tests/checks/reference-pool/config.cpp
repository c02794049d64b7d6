// RUN: %check %s --level strict --checks=pool-risky-config -- -I%root/tests/reference_pool/include
// Options that the pools refuse, or that do nothing.

#include <pool_tidy/object_pool.h>
#include <pool_tidy/resource_pool.h>
#include <string>

using namespace std::chrono_literals;
using Texts = pool_tidy::object_pool<std::string>;

struct Connection {};
struct Connections {
  Connection create() { return {}; }
};
using Pool = pool_tidy::resource_pool<Connection, Connections>;

void bad_nothing_pooled() {
  Texts texts({.max_retained = 0}); // expect: pool-risky-config "'max_retained' is 0: nothing is pooled"
  texts.get().put();
}

void bad_floor() {
  pool_tidy::pool_options options;
  options.max_retained = 10;
  options.min_retained = 20; // expect: pool-risky-config "'min_retained' is 20 and 'max_retained' 10: the pool refuses a floor above its maximum"
  Texts texts(options);
  texts.get().put();
}

void good_floor() {
  Texts texts({.max_retained = 20, .min_retained = 10});
  texts.get().put();
}

void bad_connections() {
  Pool pool({}, {.max_size = 2, .min_idle = 4}); // expect: pool-risky-config "'min_idle' is 4 and 'max_size' 2: so many never exist at a time"
  pool.acquire().put();
}

void bad_patience() {
  Pool pool({}, {.borrow_timeout = 1s, .validation_timeout = 2s}); // expect: pool-risky-config "'validation_timeout'"
  pool.acquire().put();
}

void good_connections() {
  Pool pool({}, {.max_size = 4, .min_idle = 2, .borrow_timeout = 2s, .validation_timeout = 500ms});
  pool.acquire().put();
}
