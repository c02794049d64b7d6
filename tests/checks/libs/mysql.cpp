// RUN: %check %s --confidence possible
// REQUIRES: mariadb
// The built-in model of the MySQL and MariaDB client against its real header.

#include <mysql/mysql.h>

int good_rows(MYSQL *db) {
  if (mysql_query(db, "select 1") != 0)
    return -1;
  MYSQL_RES *res = mysql_store_result(db);
  if (!res)
    return -1;
  int n = 0;
  while (mysql_fetch_row(res))
    ++n;
  mysql_free_result(res);
  return n;
}

int bad_rows(MYSQL *db, int limit) {
  MYSQL_RES *res = mysql_store_result(db); // expect: pool-resource-leak "'res' is not closed on some path"
  if (!res)
    return -1;
  if (limit == 0)
    return 0; // note: "returns here without closing it"
  mysql_free_result(res);
  return limit;
}

// Null is what a statement without rows gives.
bool good_no_rows(MYSQL *db) {
  MYSQL_RES *res = mysql_store_result(db);
  if (res) {
    mysql_free_result(res);
    return true;
  }
  return mysql_field_count(db) == 0;
}

unsigned bad_fields_after_free(MYSQL *db) {
  MYSQL_RES *res = mysql_use_result(db);
  if (!res)
    return 0;
  mysql_free_result(res);       // note: "closed here"
  return mysql_num_fields(res); // expect: pool-use-after-put "'res' is used after it was closed"
}

void bad_freed_twice(MYSQL *db, bool verbose) {
  MYSQL_RES *res = mysql_store_result(db);
  if (!res)
    return;
  if (verbose)
    mysql_free_result(res); // note: "first closed here"
  mysql_free_result(res);   // expect: pool-double-put "'res' is closed twice"
}

bool good_statement(MYSQL *db, const char *sql, unsigned long n) {
  MYSQL_STMT *stmt = mysql_stmt_init(db);
  if (!stmt)
    return false;
  const bool ok = mysql_stmt_prepare(stmt, sql, n) == 0 && mysql_stmt_execute(stmt) == 0;
  mysql_stmt_close(stmt);
  return ok;
}

bool bad_statement(MYSQL *db, const char *sql, unsigned long n) {
  MYSQL_STMT *stmt = mysql_stmt_init(db); // expect: pool-resource-leak "'stmt' is not closed on some path"
  if (!stmt)
    return false;
  if (mysql_stmt_prepare(stmt, sql, n) != 0)
    return false; // note: "returns here without closing it"
  mysql_stmt_close(stmt);
  return true;
}

MYSQL *good_connect(const char *host) {
  MYSQL *db = mysql_init(nullptr);
  if (!db)
    return nullptr;
  if (!mysql_real_connect(db, host, "u", "p", "d", 0, nullptr, 0)) {
    mysql_close(db);
    return nullptr;
  }
  return db;
}

MYSQL *bad_connect(const char *host) {
  MYSQL *db = mysql_init(nullptr); // expect: pool-resource-leak "'db' is not closed on some path"
  if (!db)
    return nullptr;
  if (!mysql_real_connect(db, host, "u", "p", "d", 0, nullptr, 0))
    return nullptr; // note: "returns here without closing it"
  return db;
}

const char *bad_cell_kept(MYSQL *db) {
  MYSQL_RES *res = mysql_store_result(db);
  if (!res)
    return nullptr;
  MYSQL_ROW row = mysql_fetch_row(res);
  const char *name = row ? row[0] : nullptr;
  mysql_free_result(res); // note: "closed here"
  return name;            // expect: pool-dangling-view "'name' is returned and looks into 'res'"
}

char bad_row_kept(MYSQL *db) {
  MYSQL_RES *res = mysql_store_result(db);
  if (!res)
    return 0;
  MYSQL_ROW row = mysql_fetch_row(res);
  mysql_free_result(res);
  return row ? row[1][0] : 0; // expect: pool-dangling-view "'row' looks into 'res'"
}

bool good_row_asked_for(MYSQL *db) {
  MYSQL_RES *res = mysql_store_result(db);
  if (!res)
    return false;
  MYSQL_ROW row = mysql_fetch_row(res);
  mysql_free_result(res);
  return row != nullptr;
}

// A new one where there was none, the same one else.
bool bad_from_null(const char *host) {
  MYSQL *db = nullptr;
  db = mysql_init(db); // expect: pool-resource-leak "'db' is never closed"
  if (!db)
    return false;
  return mysql_ping(db) == 0;
}

void good_again(MYSQL *db) {
  db = mysql_init(db); // perhaps the caller's own
  if (db)
    mysql_ping(db);
}

void good_in_place() {
  MYSQL local;
  MYSQL *db = &local;
  db = mysql_init(db);
  mysql_close(db);
}
