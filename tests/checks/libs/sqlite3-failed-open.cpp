// RUN: %check %s --confidence possible
// REQUIRES: sqlite3
// A connection that could not be opened must be closed all the same.

#include <sqlite3.h>

bool good_closed_when_failed(const char *path) {
  sqlite3 *db = nullptr;
  if (sqlite3_open(path, &db) != SQLITE_OK) {
    sqlite3_close(db);
    return false;
  }
  sqlite3_exec(db, "pragma optimize", nullptr, nullptr, nullptr);
  sqlite3_close(db);
  return true;
}

bool bad_left_open_when_failed(const char *path) {
  sqlite3 *db = nullptr;
  if (sqlite3_open(path, &db) != SQLITE_OK) // expect: pool-resource-leak "'db' is not closed on some path"
    return false;                           // note: "returns here without closing it"
  sqlite3_exec(db, "pragma optimize", nullptr, nullptr, nullptr);
  sqlite3_close(db);
  return true;
}

bool good_closed_in_any_case(const char *path) {
  sqlite3 *db = nullptr;
  const int rc = sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, nullptr);
  sqlite3_close_v2(db);
  return rc == SQLITE_OK;
}

// Busy: it is still open.
bool good_busy_then_closed(const char *path) {
  sqlite3 *db = nullptr;
  sqlite3_open(path, &db);
  if (sqlite3_close(db) == SQLITE_OK)
    return true;
  while (sqlite3_stmt *s = sqlite3_next_stmt(db, nullptr))
    sqlite3_finalize(s);
  sqlite3_close(db);
  return false;
}

sqlite3 *good_returned(const char *path) {
  sqlite3 *db = nullptr;
  if (sqlite3_open(path, &db) != SQLITE_OK) {
    sqlite3_close(db);
    return nullptr;
  }
  return db;
}

const char *bad_message_after_close(const char *path) {
  sqlite3 *db = nullptr;
  sqlite3_open(path, &db);
  sqlite3_close_v2(db);      // note: "closed here"
  return sqlite3_errmsg(db); // expect: pool-use-after-put "'db' is used after it was closed"
}
