// REQUIRES: sqlite3
// RUN: %check %s -- -I%root/tests/reference_pool/include
// Connections of SQLite in the bundled resource pool; statements hang on them.

#include <pool_tidy/resource_pool.h>
#include <sqlite3.h>
#include <string>

class Connection {
public:
  explicit Connection(const char *file) {
    if (sqlite3_open(file, &db_) != SQLITE_OK) {
      sqlite3_close(db_);
      throw "no database";
    }
  }
  Connection(const Connection &) = delete;
  Connection &operator=(const Connection &) = delete;
  ~Connection() { sqlite3_close_v2(db_); }
  sqlite3 *handle() const { return db_; }

private:
  sqlite3 *db_ = nullptr;
};
struct Connections {
  Connection create() { return Connection("sessions.db"); }
};
using Pool = pool_tidy::resource_pool<Connection, Connections>;

// ---- pool-resource-leak ---------------------------------------------------------

// The statement stays open in a connection that the next one gets.
bool bad_statement_left_open(Pool &pool) {
  auto connection = pool.acquire();
  sqlite3_stmt *statement = nullptr;
  if (sqlite3_prepare_v2(connection->handle(), "select 1", -1, &statement, nullptr) != SQLITE_OK) // expect: pool-resource-leak "'statement' is not closed on some path"
    return false;
  if (sqlite3_step(statement) != SQLITE_ROW)
    return false;
  sqlite3_finalize(statement);
  return true;
}

bool good_statement(Pool &pool) {
  auto connection = pool.acquire();
  sqlite3_stmt *statement = nullptr;
  if (sqlite3_prepare_v2(connection->handle(), "select 1", -1, &statement, nullptr) != SQLITE_OK)
    return false;
  bool row = sqlite3_step(statement) == SQLITE_ROW;
  sqlite3_finalize(statement);
  return row;
}

// ---- pool-nested-close-order ------------------------------------------------------

// Somebody else may have the connection while the statement ends.
void bad_connection_put_first(Pool &pool) {
  auto connection = pool.acquire();
  sqlite3_stmt *statement = nullptr;
  if (sqlite3_prepare_v2(connection->handle(), "select 1", -1, &statement, nullptr) != SQLITE_OK)
    return;
  sqlite3_step(statement);
  connection.put(); // expect: pool-nested-close-order "'connection'"
  sqlite3_finalize(statement);
}

void good_statement_first(Pool &pool) {
  auto connection = pool.acquire();
  sqlite3_stmt *statement = nullptr;
  if (sqlite3_prepare_v2(connection->handle(), "select 1", -1, &statement, nullptr) != SQLITE_OK)
    return;
  sqlite3_step(statement);
  sqlite3_finalize(statement);
  connection.put();
}

// ---- pool-use-after-put -----------------------------------------------------------

int bad_changes_of_somebody_else(Pool &pool) {
  auto connection = pool.acquire();
  Connection &mine = *connection;
  connection.put();
  return sqlite3_changes(mine.handle()); // expect: pool-use-after-put "'mine' is used after it was put back"
}

int good_changes(Pool &pool) {
  auto connection = pool.acquire();
  return sqlite3_changes(connection->handle());
}
