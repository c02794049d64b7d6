// RUN: %check %s --checks=pool-running-worker,pool-blocking-finalizer --confidence possible
// Who stops what runs is a function that the pool is given.

#include <functional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

struct Service {
  std::jthread thread;
  std::string name;
  void start() {
    thread = std::jthread([](std::stop_token) {});
  }
  void shutdown() {
    thread.request_stop();
    if (thread.joinable())
      thread.join();
  }
};
struct OtherService : Service {};
struct ThirdService : Service {};

template <typename T> class ToldPool {
public:
  using Done = std::function<void(T &)>;
  explicit ToldPool(Done done) : done_(std::move(done)) {}
  T *acquire() {
    if (free_.empty())
      return new T;
    T *last = free_.back();
    free_.pop_back();
    return last;
  }
  void release(T *object) {
    done_(*object);
    free_.push_back(object);
  }

private:
  Done done_;
  std::vector<T *> free_;
};

// A lambda that does.
ToldPool<Service> good_told([](Service &s) { s.shutdown(); });

void serve() {
  Service *s = good_told.acquire();
  s->start();
  good_told.release(s);
}

// One that does something else.
ToldPool<OtherService> bad_told([](OtherService &s) { s.name.clear(); }); // expect: pool-running-worker "'OtherService' is pooled, but neither its reset nor the put stops what 'start' starts (possible)" expect: pool-blocking-finalizer "'OtherService' is pooled, but its destructor may block in '~jthread', so that trimming stalls (possible)"

void serve_other() {
  OtherService *s = bad_told.acquire();
  s->start();
  bad_told.release(s);
}

// Of two pools one does not.
ToldPool<ThirdService> bad_of_two([](ThirdService &s) { s.shutdown(); }); // expect: pool-running-worker "'ThirdService' is pooled, but neither its reset nor the put stops what 'start' starts (possible)" expect: pool-blocking-finalizer "'ThirdService' is pooled, but its destructor may block in '~jthread', so that trimming stalls (possible)"
ToldPool<ThirdService> not_told([](ThirdService &s) { s.name.clear(); });

void serve_third() {
  ThirdService *s = bad_of_two.acquire();
  s->start();
  bad_of_two.release(s);
}
