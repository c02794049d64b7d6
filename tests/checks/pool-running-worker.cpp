// RUN: %check %s --checks=pool-running-worker
// What a pooled object starts while it is leased, and who stops it.

#include "finalizers.h"
#include <atomic>
#include <chrono>
#include <ctime>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <pthread.h>
#include <stop_token>
#include <thread>

void work();

// --- nobody stops it

class Poller {
public:
  void start() {
    thread_ = std::jthread([this] { run(); }); // note: "started by 'jthread' here"
  }
  void reset() { name_.clear(); } // note: "not stopped by the reset here"

private:
  void run();
  std::string name_;
  std::jthread thread_;
};
KeepPool<Poller> bad_pollers; // expect: pool-running-worker "'Poller' is pooled, but neither its reset nor the put stops what 'start' starts"

void poll() {
  Poller *p = bad_pollers.acquire();
  p->start();
  p->reset();
  bad_pollers.release(p);
}

namespace ways {
// By a detached thread that has the object.
struct Detached {
  std::string name;
  void start() {
    std::thread([this] { name += "x"; }).detach(); // note: "started by 'thread' here"
  }
};
KeepPool<Detached> bad_detached; // expect: pool-running-worker "'Detached' is pooled, but neither its reset nor the put stops what 'start' starts"

struct Many {
  std::vector<std::thread> threads;
  void grow() {
    threads.emplace_back(work); // note: "started by 'thread' here"
  }
};
KeepPool<Many> bad_many; // expect: pool-running-worker "'Many' is pooled, but neither its reset nor the put stops what 'grow' starts"

struct ById {
  std::map<int, std::jthread> threads;
  void grow(int id) {
    threads.emplace(id, work); // note: "started by 'jthread' here"
  }
};
KeepPool<ById> bad_by_id; // expect: pool-running-worker "'ById' is pooled, but neither its reset nor the put stops what 'grow' starts"

// It keeps the object alive, and works on it all the same.
struct Sharing : std::enable_shared_from_this<Sharing> {
  std::string name;
  void start() {
    std::thread([self = shared_from_this()] { self->name = "x"; }).detach(); // note: "started by 'thread' here"
  }
};
KeepPool<Sharing> bad_sharing; // expect: pool-running-worker "'Sharing' is pooled, but neither its reset nor the put stops what 'start' starts"

// In a part that has a method for it.
struct Ticker {
  std::thread thread;
  void arm() {
    thread = std::thread(work); // note: "started by 'thread' here"
  }
  void cancel() {
    if (thread.joinable())
      thread.join();
  }
};
struct Ticking {
  Ticker ticker;
  void start() { ticker.arm(); }
};
KeepPool<Ticking> bad_ticking; // expect: pool-running-worker "'Ticking' is pooled, but neither its reset nor the put stops what 'start' starts"
struct StoppedTicking {
  Ticker ticker;
  void start() { ticker.arm(); }
  void reset() { ticker.cancel(); }
};
KeepPool<StoppedTicking> good_stopped_ticking;

struct Held {
  std::unique_ptr<std::thread> thread;
  void start() {
    thread = std::make_unique<std::thread>(work); // note: "started by 'thread' here"
  }
};
KeepPool<Held> bad_held; // expect: pool-running-worker "'Held' is pooled, but neither its reset nor the put stops what 'start' starts"

struct Asking {
  std::future<void> answer;
  void ask() {
    answer = std::async(work); // note: "started by 'async' here"
  }
};
KeepPool<Asking> bad_asking; // expect: pool-running-worker "'Asking' is pooled, but neither its reset nor the put stops what 'ask' starts"

struct InC {
  pthread_t thread;
  static void *run(void *);
  void start() {
    pthread_create(&thread, nullptr, run, this); // note: "started by 'pthread_create' here"
  }
};
KeepPool<InC> bad_in_c; // expect: pool-running-worker "'InC' is pooled, but neither its reset nor the put stops what 'start' starts"

struct Timed {
  timer_t timer;
  void arm(itimerspec when) {
    timer_settime(timer, 0, &when, nullptr); // note: "started by 'timer_settime' here"
  }
};
KeepPool<Timed> bad_timed; // expect: pool-running-worker "'Timed' is pooled, but neither its reset nor the put stops what 'arm' starts"

// In a helper of the method, and in a base.
struct Base {
  std::jthread thread;
  void begin() { go(); }
  void go() {
    thread = std::jthread(work); // note: "started by 'jthread' here"
  }
};
struct Derived : Base {
  std::string name;
  void reset() { name.clear(); }
};
KeepPool<Derived> bad_derived; // expect: pool-running-worker "'Derived' is pooled, but neither its reset nor the put stops what 'begin' starts"

void use() {
  bad_detached.acquire()->start();
  bad_many.acquire()->grow();
  bad_by_id.acquire()->grow(1);
  bad_sharing.acquire()->start();
  bad_ticking.acquire()->start();
  good_stopped_ticking.acquire()->start();
  bad_held.acquire()->start();
  bad_asking.acquire()->ask();
  bad_in_c.acquire()->start();
  bad_timed.acquire()->arm({});
  bad_derived.acquire()->begin();
}
} // namespace ways

// --- the reset or the put stops it

namespace stopped {
struct Joined {
  std::thread thread;
  void start() { thread = std::thread(work); }
  void reset() {
    if (thread.joinable())
      thread.join();
  }
};
KeepPool<Joined> good_joined;

struct Renewed {
  std::jthread thread;
  void start() { thread = std::jthread(work); }
  void reset() { thread = std::jthread(); }
};
KeepPool<Renewed> good_renewed;

struct Asked {
  std::jthread thread;
  void start() { thread = std::jthread(work); }
  void reset() { thread.request_stop(); }
};
KeepPool<Asked> good_asked;

struct Flagged {
  std::atomic<bool> running{false};
  std::string name;
  void start() {
    running = true;
    std::thread([this] {
      while (running)
        name += "x";
    }).detach();
  }
  void reset() { running = false; }
};
KeepPool<Flagged> good_flagged;

// Another thread is stopped.
struct Other {
  std::jthread reader, writer;
  void start_reader() { reader = std::jthread(work); }
  void start_writer() {
    writer = std::jthread(work); // note: "started by 'jthread' here"
  }
  void reset() { reader = {}; }
};
KeepPool<Other> bad_other; // expect: pool-running-worker "'Other' is pooled, but neither its reset nor the put stops what 'start_writer' starts"

struct ByPut {
  std::thread thread;
  void start() { thread = std::thread(work); }
  void stop() {
    if (thread.joinable())
      thread.join();
  }
};
class StoppingPool {
public:
  ByPut *acquire() {
    ByPut *last = free_.back();
    free_.pop_back();
    return last;
  }
  void release(ByPut *p) {
    p->stop();
    free_.push_back(p);
  }

private:
  std::vector<ByPut *> free_;
};
StoppingPool good_stopping_pool;

// Whoever starts it stops it.
KeepPool<ByPut> good_by_hand;

void use() {
  good_joined.acquire()->start();
  good_renewed.acquire()->start();
  good_asked.acquire()->start();
  good_flagged.acquire()->start();
  bad_other.acquire()->start_reader();
  bad_other.acquire()->start_writer();
  good_stopping_pool.acquire()->start();
  ByPut *mine = good_by_hand.acquire();
  mine->start();
  work();
  mine->stop();
  good_by_hand.release(mine);
}
} // namespace stopped

// --- by design, or over before the method is

namespace fine {
// Made once, works for ever.
class Engine {
public:
  Engine() : name_("engine") { start(); }
  void post(int);

private:
  void start() { thread_ = std::jthread(work); }
  std::string name_;
  std::jthread thread_;
};
KeepPool<Engine> good_engines;

// Started by the pool where it makes one.
struct Made {
  std::jthread thread;
  void start() { thread = std::jthread(work); }
};
class MadePool {
public:
  Made *acquire() {
    if (free_.empty())
      return make();
    Made *last = free_.back();
    free_.pop_back();
    return last;
  }
  void release(Made *m) { free_.push_back(m); }

private:
  static Made *make() {
    Made *made = new Made;
    made->start();
    return made;
  }
  std::vector<Made *> free_;
};
MadePool good_made;

struct Local {
  std::vector<int> all;
  void sort() {
    std::thread other([this] { all.clear(); });
    other.join();
    std::jthread one([this] { all.clear(); });
    auto done = std::async([this] { all.clear(); });
    done.get();
  }
  void both() {
    first = std::thread(work);
    second = std::thread(work);
    first.join();
    second.join();
  }
  std::thread first, second;
};
KeepPool<Local> good_local;

// The thread has nothing of the object.
struct Spawning {
  std::string name;
  void tell() { std::thread(work).detach(); }
};
KeepPool<Spawning> good_spawning;

// Destroyed at the end of each lease, which joins.
struct Fresh {
  std::jthread thread;
  void start() { thread = std::jthread(work); }
};
FreshPool<Fresh> good_fresh;

void use() {
  good_local.acquire()->sort();
  good_local.acquire()->both();
  good_spawning.acquire()->tell();
  good_fresh.construct()->start();
}
} // namespace fine

// --- which part is stopped

namespace parts {
struct State {
  std::jthread thread;
  int sent = 0;
};

class Ended {
public:
  void begin() { state_.thread = std::jthread(work); }
  void reset() { state_.thread = {}; }

private:
  State state_;
};
KeepPool<Ended> good_ended;

class Owned {
public:
  void begin() { state_->thread = std::jthread(work); }
  void reset() { state_->thread = {}; }

private:
  std::unique_ptr<State> state_ = std::make_unique<State>();
};
KeepPool<Owned> good_owned;

class Counted {
public:
  void begin() {
    state_.thread = std::jthread(work); // note: "started by 'jthread' here"
  }
  void reset() { state_.sent = 0; }

private:
  State state_;
};
KeepPool<Counted> bad_counted; // expect: pool-running-worker "'Counted' is pooled, but neither its reset nor the put stops what 'begin' starts"

class Swapped {
public:
  void begin() { thread_ = std::jthread(work); }
  void reset() { std::jthread().swap(thread_); }

private:
  std::jthread thread_;
};
KeepPool<Swapped> good_swapped;

class Each {
public:
  void begin() {
    threads_[0] = std::jthread(work);
    threads_[1] = std::jthread(work);
  }
  void reset() {
    for (auto &thread : threads_)
      thread = {};
  }

private:
  std::jthread threads_[2];
};
KeepPool<Each> good_each;

class Source {
public:
  void begin() {
    stop_ = {};
    thread_ = std::thread([stop = stop_.get_token()] {
      while (!stop.stop_requested())
        work();
    });
  }
  void reset() {
    stop_.request_stop();
    thread_.detach();
  }

private:
  std::stop_source stop_;
  std::thread thread_;
};
KeepPool<Source> good_source;

void use() {
  good_ended.acquire()->begin();
  good_owned.acquire()->begin();
  bad_counted.acquire()->begin();
  good_swapped.acquire()->begin();
  good_each.acquire()->begin();
  good_source.acquire()->begin();
}
} // namespace parts

// --- what has the object and no member

namespace loose {
class Sending {
public:
  void begin() {
    std::thread([this] { log_ += "sent"; }).detach(); // note: "started by 'thread' here"
  }
  void reset() { sent_ = 0; } // stops nothing

private:
  std::string log_;
  int sent_ = 0;
};
KeepPool<Sending> bad_sending; // expect: pool-running-worker "'Sending' is pooled, but neither its reset nor the put stops what 'begin' starts"

// It looks whether it is still meant.
class Numbered {
public:
  void begin() {
    std::thread([this, mine = generation_.load()] {
      if (mine == generation_)
        log_ += "sent";
    }).detach();
  }
  void reset() { ++generation_; }

private:
  std::string log_;
  std::atomic<int> generation_{0};
};
KeepPool<Numbered> good_numbered;

class Guarded {
public:
  void begin() {
    std::thread([this, alive = std::weak_ptr<int>(token_)] {
      if (auto here = alive.lock())
        log_ += "sent";
    }).detach();
  }
  void reset() { token_ = std::make_shared<int>(0); }

private:
  std::string log_;
  std::shared_ptr<int> token_ = std::make_shared<int>(0);
};
KeepPool<Guarded> good_guarded;

void use() {
  bad_sending.acquire()->begin();
  good_numbered.acquire()->begin();
  good_guarded.acquire()->begin();
}
} // namespace loose

// --- one for the life of the object

namespace once {
class Lazy {
public:
  void begin() {
    std::call_once(once_, [this] { thread_ = std::jthread(work); });
  }
  void reset() { text_.clear(); }

private:
  std::once_flag once_;
  std::jthread thread_;
  std::string text_;
};
KeepPool<Lazy> good_lazy;

class Helped {
public:
  void begin() {
    std::call_once(once_, [this] { start(); });
  }
  void reset() { text_.clear(); }

private:
  void start() { thread_ = std::jthread(work); }
  std::once_flag once_;
  std::jthread thread_;
  std::string text_;
};
KeepPool<Helped> good_helped;

class Again {
public:
  void begin() {
    std::call_once(once_, [this] { start(); });
  }
  void again() { start(); }
  void reset() { text_.clear(); }

private:
  void start() { thread_ = std::jthread(work); }
  std::once_flag once_;
  std::jthread thread_;
  std::string text_;
};
KeepPool<Again> bad_again; // expect: pool-running-worker "'Again' is pooled, but neither its reset nor the put stops what 'again' starts"

void use() {
  good_lazy.acquire()->begin();
  good_helped.acquire()->begin();
  bad_again.acquire()->begin();
  bad_again.acquire()->again();
}
} // namespace once

// --- a reset that replaces another

namespace replaced {
class Job {
public:
  virtual ~Job() = default;
  void begin() { thread_ = std::jthread(work); }
  virtual void reset() { thread_ = {}; }

private:
  std::jthread thread_;
};

class Quick final : public Job {
public:
  void reset() override { n_ = 0; }

private:
  int n_ = 0;
};
KeepPool<Quick> bad_quick; // expect: pool-running-worker "'Quick' is pooled, but neither its reset nor the put stops what 'begin' starts"

class Careful final : public Job {
public:
  void reset() override {
    n_ = 0;
    Job::reset();
  }

private:
  int n_ = 0;
};
KeepPool<Careful> good_careful;

void use() {
  bad_quick.acquire()->begin();
  good_careful.acquire()->begin();
}
} // namespace replaced

// --- whoever has the lease waits

namespace waiting {
struct Public {
  std::thread thread;
  void start() { thread = std::thread([this] { work(); }); }
};
KeepPool<Public> good_public, good_list, good_guarded, good_lent, good_by_member;

struct Several {
  std::vector<std::thread> threads;
  void start() { threads.emplace_back(work); }
};
KeepPool<Several> good_several;

struct Answering {
  std::future<int> answer;
  void start() { answer = std::async([] { return 1; }); }
};
KeepPool<Answering> good_answering;

// What a base starts and stops.
struct Worker {
  std::thread thread;
  void start() { thread = std::thread(work); }
  void stop() { thread.join(); }
};
struct Named : Worker {
  std::string name;
};
KeepPool<Named> good_named;

struct Joiner {
  Public &of;
  ~Joiner() { of.thread.join(); }
};
void finish(Public *p) { p->thread.join(); }
void lend(Public &p) { p.start(); }

// Started in one method, waited for in another.
class Server {
public:
  void open() {
    current_ = good_by_member.acquire();
    current_->start();
  }
  void close() {
    current_->thread.join();
    good_by_member.release(current_);
  }

private:
  Public *current_ = nullptr;
};

void use() {
  Public *one = good_public.acquire();
  one->start();
  one->thread.join();
  good_public.release(one);

  Several *several = good_several.acquire();
  several->start();
  for (auto &thread : several->threads)
    thread.join();
  several->threads.clear();
  good_several.release(several);

  Answering *asked = good_answering.acquire();
  asked->start();
  asked->answer.get();
  good_answering.release(asked);

  Named *named = good_named.acquire();
  named->start();
  named->stop();
  good_named.release(named);
}

void use_guard() {
  Public *two = good_guarded.acquire();
  {
    Joiner joiner{*two};
    two->start();
  }
  good_guarded.release(two);
}

void use_helper() {
  Public *three = good_list.acquire();
  three->start();
  finish(three);
  good_list.release(three);
}

void use_lent() {
  Public *four = good_lent.acquire();
  lend(*four);
  four->thread.join();
  good_lent.release(four);
}

// Another's thread is joined, and another part.
struct Left {
  std::thread reader, writer;
  void start() {
    reader = std::thread([this] { work(); });
    writer = std::thread([this] { work(); }); // note: "started by 'thread' here"
  }
};
KeepPool<Left> bad_left; // expect: pool-running-worker "'Left' is pooled, but neither its reset nor the put stops what 'start' starts"
void use_left(std::thread &other) {
  Left *left = bad_left.acquire();
  left->start();
  left->reader.join();
  other.join();
  bad_left.release(left);
}

// Nobody who lends it waits.
struct Forgotten {
  std::thread thread;
  void start() { thread = std::thread([this] { work(); }); }
};
KeepPool<Forgotten> bad_forgotten; // expect: pool-running-worker "'Forgotten' is pooled, but neither its reset nor the put stops what 'start' starts"
void lend(Forgotten &f) { f.start(); }
void use_forgotten() {
  Forgotten *one = bad_forgotten.acquire();
  lend(*one);
  bad_forgotten.release(one);
}
} // namespace waiting

// --- who gets the thread waits for it

namespace given {
struct Spawner {
  std::string name;
  std::thread start() {
    return std::thread([this] { name += "x"; });
  }
  std::thread named() {
    std::thread made([this] { name += "x"; });
    work();
    return made;
  }
  std::unique_ptr<std::thread> owned() {
    return std::make_unique<std::thread>([this] { name += "x"; });
  }
  void into(std::thread &out) {
    out = std::thread([this] { name += "x"; });
  }
};
KeepPool<Spawner> good_spawners;

// Something else is returned.
struct Counter {
  std::string name;
  int start() {
    std::thread([this] { name += "x"; }).detach(); // note: "started by 'thread' here"
    return 1;
  }
};
KeepPool<Counter> bad_counters; // expect: pool-running-worker "'Counter' is pooled, but neither its reset nor the put stops what 'start' starts"

void use() {
  Spawner *one = good_spawners.acquire();
  std::thread thread = one->start();
  thread.join();
  one->named().join();
  one->owned()->join();
  one->into(thread);
  thread.join();
  good_spawners.release(one);
  bad_counters.acquire()->start();
}
} // namespace given
