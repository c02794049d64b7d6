// RUN: %check %s --level all --checks=pool-copied-pool,pool-false-sharing,pool-dirty-acquire -- -I%root/tests/reference_pool/include
// Mistakes of pools that are made by hand, which cannot be made with the bundled
// ones: they are not copied, keep each thread's part apart, and hand out what is
// as good as new.

#include <atomic>
#include <pool_tidy/object_pool.h>
#include <string>
#include <vector>

struct Item {
  std::string text;
  int uses = 0;
  void clear() {
    text.clear();
    uses = 0;
  }
};

class [[clang::annotate("pool::convention(\"caller-after-acquire\")")]] ItemPool {
public:
  [[clang::annotate("pool::acquire")]] Item *take() {
    shards_[0].taken++;
    Item *item = free_.back();
    free_.pop_back();
    return item;
  }
  [[clang::annotate("pool::put")]] void give(Item *item) { free_.push_back(item); }

private:
  struct Counters {
    std::atomic<int> taken{0};
    Counters() = default;
    Counters(const Counters &other) : taken(other.taken.load()) {}
  };
  Counters shards_[8]; // expect: pool-false-sharing "elements of 'shards_' share cache lines"
  std::vector<Item *> free_;
};

using Items = pool_tidy::object_pool<Item>;

// ---- pool-copied-pool

void bad_copy(ItemPool pool) { // expect: pool-copied-pool "'pool' is passed by copy, so that two pools hold what is in"
  pool.give(pool.take());
}

void good_reference(Items &items) { items.get().put(); } // `Items items` does not compile

// ---- pool-dirty-acquire

std::size_t bad_read(ItemPool &pool) {
  Item *item = pool.take();
  std::size_t size = item->text.size(); // expect: pool-dirty-acquire "'text'"
  item->clear();
  pool.give(item);
  return size;
}

std::size_t good_read(Items &items) {
  auto item = items.get();
  return item->text.size();
}
