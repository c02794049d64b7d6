//===- object_typestate.cpp - what clang warns of ----------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "pool_tidy/local_pool.h"
#include "pool_tidy/object_pool.h"
#include <string>

using pool_tidy::lease;
using Pool = pool_tidy::object_pool<std::string>;

void take(lease<std::string>);

std::size_t after_put(Pool &pool) {
  auto text = pool.get();
  text.put();
  return text->size(); // expected-warning {{invalid invocation of method 'operator->' on object 'text' while it is in the 'consumed' state}}
}

void twice(Pool &pool) {
  auto text = pool.get();
  text.put();
  text.put(); // expected-warning {{invalid invocation of method 'put' on object 'text' while it is in the 'consumed' state}}
}

void after_discard(Pool &pool) {
  auto text = pool.get();
  text.discard();
  (*text).clear(); // expected-warning {{invalid invocation of method 'operator*'}}
}

std::size_t after_move(Pool &pool) {
  auto text = pool.get();
  take(std::move(text));
  return text->size(); // expected-warning {{invalid invocation of method 'operator->'}}
}

std::size_t none() {
  lease<std::string> text;
  return text->size(); // expected-warning {{invalid invocation of method 'operator->'}}
}

std::string &dangling_reference(Pool &pool) {
  auto text = pool.get();
  return *text; // expected-warning {{reference to stack memory associated with local variable 'text' returned}}
}

std::string *dangling_pointer(Pool &pool) {
  auto text = pool.get();
  return text.get(); // expected-warning {{address of stack memory associated with local variable 'text' returned}}
}

lease<std::string> of_a_dead_pool() {
  Pool pool;
  return pool.get(); // expected-warning {{address of stack memory associated with local variable 'pool' returned}}
}

// Nothing is wrong with these.

std::size_t checked(Pool &pool) {
  auto text = pool.try_get();
  if (!text)
    return 0;
  return text->size();
}

std::size_t given(lease<std::string> &text) { return text->size(); }

void again(Pool &pool) {
  lease<std::string> text;
  for (int i = 0; i < 3; ++i) {
    text = pool.get();
    text->push_back('x');
    text.put();
  }
}

lease<std::string> handed_on(Pool &pool) {
  auto text = pool.get();
  text->push_back('x');
  return text;
}

// These are wrong, and clang says nothing: it follows the lease's name, within
// one function. tests/checks/reference-pool has them with pool-tidy's words.

std::size_t by_another_name(Pool &pool) {
  auto text = pool.get();
  std::string &same = *text;
  text.put();
  return same.size();
}

void put(lease<std::string> &text) { text.put(); }
std::size_t put_by_a_function(Pool &pool) {
  auto text = pool.get();
  put(text);
  return text->size();
}

struct Keeper {
  std::string *latest = nullptr;
  void keep(Pool &pool) {
    auto text = pool.get();
    latest = text.get();
  }
};

void raw_twice(Pool &pool) {
  std::string *text = pool_tidy::raw::acquire(pool);
  pool_tidy::raw::give_back(pool, text);
  pool_tidy::raw::give_back(pool, text);
}

void released_and_lost(Pool &pool) {
  auto text = pool.get();
  std::string *mine = text.release();
  mine->clear();
}

// ---- and of the pool of one thread ----------------------------------------------

using Local = pool_tidy::local_pool<std::string>;

std::size_t local_after_put(Local &pool) {
  auto text = pool.get();
  text.put();
  return text->size(); // expected-warning {{invalid invocation of method 'operator->' on object 'text' while it is in the 'consumed' state}}
}

std::string *local_dangling(Local &pool) {
  auto text = pool.get();
  return text.get(); // expected-warning {{address of stack memory associated with local variable 'text' returned}}
}

std::size_t local_in_use(Local &pool) {
  auto text = pool.get();
  return text->size();
}
