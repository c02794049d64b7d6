// RUN: %check %s --models %S/../models/owner-handle.yaml --checks=pool-resource-leak --fix
// RUN-FIXED
// The model's handle, where it says that one can be written with the pointer.

#include <utility>

namespace app {

int out = 0;

struct Tile {
  int value = 0;
};
class TilePool {
public:
  static Tile *take() { return ++out, new Tile; }
  static void give(Tile *t) { --out, delete t; }
};
class TileLease {
public:
  explicit TileLease(Tile *t) : tile_(t) {}
  TileLease(const TileLease &) = delete;
  TileLease &operator=(const TileLease &) = delete;
  ~TileLease() { give_back(); }
  Tile *operator->() const { return tile_; }
  Tile &operator*() const { return *tile_; }
  Tile *raw() const { return tile_; }
  Tile *detach() { return std::exchange(tile_, nullptr); }
  void give_back() {
    if (tile_)
      TilePool::give(detach());
  }

private:
  Tile *tile_;
};

// A template: its argument is deduced. It cannot put early.
struct Page {
  int number = 0;
};
class PagePool {
public:
  static Page *take() { return ++out, new Page; }
  static void give(Page *p) { --out, delete p; }
};
template <typename T> class Lease {
public:
  explicit Lease(T *t) : object_(t) {}
  Lease(const Lease &) = delete;
  Lease &operator=(const Lease &) = delete;
  ~Lease() { PagePool::give(object_); }
  T *operator->() const { return object_; }
  T &operator*() const { return *object_; }
  explicit operator bool() const { return object_; }
  T *get() const { return object_; }

private:
  T *object_;
};

// Not said to be spelled so: a unique_ptr.
struct Card {};
class CardPool {
public:
  static Card *take() { return ++out, new Card; }
  static void give(Card *c) { --out, delete c; }
};
class CardLease {
public:
  explicit CardLease(CardPool &pool);
  ~CardLease();
  Card *get() const;
};

} // namespace app

void show(const app::Tile *) {}

bool tiles(int n) {
  app::Tile *tile = app::TilePool::take(); // expect: resource-leak "'tile' is not put back on some path"
  if (tile == nullptr)
    return false;
  tile->value = n;
  show(tile);
  if (n < 0)
    return false;
  app::TilePool::give(tile);
  return true;
}

int pages(int n) {
  app::Page *page = app::PagePool::take(); // expect: resource-leak "'page' is never put back"
  if (page)
    page->number = n;
  return (*page).number;
}

bool pages_put_early(int n) {
  app::Page *page = app::PagePool::take(); // expect: resource-leak "'page' is not put back on some path"
  if (n < 0)
    return false;
  app::PagePool::give(page);
  return true;
}

bool cards(int n) {
  app::Card *card = app::CardPool::take(); // expect: resource-leak "'card' is not put back on some path"
  if (n < 0)
    return false;
  app::CardPool::give(card);
  return true;
}

int main() {
  int sum = tiles(1) + tiles(-1) + pages(5) + pages_put_early(-1) + cards(-1);
  return sum != 6 || app::out != 0;
}
