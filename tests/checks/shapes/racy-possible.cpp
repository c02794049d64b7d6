// RUN: %check %s --checks=pool-racy-factory --confidence possible
// What is racy only where several threads use the pool, or where somebody else
// writes the same.

#include "factory_pool.h"
#include "plain_pool.h"

int made = 0;

// It calls its factory while it holds its lock: only what others do with `made`
// can race.
struct Counting {
  Buffer *operator()() const {
    ++made; // expect: racy-factory "'made' is written without a lock by the factory of a pool that several threads use (possible)"
    return new Buffer;
  }
};
CallablePool<Buffer, Counting> locked{Counting()};

// Who uses the pool behind a reference, nobody sees.
void configure(FunctionPool &pool) {
  pool.set_factory([] {
    static int count = 0;
    ++count; // expect: racy-factory "(possible)"
    return new Buffer;
  });
}

// No lock in the pool, no thread in the file.
class PlainFactoryPool {
public:
  explicit PlainFactoryPool(std::function<Buffer *()> make) : make_(std::move(make)) {}
  Buffer *acquire() {
    if (free_.empty())
      return make_();
    Buffer *b = free_.back();
    free_.pop_back();
    return b;
  }
  void release(Buffer *b) { free_.push_back(b); }

private:
  std::vector<Buffer *> free_;
  std::function<Buffer *()> make_;
};
PlainFactoryPool plain([] {
  ++made; // expect: racy-factory "(possible)"
  return new Buffer;
});
