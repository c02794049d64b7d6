// RUN: %check %s -- -I%root/tests/reference_pool/include
// Who makes objects as good as new: the policy, when it is one that does.

#include <pool_tidy/object_pool.h>
#include <pool_tidy/resource_pool.h>
#include <string>

namespace raw = pool_tidy::raw;
using pool_tidy::verdict;

struct Message {
  std::string text;
  int urgency = 0;
  void clear() {
    text.clear();
    urgency = 0;
  }
};
void send(const Message &);

// ---- pool-put-without-reset ---------------------------------------------------------

using Left = pool_tidy::object_pool<Message, pool_tidy::no_reset>;
using Cleared = pool_tidy::object_pool<Message>;

void bad_lease(Left &pool) {
  auto message = pool.get(); // expect: pool-put-without-reset "'message' is put back without a reset since it was changed"
  message->text = "hello"; // note: "changed here"
  send(*message);
} // note: "put back here, at the end of its scope"

void bad_put(Left &pool) {
  auto message = pool.get();
  message->text = "hello";
  send(*message);
  message.put(); // expect: pool-put-without-reset "'message' is put back without a reset"
}

void bad_raw(Left &pool) {
  Message *message = raw::acquire(pool);
  message->text = "hello";
  send(*message);
  raw::give_back(pool, message); // expect: pool-put-without-reset "'message' is put back without a reset"
}

static pool_tidy::lease<Message> greeting(Left &pool) {
  auto message = pool.get();
  return message;
}
void bad_from_a_function(Left &pool) {
  auto message = greeting(pool); // expect: pool-put-without-reset "'message' is put back without a reset"
  message->text = "hello";
  send(*message);
}

void bad_half(Left &pool) {
  auto message = pool.get(); // expect: pool-put-without-reset "'message' is put back without a reset since 'urgency' was changed"
  message->text = "hello";
  message->urgency = 1;
  send(*message);
  message->text.clear();
}

void good_policy(Cleared &pool) {
  auto message = pool.get();
  message->text = "hello";
  send(*message);
}

void good_policy_for_raw_ones(Cleared &pool) {
  Message *message = raw::acquire(pool);
  message->text = "hello";
  send(*message);
  raw::give_back(pool, message);
}

void good_by_hand(Left &pool) {
  auto message = pool.get();
  message->text = "hello";
  send(*message);
  message->clear();
}

// Whoever resets first need not reset last.
void good_by_hand_at_first(Left &pool) {
  auto message = pool.get();
  message->clear();
  message->text = "hello";
  send(*message);
}

void good_made_anew(Left &pool) {
  auto message = pool.get();
  *message = Message{"hello", 1};
  send(*message);
}

void good_unchanged(Left &pool) {
  auto message = pool.get();
  send(*message);
}

// Nothing of it is named like a reset: whoever fills it fills all of it.
struct Block {
  char bytes[512];
};
void good_block(pool_tidy::object_pool<Block, pool_tidy::no_reset> &pool, int (*read)(char *)) {
  auto block = pool.get();
  read(block->bytes);
  block->bytes[0] = 0;
}

void good_wiped(pool_tidy::object_pool<Block, pool_tidy::zero_on_put> &pool) {
  auto block = pool.get();
  block->bytes[0] = 1;
}

// A policy of one's own: one that resets, one that only looks away.
struct Clears {
  verdict reset(Message &message) const noexcept {
    message.clear();
    return verdict::keep;
  }
};
struct LooksAway : pool_tidy::no_reset {
  Message make() const { return {"", 0}; }
};
struct Measures {
  verdict reset(Message &message) const noexcept {
    return message.text.capacity() > 512 || message.urgency > 9 ? verdict::drop : verdict::keep;
  }
};
struct Hands {
  static void wipe(Message &message);
  verdict reset(Message &message) const noexcept {
    wipe(message);
    return verdict::keep;
  }
};
void good_policy_that_hands_on(pool_tidy::object_pool<Message, Hands> &pool) {
  auto message = pool.get();
  message->text = "hello";
}
void bad_policy_that_measures(pool_tidy::object_pool<Message, Measures> &pool) {
  auto message = pool.get(); // expect: pool-put-without-reset "'message' is put back without a reset"
  message->text = "hello";
  send(*message);
}
void good_own_policy(pool_tidy::object_pool<Message, Clears> &pool) {
  auto message = pool.get();
  message->text = "hello";
}
void bad_own_policy(pool_tidy::object_pool<Message, LooksAway> &pool) {
  auto message = pool.get(); // expect: pool-put-without-reset "'message' is put back without a reset"
  message->text = "hello";
  send(*message);
}

// A connection keeps what it is.
struct Connection {
  int rows = 0;
  void reset();
};
struct Connections {
  Connection create() { return {}; }
};
void good_connection(pool_tidy::resource_pool<Connection, Connections> &pool) {
  auto connection = pool.acquire();
  connection->rows = 7;
}

// ---- pool-dirty-acquire: needs a pool whose users reset after the acquire; with
// ---- these pools objects are as good as new, or nobody promises anything.

std::size_t good_read_first(Cleared &pool) {
  auto message = pool.get();
  return message->text.size();
}

// ---- pool-incomplete-reset ------------------------------------------------------------

struct Request {
  std::string path;
  int user = 0; // note: "'user' is left"
  void reset() { path.clear(); } // expect: pool-incomplete-reset "'Request::reset' leaves members of the pooled 'Request' as they were"
};
void serve(pool_tidy::object_pool<Request> &pool) {
  auto request = pool.get();
  request->path = "/";
  request->user = 7;
}

struct Reply {
  std::string body;
  int code = 0; // note: "'code' is left"
};
struct Replies {
  Reply make() const {
    Reply reply;
    reply.body.reserve(512);
    return reply;
  }
  verdict reset(Reply &reply) const noexcept { // expect: pool-incomplete-reset "'Replies::reset' leaves members of the pooled 'Reply' as they were"
    reply.body.clear();
    return verdict::keep;
  }
};
void answer(pool_tidy::object_pool<Reply, Replies> &pool) {
  auto reply = pool.get();
  reply->body = "no";
  reply->code = 404;
}

// What only the factory gives is no user's.
struct Encoder {
  std::string out;
  int level = 0;
};
struct Encoders {
  int level = 6;
  Encoder make() const {
    Encoder encoder;
    encoder.level = level;
    return encoder;
  }
  verdict reset(Encoder &encoder) const noexcept {
    if (encoder.out.capacity() > 4096)
      return verdict::drop;
    encoder.out.clear();
    return verdict::keep;
  }
};
void encode(pool_tidy::object_pool<Encoder, Encoders> &pool) {
  auto encoder = pool.get();
  encoder->out = "x";
}

// ---- pool-incomplete-reset, of one type in pools with different policies ----------

struct Page {
  std::string out, dictionary;
};
struct AllOfIt {
  verdict reset(Page &page) const noexcept {
    page.out.clear();
    page.dictionary.clear();
    return verdict::keep;
  }
};
struct HalfOfIt {
  verdict reset(Page &page) const noexcept { // expect: pool-incomplete-reset "'HalfOfIt::reset' leaves members of the pooled 'Page' as they were"
    page.out.clear();
    return verdict::keep;
  }
};
struct NoneOfIt {
  verdict reset(Page &) const noexcept { return verdict::keep; }
};
// Calls what it builds on: one pool, one reset.
struct RestOfIt : HalfOfIt {
  verdict reset(Page &page) const noexcept {
    page.dictionary.clear();
    return HalfOfIt::reset(page);
  }
};

static void write(Page &page) {
  page.out = "a";
  page.dictionary = "x";
}
void good_all(pool_tidy::object_pool<Page, AllOfIt> &pool) {
  auto page = pool.get();
  write(*page);
}
void bad_half_of_it(pool_tidy::object_pool<Page, HalfOfIt> &pool) {
  auto page = pool.get();
  write(*page);
}
void good_none(pool_tidy::object_pool<Page, NoneOfIt> &pool) {
  auto page = pool.get();
  send({page->out});
}
void good_rest(pool_tidy::object_pool<Page, RestOfIt> &pool) {
  auto page = pool.get();
  write(*page);
}
