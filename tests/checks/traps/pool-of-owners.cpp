// RUN: %check %s --models %S/../models/owners.yaml
// A pool that hands out owners: moving one into the put is the put. Whoever drops
// one ends the object, and the pool has one less; a model says so.

#include <memory>
#include <utility>
#include <vector>

struct SqlConnection {
  void execute(const char *sql);
};

class SqlConnectionPool {
public:
  std::unique_ptr<SqlConnection> getConnection() {
    if (free_.empty())
      return std::make_unique<SqlConnection>();
    auto c = std::move(free_.back());
    free_.pop_back();
    return c;
  }
  void returnConnection(std::unique_ptr<SqlConnection> c) {
    free_.push_back(std::move(c));
  }

private:
  std::vector<std::unique_ptr<SqlConnection>> free_;
};

void good_moved_into_put(SqlConnectionPool &pool) {
  auto c = pool.getConnection();
  c->execute("select 1");
  pool.returnConnection(std::move(c));
}

void good_moved_on_each_way(SqlConnectionPool &pool, bool stop) {
  auto c = pool.getConnection();
  if (stop) {
    pool.returnConnection(std::move(c));
    return;
  }
  c->execute("select 1");
  pool.returnConnection(std::move(c));
}

class Holder {
public:
  explicit Holder(SqlConnectionPool &pool)
      : pool_(pool), c_(pool.getConnection()) {}
  Holder(const Holder &) = delete;
  Holder &operator=(const Holder &) = delete;
  ~Holder() { pool_.returnConnection(std::move(c_)); }
  SqlConnection *operator->() { return c_.get(); }

private:
  SqlConnectionPool &pool_;
  std::unique_ptr<SqlConnection> c_;
};

void good_holder(SqlConnectionPool &pool) {
  Holder h(pool);
  h->execute("select 1");
}

// --- dropped: a lost slot

void bad_dropped(SqlConnectionPool &pool, bool stop) {
  auto c = pool.getConnection(); // expect: pool-resource-leak "'c' is not put back on some path"
  if (stop)
    return; // note: "returns here"
  pool.returnConnection(std::move(c));
}

void bad_discarded(SqlConnectionPool &pool) {
  pool.getConnection(); // expect: pool-resource-leak "put back"
}

void bad_emptied(SqlConnectionPool &pool) {
  auto c = pool.getConnection(); // expect: pool-resource-leak "'c' is never put back"
  c->execute("select 1");
  c.reset();
}

void bad_overwritten(SqlConnectionPool &pool) {
  auto c = pool.getConnection(); // expect: pool-resource-leak "'c' is never put back"
  c = pool.getConnection();
  pool.returnConnection(std::move(c));
}

void bad_moved_away(SqlConnectionPool &pool, bool stop) {
  auto c = pool.getConnection(); // expect: pool-resource-leak "is not put back on some path"
  std::unique_ptr<SqlConnection> mine = std::move(c);
  if (!stop)
    pool.returnConnection(std::move(mine));
}

void bad_used_by_pointer(SqlConnectionPool &pool) {
  auto c = pool.getConnection();
  SqlConnection *raw = c.get();
  pool.returnConnection(std::move(c)); // note: "put back here"
  raw->execute("select 1"); // expect: pool-use-after-put "is used after it was put back"
}

void good_put_if_there(SqlConnectionPool &pool, bool early) {
  auto c = pool.getConnection();
  if (early)
    pool.returnConnection(std::move(c));
  if (c)
    pool.returnConnection(std::move(c));
}

std::unique_ptr<SqlConnection> good_returned(SqlConnectionPool &pool) {
  auto c = pool.getConnection();
  c->execute("begin");
  return c;
}

void keep(std::unique_ptr<SqlConnection> c);
void good_handed_over(SqlConnectionPool &pool) {
  auto c = pool.getConnection();
  keep(std::move(c));
}

void good_kept(SqlConnectionPool &pool, std::vector<std::unique_ptr<SqlConnection>> &all) {
  all.push_back(pool.getConnection());
}

// Owners of what no pool gave.
void good_own() {
  auto c = std::make_unique<SqlConnection>();
  c->execute("select 1");
}
void good_seeded(SqlConnectionPool &pool) {
  pool.returnConnection(std::make_unique<SqlConnection>());
}
struct Other {};
void good_other_class(bool stop) {
  auto o = std::make_unique<Other>();
  if (stop)
    return;
  o.reset();
}

// --- a value that is moved into the put

struct Line {
  Line(Line &&) noexcept;
  Line &operator=(Line &&) noexcept;
  ~Line();
  bool ask(const char *what);
  bool is_open() const;
  explicit operator bool() const;
};
struct LinePool {
  Line fetch();
  void give_back(Line line);
};

void good_line(LinePool &pool) {
  Line line = pool.fetch();
  line.ask("x");
  pool.give_back(std::move(line));
}

void bad_line_used(LinePool &pool) {
  Line line = pool.fetch();
  pool.give_back(std::move(line)); // note: "put back here"
  line.ask("x"); // expect: pool-use-after-put "'line' is used after it was put back"
}

void bad_line_twice(LinePool &pool) {
  Line line = pool.fetch();
  pool.give_back(std::move(line)); // note: "first put back here"
  pool.give_back(std::move(line)); // expect: pool-double-put "'line' is put back twice"
}

bool good_line_looked_at(LinePool &pool) {
  Line line = pool.fetch();
  pool.give_back(std::move(line));
  return line.is_open();
}

void good_line_again(LinePool &pool) {
  Line line = pool.fetch();
  pool.give_back(std::move(line));
  line = pool.fetch();
  line.ask("x");
  pool.give_back(std::move(line));
}

void good_line_asked(LinePool &pool, bool early) {
  Line line = pool.fetch();
  if (early)
    pool.give_back(std::move(line));
  if (line)
    pool.give_back(std::move(line));
}

void bad_line_dropped(LinePool &pool, bool early) {
  Line line = pool.fetch(); // expect: pool-resource-leak "'line' is not put back on some path"
  if (early)
    return;
  pool.give_back(std::move(line));
}

void bad_line_overwritten(LinePool &pool) {
  Line line = pool.fetch(); // expect: pool-resource-leak "'line' is never put back"
  line = pool.fetch();
  pool.give_back(std::move(line));
}

class Caller {
public:
  explicit Caller(LinePool &pool) : pool_(pool), line_(pool.fetch()) {}
  Caller(const Caller &) = delete;
  Caller &operator=(const Caller &) = delete;
  ~Caller() { pool_.give_back(std::move(line_)); }
  void good_renew() {
    pool_.give_back(std::move(line_));
    line_ = pool_.fetch();
    line_.ask("x");
  }

private:
  LinePool &pool_;
  Line line_;
};
