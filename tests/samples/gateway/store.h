//===- store.h - what is known of sessions ----------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef GATEWAY_STORE_H
#define GATEWAY_STORE_H

#include <chrono>
#include <cstddef>
#include <optional>
#include <pool_tidy/resource_pool.h>
#include <sqlite3.h>
#include <stdexcept>
#include <string>

namespace gateway {

class StoreError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// An open database.
class Connection {
public:
  explicit Connection(const std::string &file);
  Connection(const Connection &) = delete;
  Connection &operator=(const Connection &) = delete;
  ~Connection();

  sqlite3 *handle() const { return db_; }
  void run(const char *sql);
  /// Runs an update of one session.
  void run(const char *sql, const std::string &session, long long number);
  /// How many rows the latest run() changed.
  int changes() const { return sqlite3_changes(db_); }

private:
  sqlite3 *db_ = nullptr;
};

struct Connections {
  std::string file;

  Connection create() { return Connection(file); }
  bool validate(Connection &connection, std::chrono::nanoseconds budget);
};

/// The sessions' requests, bytes and records.
class Store {
public:
  explicit Store(const std::string &file);

  /// How many requests a session has made; nothing when it is not known.
  std::optional<long long> requests(const std::string &session);
  /// Counts a request.
  void add(const std::string &session, std::size_t bytes);
  /// Counts records of a batch.
  void addRecords(const std::string &session, std::size_t records);

  long long records();
  /// Statements that nobody finalised.
  int openStatements();

private:
  pool_tidy::resource_pool<Connection, Connections> connections_;
};

} // namespace gateway

#endif
