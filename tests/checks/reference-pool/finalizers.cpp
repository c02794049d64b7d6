// RUN: %check %s -- -I%root/tests/reference_pool/include
// Trimming runs destructors at a time nobody chose: what they do belongs into the
// policy's reset, or is no business of a pooled object.

#include <functional>
#include <mutex>
#include <pool_tidy/object_pool.h>
#include <string>
#include <thread>
#include <vector>

using pool_tidy::object_pool;
using pool_tidy::verdict;

void work();

// ---- pool-finalizer-object ------------------------------------------------------------

struct Telling {
  std::string text;
  std::function<void(const Telling &)> on_end;
  ~Telling() {
    if (on_end)
      on_end(*this); // note: "calls 'on_end' here"
  }
  void clear() {
    text.clear();
    on_end = nullptr;
  }
};
void tell(object_pool<Telling> &pool) { // expect: pool-finalizer-object "'Telling' is pooled, but its destructor runs a callback"
  auto one = pool.get();
  one->text = "x";
}

// The end of a use is the put: tell it there.
struct Told {
  std::string text;
  std::function<void(const Told &)> on_put;
};
struct Tells {
  verdict reset(Told &told) const noexcept {
    if (told.on_put)
      told.on_put(told);
    told.text.clear();
    told.on_put = nullptr;
    return verdict::keep;
  }
};
void tell_at_put(object_pool<Told, Tells> &pool) {
  auto one = pool.get();
  one->text = "x";
}

std::mutex registry_mutex;
std::vector<const void *> registry;

struct Registered {
  std::string text;
  ~Registered() {
    std::lock_guard lock(registry_mutex);
    std::erase(registry, this);
  }
  void clear() { text.clear(); }
};
void enrol(object_pool<Registered> &pool) { // expect: pool-finalizer-object "'Registered' is pooled, but its destructor unregisters it"
  auto one = pool.get();
  one->text = "x";
}

struct Listed {
  std::string text;
};
struct Unlists {
  verdict reset(Listed &listed) const noexcept {
    {
      std::lock_guard lock(registry_mutex);
      std::erase(registry, &listed);
    }
    listed.text.clear();
    return verdict::keep;
  }
};
void enrol_at_put(object_pool<Listed, Unlists> &pool) {
  auto one = pool.get();
  one->text = "x";
}

// ---- pool-blocking-finalizer, pool-running-worker ---------------------------------------

struct Busy {
  std::string text;
  std::jthread worker;
  void start() { worker = std::jthread(work); }
  void clear() { text.clear(); } // expect: pool-incomplete-reset "'Busy::clear' leaves members of the pooled 'Busy' as they were"
};
void run(object_pool<Busy> &pool) { // expect: pool-blocking-finalizer "'Busy' is pooled, but its destructor may block in '~jthread', so that trimming stalls"
  // expect@-1: pool-running-worker "'Busy' is pooled, but neither its reset nor the put stops what 'start' starts"
  auto one = pool.get();
  one->start();
}

// A thread is no part of a value: it ends with the use.
struct Idle {
  std::string text;
  void clear() { text.clear(); }
};
void run_beside(object_pool<Idle> &pool) {
  auto one = pool.get();
  std::jthread worker(work);
  one->text = "x";
}
