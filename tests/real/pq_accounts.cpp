// RUN: %check %s --confidence possible
// REQUIRES: libpq
// Accounts in PostgreSQL: a hand-made connection pool, transactions, a report.
// Four planted mistakes.

#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <postgresql/libpq-fe.h>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace accounts {

struct ClearResult {
  void operator()(PGresult *r) const { PQclear(r); }
};
using Result = std::unique_ptr<PGresult, ClearResult>;

class ConnectionPool {
public:
  explicit ConnectionPool(std::string info) : info_(std::move(info)) {}
  ConnectionPool(const ConnectionPool &) = delete;
  ConnectionPool &operator=(const ConnectionPool &) = delete;
  ~ConnectionPool() {
    for (PGconn *c : idle_)
      PQfinish(c);
  }

  PGconn *acquire() {
    std::lock_guard<std::mutex> lock(mutex_);
    if (!idle_.empty()) {
      PGconn *c = idle_.back();
      idle_.pop_back();
      return c;
    }
    PGconn *c = PQconnectdb(info_.c_str());
    if (PQstatus(c) != CONNECTION_OK) {
      std::string why = PQerrorMessage(c);
      PQfinish(c);
      throw std::runtime_error(why);
    }
    return c;
  }
  void release(PGconn *c) {
    std::lock_guard<std::mutex> lock(mutex_);
    idle_.push_back(c);
  }

private:
  std::string info_;
  std::mutex mutex_;
  std::vector<PGconn *> idle_;
};

class Lease {
public:
  explicit Lease(ConnectionPool &pool) : pool_(pool), conn_(pool.acquire()) {}
  Lease(const Lease &) = delete;
  Lease &operator=(const Lease &) = delete;
  ~Lease() { pool_.release(conn_); }
  PGconn *get() const { return conn_; }

private:
  ConnectionPool &pool_;
  PGconn *conn_;
};

Result query(PGconn *conn, const char *sql) {
  Result r(PQexec(conn, sql));
  if (PQresultStatus(r.get()) != PGRES_TUPLES_OK)
    throw std::runtime_error(PQerrorMessage(conn));
  return r;
}

bool execute(PGconn *conn, const char *sql) {
  PGresult *r = PQexec(conn, sql);
  const bool ok = PQresultStatus(r) == PGRES_COMMAND_OK;
  PQclear(r);
  return ok;
}

long balance(ConnectionPool &pool, const std::string &owner) {
  Lease lease(pool);
  const char *values[] = {owner.c_str()};
  Result r(PQexecParams(lease.get(), "select balance from account where owner = $1", 1, nullptr, values, nullptr, nullptr, 0));
  if (PQresultStatus(r.get()) != PGRES_TUPLES_OK || PQntuples(r.get()) == 0)
    return 0;
  return std::atol(PQgetvalue(r.get(), 0, 0));
}

// Planted: an amount that is refused keeps the connection.
bool transfer(ConnectionPool &pool, const std::string &from, const std::string &to, long amount) {
  PGconn *conn = pool.acquire(); // expect: pool-resource-leak "on some path"
  if (amount <= 0)
    return false; // note: "returns here without"
  bool ok = execute(conn, "begin");
  if (ok && from != to)
    ok = execute(conn, "select move($1, $2, $3)");
  execute(conn, ok ? "commit" : "rollback");
  pool.release(conn);
  return ok;
}

// Planted: a result that is not the expected one is dropped.
std::vector<std::string> owners(ConnectionPool &pool) {
  Lease lease(pool);
  std::vector<std::string> all;
  PGresult *r = PQexec(lease.get(), "select owner from account"); // expect: pool-resource-leak "'r' is not closed on some path"
  if (PQresultStatus(r) != PGRES_TUPLES_OK)
    return all; // note: "returns here without closing it"
  for (int i = 0; i < PQntuples(r); ++i)
    all.emplace_back(PQgetvalue(r, i, 0));
  PQclear(r);
  return all;
}

// Planted: the message is asked for after the connection went back.
std::string lastError(ConnectionPool &pool, const char *sql) {
  PGconn *conn = pool.acquire();
  const bool ok = execute(conn, sql);
  pool.release(conn); // note: "here"
  if (ok)
    return {};
  return PQerrorMessage(conn); // expect: pool-use-after-put "'conn' is used after it was"
}

// Planted: the short form clears the result early, and so does the end.
void printReport(PGconn *conn, bool verbose) {
  PGresult *r = PQexec(conn, "select owner, balance from account");
  const int n = PQntuples(r);
  if (n == 0 && verbose)
    std::puts("no accounts");
  for (int i = 0; i < n; ++i)
    std::printf("%s %s\n", PQgetvalue(r, i, 0), PQgetvalue(r, i, 1));
  if (!verbose)
    PQclear(r); // note: "first closed here"
  PQclear(r);   // expect: pool-double-put "'r' is closed twice"
}

} // namespace accounts

int main(int argc, char **argv) {
  accounts::ConnectionPool pool(argc > 1 ? argv[1] : "dbname=bank");
  try {
    accounts::transfer(pool, "ann", "bob", 10);
    for (const std::string &o : accounts::owners(pool))
      std::printf("%s: %ld\n", o.c_str(), accounts::balance(pool, o));
    accounts::Lease lease(pool);
    accounts::Result version = accounts::query(lease.get(), "select version()");
    std::puts(PQgetvalue(version.get(), 0, 0));
    accounts::printReport(lease.get(), true);
  } catch (const std::exception &e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
  }
  std::puts(accounts::lastError(pool, "select 1").c_str());
  return 0;
}
