// RUN: %check %s --models %S/../models/conventions-in-bodies.yaml
// A model that names a pool's functions, and not who resets: their bodies tell.

#include <vector>

namespace app {

// Without a method named like a reset: whether one is owed is not to be guessed.
struct Item {
  int value = 0;
  int marks[4] = {};
};
void scrub(Item *item);

// Neither acquire nor put touches it: whoever puts it resets it.
class Stock {
public:
  Item *take() {
    Item *item = free_.back();
    free_.pop_back();
    return item;
  }
  void give(Item *item) { free_.push_back(item); }

private:
  std::vector<Item *> free_;
};

// The put resets.
class SweptStock {
public:
  Item *take();
  void give(Item *item) {
    *item = Item();
    free_.push_back(item);
  }

private:
  std::vector<Item *> free_;
};

// Made anew each time.
class FreshStock {
public:
  Item *take() { return new Item; }
  void give(Item *item) { delete item; }
};

// No body here.
class UnseenStock {
public:
  Item *take();
  void give(Item *item);
};

// What the model says goes before what the bodies do.
class SaidStock {
public:
  Item *take() { return new Item; }
  void give(Item *item) {
    *item = Item();
    free_.push_back(item);
  }

private:
  std::vector<Item *> free_;
};

// A class template is read as it is written.
template <typename T> class Shelf {
public:
  T *take() {
    T *item = free_.back();
    free_.pop_back();
    return item;
  }
  void give(T *item) { free_.push_back(item); }

private:
  std::vector<T *> free_;
};

// By a function that the model, and not its name, says to reset.
class ScrubbedStock {
public:
  Item *take();
  void give(Item *item) {
    scrub(item);
    free_.push_back(item);
  }

private:
  std::vector<Item *> free_;
};

// Free functions.
struct Items {
  Item *free[8];
  int count;
};
inline Item *item_take(Items &items) { return items.free[--items.count]; }
inline void item_give(Items &items, Item *item) { items.free[items.count++] = item; }

void bad(Stock &stock) {
  Item *item = stock.take();
  item->value = 1;
  stock.give(item); // expect: put-without-reset "'item' is put back without a reset since it was changed"
}

void good(Stock &stock) {
  Item *item = stock.take();
  item->value = 1;
  *item = Item();
  stock.give(item);
}

void good_swept(SweptStock &stock) {
  Item *item = stock.take();
  item->value = 1;
  stock.give(item);
}

void good_fresh(FreshStock &stock) {
  Item *item = stock.take();
  item->value = 1;
  stock.give(item);
}

void possible_unseen(UnseenStock &stock) {
  Item *item = stock.take();
  item->value = 1;
  stock.give(item); // possible at most
}

void bad_said(SaidStock &stock) {
  Item *item = stock.take();
  item->value = 1;
  stock.give(item); // expect: put-without-reset "'item' is put back without a reset since it was changed"
}

void bad_template(Shelf<Item> &shelf) {
  Item *item = shelf.take();
  item->value = 1;
  shelf.give(item); // expect: put-without-reset "'item' is put back without a reset since it was changed"
}

void good_scrubbed(ScrubbedStock &stock) {
  Item *item = stock.take();
  item->value = 1;
  stock.give(item);
}

void bad_free(Items &items) {
  Item *item = item_take(items);
  item->value = 1;
  item_give(items, item); // expect: put-without-reset "'item' is put back without a reset since it was changed"
}

} // namespace app
