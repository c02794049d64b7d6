// RUN: %check %s
// A pool that hands out owners: moving one into the put is the put.

#include <memory>
#include <vector>

struct SqlConnection {
  void execute(const char *sql);
};

class SqlConnectionPool {
public:
  std::unique_ptr<SqlConnection> getConnection() {
    if (free_.empty())
      return std::make_unique<SqlConnection>();
    auto c = std::move(free_.back());
    free_.pop_back();
    return c;
  }
  void returnConnection(std::unique_ptr<SqlConnection> c) {
    free_.push_back(std::move(c));
  }

private:
  std::vector<std::unique_ptr<SqlConnection>> free_;
};

void good_moved_into_put(SqlConnectionPool &pool) {
  auto c = pool.getConnection();
  c->execute("select 1");
  pool.returnConnection(std::move(c));
}

void good_moved_on_each_way(SqlConnectionPool &pool, bool stop) {
  auto c = pool.getConnection();
  if (stop) {
    pool.returnConnection(std::move(c));
    return;
  }
  c->execute("select 1");
  pool.returnConnection(std::move(c));
}

class Holder {
public:
  explicit Holder(SqlConnectionPool &pool)
      : pool_(pool), c_(pool.getConnection()) {}
  Holder(const Holder &) = delete;
  Holder &operator=(const Holder &) = delete;
  ~Holder() { pool_.returnConnection(std::move(c_)); }
  SqlConnection *operator->() { return c_.get(); }

private:
  SqlConnectionPool &pool_;
  std::unique_ptr<SqlConnection> c_;
};

void good_holder(SqlConnectionPool &pool) {
  Holder h(pool);
  h->execute("select 1");
}
