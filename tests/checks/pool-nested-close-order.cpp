// RUN: %check %s
// Parents closed before their children, for libraries that forbid it.

#include <cstddef>
#include <memory>
#include <sqlite3.h>

int bad_statement_open(const char *file) {
  sqlite3 *db = nullptr;
  if (sqlite3_open(file, &db) != SQLITE_OK) {
    sqlite3_close(db);
    return -1;
  }
  sqlite3_stmt *stmt = nullptr;
  if (sqlite3_prepare_v2(db, "select 1", -1, &stmt, nullptr) != SQLITE_OK) { // note: "opened on 'db' here"
    sqlite3_close(db);
    return -1;
  }
  int row = sqlite3_step(stmt);
  sqlite3_close(db); // expect: pool-nested-close-order "'db' is closed while 'stmt', which was opened on it, is still open"
  sqlite3_finalize(stmt);
  return row;
}

int good_statement_first(const char *file) {
  sqlite3 *db = nullptr;
  if (sqlite3_open(file, &db) != SQLITE_OK) {
    sqlite3_close(db);
    return -1;
  }
  sqlite3_stmt *stmt = nullptr;
  if (sqlite3_prepare_v2(db, "select 1", -1, &stmt, nullptr) != SQLITE_OK) {
    sqlite3_close(db);
    return -1;
  }
  int row = sqlite3_step(stmt);
  sqlite3_finalize(stmt);
  sqlite3_close(db);
  return row;
}

// sqlite3_close_v2 waits for the statements.
int good_waits(sqlite3 *db) {
  sqlite3_stmt *stmt = nullptr;
  if (sqlite3_prepare_v2(db, "select 1", -1, &stmt, nullptr) != SQLITE_OK)
    return -1;
  int row = sqlite3_step(stmt);
  sqlite3_close_v2(db);
  sqlite3_finalize(stmt);
  return row;
}

// --- another name of the parent, a wrapper, an owner

void shut(sqlite3 *db) { sqlite3_close(db); }

int bad_alias(sqlite3 *db) {
  sqlite3_stmt *stmt = nullptr;
  if (sqlite3_prepare_v2(db, "select 1", -1, &stmt, nullptr) != SQLITE_OK)
    return -1;
  sqlite3 *same = db;
  sqlite3_close(same); // expect: pool-nested-close-order "'same' is closed while 'stmt'"
  return sqlite3_finalize(stmt);
}

int bad_wrapper(sqlite3 *db) {
  sqlite3_stmt *stmt = nullptr;
  if (sqlite3_prepare_v2(db, "select 1", -1, &stmt, nullptr) != SQLITE_OK)
    return -1;
  shut(db); // expect: pool-nested-close-order "'db' is closed while 'stmt'"
  return sqlite3_finalize(stmt);
}

struct Close {
  void operator()(sqlite3 *db) const { sqlite3_close(db); }
  void operator()(sqlite3_stmt *stmt) const { sqlite3_finalize(stmt); }
};
using Db = std::unique_ptr<sqlite3, Close>;
using Stmt = std::unique_ptr<sqlite3_stmt, Close>;

Db open(const char *file) {
  sqlite3 *db = nullptr;
  sqlite3_open(file, &db);
  return Db(db);
}

Stmt prepare(sqlite3 *db, const char *sql) {
  sqlite3_stmt *stmt = nullptr;
  sqlite3_prepare_v2(db, sql, -1, &stmt, nullptr);
  return Stmt(stmt);
}

// Destroyed in the reverse order of their declaration.
int bad_owners(const char *file) {
  Stmt stmt;
  Db db = open(file); // expect: pool-nested-close-order "'db' is closed while 'stmt', which was opened on it, is still open"
  stmt = prepare(db.get(), "select 1");
  return stmt ? sqlite3_step(stmt.get()) : -1;
}

int good_owners(const char *file) {
  Db db = open(file);
  Stmt stmt = prepare(db.get(), "select 1");
  return stmt ? sqlite3_step(stmt.get()) : -1;
}

// --- returned to a pool of connections

class SessionPool {
public:
  sqlite3 *acquire();
  void release(sqlite3 *db);
};

int bad_put_back(SessionPool &pool) {
  sqlite3 *db = pool.acquire();
  sqlite3_stmt *stmt = nullptr;
  if (sqlite3_prepare_v2(db, "select 1", -1, &stmt, nullptr) != SQLITE_OK) {
    pool.release(db);
    return -1;
  }
  int row = sqlite3_step(stmt);
  pool.release(db); // expect: pool-nested-close-order "'db' is put back while 'stmt'"
  sqlite3_finalize(stmt);
  return row;
}

int good_put_back(SessionPool &pool) {
  sqlite3 *db = pool.acquire();
  sqlite3_stmt *stmt = nullptr;
  int row = -1;
  if (sqlite3_prepare_v2(db, "select 1", -1, &stmt, nullptr) == SQLITE_OK)
    row = sqlite3_step(stmt);
  sqlite3_finalize(stmt);
  pool.release(db);
  return row;
}
