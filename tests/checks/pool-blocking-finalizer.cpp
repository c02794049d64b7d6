// RUN: %check %s --checks=pool-*-finalizer,pool-finalizer-object
// Destructors that may wait, in types that pools keep. Where there is one, it
// stands instead of pool-finalizer-object.

#include "finalizers.h"
#include <chrono>
#include <condition_variable>
#include <future>
#include <latch>
#include <mutex>
#include <optional>
#include <pthread.h>
#include <sys/socket.h>
#include <thread>

using namespace std::chrono_literals;

// --- threads

namespace threads {
class Worker {
public:
  void start() {
    thread_ = std::thread([] {});
  }
  ~Worker() { // note: "the destructor '~Worker' is here"
    if (thread_.joinable())
      thread_.join(); // note: "may wait here, in 'join'"
  }

private:
  std::thread thread_;
};
KeepPool<Worker> bad_workers; // expect: pool-blocking-finalizer "'Worker' is pooled, but its destructor may block in 'join', so that trimming stalls"

struct Joining {
  std::jthread thread; // note: "may wait here, in '~jthread'"
};
KeepPool<Joining> bad_joining; // expect: pool-blocking-finalizer "'Joining' is pooled, but its destructor may block in '~jthread'"

struct Several {
  std::vector<std::jthread> threads;
};
KeepPool<Several> bad_several; // expect: pool-blocking-finalizer "'Several' is pooled, but its destructor may block in '~jthread'"

struct InC {
  pthread_t thread;
  bool running = false;
  ~InC() {
    if (running)
      pthread_join(thread, nullptr); // note: "may wait here, in 'pthread_join'"
  }
};
KeepPool<InC> bad_in_c; // expect: pool-blocking-finalizer "'InC' is pooled, but its destructor may block in 'pthread_join'"

// Not waited for.
struct Detached {
  std::thread thread;
  ~Detached() {
    if (thread.joinable())
      thread.detach();
  }
};
KeepPool<Detached> good_detached;
} // namespace threads

// --- futures

namespace futures {
class Loader {
public:
  void load() {
    result_ = std::async([] { return 1; }); // note: "started by 'async' here"
  }

private:
  std::future<int> result_; // note: "may wait here, for 'result_'"
};
KeepPool<Loader> bad_loaders; // expect: pool-blocking-finalizer "'Loader' is pooled, but its destructor may wait for 'result_', so that trimming stalls"

struct Several {
  std::vector<std::future<void>> all;
  void load() {
    all.push_back(std::async(std::launch::async, [] {})); // note: "started by 'async' here"
  }
};
KeepPool<Several> bad_several; // expect: pool-blocking-finalizer "'Several' is pooled, but its destructor may wait for 'all', so that trimming stalls"

struct Maybe {
  std::optional<std::future<int>> one;
  void load() { one = std::async([] { return 1; }); }
};
KeepPool<Maybe> bad_maybe; // expect: pool-blocking-finalizer "'Maybe' is pooled, but its destructor may wait for 'one', so that trimming stalls"

struct SeveralPromised {
  std::vector<std::promise<int>> promises;
  std::vector<std::future<int>> all;
  void load() { all.push_back(promises.emplace_back().get_future()); }
};
KeepPool<SeveralPromised> good_several_promised;

// Only what std::async gives waits in its destructor.
class Promised {
public:
  void load() { result_ = promise_.get_future(); }

private:
  std::promise<int> promise_;
  std::future<int> result_;
};
KeepPool<Promised> good_promised;

struct Getting {
  std::future<int> result;
  int *sum = nullptr;
  ~Getting() {
    if (result.valid())
      *sum += result.get(); // note: "may wait here, in 'get'"
  }
};
KeepPool<Getting> bad_getting; // expect: pool-blocking-finalizer "'Getting' is pooled, but its destructor may block in 'get'"
} // namespace futures

// --- sleeping, the network, the disk

namespace outside {
struct Lingering {
  int fd = -1;
  ~Lingering() {
    std::this_thread::sleep_for(10ms); // note: "may wait here, in 'sleep_for'"
    ::close(fd); // note: "closes a descriptor here"
  }
};
KeepPool<Lingering> bad_lingering; // expect: pool-blocking-finalizer "'Lingering' is pooled, but its destructor may block in 'sleep_for', so that trimming stalls"

struct Polite {
  ScopedFd fd;
  ~Polite() { say("QUIT\r\n", 6); }
  void say(const char *text, std::size_t n) {
    ::send(fd.get(), text, n, 0); // note: "may wait here, in 'send'"
  }
};
KeepPool<Polite> bad_polite; // expect: pool-blocking-finalizer "'Polite' is pooled, but its destructor may block in 'send', so that trimming stalls"

struct Synced {
  int fd = -1;
  ~Synced() { ::fsync(fd); } // note: "may wait here, in 'fsync'"
};
KeepPool<Synced> bad_synced; // expect: pool-blocking-finalizer "'Synced' is pooled, but its destructor may block in 'fsync'"

struct Waited {
  std::shared_ptr<std::latch> ready;
  ~Waited() {
    if (ready)
      ready->wait(); // note: "may wait here, in 'wait'"
  }
};
KeepPool<Waited> bad_waited; // expect: pool-blocking-finalizer "'Waited' is pooled, but its destructor may block in 'wait'"

// A namesake of the system's sleep.
int wait(int);
struct Named {
  std::string name;
  ~Named() { wait(1); }
};
KeepPool<Named> good_named;
} // namespace outside

// --- deleters and members

namespace members {
struct Stop {
  void operator()(std::thread *t) const { // note: "the deleter is here"
    t->join(); // note: "may wait here, in 'join'"
    delete t;
  }
};
struct Timer {
  std::unique_ptr<std::thread, Stop> thread; // note: "its member 'thread' is here"
};
struct Job {
  std::string name;
  std::optional<Timer> timer; // note: "its member 'timer' is here"
};
KeepPool<Job> bad_jobs; // expect: pool-blocking-finalizer "'Job' is pooled, but its destructor may block in 'join'"

// A lambda or function as a pointer, and in a std::function.
void slow(int *fd) {
  fsync(*fd);
  delete fd;
}
void quick(int *fd) { delete fd; }
using ByPointer = std::unique_ptr<int, void (*)(int *)>;
using ByFunction = std::unique_ptr<int, std::function<void(int *)>>;
struct InPlace {
  ByPointer fd{new int, [](int *fd) {
                 fsync(*fd); // note: "may wait here, in 'fsync'"
                 delete fd;
               }};
};
struct Converted {
  ByPointer fd{nullptr, +[](int *fd) {
                 fsync(*fd);
                 delete fd;
               }};
};
struct Assigned {
  ByPointer fd{nullptr, nullptr};
  void open() {
    fd = ByPointer(new int, [](int *fd) {
      fsync(*fd);
      delete fd;
    });
  }
};
struct InFunction {
  ByFunction fd{new int, slow};
};
struct InFunctionLater {
  ByFunction fd;
  void open() {
    fd = {new int, [](int *fd) {
            fsync(*fd);
            delete fd;
          }};
  }
};
struct DeleterLater {
  ByFunction fd;
  void open() { fd.get_deleter() = slow; }
};
struct Quick {
  ByPointer one{new int, [](int *fd) { delete fd; }};
  ByFunction two{new int, quick};
  void open() { two.get_deleter() = quick; }
};
KeepPool<InPlace> bad_in_place; // expect: pool-blocking-finalizer "'InPlace' is pooled, but its destructor may block in 'fsync'"
KeepPool<Converted> bad_converted; // expect: pool-blocking-finalizer "'Converted' is pooled"
KeepPool<Assigned> bad_assigned; // expect: pool-blocking-finalizer "'Assigned' is pooled"
KeepPool<InFunction> bad_in_function; // expect: pool-blocking-finalizer "'InFunction' is pooled"
KeepPool<InFunctionLater> bad_in_function_later; // expect: pool-blocking-finalizer "'InFunctionLater' is pooled"
KeepPool<DeleterLater> bad_deleter_later; // expect: pool-blocking-finalizer "'DeleterLater' is pooled"
KeepPool<Quick> good_quick;
} // namespace members

// --- mutexes

namespace locks {
class Index {
public:
  void forget(int id) {
    std::lock_guard lock(mutex_);
    ids_.push_back(-id);
  }
  void add(int id) {
    std::lock_guard<std::mutex> lock(mutex_);
    ids_.push_back(id);
  }

private:
  std::mutex mutex_;
  std::vector<int> ids_;
};

// Nobody waits for anything while holding this one.
struct Quick {
  int id = 0;
  Index *index = nullptr;
  ~Quick() {
    if (index)
      index->forget(id); // note: "unregisters here, by 'forget'"
  }
};
KeepPool<Quick> bad_quick; // expect: pool-finalizer-object "'Quick' is pooled, but its destructor unregisters it"

class Journal {
public:
  void note(int id) {
    std::lock_guard lock(mutex_); // note: "may wait here, for 'mutex_'"
    ids_.push_back(id);
  }
  void flush() {
    std::lock_guard lock(mutex_);
    write(); // note: "held across 'write' here"
  }

private:
  void write() { ::fsync(fd_); }
  std::mutex mutex_;
  std::vector<int> ids_;
  int fd_ = -1;
};
struct Slow {
  int id = 0;
  Journal *journal = nullptr;
  ~Slow() {
    if (journal)
      journal->note(id);
  }
};
KeepPool<Slow> bad_slow; // expect: pool-blocking-finalizer "'Slow' is pooled, but its destructor may wait for 'mutex_', so that trimming stalls"

// Given back while it waits, or before.
class Queue {
public:
  void push(int id) {
    std::lock_guard lock(mutex_);
    ids_.push_back(id);
    some_.notify_one();
  }
  int pop() {
    std::unique_lock lock(mutex_);
    some_.wait(lock);
    int last = ids_.back();
    ids_.pop_back();
    lock.unlock();
    std::this_thread::sleep_for(1ms);
    return last;
  }
  void later() {
    {
      std::lock_guard lock(mutex_);
      ids_.clear();
    }
    std::this_thread::sleep_for(1ms);
  }

private:
  std::mutex mutex_;
  std::condition_variable some_;
  std::vector<int> ids_;
};
struct Queued {
  int id = 0;
  Queue *queue = nullptr;
  ~Queued() {
    if (queue)
      queue->push(id);
  }
};
KeepPool<Queued> good_queued;
} // namespace locks

// --- what the end of a lease does already

namespace resets {
class Worker {
public:
  void start() {
    thread_ = std::thread([] {});
  }
  void reset() { stop(); }
  ~Worker() { stop(); }

private:
  void stop() {
    if (thread_.joinable())
      thread_.join();
  }
  std::thread thread_;
};
KeepPool<Worker> good_workers;

struct Renewed {
  std::jthread thread;
  void reset() { thread = {}; }
};
KeepPool<Renewed> good_renewed;
} // namespace resets
