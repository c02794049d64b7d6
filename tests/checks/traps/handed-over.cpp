// RUN: %check %s
// Somebody else puts it: queues, lists, members, callbacks, results.

#include "leases.h"
#include <deque>
#include <functional>
#include <list>
#include <map>

struct Channel {
  void write_sdu(int lcid, Buffer *pdu);
  void write_later(int lcid, Buffer *pdu, void (*done)(void *));
};
struct Queue {
  void push(Buffer *b) { items_.push_back(b); }
  bool try_push(Buffer *b) {
    if (items_.size() > 8)
      return false;
    items_.push_back(b);
    return true;
  }
  std::deque<Buffer *> items_;
};
struct Iterator {
  void RegisterCleanup(void (*f)(void *, void *), void *a, void *b);
};
void helper_submit(int helper, void (*done)(void *), void *data);
void free_later(void *pool, void *buffer);
void on_done(void *buffer);
using Task = std::function<void(BufferPool &)>;

void good_to_unknown_method(BufferPool &pool, Channel &rrc) {
  Buffer *pdu = pool.acquire();
  pdu->append("x");
  rrc.write_sdu(3, pdu);
}

void good_to_known_queue(BufferPool &pool, Queue &queue) {
  Buffer *b = pool.acquire();
  b->append("x");
  queue.push(b);
}

void good_refused_by_queue(BufferPool &pool, Queue &queue) {
  Buffer *b = pool.acquire();
  if (!queue.try_push(b))
    pool.release(b);
}

void good_cleanup_registered(BufferPool &pool, Iterator &it) {
  Buffer *b = pool.acquire();
  it.RegisterCleanup(&free_later, &pool, b);
}

void good_callback_data(BufferPool &pool) {
  Buffer *b = pool.acquire();
  b->append("x");
  helper_submit(1, on_done, b);
}

Buffer *good_message_made(BufferPool &pool, const char *text) {
  Buffer *msg = pool.acquire();
  msg->append(text);
  return msg;
}

Buffer *good_message_or_null(BufferPool &pool, const char *text) {
  if (!text)
    return nullptr;
  Buffer *msg = pool.acquire();
  msg->append(text);
  return msg;
}

void good_into_list(BufferPool &pool, std::list<Buffer *> &waiting) {
  waiting.push_front(pool.acquire());
}

void good_into_map(BufferPool &pool, std::map<int, Buffer *> &by_id, int id) {
  auto [it, fresh] = by_id.try_emplace(id, nullptr);
  if (fresh)
    it->second = pool.acquire();
}

void good_into_intrusive_list(BufferPool &pool, Buffer *&head) {
  Buffer *b = pool.acquire();
  b->next = head;
  head = b;
}

struct Owner {
  explicit Owner(BufferPool &pool) : pool_(pool), buffer_(pool.acquire()) {}
  Owner(const Owner &) = delete;
  Owner &operator=(const Owner &) = delete;
  void good_refill() {
    if (!buffer_)
      buffer_ = pool_.acquire();
    buffer_->append("x");
  }
  BufferPool &pool_;
  Buffer *buffer_;
};

struct Parser {
  Parser(BufferPool &pool, Buffer *b);
};

Parser *good_to_constructor(BufferPool &pool) {
  Buffer *b = pool.acquire();
  return new Parser(pool, b);
}

void good_released_to_c(BufferPool &pool) {
  BufferPtr b = make_buffer(pool);
  b->append("x");
  helper_submit(1, on_done, b.release());
}

Task good_task(BufferPool &pool) {
  Buffer *b = pool.acquire();
  return [b](BufferPool &to) { to.release(b); };
}

struct Message {
  Buffer *head;
  Buffer *body;
};

Message good_returned_in_aggregate(BufferPool &pool) {
  return {pool.acquire(), pool.acquire()};
}

bool good_optional_result(BufferPool &pool, Message *out) {
  Buffer *b = pool.acquire();
  if (!out) {
    pool.release(b);
    return false;
  }
  out->head = b;
  out->body = nullptr;
  return true;
}

// --- handed over on some paths only, or put by both

void bad_written_sometimes(BufferPool &pool, Channel &rrc, bool up) {
  Buffer *pdu = pool.acquire(); // expect: pool-resource-leak "'pdu' is never put back"
  pdu->append("x");
  if (up)
    rrc.write_sdu(3, pdu);
}

void bad_refused_by_queue(BufferPool &pool, Queue &queue) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
  queue.try_push(b);
}

void bad_message_dropped(BufferPool &pool) {
  Buffer *msg = good_message_made(pool, "x"); // expect: pool-resource-leak "'msg' is never put back"
  consume(*msg);
}

void bad_released_and_dropped(BufferPool &pool) {
  BufferPtr b = make_buffer(pool); // expect: pool-resource-leak "'b' is never put back"
  b.release();
}

void bad_put_twice_by_helper(BufferPool &pool, Buffer *given) {
  auto give_up = [&pool](Buffer *b) { pool.release(b); };
  Buffer *b = given ? given : pool.acquire();
  give_up(b);      // note: "first put back here"
  pool.release(b); // expect: pool-double-put "'b' is put back twice"
}
