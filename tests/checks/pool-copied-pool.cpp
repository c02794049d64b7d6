// RUN: %check %s --checks=pool-copied-pool
// Pools that are passed, captured or initialised by copy.

#include "packet_pool.h"
#include "plain_pool.h"
#include <functional>
#include <thread>

// --- passed

void bad_parameter(PlainPool pool) { // expect: copied-pool "'pool' is passed by copy, so that two pools hold what is in 'free_'"
  pool.release(pool.acquire());
}

void good_reference(PlainPool &pool) { pool.release(pool.acquire()); }
void good_pointer(PlainPool *pool) { pool->release(pool->acquire()); }
void good_const_reference(const PlainPool &pool) { (void)pool.size(); }

void bad_called(PlainPool pool) { // expect: copied-pool "'pool' is passed by copy"
  pool.release(pool.acquire());
}
void caller(PlainPool &mine) {
  bad_called(mine); // note: "copied here"
  bad_called(mine);
}

void bad_declared(PlainPool pool); // expect: copied-pool "'pool' is passed by copy"
void caller_of_declared(PlainPool &mine) {
  bad_declared(mine); // note: "copied here"
}

// Nobody in this file copies into it.
void good_given_up(PlainPool pool) { pool.release(pool.acquire()); }
void caller_that_moves() {
  PlainPool mine;
  mine.prewarm(2);
  good_given_up(std::move(mine));
  good_given_up(PlainPool());
}

// A parameter that is moved on is the way to give a pool away.
class Server {
public:
  explicit Server(PlainPool pool) : pool_(std::move(pool)) {}
  void serve();

private:
  PlainPool pool_;
};

void good_moved_in() {
  PlainPool mine;
  Server server(std::move(mine));
  server.serve();
}

void bad_copied_in() {
  PlainPool mine;
  Server server(mine); // expect: copied-pool "the pool that is given for 'pool' is copied"
  server.serve();
  mine.release(mine.acquire());
}

void bad_unnamed(PlainPool) {} // expect: copied-pool "the pool is passed by copy"

template <typename Pool> void use_by_value(Pool pool) { // expect: copied-pool "'pool' is passed by copy"
  pool.release(pool.acquire());
}
void caller_of_template(PlainPool &plain, ListPool &list, SharedPool &shared) {
  use_by_value(plain);
  use_by_value(list);
  use_by_value(shared);
}

void good_lambda_parameter(PlainPool &mine) {
  auto use = [](PlainPool &pool) { pool.release(pool.acquire()); };
  use(mine);
}
void bad_lambda_parameter(PlainPool &mine) {
  auto use = [](PlainPool pool) { pool.release(pool.acquire()); }; // expect: copied-pool "'pool' is passed by copy"
  use(mine);
}

// --- captured

void bad_captured(PlainPool &pool) {
  auto later = [pool]() mutable { pool.release(pool.acquire()); }; // expect: copied-pool "'pool' is captured by copy"
  later();
}
void bad_captured_by_default(PlainPool &pool) {
  auto later = [=]() mutable { pool.release(pool.acquire()); }; // expect: copied-pool "'pool' is captured by copy"
  later();
}
void bad_captured_anew(PlainPool &pool) {
  auto later = [mine = pool]() mutable { mine.release(mine.acquire()); }; // expect: copied-pool "'mine' is a copy of 'pool'"
  later();
}
void good_captured_reference(PlainPool &pool) {
  auto later = [&pool] { pool.release(pool.acquire()); };
  later();
}
void good_captured_address(PlainPool &pool) {
  auto later = [p = &pool] { p->release(p->acquire()); };
  later();
}
void good_captured_moved(PlainPool pool) {
  auto later = [mine = std::move(pool)]() mutable { mine.release(mine.acquire()); };
  later();
}

void work_on(PlainPool &pool);
void look_at(const PlainPool &pool);
void bad_thread(PlainPool &pool) {
  std::thread worker(look_at, pool); // expect: copied-pool "'pool' is copied"
  worker.join();
}
void good_thread(PlainPool &pool) {
  std::thread worker(work_on, std::ref(pool));
  worker.join();
}
void bad_bound(PlainPool &pool) {
  auto bound = std::bind(work_on, pool); // expect: copied-pool "'pool' is copied"
  bound();
}

// --- initialised

void bad_variable(PlainPool &pool) {
  PlainPool mine = pool; // expect: copied-pool "'mine' is a copy of 'pool', so that two pools hold what is in 'free_'"
  mine.release(mine.acquire());
}
void bad_auto(PlainPool &pool) {
  auto mine = pool; // expect: copied-pool "'mine' is a copy of 'pool'"
  mine.release(mine.acquire());
}
void bad_braces(PlainPool &pool) {
  PlainPool mine{pool}; // expect: copied-pool "'mine' is a copy of 'pool'"
  mine.release(mine.acquire());
}
void bad_dereferenced(PlainPool *pool) {
  PlainPool mine(*pool); // expect: copied-pool "'mine' is a copy of the pool"
  mine.release(mine.acquire());
}
void bad_each(std::vector<PlainPool> &pools) {
  for (auto pool : pools) // expect: copied-pool "'pool' is a copy of"
    pool.release(pool.acquire());
}
void good_each(std::vector<PlainPool> &pools) {
  for (auto &pool : pools)
    pool.release(pool.acquire());
}
void good_named_again(PlainPool &pool) {
  auto &mine = pool;
  mine.release(mine.acquire());
}
void good_default() {
  PlainPool mine;
  mine.release(mine.acquire());
}
void good_elided() {
  PlainPool mine = PlainPool();
  mine.release(mine.acquire());
}

PlainPool the_pool;
PlainPool bad_global = the_pool; // expect: copied-pool "'bad_global' is a copy of 'the_pool'"

class Client {
public:
  explicit Client(PlainPool &pool) : pool_(pool) {} // expect: copied-pool "'pool' is copied"
  void serve() { pool_.release(pool_.acquire()); }

private:
  PlainPool pool_;
};
class GoodClient {
public:
  explicit GoodClient(PlainPool &pool) : pool_(pool) {}
  void serve() { pool_.release(pool_.acquire()); }

private:
  PlainPool &pool_;
};

void bad_new(PlainPool &pool) {
  auto mine = std::make_unique<PlainPool>(pool); // expect: copied-pool "'pool' is copied"
  std::unique_ptr<PlainPool> other(new PlainPool(pool)); // expect: copied-pool "'pool' is copied"
}
void bad_pushed(std::vector<PlainPool> &all, PlainPool &pool) {
  all.push_back(pool); // expect: copied-pool "'pool' is copied"
}
void good_pushed(std::vector<PlainPool> &all, PlainPool &pool) {
  all.push_back(std::move(pool));
  all.emplace_back();
}
void bad_assigned(PlainPool &a, PlainPool &b) {
  a = b; // expect: copied-pool "'b' is copied"
}
void good_assigned(PlainPool &a, PlainPool &b) {
  a = std::move(b);
  b = PlainPool();
}

// --- returned

PlainPool good_made(int n) {
  PlainPool pool;
  pool.prewarm(n);
  return pool;
}
ListPool good_made_without_move() {
  ListPool pool;
  return pool;
}
PlainPool good_made_at_once() { return PlainPool(); }
void good_from_factory() {
  PlainPool pool = good_made(4);
  auto other = good_made_at_once();
  pool.release(pool.acquire());
}

class Owner {
public:
  PlainPool bad_shown() const { return pool_; } // expect: copied-pool "'pool_' is copied"
  PlainPool &good_shown() { return pool_; }

private:
  PlainPool pool_;
};

// --- what a copy duplicates

void bad_slots(SlotPool &pool) {
  SlotPool mine = pool; // expect: copied-pool "hold what is in 'slots_'"
  (void)mine.acquire();
}
void bad_list(ListPool &pool) {
  ListPool mine = pool; // expect: copied-pool "hold what is in 'head_'"
  mine.release(mine.acquire());
}
// It has no move: what is spelled as one copies.
void bad_no_move(ListPool &pool) {
  ListPool mine = std::move(pool); // expect: copied-pool "hold what is in 'head_'"
  mine.release(mine.acquire());
}
void bad_far(FarPool &pool) {
  FarPool mine = pool; // expect: copied-pool "hold what is in 'free_'"
  mine.release(mine.acquire());
}
void bad_base(NamedPool &pool) {
  NamedPool mine = pool; // expect: copied-pool "hold what is in 'free_'"
  mine.release(mine.acquire());
}
void bad_template(TypedPool<Buffer> &pool) {
  TypedPool<Buffer> mine = pool; // expect: copied-pool "hold what is in 'free_'"
  mine.release(mine.acquire());
}
void bad_written(WrittenPool &pool) {
  WrittenPool mine = pool; // expect: copied-pool "hold what is in 'free_'"
  mine.release(mine.acquire());
}

void good_shared(SharedPool pool) {
  SharedPool mine = pool;
  mine.release(mine.acquire());
  std::thread worker([pool]() mutable { pool.release(pool.acquire()); });
  worker.join();
}
void good_borrowed(BorrowedPool pool) {
  BorrowedPool mine = pool;
  mine.release(mine.acquire());
}
void good_fresh(FreshPool pool) {
  FreshPool mine = pool;
  mine.release(mine.acquire());
}
// The pool is given on by reference.
struct Guard {
  explicit Guard(PlainPool &pool) : pool(pool), buffer(pool.acquire()) {}
  PlainPool &pool;
  Buffer *buffer;
};
void good_made_for_pool(PlainPool &pool, std::vector<Guard> &guards) {
  auto guard = std::make_unique<Guard>(pool);
  guards.emplace_back(pool);
}
// It cannot be copied, so it can only have been moved in.
class MovedPool {
public:
  MovedPool() = default;
  MovedPool(MovedPool &&) = default;
  Buffer *acquire();
  void release(Buffer *b);

private:
  std::vector<Buffer *> free_;
};
void good_moved_only(MovedPool pool) { pool.release(pool.acquire()); }
// Deleted copies cannot be made.
void good_deleted(BufferPool &pool) {
  BufferPool &same = pool;
  same.release(same.acquire());
}

// --- what copies share

// The store lies elsewhere, and is one for all copies.
class ViewPool {
public:
  explicit ViewPool(std::vector<Packet *> &store) : store_(&store) {}
  Packet *acquire() {
    if (store_->empty())
      return new Packet;
    Packet *p = store_->back();
    store_->pop_back();
    return p;
  }
  void release(Packet *p) { store_->push_back(p); }

private:
  std::vector<Packet *> *store_;
};
void good_view(ViewPool pool) { pool.release(pool.acquire()); }

// A head of a list is not: each copy moves its own.
struct Node {
  Node *next = nullptr;
  char bytes[64];
};
class HeadPool {
public:
  Packet *acquire() {
    Node *first = head_;
    head_ = first->next;
    return reinterpret_cast<Packet *>(first);
  }
  void release(Packet *p) {
    Node *first = reinterpret_cast<Node *>(p);
    first->next = head_;
    head_ = first;
  }

private:
  Node *head_ = nullptr;
};
void bad_head(HeadPool pool) { pool.release(pool.acquire()); } // expect: copied-pool "'pool' is passed by copy, so that two pools hold what is in 'head_'"

// --- into what the library holds

#include <any>
#include <map>
#include <optional>

void bad_into_optional(PlainPool &pool) {
  std::optional<PlainPool> mine = pool; // expect: copied-pool "'pool' is copied"
  mine = pool; // expect: copied-pool "'pool' is copied"
  std::any any = pool; // expect: copied-pool "'pool' is copied"
}
void bad_into_pair(PlainPool &pool) {
  std::pair<int, PlainPool> pair(1, pool); // expect: copied-pool "'pool' is copied"
  std::tuple<int, PlainPool> tuple(1, pool); // expect: copied-pool "'pool' is copied"
}
void bad_into_containers(PlainPool &pool, std::map<int, PlainPool> &by_number) {
  by_number.emplace(1, pool); // expect: copied-pool "'pool' is copied"
  by_number.try_emplace(2, pool); // expect: copied-pool "'pool' is copied"
  std::vector<PlainPool> four(4, pool); // expect: copied-pool "'pool' is copied"
  four.resize(8, pool); // expect: copied-pool "'pool' is copied"
}
void good_held(PlainPool &pool, std::map<int, PlainPool> &by_number) {
  std::pair<int, PlainPool &> by_reference(1, pool);
  std::optional<PlainPool *> pointer = &pool;
  std::vector<PlainPool> four(4);
  std::optional<PlainPool> mine;
  mine.emplace();
  mine = std::nullopt;
  by_number.try_emplace(1);
  std::vector<std::reference_wrapper<PlainPool>> all{pool};
  all.emplace_back(pool);
}

// --- in what is copied

struct Shard {
  int number = 0;
  PlainPool pool;
};
// Its copy is made as its author means it.
struct FreshShard {
  PlainPool pool;
  FreshShard() = default;
  FreshShard(const FreshShard &) {}
};
void bad_bound(std::map<int, PlainPool> &by_number, std::pair<int, PlainPool> &one,
               std::tuple<int, PlainPool> &other, Shard &shard) {
  for (auto [number, pool] : by_number) // expect: copied-pool "'pool' is a copy of a pool, so that two pools hold what is in 'free_'"
    pool.release(pool.acquire());
  for (const auto [number, pool] : by_number) // expect: copied-pool "'pool' is a copy of a pool"
    (void)pool.size();
  auto [first, second] = one; // expect: copied-pool "'second' is a copy of a pool"
  second.release(second.acquire());
  auto [a, b] = other; // expect: copied-pool "'b' is a copy of a pool"
  b.release(b.acquire());
  auto [number, mine] = shard; // expect: copied-pool "'mine' is a copy of a pool"
  mine.release(mine.acquire());
}
void bad_whole(std::map<int, PlainPool> &by_number, std::vector<Shard> &shards) {
  auto entry = *by_number.begin(); // expect: copied-pool "'entry' is a copy with a pool in it"
  entry.second.release(entry.second.acquire());
  for (auto shard : shards) // expect: copied-pool "'shard' is a copy with a pool in it"
    shard.pool.release(shard.pool.acquire());
}
std::pair<int, PlainPool> made();
void good_bound(std::map<int, PlainPool> &by_number, std::pair<int, PlainPool> &one,
                std::map<int, PlainPool *> &pointers,
                std::map<int, std::shared_ptr<PlainPool>> &owners) {
  for (auto &[number, pool] : by_number)
    pool.release(pool.acquire());
  for (const auto &[number, pool] : by_number)
    (void)pool.size();
  for (auto &&[number, pool] : by_number)
    pool.release(pool.acquire());
  for (auto [number, pool] : pointers)
    pool->release(pool->acquire());
  for (auto [number, pool] : owners)
    pool->release(pool->acquire());
  auto [first, second] = std::move(one);
  second.release(second.acquire());
  auto [a, b] = made();
  b.release(b.acquire());
}
void good_fresh(FreshShard &shard) {
  FreshShard mine = shard;
  mine.pool.release(mine.pool.acquire());
}
