// RUN: %check %s --models ignored-types.yaml --checks=pool-double-put,pool-put-without-reset,pool-risky-config
// Types of which a check, or every check, says nothing.
#include <string>
#include <vector>

namespace app {

struct ScratchPad {
  std::string text;
  void clear();
};
struct Ticket {
  std::string text;
  void clear();
};

template <typename T> class Pool {
public:
  T *acquire() {
    if (free_.empty())
      return new T;
    T *t = free_.back();
    free_.pop_back();
    return t;
  }
  void release(T *t) { free_.push_back(t); }

private:
  std::vector<T *> free_;
};

void everyCheck(Pool<ScratchPad> &pool) {
  ScratchPad *pad = pool.acquire();
  pad->text = "first";
  pool.release(pad);
}

// What is said of one check replaces what is said of all: the pads are back.
void oneCheck(Pool<ScratchPad> &pads, Pool<Ticket> &tickets, bool stop) {
  ScratchPad *pad = pads.acquire();
  pads.release(pad);
  pads.release(pad); // expect: pool-double-put "'pad' is put back twice"
  Ticket *ticket = tickets.acquire();
  tickets.release(ticket);
  tickets.release(ticket);
}

void otherChecks(Pool<Ticket> &pool) {
  Ticket *ticket = pool.acquire();
  ticket->text = "first";
  pool.release(ticket); // expect: pool-put-without-reset "'ticket' is put back without a reset"
}

struct TestSettings {
  int size = 1;
};
struct Options {
  int size = 1;
};
void configured() {
  TestSettings settings;
  settings.size = 0;
  Options options;
  options.size = 0; // expect: pool-risky-config "'size' is 0: nothing fits"
}

} // namespace app
