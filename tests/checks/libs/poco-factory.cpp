// REQUIRES: poco
// RUN: %check %s --checks=pool-null-factory,pool-racy-factory
// Factories of Poco's object pool, by its real header: null is passed on, and
// the pool holds its lock while it calls.

#include <Poco/ObjectPool.h>

struct Item {
  int size = 0;
};

int made = 0;

struct Careful : Poco::PoolableObjectFactory<Item> {
  Item *createObject() {
    ++made;
    return made > 100 ? nullptr : new Item;
  }
};
Poco::ObjectPool<Item, Item *, Careful> good(4, 8);

struct One : Poco::PoolableObjectFactory<Item> {
  Item *createObject() {
    static Item only;
    return &only; // expect: null-factory "the factory returns 'only' each time"
  }
};
Poco::ObjectPool<Item, Item *, One> bad(4, 8);

void use() {
  bad.returnObject(bad.borrowObject());
  good.returnObject(good.borrowObject());
}
