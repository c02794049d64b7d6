// RUN: %check %s --models %S/../models/put-by-id.yaml
// The lease travels as an index: acquire gives a number, put takes it back.

#include <cstddef>
#include <cstdint>
#include <string>

namespace db {

class Session {
public:
  void run(const char *sql);
};

class ConnectionPool {
public:
  std::size_t lease();                             // waits for one
  bool try_lease(std::size_t &pos, int timeoutMs); // false: none in time
  void give_back(std::size_t pos);
  Session &at(std::size_t pos);
};

class IndexPool {
public:
  uint32_t allocIndex(); // 0: exhausted
  void recycleIndex(uint32_t index);
};

} // namespace db

void good_lease(db::ConnectionPool &pool) {
  std::size_t pos = pool.lease();
  pool.at(pos).run("select 1");
  pool.give_back(pos);
}

void bad_lease_leak(db::ConnectionPool &pool, bool dry) {
  std::size_t pos = pool.lease(); // expect: pool-resource-leak "'pos' is not put back on some path"
  if (dry)
    return; // note: "returns here without putting it back"
  pool.at(pos).run("select 1");
  pool.give_back(pos);
}

void bad_lease_twice(db::ConnectionPool &pool) {
  std::size_t pos = pool.lease();
  pool.at(pos).run("select 1");
  pool.give_back(pos); // note: "first put back here"
  pool.give_back(pos); // expect: pool-double-put "'pos' is put back twice"
}

void bad_lease_used(db::ConnectionPool &pool) {
  std::size_t pos = pool.lease();
  pool.give_back(pos);          // note: "put back here"
  pool.at(pos).run("select 1"); // expect: pool-use-after-put "'pos' is used after it was put back"
}

void good_try_lease(db::ConnectionPool &pool) {
  std::size_t pos = 0;
  if (!pool.try_lease(pos, 100))
    return;
  pool.at(pos).run("select 1");
  pool.give_back(pos);
}

void bad_try_lease_leak(db::ConnectionPool &pool, bool dry) {
  std::size_t pos = 0;
  if (!pool.try_lease(pos, 100)) // expect: pool-resource-leak "'pos' is not put back on some path"
    return;
  if (dry)
    return; // note: "returns here without putting it back"
  pool.give_back(pos);
}

void good_index(db::IndexPool &pool) {
  uint32_t i = pool.allocIndex();
  if (i == 0)
    return;
  pool.recycleIndex(i);
}

void bad_index_leak(db::IndexPool &pool, bool dry) {
  uint32_t i = pool.allocIndex(); // expect: pool-resource-leak "'i' is not put back on some path"
  if (i == 0)
    return;
  if (dry)
    return; // note: "returns here without putting it back"
  pool.recycleIndex(i);
}

void bad_index_twice(db::IndexPool &pool) {
  uint32_t i = pool.allocIndex();
  if (!i)
    return;
  pool.recycleIndex(i); // note: "first put back here"
  pool.recycleIndex(i); // expect: pool-double-put "'i' is put back twice"
}

// Comparing an id that was put is no use: ids carry a version.
bool good_id_compared(db::IndexPool &pool, uint32_t expected) {
  uint32_t i = pool.allocIndex();
  if (i == 0)
    return false;
  pool.recycleIndex(i);
  return i == expected;
}

// --- a pointer beside the id: both stand for the object

namespace db {
struct Row {
  std::string text;
  void clear();
};
template <typename T> struct RowId {
  uint64_t value;
};
template <typename T> T *get_row(RowId<T> *id); // null: none
template <typename T> int return_row(RowId<T> id);
} // namespace db

void good_pointer(const char *text) {
  db::RowId<db::Row> id;
  db::Row *row = db::get_row(&id);
  if (!row)
    return;
  row->text = text;
  row->clear();
  db::return_row(id);
}

void bad_pointer_leak(bool wanted) {
  db::RowId<db::Row> id;
  db::Row *row = db::get_row(&id); // expect: pool-resource-leak "is not put back on some path"
  if (!row)
    return;
  if (!wanted)
    return; // note: "returns here without putting it back"
  db::return_row(id);
}

void bad_pointer_used() {
  db::RowId<db::Row> id;
  db::Row *row = db::get_row(&id);
  if (row == nullptr)
    return;
  db::return_row(id); // note: "put back here"
  row->clear(); // expect: pool-use-after-put "is used after it was put back"
}

void bad_pointer_written() {
  db::RowId<db::Row> id;
  db::Row *row = db::get_row(&id);
  if (!row)
    return;
  row->text = "x"; // note: "changed here"
  db::return_row(id); // expect: pool-put-without-reset "is put back without a reset"
}

uint64_t good_id_read(void) {
  db::RowId<db::Row> id;
  if (!db::get_row(&id))
    return 0;
  db::return_row(id);
  return id.value; // it tells the version
}
