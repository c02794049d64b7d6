// RUN: %check %s --confidence possible
// REQUIRES: sqlite3
// A small notes store on SQLite: schema, queries, a transaction, a prepared
// statement kept for the whole run. Four planted mistakes.

#include <cstdio>
#include <memory>
#include <optional>
#include <sqlite3.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace notes {

struct Note {
  sqlite3_int64 id = 0;
  std::string title, body;
};

struct CloseDatabase {
  void operator()(sqlite3 *db) const { sqlite3_close_v2(db); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;

class Statement {
public:
  Statement(sqlite3 *db, std::string_view sql) : db_(db) {
    if (sqlite3_prepare_v2(db, sql.data(), static_cast<int>(sql.size()), &stmt_, nullptr) != SQLITE_OK)
      throw std::runtime_error(sqlite3_errmsg(db));
  }
  Statement(const Statement &) = delete;
  Statement &operator=(const Statement &) = delete;
  ~Statement() { sqlite3_finalize(stmt_); }

  Statement &bind(int at, std::string_view text) {
    sqlite3_bind_text(stmt_, at, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
    return *this;
  }
  bool step() {
    const int rc = sqlite3_step(stmt_);
    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
      throw std::runtime_error(sqlite3_errmsg(db_));
    return rc == SQLITE_ROW;
  }
  std::string text(int column) const {
    const auto *p = sqlite3_column_text(stmt_, column);
    return p ? reinterpret_cast<const char *>(p) : "";
  }
  void rewind() { sqlite3_reset(stmt_); }

private:
  sqlite3 *db_;
  sqlite3_stmt *stmt_ = nullptr;
};

Database openStore(const std::string &path) {
  sqlite3 *raw = nullptr;
  const int rc = sqlite3_open(path.c_str(), &raw);
  Database db(raw);
  if (rc != SQLITE_OK)
    throw std::runtime_error(sqlite3_errmsg(db.get()));
  return db;
}

bool createSchema(sqlite3 *db) {
  char *message = nullptr;
  if (sqlite3_exec(db, "create table if not exists note(title, body)", nullptr, nullptr, &message) != SQLITE_OK) {
    std::fprintf(stderr, "schema: %s\n", message);
    sqlite3_free(message);
    return false;
  }
  return true;
}

std::vector<Note> listNotes(sqlite3 *db, std::string_view like) {
  std::vector<Note> all;
  Statement s(db, "select title, body from note where title like ?");
  s.bind(1, like);
  while (s.step())
    all.push_back({0, s.text(0), s.text(1)});
  return all;
}

// Planted: the limit is looked at while the statement is open.
int countNotes(sqlite3 *db, int limit) {
  sqlite3_stmt *stmt = nullptr;
  if (sqlite3_prepare_v2(db, "select count(*) from note", -1, &stmt, nullptr) != SQLITE_OK) // expect: pool-resource-leak "'stmt' is not closed on some path"
    return -1;
  if (limit <= 0)
    return 0; // note: "returns here without closing it"
  int n = sqlite3_step(stmt) == SQLITE_ROW ? sqlite3_column_int(stmt, 0) : -1;
  sqlite3_finalize(stmt);
  return n < limit ? n : limit;
}

// Planted: the title is read from the row after the statement is gone.
std::optional<std::string> firstTitle(sqlite3 *db) {
  sqlite3_stmt *stmt = nullptr;
  if (sqlite3_prepare_v2(db, "select title from note limit 1", -1, &stmt, nullptr) != SQLITE_OK)
    return std::nullopt;
  const bool found = sqlite3_step(stmt) == SQLITE_ROW;
  sqlite3_finalize(stmt); // note: "closed here"
  if (!found)
    return std::nullopt;
  return reinterpret_cast<const char *>(sqlite3_column_text(stmt, 0)); // expect: pool-use-after-put "'stmt' is used after it was closed"
}

// Planted: the error branch finalizes, and so does the common end.
bool addNote(sqlite3 *db, const Note &note) {
  sqlite3_stmt *stmt = nullptr;
  if (sqlite3_prepare_v2(db, "insert into note values (?, ?)", -1, &stmt, nullptr) != SQLITE_OK)
    return false;
  bool ok = true;
  sqlite3_bind_text(stmt, 1, note.title.c_str(), -1, SQLITE_TRANSIENT);
  sqlite3_bind_text(stmt, 2, note.body.c_str(), -1, SQLITE_TRANSIENT);
  if (note.title.empty()) {
    ok = false;
    sqlite3_finalize(stmt); // note: "first closed here"
  } else {
    ok = sqlite3_step(stmt) == SQLITE_DONE;
  }
  sqlite3_finalize(stmt); // expect: pool-double-put "'stmt' is closed twice"
  return ok;
}

bool importNotes(sqlite3 *db, const std::vector<Note> &all) {
  Statement insert(db, "insert into note values (?, ?)");
  for (const Note &n : all) {
    insert.bind(1, n.title).bind(2, n.body);
    insert.step();
    insert.rewind();
  }
  return !all.empty();
}

// Planted: the file stays open when it is empty.
bool importFile(sqlite3 *db, const char *path) {
  FILE *f = std::fopen(path, "r"); // expect: pool-resource-leak "'f' is not closed on some path"
  if (!f)
    return false;
  char line[512];
  if (!std::fgets(line, sizeof line, f))
    return false; // note: "returns here without closing it"
  std::vector<Note> all;
  do
    all.push_back({0, line, ""});
  while (std::fgets(line, sizeof line, f));
  std::fclose(f);
  return importNotes(db, all);
}

} // namespace notes

int main(int argc, char **argv) {
  try {
    notes::Database db = notes::openStore(argc > 1 ? argv[1] : ":memory:");
    if (!notes::createSchema(db.get()))
      return 1;
    notes::addNote(db.get(), {0, "first", "text"});
    if (argc > 2)
      notes::importFile(db.get(), argv[2]);
    for (const notes::Note &n : notes::listNotes(db.get(), "%"))
      std::printf("%s\n", n.title.c_str());
    std::printf("%d %s\n", notes::countNotes(db.get(), 10), notes::firstTitle(db.get()).value_or("-").c_str());
  } catch (const std::exception &e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 2;
  }
  return 0;
}
