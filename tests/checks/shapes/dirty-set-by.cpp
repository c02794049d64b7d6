// RUN: %check %s --checks=pool-dirty-acquire
// What sets a member of a fresh lease, and what only asks for its storage.

#include <iostream>
#include <string>
#include <utility>

void print(int n);
void print(const std::string &s);

struct Reply {
  int id = 0;
  int hits = 0;
  std::string body;
  void reset() {
    id = hits = 0;
    body.clear();
  }
  void init(int i) {
    reset();
    id = i;
  }
};
class [[clang::annotate("pool::convention(\"caller-after-acquire\")")]] ReplyDesk {
public:
  [[clang::annotate("pool::acquire")]] Reply *take();
  [[clang::annotate("pool::put")]] void give(Reply *r);
};
std::istream &operator>>(std::istream &in, Reply &r) {
  return in >> r.id >> r.body;
}

void good_stream(ReplyDesk &desk, std::istream &in) {
  Reply *r = desk.take();
  in >> r->id;
  print(r->id);
  std::getline(in, r->body);
  print(r->body);
  desk.give(r);
}

void good_stream_string(ReplyDesk &desk, std::istream &in) {
  Reply *r = desk.take();
  in >> r->id >> r->body;
  print(r->body);
  desk.give(r);
}

void bad_stream_other(ReplyDesk &desk, std::istream &in) {
  Reply *r = desk.take();
  in >> r->id;
  print(r->hits); // expect: pool-dirty-acquire "its 'hits' is what the last user left"
  desk.give(r);
}

void good_own_operator(ReplyDesk &desk, std::istream &in) {
  Reply *r = desk.take();
  in >> *r;
  print(r->id);
  print(r->body);
  desk.give(r);
}

void good_swap(ReplyDesk &desk, std::string in) {
  Reply *r = desk.take();
  std::swap(r->body, in);
  print(r->body);
  desk.give(r);
}

void bad_swap_other(ReplyDesk &desk, std::string in) {
  Reply *r = desk.take();
  std::swap(r->body, in);
  print(r->hits); // expect: pool-dirty-acquire "its 'hits' is what the last user left"
  desk.give(r);
}

// How much it can hold is not what the last user left in it.
void good_capacity(ReplyDesk &desk) {
  Reply *r = desk.take();
  if (r->body.capacity() > 4096)
    r->body.shrink_to_fit();
  r->reset();
  desk.give(r);
}

void bad_size(ReplyDesk &desk) {
  Reply *r = desk.take();
  print(int(r->body.size())); // expect: pool-dirty-acquire "its 'body' is what the last user left"
  desk.give(r);
}

// That `init` would set it is no help where nobody calls it.
void bad_without_init(ReplyDesk &desk) {
  Reply *r = desk.take();
  print(++r->hits); // expect: pool-dirty-acquire "its 'hits' is what the last user left"
  desk.give(r);
}
