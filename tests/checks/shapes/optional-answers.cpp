// RUN: %check %s
// Pools that answer with an optional: of an id, of a pointer, and value_or.

#include <optional>
#include <vector>

int connect_to(int port) noexcept;

class PortPool {
public:
  std::optional<int> acquire() {
    if (free_.empty())
      return std::nullopt;
    int port = free_.back();
    free_.pop_back();
    return port;
  }
  void release(int port) { free_.push_back(port); }

private:
  std::vector<int> free_;
};

int good_id(PortPool &ports) {
  auto port = ports.acquire();
  if (!port)
    return -1;
  int rc = connect_to(*port);
  ports.release(*port);
  return rc;
}

int good_id_by_value(PortPool &ports) {
  std::optional<int> port = ports.acquire();
  if (!port.has_value())
    return -1;
  const int number = port.value();
  int rc = connect_to(number);
  ports.release(number);
  return rc;
}

int bad_id(PortPool &ports, bool busy) {
  auto port = ports.acquire(); // expect: pool-resource-leak "'port' is not put back on some path"
  if (!port || busy)
    return -1;
  int rc = connect_to(*port);
  ports.release(*port);
  return rc;
}

struct Obj {
  int n = 0;
};

class ObjPool {
public:
  std::optional<Obj *> acquire() {
    if (free_.empty())
      return std::nullopt;
    Obj *obj = free_.back();
    free_.pop_back();
    return obj;
  }
  void release(Obj *obj) { free_.push_back(obj); }

private:
  std::vector<Obj *> free_;
};

int good_value_or(ObjPool &pool) {
  Obj *obj = pool.acquire().value_or(nullptr);
  if (!obj)
    return -1;
  int n = obj->n;
  pool.release(obj);
  return n;
}

int good_value_or_of_a_name(ObjPool &pool) {
  auto got = pool.acquire();
  Obj *obj = got.value_or(nullptr);
  if (!obj)
    return -1;
  int n = obj->n;
  pool.release(obj);
  return n;
}

int bad_value_or(ObjPool &pool) {
  Obj *obj = pool.acquire().value_or(nullptr);
  int n = obj->n; // expect: pool-unchecked-acquire "'obj' is dereferenced without a check that its acquire succeeded"
  pool.release(obj);
  return n;
}

int bad_value_or_lost(ObjPool &pool, bool busy) {
  Obj *obj = pool.acquire().value_or(nullptr); // expect: pool-resource-leak "'obj' is not put back on some path"
  if (!obj || busy)
    return -1;
  pool.release(obj);
  return 0;
}
