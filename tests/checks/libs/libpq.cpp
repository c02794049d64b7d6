// RUN: %check %s --confidence possible
// REQUIRES: libpq
// The built-in model of libpq against its real header.

#include <memory>
#include <postgresql/libpq-fe.h>
#include <stdexcept>
#include <string>
#include <vector>

bool good_command(PGconn *conn, const char *sql) {
  PGresult *res = PQexec(conn, sql);
  const bool ok = PQresultStatus(res) == PGRES_COMMAND_OK;
  PQclear(res);
  return ok;
}

bool bad_failed_command(PGconn *conn, const char *sql) {
  PGresult *res = PQexec(conn, sql); // expect: pool-resource-leak "'res' is not closed on some path"
  if (PQresultStatus(res) != PGRES_COMMAND_OK)
    return false; // note: "returns here without closing it"
  PQclear(res);
  return true;
}

void bad_result_discarded(PGconn *conn) {
  PQexec(conn, "begin"); // expect: pool-resource-leak "the result of 'PQexec' is discarded"
}

void good_result_cleared_at_once(PGconn *conn) {
  PQclear(PQexec(conn, "begin"));
}

void bad_result_overwritten(PGconn *conn) {
  PGresult *res = PQexec(conn, "begin"); // expect: pool-resource-leak "'res' is never closed"
  res = PQexec(conn, "commit");          // note: "overwritten here"
  PQclear(res);
}

void good_results_in_turn(PGconn *conn) {
  PGresult *res = PQexec(conn, "begin");
  PQclear(res);
  res = PQexec(conn, "commit");
  PQclear(res);
}

std::vector<std::string> good_rows(PGconn *conn) {
  std::vector<std::string> rows;
  PGresult *res = PQexec(conn, "select name from users");
  if (PQresultStatus(res) == PGRES_TUPLES_OK)
    for (int i = 0; i < PQntuples(res); ++i)
      rows.emplace_back(PQgetvalue(res, i, 0));
  PQclear(res);
  return rows;
}

const char *bad_value_after_clear(PGconn *conn) {
  PGresult *res = PQexec(conn, "select 1");
  PQclear(res);                    // note: "closed here"
  return PQgetvalue(res, 0, 0); // expect: pool-use-after-put "'res' is used after it was closed"
}

void bad_cleared_twice(PGconn *conn) {
  PGresult *res = PQexec(conn, "select 1");
  if (PQresultStatus(res) != PGRES_TUPLES_OK)
    PQclear(res); // note: "first closed here"
  PQclear(res);   // expect: pool-double-put "'res' is closed twice"
}

void good_drain(PGconn *conn) {
  while (PGresult *res = PQgetResult(conn))
    PQclear(res);
}

bool bad_drain_stops(PGconn *conn) {
  while (PGresult *res = PQgetResult(conn)) { // expect: pool-resource-leak "'res' is not closed on some path"
    if (PQresultStatus(res) == PGRES_FATAL_ERROR)
      return false; // note: "returns here without closing it"
    PQclear(res);
  }
  return true;
}

// A connection that is bad must be finished too.
PGconn *good_connect(const char *info) {
  PGconn *conn = PQconnectdb(info);
  if (PQstatus(conn) != CONNECTION_OK) {
    PQfinish(conn);
    return nullptr;
  }
  return conn;
}

PGconn *bad_connect(const char *info) {
  PGconn *conn = PQconnectdb(info); // expect: pool-resource-leak "'conn' is not closed on some path"
  if (PQstatus(conn) != CONNECTION_OK)
    return nullptr; // note: "returns here without closing it"
  return conn;
}

void bad_connect_throws(const char *info, bool strict) {
  PGconn *conn = PQconnectdb(info); // expect: pool-resource-leak "'conn' is not closed on some path"
  if (strict && PQstatus(conn) != CONNECTION_OK)
    throw std::runtime_error("connection"); // note: "an exception leaves here"
  PQfinish(conn);
}

struct Clear {
  void operator()(PGresult *r) const { PQclear(r); }
};
using Result = std::unique_ptr<PGresult, Clear>;

int good_owned(PGconn *conn) {
  Result res(PQexecParams(conn, "select 1", 0, nullptr, nullptr, nullptr, nullptr, 0));
  if (PQresultStatus(res.get()) != PGRES_TUPLES_OK)
    throw std::runtime_error("select");
  return PQntuples(res.get());
}

void bad_owned_and_cleared(PGconn *conn) {
  Result res(PQexec(conn, "select 1"));
  PGresult *raw = res.get();
  res.reset();  // note: "first closed here"
  PQclear(raw); // expect: pool-double-put "is closed twice"
}

std::string good_escaped(PGconn *conn, const std::string &s) {
  char *quoted = PQescapeLiteral(conn, s.data(), s.size());
  if (!quoted)
    return {};
  std::string out = quoted;
  PQfreemem(quoted);
  return out;
}

const char *bad_value_kept(PGconn *conn) {
  PGresult *res = PQexec(conn, "select 1");
  const char *value = PQgetvalue(res, 0, 0); // note: "'value' looks into it from here on"
  PQclear(res);                              // note: "closed here"
  return value; // expect: pool-dangling-view "'value' is returned and looks into 'res', which was closed"
}

std::string bad_value_copied_too_late(PGconn *conn) {
  PGresult *res = PQexec(conn, "select 1");
  char *value = PQgetisnull(res, 0, 0) ? nullptr : PQgetvalue(res, 0, 0);
  PQclear(res);
  return value ? std::string(value) : std::string(); // expect: pool-dangling-view "'value' looks into 'res'"
}

std::string good_value_copied(PGconn *conn) {
  PGresult *res = PQexec(conn, "select 1");
  const char *value = PQgetvalue(res, 0, 0);
  std::string copy = value;
  PQclear(res);
  return copy;
}

bool good_value_only_compared(PGconn *conn) {
  PGresult *res = PQexec(conn, "select 1");
  const char *value = PQgetisnull(res, 0, 0) ? nullptr : PQgetvalue(res, 0, 0);
  PQclear(res);
  return value != nullptr;
}

void bad_error_after_finish(const char *where) {
  PGconn *conn = PQconnectdb(where);
  if (PQstatus(conn) != CONNECTION_OK) {
    const char *error = PQerrorMessage(conn);
    PQfinish(conn);
    throw std::runtime_error(error); // expect: pool-dangling-view "'error' looks into 'conn', which was closed"
  }
  PQfinish(conn);
}

void good_error_of_another(PGconn *conn) {
  PGresult *res = PQexec(conn, "commit");
  const char *error = PQerrorMessage(conn);
  PQclear(res);
  throw std::runtime_error(error);
}

using ResultPtr = std::unique_ptr<PGresult, decltype(&PQclear)>;

const char *bad_value_of_an_owner(PGconn *conn) {
  ResultPtr res(PQexec(conn, "select 1"), &PQclear);
  return PQgetvalue(res.get(), 0, 0); // expect: pool-dangling-view "is returned, and 'res' is closed by then"
}
