// RUN: %check %s
// REQUIRES: poco
// An order service on POCO: sessions from Data::SessionPool, parsed orders from
// an ObjectPool whose users clear what they return. Four planted mistakes.

#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Exception.h>
#include <Poco/ObjectPool.h>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

using namespace Poco::Data::Keywords;

namespace orders {

struct Order {
  std::string customer;
  std::vector<std::string> items;
  int quantity = 0;

  void clear() {
    customer.clear();
    items.clear();
    quantity = 0;
  }
};

using OrderPool = Poco::ObjectPool<Order>;

struct ReturnOrder {
  OrderPool *pool;
  void operator()(Order *o) const {
    o->clear();
    pool->returnObject(o);
  }
};
using OrderPtr = std::unique_ptr<Order, ReturnOrder>;

bool parse(const std::string &line, Order &into) {
  const std::size_t comma = line.find(',');
  if (comma == std::string::npos)
    return false;
  into.customer = line.substr(0, comma);
  into.items.push_back(line.substr(comma + 1));
  into.quantity = 1;
  return true;
}

OrderPtr borrow(OrderPool &pool) {
  return OrderPtr(pool.borrowObject(500), ReturnOrder{&pool});
}

void createTable(Poco::Data::SessionPool &sessions) {
  Poco::Data::Session session = sessions.get();
  session << "create table if not exists orders(customer varchar, quantity integer)", now;
}

void store(Poco::Data::SessionPool &sessions, const Order &order) {
  Poco::Data::Session session(sessions.get());
  std::string customer = order.customer;
  int quantity = order.quantity;
  Poco::Data::Statement insert(session);
  insert << "insert into orders values (?, ?)", use(customer), use(quantity);
  insert.execute();
}

int count(Poco::Data::SessionPool &sessions) {
  int n = 0;
  Poco::Data::Session session(sessions.get());
  session << "select count(*) from orders", into(n), now;
  return n;
}

bool accept(OrderPool &pool, Poco::Data::SessionPool &sessions, const std::string &line) {
  OrderPtr order = borrow(pool);
  if (!order || !parse(line, *order))
    return false;
  store(sessions, *order);
  return true;
}

// Planted: an empty line keeps the order that was borrowed for it.
bool check(OrderPool &pool, const std::string &line) {
  Order *order = pool.borrowObject(); // expect: pool-resource-leak "'order' is not put back on some path"
  if (!order)
    return false;
  if (line.empty())
    return false; // note: "returns here without putting it back"
  const bool ok = parse(line, *order);
  order->clear();
  pool.returnObject(order);
  return ok;
}

// Planted: the customer's name of this order is there for the next one.
bool checkCustomer(OrderPool &pool, const std::string &name) {
  Order *order = pool.borrowObject();
  if (!order)
    return false;
  order->customer = name; // note: "changed here"
  const bool ok = order->customer.size() < 40;
  pool.returnObject(order); // expect: pool-put-without-reset "'order' is put back without a reset since it was changed"
  return ok;
}

// Planted: the quantity is read from an order that somebody else may have.
int quantity(OrderPool &pool, const std::string &line) {
  Order *order = pool.borrowObject();
  if (!order)
    return 0;
  const bool ok = parse(line, *order);
  order->clear();
  pool.returnObject(order);         // note: "put back here"
  return ok ? order->quantity : -1; // expect: pool-use-after-put "'order' is used after it was put back"
}

// Planted: a failed store returns the order, and so does the common end.
void retry(OrderPool &pool, Poco::Data::SessionPool &sessions, int times) {
  Order *order = pool.borrowObject(100);
  if (!order)
    return;
  try {
    store(sessions, *order);
  } catch (const Poco::Exception &e) {
    std::cerr << e.displayText() << '\n';
  }
  if (times == 0)
    pool.returnObject(order); // note: "first put back here"
  else
    std::cerr << "again\n";
  pool.returnObject(order); // expect: pool-double-put "'order' is put back twice"
}

} // namespace orders

int main() {
  Poco::Data::SQLite::Connector::registerConnector();
  Poco::Data::SessionPool sessions("SQLite", ":memory:", 1, 4);
  orders::OrderPool pool(4, 16);
  orders::createTable(sessions);
  for (std::string line; std::getline(std::cin, line);) {
    if (!orders::check(pool, line) || !orders::checkCustomer(pool, line))
      continue;
    if (orders::accept(pool, sessions, line))
      std::cout << orders::quantity(pool, line) << '\n';
    else
      orders::retry(pool, sessions, 1);
  }
  std::cout << orders::count(sessions) << " orders\n";
  return 0;
}
