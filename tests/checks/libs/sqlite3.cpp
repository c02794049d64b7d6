// RUN: %check %s --confidence possible
// REQUIRES: sqlite3
// The built-in model of SQLite against its real header.

#include <cstdio>
#include <memory>
#include <sqlite3.h>
#include <string>

int good_count(sqlite3 *db) {
  sqlite3_stmt *stmt = nullptr;
  if (sqlite3_prepare_v2(db, "select count(*) from t", -1, &stmt, nullptr) != SQLITE_OK)
    return -1;
  int n = -1;
  if (sqlite3_step(stmt) == SQLITE_ROW)
    n = sqlite3_column_int(stmt, 0);
  sqlite3_finalize(stmt);
  return n;
}

int bad_early_return(sqlite3 *db) {
  sqlite3_stmt *stmt = nullptr;
  if (sqlite3_prepare_v2(db, "select a from t", -1, &stmt, nullptr) != SQLITE_OK) // expect: pool-resource-leak "'stmt' is not closed on some path"
    return -1;
  if (sqlite3_step(stmt) != SQLITE_ROW)
    return -1; // note: "returns here without closing it"
  int a = sqlite3_column_int(stmt, 0);
  sqlite3_finalize(stmt);
  return a;
}

int bad_bind_fails(sqlite3 *db, const char *name, bool strict) {
  sqlite3_stmt *stmt = nullptr;
  int rc = sqlite3_prepare_v2(db, "delete from t where n = ?", -1, &stmt, nullptr); // expect: pool-resource-leak "'stmt' is not closed on some path"
  if (rc != SQLITE_OK)
    return rc;
  if (strict && !name)
    return SQLITE_MISUSE; // note: "returns here without closing it"
  sqlite3_bind_text(stmt, 1, name, -1, SQLITE_TRANSIENT);
  rc = sqlite3_step(stmt);
  sqlite3_finalize(stmt);
  return rc;
}

bool good_result_code_in_variable(sqlite3 *db) {
  sqlite3_stmt *stmt;
  int rc = sqlite3_prepare_v2(db, "vacuum", -1, &stmt, nullptr);
  if (rc == SQLITE_OK) {
    rc = sqlite3_step(stmt);
    sqlite3_finalize(stmt);
  }
  return rc == SQLITE_DONE;
}

void good_finalize_null(sqlite3 *db) {
  sqlite3_stmt *stmt = nullptr;
  int rc = sqlite3_prepare_v2(db, "select 1", -1, &stmt, nullptr);
  if (rc == SQLITE_OK)
    rc = sqlite3_step(stmt);
  sqlite3_finalize(stmt);
}

void bad_finalized_twice(sqlite3 *db) {
  sqlite3_stmt *stmt = nullptr;
  if (sqlite3_prepare_v2(db, "select 1", -1, &stmt, nullptr) != SQLITE_OK)
    return;
  if (sqlite3_step(stmt) != SQLITE_ROW)
    sqlite3_finalize(stmt); // note: "first closed here"
  sqlite3_finalize(stmt);   // expect: pool-double-put "'stmt' is closed twice"
}

std::string bad_text_after_finalize(sqlite3 *db) {
  sqlite3_stmt *stmt = nullptr;
  if (sqlite3_prepare_v2(db, "select n from t", -1, &stmt, nullptr) != SQLITE_OK)
    return {};
  sqlite3_step(stmt);
  sqlite3_finalize(stmt);                                                // note: "closed here"
  return reinterpret_cast<const char *>(sqlite3_column_text(stmt, 0)); // expect: pool-use-after-put "'stmt' is used after it was closed"
}

std::string good_text_copied(sqlite3 *db) {
  sqlite3_stmt *stmt = nullptr;
  if (sqlite3_prepare_v2(db, "select n from t", -1, &stmt, nullptr) != SQLITE_OK)
    return {};
  std::string text;
  while (sqlite3_step(stmt) == SQLITE_ROW)
    text += reinterpret_cast<const char *>(sqlite3_column_text(stmt, 0));
  sqlite3_finalize(stmt);
  return text;
}

// Reset and used again: that is what statements are for.
void good_reused(sqlite3 *db, int n) {
  sqlite3_stmt *stmt = nullptr;
  if (sqlite3_prepare_v2(db, "insert into t values (?)", -1, &stmt, nullptr) != SQLITE_OK)
    return;
  for (int i = 0; i < n; ++i) {
    sqlite3_bind_int(stmt, 1, i);
    sqlite3_step(stmt);
    sqlite3_reset(stmt);
  }
  sqlite3_finalize(stmt);
}

struct Finalize {
  void operator()(sqlite3_stmt *s) const { sqlite3_finalize(s); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

Statement good_prepared(sqlite3 *db, const char *sql) {
  sqlite3_stmt *raw = nullptr;
  if (sqlite3_prepare_v2(db, sql, -1, &raw, nullptr) != SQLITE_OK)
    return nullptr;
  return Statement(raw);
}

bool good_prepared_used(sqlite3 *db) {
  Statement s = good_prepared(db, "select 1");
  return s && sqlite3_step(s.get()) == SQLITE_ROW;
}

void bad_owner_and_hand(sqlite3 *db, bool quick) {
  Statement s = good_prepared(db, "select 1");
  if (!s)
    return;
  sqlite3_stmt *raw = s.get();
  s.reset(); // note: "first closed here"
  if (quick)
    sqlite3_finalize(raw); // expect: pool-double-put "is closed twice"
}

class Cache {
public:
  bool good_open(const char *path) {
    if (sqlite3_open(path, &db_) != SQLITE_OK)
      return false;
    return sqlite3_prepare_v2(db_, "select 1", -1, &get_, nullptr) == SQLITE_OK;
  }
  void good_close() {
    sqlite3_finalize(get_);
    get_ = nullptr;
    sqlite3_close(db_);
    db_ = nullptr;
  }

private:
  sqlite3 *db_ = nullptr;
  sqlite3_stmt *get_ = nullptr;
};

bool good_message_freed(sqlite3 *db) {
  char *message = nullptr;
  if (sqlite3_exec(db, "create table t(a)", nullptr, nullptr, &message) == SQLITE_OK)
    return true;
  std::fprintf(stderr, "%s\n", message);
  sqlite3_free(message);
  return false;
}

const unsigned char *bad_column_kept(sqlite3 *db) {
  sqlite3_stmt *s = nullptr;
  if (sqlite3_prepare_v2(db, "select name from users", -1, &s, nullptr) != SQLITE_OK)
    return nullptr;
  const unsigned char *name =
      sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_text(s, 0) : nullptr;
  sqlite3_finalize(s);
  return name; // expect: pool-dangling-view "'name' is returned and looks into 's', which was closed"
}

int good_column_number(sqlite3 *db) {
  sqlite3_stmt *s = nullptr;
  if (sqlite3_prepare_v2(db, "select 1", -1, &s, nullptr) != SQLITE_OK)
    return 0;
  int n = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int(s, 0) : 0;
  int bytes = sqlite3_column_bytes(s, 0);
  sqlite3_finalize(s);
  return n + bytes;
}

std::string good_column_copied(sqlite3 *db) {
  sqlite3_stmt *s = nullptr;
  if (sqlite3_prepare_v2(db, "select 1", -1, &s, nullptr) != SQLITE_OK)
    return "";
  std::string name;
  if (sqlite3_step(s) == SQLITE_ROW)
    if (const unsigned char *text = sqlite3_column_text(s, 0))
      name = reinterpret_cast<const char *>(text);
  sqlite3_finalize(s);
  return name;
}

bool bad_message_after_close(const char *path) {
  sqlite3 *db = nullptr;
  if (sqlite3_open(path, &db) == SQLITE_OK) {
    sqlite3_close_v2(db);
    return true;
  }
  const char *message = sqlite3_errmsg(db);
  sqlite3_close_v2(db);                    // note: "closed here"
  std::fprintf(stderr, "%s\n", message); // expect: pool-dangling-view "'message' looks into 'db'"
  return false;
}
