// RUN: %check %s --level strict --checks=pool-risky-config -- -I%root/tests/reference_pool/include
// Options that the pools refuse, or that do nothing.

#include <pool_tidy/object_pool.h>
#include <pool_tidy/resource_pool.h>
#include <memory>
#include <string>

using namespace std::chrono_literals;
using Texts = pool_tidy::object_pool<std::string>;

struct Connection {};
struct Connections {
  Connection create() { return {}; }
};
using Pool = pool_tidy::resource_pool<Connection, Connections>;
struct Validating : Connections {
  bool validate(Connection &, std::chrono::nanoseconds) { return true; }
};
using ValidatedPool = pool_tidy::resource_pool<Connection, Validating>;
struct KeptAlive : Connections {
  bool keepalive(Connection &, std::chrono::nanoseconds) { return true; }
};
using KeptAlivePool = pool_tidy::resource_pool<Connection, KeptAlive>;

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
  ValidatedPool pool({}, {.borrow_timeout = 1s, .validation_timeout = 2s}); // expect: pool-risky-config "'validation_timeout'"
  pool.acquire().put();
}

// What a factory cannot do, no setting brings.

void bad_validation_of_nothing() {
  Pool pool({}, {.validation_timeout = 2s}); // expect: pool-risky-config "'validation_timeout' is set: it has no effect, as the factory has no validate() and 'keepalive' is off"
  pool.acquire().put();
}

void bad_bypass_of_nothing() {
  Pool pool({}, {.alive_bypass = 2s}); // expect: pool-risky-config "'alive_bypass' is set: it has no effect, as the factory has no validate()"
  pool.acquire().put();
}

void bad_keepalive_of_nothing() {
  auto pool = std::make_unique<Pool>(Connections{}, pool_tidy::resource_options{.keepalive = 1min}); // expect: pool-risky-config "'keepalive' is 1 min: it has no effect, as the factory validates nothing"
  pool->acquire().put();
}

void bad_bypass_beside_keepalive() {
  pool_tidy::resource_options options;
  options.keepalive = 1min;
  options.alive_bypass = 2s; // expect: pool-risky-config "'alive_bypass' is set: it has no effect, as the factory has no validate()"
  KeptAlivePool pool({}, options);
  pool.acquire().put();
}

void bad_one_of_two_pools() {
  pool_tidy::resource_options options{.alive_bypass = 2s}; // expect: pool-risky-config "'alive_bypass' is set"
  ValidatedPool validated({}, options);
  Pool pool({}, options);
  validated.acquire().put();
  pool.acquire().put();
}

void good_validation() {
  ValidatedPool pool({}, {.validation_timeout = 2s, .alive_bypass = 2s, .keepalive = 1min});
  KeptAlivePool kept({}, {.validation_timeout = 2s, .keepalive = 1min});
  pool.acquire().put();
  kept.acquire().put();
}

// Nothing is known of the factory.
template <typename Factory> void good_any(Factory factory) {
  pool_tidy::resource_pool<Connection, Factory> pool(factory, {.alive_bypass = 2s});
}
pool_tidy::resource_options good_elsewhere() { return {.alive_bypass = 2s}; }

void bad_listener() {
  Pool pool({}, {.on_leak = [](const pool_tidy::leak_report &) {}}); // expect: pool-risky-config "'on_leak' is set: it has no effect without a leak threshold"
  pool.acquire().put();
}

void good_listener() {
  Pool pool({}, {.leak_threshold = 1min, .on_leak = [](const pool_tidy::leak_report &) {}});
  pool.acquire().put();
}

void bad_busy_with_nothing() {
  Pool pool({}, {.idle_timeout = 0s, .max_lifetime = 0s, .housekeeping = 1s}); // expect: pool-risky-config "'housekeeping' is 1 s: it has no effect, as there is nothing to look for"
  pool.acquire().put();
}

void good_connections() {
  ValidatedPool pool({}, {.max_size = 4, .min_idle = 2, .borrow_timeout = 2s, .validation_timeout = 500ms});
  pool.acquire().put();
}
