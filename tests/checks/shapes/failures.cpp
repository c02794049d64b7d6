// RUN: %check %s --models %S/../models/failures.yaml
// The ways in which acquire says that there is nothing.

struct Item {
  int value = 0;
};

Item *item_or_null();
int handle_or_minus_one(); // 0 is a handle
unsigned slot_or_zero();
Item *item_or_throw();
Item *item_or_wait();
void item_put(Item *item);
void handle_put(int handle);
void slot_put(unsigned slot);
void show(const Item &item);
void show_number(int n);

void good_null() {
  if (Item *i = item_or_null()) {
    show(*i);
    item_put(i);
  }
}

void good_null_compared() {
  Item *i = item_or_null();
  if (i == nullptr)
    return;
  show(*i);
  item_put(i);
}

void bad_null_inverted() {
  Item *i = item_or_null(); // expect: pool-resource-leak "'i' is never put back"
  if (i)
    return; // note: "returns here without putting it back"
  show_number(0);
}

void good_minus_one() {
  int h = handle_or_minus_one();
  if (h < 0)
    return;
  handle_put(h);
}

void good_minus_one_equal() {
  int h = handle_or_minus_one();
  if (h == -1)
    return;
  show_number(h);
  handle_put(h);
}

void bad_minus_one_leak(bool skip) {
  int h = handle_or_minus_one(); // expect: pool-resource-leak "'h' is not put back on some path"
  if (h == -1)
    return;
  if (skip)
    return; // note: "returns here without putting it back"
  handle_put(h);
}

void good_zero() {
  unsigned s = slot_or_zero();
  if (s != 0)
    slot_put(s);
}

void bad_zero_twice() {
  unsigned s = slot_or_zero();
  if (s == 0)
    return;
  slot_put(s); // note: "first put back here"
  slot_put(s); // expect: pool-double-put "'s' is put back twice"
}

void good_throws() {
  Item *i = item_or_throw();
  show(*i);
  item_put(i);
}

void bad_throws_leak(bool skip) {
  Item *i = item_or_throw(); // expect: pool-resource-leak "'i' is not put back on some path"
  if (skip)
    return; // note: "returns here without putting it back"
  item_put(i);
}

// Acquire itself throws: there is no lease in the handler.
bool good_throws_into_handler() {
  try {
    Item *i = item_or_throw();
    item_put(i);
    return true;
  } catch (...) {
    return false;
  }
}

void good_waits() {
  Item *i = item_or_wait();
  show(*i);
  item_put(i);
}

int bad_waits_used() {
  Item *i = item_or_wait();
  item_put(i);     // note: "put back here"
  return i->value; // expect: pool-use-after-put "'i' is used after it was put back"
}
