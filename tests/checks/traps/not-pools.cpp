// RUN: %check %s --confidence possible
// Classes named or shaped like pools that are none.

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

class ThreadPool {
public:
  void acquire(std::function<void()> task);
  void release();
};

class StringPool {
public:
  const char *get(const std::string &s);
  void release(const char *s);
};

class EntropyPool {
public:
  int get();
  void put(int bits);
};

class Semaphore {
public:
  void acquire();
  void release();
};

struct Page {
  int pins = 0;
  int id = 0;
};
class PageCache {
public:
  Page *fetch(int id); // pins it
  void release(Page *p);
};

// Work to do comes out of it, and goes in.
struct Task {
  int id = 0;
};
class TaskPool {
public:
  void push(Task *t);
  Task *pop();
};

// Its jobs are lent.
struct Job {
  int id = 0;
  void reset();
};
class JobPool {
public:
  Job *acquire();
  void release(Job *j);
};

struct Entity {
  int id = 0;
};
class EntityList {
public:
  Entity *get(int i);
  void release(Entity *e);
};

void good_thread_pool(ThreadPool &pool) {
  pool.acquire([] {});
  pool.release();
  pool.release();
}

void good_string_pool(StringPool &pool) {
  const char *a = pool.get("a");
  const char *b = pool.get("a");
  pool.release(a);
  pool.release(b);
}

void good_entropy_pool(EntropyPool &pool) {
  int bits = pool.get();
  pool.put(bits);
  pool.put(bits);
}

void good_semaphore(Semaphore &s) {
  s.acquire();
  s.acquire();
  s.release();
  s.release();
}

void good_page_cache(PageCache &cache) {
  Page *p = cache.fetch(1);
  Page *again = cache.fetch(1);
  cache.release(p);
  again->id = 2;
  cache.release(again);
}

int good_list(EntityList &list) {
  Entity *e = list.get(0);
  e->id = 3;
  return e->id;
}

int good_mutex(std::mutex &m, std::map<int, std::unique_ptr<int>> &all) {
  m.lock();
  int *p = all[1].release();
  m.unlock();
  delete p;
  return 0;
}

int good_tasks(TaskPool &pool, Task *first) {
  pool.push(first);
  Task *t = pool.pop();
  return t ? t->id : 0;
}

void bad_jobs(JobPool &pool) {
  Job *j = pool.acquire();
  pool.release(j);
  pool.release(j); // expect: pool-double-put "'j' is put back twice"
}
