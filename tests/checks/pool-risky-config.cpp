// RUN: %check %s --level strict --checks=pool-risky-config --models config/options.yaml -- -I%S/../reference_pool/include
// Option values that are out of range or without effect.
#include "config_apis.h"

using namespace std::chrono_literals;
using Options = pool_tidy::resource_options;
struct Connect {
  int create() { return 1; }
  bool validate(int &, std::chrono::nanoseconds) { return true; }
};
using Pool = pool_tidy::resource_pool<int, Connect>;

// ---- members, one after the other

void defaults() {
  Options options;
  Pool pool({}, options);
}

void good() {
  Options options;
  options.max_size = 20;
  options.min_idle = 5;
  options.borrow_timeout = std::chrono::milliseconds(500);
  options.validation_timeout = 250ms;
  options.leak_threshold = 2s;
  options.housekeeping = 1s;
  Pool pool({}, options);
}

void bad() {
  Options options;
  options.max_size = 0; // expect: risky-config "'max_size' is 0: nothing can be acquired"
  options.borrow_timeout = std::chrono::milliseconds(50); // note: "'borrow_timeout' is 50 ms here"
  options.validation_timeout = 2s; // expect: risky-config "'validation_timeout' is 2 s and 'borrow_timeout' 50 ms: one dead resource uses up the whole wait"
  options.leak_threshold = 1500ms; // expect: risky-config "'leak_threshold' is 1500 ms: slow answers look like leaks"
  // expect@-1: risky-config "'housekeeping' is 10 s and 'leak_threshold' 1500 ms: only housekeeping looks for leaks, and too rarely"
  options.lifetime_jitter = 0.75; // expect: risky-config "'lifetime_jitter' is 0.75"
  Pool pool({}, options);
}

// A timeout as long as the wait leaves nothing of it; a shorter one does.
void equal() {
  Options options{.borrow_timeout = 1s, .validation_timeout = 1s}; // expect: risky-config "'validation_timeout' is 1 s and 'borrow_timeout' 1 s"
  Options shorter{.borrow_timeout = 1s, .validation_timeout = 999ms};
}

// The default of the other setting counts where one of the two was set.
void againstADefault() {
  Options options;
  options.borrow_timeout = 500ms; // expect: risky-config "'validation_timeout' is 1 s and 'borrow_timeout' 500 ms"
  Options lived;
  lived.max_lifetime = 1min; // the default of the idle timeout was nobody's wish
  Options idle;
  idle.idle_timeout = 30min; // expect: risky-config "'idle_timeout' is 30 min and 'max_lifetime' 30 min: it has no effect"
}

void minimum(bool big) {
  Options options;
  options.max_size = 10; // note: "'max_size' is 10 here"
  options.min_idle = 20; // expect: risky-config "'min_idle' is 20 and 'max_size' 10: so many never exist at a time"
}

// ---- initialisers

void designated(const Connect &connect) {
  Pool pool(connect, {.max_size = 4, .borrow_timeout = 0s}); // expect: risky-config "'borrow_timeout' is 0 s"
  // expect@-1: risky-config "'validation_timeout' is 1 s and 'borrow_timeout' 0 s"
  Pool fine(connect, {.max_size = 4, .keepalive = 1min});
  Pool named(connect, Options{.keepalive = 1h}); // expect: risky-config "'keepalive' is 1 h and 'max_lifetime' 30 min: it has no effect, as the lifetime ends first"
  // expect@-1: risky-config "'keepalive' is 1 h and 'idle_timeout' 10 min"
}

Options returned() {
  return {.max_size = 70000}; // expect: risky-config "'max_size' is 70000: the pool takes at most 65536"
}

const Options ofTheProgram{.max_lifetime = 100ms}; // expect: risky-config "'max_lifetime' is 100 ms: nothing is used again"

class Server {
  Options ofAMember{.max_size = 0}; // expect: risky-config "'max_size' is 0"
  Options set;

public:
  Server() : set{.min_idle = 9} {} // expect: risky-config "'min_idle' is 9 and 'max_size' 8"
  void few() {
    set.max_size = 3; // note: "'max_size' is 3 here"
    set.min_idle = 4; // expect: risky-config "'min_idle' is 4 and 'max_size' 3"
  }
  // Set in different functions: who knows which ran last.
  void one() { set.max_size = 2; }
  void other() { set.min_idle = 3; }
};

// ---- what a value is

constexpr auto kWait = 10ms;
const std::size_t kNone = 0;
enum Sizes { Small = 0, Large = 100 };

void constants() {
  Options options;
  options.max_size = kNone; // expect: risky-config "'max_size' is 0"
  options.borrow_timeout = kWait; // expect: risky-config "'validation_timeout' is 1 s and 'borrow_timeout' 10 ms"
  Options other;
  other.max_size = Large - 100 + Small; // expect: risky-config "'max_size' is 0"
  const auto never = std::chrono::seconds(0);
  other.borrow_timeout = never; // expect: risky-config "'borrow_timeout' is 0 s"
  // expect@-1: risky-config "'validation_timeout' is 1 s"
  other.keepalive = std::chrono::duration_cast<Options::duration>(-1s); // expect: risky-config "'keepalive' is -1 s"
}

std::size_t configured();
std::chrono::seconds fromFile();

void runtime(std::size_t size, std::chrono::milliseconds wait) {
  Options options;
  options.max_size = size;
  options.min_idle = 100;
  options.borrow_timeout = wait;
  options.validation_timeout = 10min;
  Options other;
  other.max_size = configured();
  other.min_idle = 100;
  other.borrow_timeout = fromFile() + 1s;
  other.validation_timeout = 10min;
  Pool pool({}, options), second({}, other);
}

// ---- the last value counts

void corrected() {
  Options options;
  options.max_size = 0;
  options.min_idle = 50;
  options.max_size = 100;
  Pool pool({}, options);
}

void replaced() {
  Options options;
  options.max_size = 0;
  options = Options{.max_size = 4};
  options.max_size = 10;
  options.min_idle = 10;
}

void raised(bool production) {
  Options options;
  options.max_size = 4;
  options.min_idle = 50;
  if (production)
    options.max_size = 100;
  Pool pool({}, options); // 4 or 100: not known
}

void inABranch(bool debug) {
  Options options;
  if (debug)
    options.max_size = 0; // expect: risky-config "'max_size' is 0"
  Pool pool({}, options);
}

void eitherWay(int mode) {
  Options options;
  switch (mode) {
  case 0:
    options.max_size = 1;
    break;
  case 1:
    options.max_size = 0; // expect: risky-config "'max_size' is 0"
    break;
  default:
    options.max_size = 70000; // expect: risky-config "'max_size' is 70000"
  }
}

void afterTheBranch(bool debug) {
  Options options;
  if (debug)
    options.max_size = 0;
  options.max_size = 5;
}

void readConfiguration(Options &);
void look(const Options &);

void overwritten() {
  Options options;
  options.max_size = 0;
  options.min_idle = 20;
  readConfiguration(options);
  Options pointed;
  pointed.max_size = 0;
  Options *to = &pointed;
  to->max_size = 3;
  Options known;
  known.max_size = 0; // expect: risky-config "'max_size' is 0"
  look(known);
  Options &alias = known;
  alias.min_idle = 0;
  Options counted;
  counted.max_size = 0;
  ++counted.max_size;
}

void moved() {
  Options options;
  options.max_size = 0; // expect: risky-config "'max_size' is 0"
  Pool pool({}, std::move(options));
}

// ---- a part of something larger

struct Application {
  std::string name;
  Options pool;
};

void nested(Application &application) {
  application.pool.max_size = 2; // note: "'max_size' is 2 here"
  application.pool.min_idle = 3; // expect: risky-config "'min_idle' is 3 and 'max_size' 2"
}

void two(Application &first, Application &second) {
  first.pool.max_size = 2;
  second.pool.min_idle = 3;
}

// ---- templates and macros: once each

template <typename T> void each() {
  Options options;
  options.max_size = 0; // expect: risky-config "'max_size' is 0"
}
template void each<int>();
template void each<long>();

#define NO_LIMIT 0
#define SET(OPTION, VALUE) options.OPTION = VALUE
void macros() {
  Options options;
  options.max_size = NO_LIMIT; // expect: risky-config "'max_size' is 0"
  SET(lifetime_jitter, 2.0); // expect: risky-config "'lifetime_jitter' is 2"
}

// ---- arguments

void sessions(const std::string &connection, int size) {
  Poco::Data::SessionPool fine("MySQL", connection, 2, 16);
  Poco::Data::SessionPool none("MySQL", connection, 0, 0); // expect: risky-config "'maxSessions' is 0: every get() finds the pool exhausted"
  Poco::Data::SessionPool inverted("MySQL", connection, 16, 8); // expect: risky-config "'minSessions' is 16 and 'maxSessions' 8: there are never more than the minimum"
  Poco::Data::SessionPool above("MySQL", connection, 50); // expect: risky-config "'minSessions' is 50 and 'maxSessions' 32"
  Poco::Data::SessionPool idle("MySQL", connection, 1, 8, 0); // expect: risky-config "'idleTime' is 0 s: no idle session is ever closed"
  Poco::Data::SessionPool huge("MySQL", connection, 1, 8, 3000000); // expect: risky-config "it does not fit an int"
  Poco::Data::SessionPool wait("MySQL", connection, 1, 8, 60, 0); // expect: risky-config "'connTimeout' is 0 s: a connection attempt waits for ever"
  Poco::Data::SessionPool some("MySQL", connection, size, 1);
  auto made = std::make_unique<Poco::Data::SessionPool>("MySQL", connection, 4, 2); // expect: risky-config "'minSessions' is 4 and 'maxSessions' 2"
  auto shared = std::make_shared<Poco::Data::SessionPool>("MySQL", connection, 4, 20);
  auto *raw = new Poco::Data::SessionPool("MySQL", connection, 99); // expect: risky-config "'minSessions' is 99 and 'maxSessions' 32"
  int most = 0;
  Poco::Data::SessionPool local("MySQL", connection, 0, most); // expect: risky-config "'maxSessions' is 0"
  most = 7;
  Poco::Data::SessionPool later("MySQL", connection, 0, most);
}

void leases(soci::connection_pool &pool, std::size_t &at) {
  soci::connection_pool none(0); // expect: risky-config "'size' is 0: a pool for no session throws"
  soci::connection_pool some(10);
  pool.try_lease(at, -1); // expect: risky-config "'timeout' is -1 ms: it waits for ever when all sessions are in use"
  pool.try_lease(at, 1000);
}

// ---- nothing said of a limit

void forever(const sw::redis::ConnectionOptions &connection) {
  sw::redis::ConnectionPoolOptions options; // expect: risky-config "'wait_timeout' is not set: a caller waits for ever when all connections are in use"
  options.size = 3;
  sw::redis::Redis redis(connection, options);

  sw::redis::ConnectionPoolOptions patient;
  patient.size = 3;
  patient.wait_timeout = 100ms;
  patient.connection_lifetime = 10min;
  patient.connection_idle_time = 1min;
  sw::redis::Redis other(connection, patient);

  sw::redis::Redis third(connection, sw::redis::ConnectionPoolOptions{.size = 2}); // expect: risky-config "'wait_timeout' is not set"

  sw::redis::ConnectionPoolOptions spelled;
  spelled.size = 3;
  spelled.wait_timeout = 0ms; // expect: risky-config "'wait_timeout' is 0 s: a caller waits for ever"
  spelled.connection_lifetime = 1min; // note: "'connection_lifetime' is 1 min here"
  spelled.connection_idle_time = 1min; // expect: risky-config "'connection_idle_time' is 1 min and 'connection_lifetime' 1 min: it has no effect"
  auto fourth = std::make_shared<sw::redis::Redis>(connection, spelled);
}

sw::redis::ConnectionPoolOptions unfinished() {
  sw::redis::ConnectionPoolOptions options; // whoever calls may set the rest
  options.size = 3;
  return options;
}

void fillIn(sw::redis::ConnectionPoolOptions &);
void filledIn(const sw::redis::ConnectionOptions &connection) {
  sw::redis::ConnectionPoolOptions options;
  fillIn(options);
  sw::redis::Redis redis(connection, options);
  sw::redis::ConnectionPoolOptions copy = options;
  copy.size = 1;
  sw::redis::Redis another(connection, copy);
}

void byOtherNames(const sw::redis::ConnectionOptions &connection) {
  sw::redis::ConnectionPoolOptions options;
  auto &wait = options.wait_timeout;
  auto *life = &options.connection_lifetime;
  wait = std::chrono::milliseconds(100);
  *life = std::chrono::minutes(10);
  sw::redis::Redis redis(connection, options);

  sw::redis::ConnectionPoolOptions bound;
  auto &[size, waits, lifetime, idle] = bound;
  waits = std::chrono::milliseconds(100);
  lifetime = std::chrono::minutes(10);
  sw::redis::Redis another(connection, bound);

  // A copy is none.
  sw::redis::ConnectionPoolOptions forgotten; // expect: risky-config "'wait_timeout' is not set"
  auto mine = forgotten.wait_timeout;
  mine = std::chrono::milliseconds(100);
  sw::redis::Redis third(connection, forgotten);
}

void sometimes(const sw::redis::ConnectionOptions &connection, bool slow) {
  sw::redis::ConnectionPoolOptions options;
  if (slow)
    options.wait_timeout = 1s;
  sw::redis::Redis redis(connection, options);
}

// ---- texts

void uris(const std::string &given) {
  mongocxx::pool endless{mongocxx::uri{"mongodb://localhost"}}; // expect: risky-config "'waitQueueTimeoutMS' is not set: acquire() waits for ever"
  mongocxx::pool fine{mongocxx::uri{"mongodb://localhost/?maxPoolSize=20&waitQueueTimeoutMS=500"}};
  mongocxx::uri uri{"mongodb://h/?waitqueuetimeoutms=5&minPoolSize=3&maxPoolSize=0"};
  mongocxx::pool named{uri};
  // expect@-2: risky-config "'minPoolSize' is set: libmongoc 2 ignores it"
  // expect@-3: risky-config "'maxPoolSize' is 0: it is taken as 1"
  const std::string text = "mongodb://h/?waitQueueTimeoutMS=0"; // expect: risky-config "'waitQueueTimeoutMS' is 0 s"
  mongocxx::pool kept{mongocxx::uri{text}};
  mongocxx::pool unknown{mongocxx::uri{given}};
  std::string built = "mongodb://localhost/?";
  built += given;
  mongocxx::pool joined{mongocxx::uri{built}};

  sw::redis::Redis one("tcp://127.0.0.1:6379");
  sw::redis::Redis pooled("tcp://127.0.0.1?pool_size=4"); // expect: risky-config "'pool_wait_timeout' is not set"
  sw::redis::Redis waits("tcp://127.0.0.1?pool_size=4&pool_wait_timeout=100ms");
  sw::redis::Redis idle("tcp://h?pool_connection_lifetime=1m&pool_connection_idle_time=60s"); // expect: risky-config "'pool_connection_idle_time' is 1 min and 'pool_connection_lifetime' 1 min"
}

void documents(const char *options) {
  auto fine = mysqlx::getClient("mysqlx://h", R"({"pooling": {"maxSize": 25, "queueTimeout": 1000}})");
  auto none = mysqlx::getClient("mysqlx://h", R"({ "pooling": {
    "enabled": true,
    "maxSize": 0,
    "queueTimeout": 1000 } })");
  // expect@-2: risky-config "'pooling.maxSize' is 0: the client throws"
  mysqlx::Client off("mysqlx://h", "{\"pooling\": {\"enabled\": false, \"maxSize\": 5}}"); // expect: risky-config "'pooling.maxSize' is set: it has no effect without pooling"
  // note@-1: "'pooling.enabled' is false here"
  mysqlx::ClientSettings settings("mysqlx://h", "{\"pooling\": {\"maxIdleTime\": 0}}"); // expect: risky-config "'pooling.maxIdleTime' is 0 s: a session that comes back is closed"
  auto unknown = mysqlx::getClient("mysqlx://h", options);
  auto broken = mysqlx::getClient("mysqlx://h", "{\"pooling\": {\"maxSize\": 0");
}

void options(int most) {
  using mysqlx::ClientOption;
  mysqlx::Client fine("mysqlx://h", ClientOption::POOL_MAX_SIZE, 7, ClientOption::POOL_QUEUE_TIMEOUT, 30s);
  mysqlx::Client unknown("mysqlx://h", ClientOption::POOL_MAX_SIZE, most);
  mysqlx::Client none("mysqlx://h", ClientOption::POOL_MAX_SIZE, 0); // expect: risky-config "'pooling.maxSize' is 0: the client throws"
  auto off = mysqlx::getClient("mysqlx://h", ClientOption::POOLING, false, ClientOption::POOL_QUEUE_TIMEOUT, 1000); // expect: risky-config "'pooling.queueTimeout' is set: it has no effect without pooling"
  // note@-1: "'pooling.enabled' is false here"
}

void parameters(int context) {
  boost::mysql::pool_params params;
  params.server_address.emplace_host_and_port("h");
  params.username = "me";
  params.max_size = 100;
  params.initial_size = 200; // expect: risky-config "'initial_size' is 200 and 'max_size' 100: the pool's constructor throws"
  params.ping_interval = std::chrono::seconds(0); // expect: risky-config "'ping_interval' is 0 s: connections that died while idle are handed out"
  params.retry_interval = -1s; // expect: risky-config "'retry_interval' is -1 s"
  boost::mysql::connection_pool pool(context, std::move(params));
}

// ---- a model of the user's: setters, units, flags

namespace app {
class Settings {
public:
  Settings &setMaximum(int);
  Settings &setWait(int milliseconds);
  Settings &setRemoveAbandonedOnBorrow(bool);
  void load(const char *file);
};
class Connections {
public:
  explicit Connections(const Settings &);
};
} // namespace app

void setters(bool remove) {
  app::Settings settings;
  settings.setMaximum(10);
  settings.setWait(5); // expect: risky-config "'wait' is 5 ms: nobody gets a connection so soon"
  settings.setRemoveAbandonedOnBorrow(true); // expect: risky-config "'removeAbandonedOnBorrow' is true: "
  app::Connections connections(settings);

  app::Connections chained(app::Settings().setMaximum(0).setWait(500)); // expect: risky-config "'maximum' is 0: there is no limit"
  app::Connections unlimited(app::Settings().setWait(500)); // expect: risky-config "'maximum' is not set: there is no limit"

  app::Settings loaded;
  loaded.setWait(5);
  loaded.setRemoveAbandonedOnBorrow(remove);
  loaded.load("pool.ini");
  app::Connections from(loaded);

  app::Settings again;
  again.setWait(5);
  again.setWait(500).setMaximum(3);
  app::Connections fine(again);
}

// ---- what the class that the pool is given cannot do

namespace lacking {
struct Plain {
  int create() { return 1; }
};
struct Base {
  bool validate(int &, std::chrono::nanoseconds) { return true; }
};
struct Derived : Plain, Base {};
template <typename T> struct Wrapped : T {
  int create() { return 1; }
};
using PlainPool = pool_tidy::resource_pool<int, Plain>;

void bad() {
  Options options;
  options.alive_bypass = 2s; // expect: risky-config "'alive_bypass' is set: it has no effect, as the factory has no validate()"
  PlainPool pool({}, options);
}
void badDerivedPool() {
  struct Own : PlainPool {
    Own() : PlainPool({}, {.alive_bypass = 2s}) {} // expect: risky-config "'alive_bypass' is set"
  };
  Own own;
}
// By a base; by an argument of a template.
void good() {
  pool_tidy::resource_pool<int, Derived> derived({}, {.alive_bypass = 2s});
  pool_tidy::resource_pool<int, Wrapped<Base>> wrapped({}, {.alive_bypass = 2s});
}
// It is not known for whom they are.
Options goodForSomebody() {
  Options options;
  options.alive_bypass = 2s;
  options.keepalive = 1min;
  return options;
}
void goodDefault() { PlainPool pool({}, {.max_size = 3}); }
} // namespace lacking
