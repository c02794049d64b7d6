//===- store.cpp - sessions in SQLite -----------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "store.h"

namespace gateway {

using namespace std::chrono_literals;

Connection::Connection(const std::string &file) {
  if (sqlite3_open(file.c_str(), &db_) == SQLITE_OK)
    return;
  std::string why = sqlite3_errmsg(db_);
  sqlite3_close(db_);
  throw StoreError(file + ": " + why);
}

Connection::~Connection() { sqlite3_close_v2(db_); }

void Connection::run(const char *sql) {
  if (sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
    throw StoreError(sqlite3_errmsg(db_));
}

void Connection::run(const char *sql, const std::string &session,
                     long long number) {
  sqlite3_stmt *statement = nullptr;
  if (sqlite3_prepare_v2(db_, sql, -1, &statement, nullptr) != SQLITE_OK)
    throw StoreError(sqlite3_errmsg(db_));
  sqlite3_bind_text(statement, 1, session.c_str(), -1, SQLITE_STATIC);
  sqlite3_bind_int64(statement, 2, number);
  sqlite3_step(statement);
  if (sqlite3_finalize(statement) != SQLITE_OK)
    throw StoreError(sqlite3_errmsg(db_));
}

bool Connections::validate(Connection &connection,
                           std::chrono::nanoseconds budget) {
  auto limit = std::chrono::duration_cast<std::chrono::milliseconds>(budget);
  sqlite3_busy_timeout(connection.handle(), static_cast<int>(limit.count()));
  connection.run("select 1");
  return true;
}

Store::Store(const std::string &file)
    : connections_(
          Connections{file},
          {.max_size = 4, .borrow_timeout = 2s, .validation_timeout = 500ms}) {
  auto connection = connections_.acquire();
  connection->run("pragma journal_mode = memory;"
                  "pragma synchronous = off;"
                  "create table if not exists sessions(id text primary key,"
                  " requests integer default 0, bytes integer default 0,"
                  " records integer default 0)");
}

std::optional<long long> Store::requests(const std::string &session) {
  auto connection = connections_.acquire();
  sqlite3_stmt *statement = nullptr;
  if (sqlite3_prepare_v2(connection->handle(),
                         "select requests from sessions where id = ?", -1,
                         &statement, nullptr) != SQLITE_OK)
    throw StoreError(sqlite3_errmsg(connection->handle()));
  sqlite3_bind_text(statement, 1, session.c_str(), -1, SQLITE_STATIC);
  if (sqlite3_step(statement) != SQLITE_ROW)
    return std::nullopt;
  long long number = sqlite3_column_int64(statement, 0);
  sqlite3_finalize(statement);
  return number;
}

void Store::add(const std::string &session, std::size_t bytes) {
  auto lease = connections_.acquire();
  Connection &connection = *lease;
  connection.run("update sessions set requests = requests + 1,"
                 " bytes = bytes + ?2 where id = ?1",
                 session, static_cast<long long>(bytes));
  lease.put();
  if (connection.changes() == 0)
    connection.run(
        "insert into sessions(id, requests, bytes) values(?1, 1, ?2)", session,
        static_cast<long long>(bytes));
}

void Store::addRecords(const std::string &session, std::size_t records) {
  auto connection = connections_.acquire();
  connection->run("update sessions set records = records + ?2 where id = ?1",
                  session, static_cast<long long>(records));
}

long long Store::records() {
  auto connection = connections_.acquire();
  sqlite3_stmt *statement = nullptr;
  long long number = 0;
  if (sqlite3_prepare_v2(connection->handle(),
                         "select sum(records) from sessions", -1, &statement,
                         nullptr) == SQLITE_OK) {
    if (sqlite3_step(statement) == SQLITE_ROW)
      number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
  }
  return number;
}

int Store::openStatements() {
  auto connection = connections_.acquire();
  int open = 0;
  sqlite3_stmt *each = nullptr;
  while ((each = sqlite3_next_stmt(connection->handle(), each)))
    ++open;
  return open;
}

} // namespace gateway
