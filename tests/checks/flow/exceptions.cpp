// RUN: %check %s
// Known throws: here, in callees, into handlers, out of them.

#include "helpers.h"
#include "leases.h"
#include <new>

// --- out of the function

void bad_throw_between(BufferPool &pool, int n) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
  if (n < 0)
    throw n; // note: "an exception leaves here"
  pool.release(b);
}

void good_put_then_throw(BufferPool &pool, int n) {
  Buffer *b = pool.acquire();
  if (n < 0) {
    pool.release(b);
    throw n;
  }
  pool.release(b);
}

void bad_callee_two_levels_down(BufferPool &pool, const std::string &name) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
  check_name(name);           // note: "an exception leaves here"
  pool.release(b);
}

void good_lease_unwinds(BufferPool &pool, const std::string &name) {
  BufferLease lease(pool);
  check_name(name);
  consume(*lease);
}

void good_smart_pointer_unwinds(BufferPool &pool, int n) {
  CleanBufferPtr b = make_clean_buffer(pool);
  b->append("x");
  if (n < 0)
    throw n;
}

// The lease is put by its destructor on the way out too: still dirty there.
void bad_dirty_on_the_way_out(BufferPool &pool, int n) {
  BufferLease lease(pool); // expect: pool-put-without-reset "'lease' is put back without a reset"
  lease->append("x");      // note: "changed here"
  if (n < 0)
    throw n;
  lease->clear();
}

// --- into a handler

void good_handler_puts(BufferPool &pool, std::size_t n) {
  Buffer *b = pool.acquire();
  try {
    check_limit(n);
    pool.release(b);
  } catch (...) {
    pool.release(b);
  }
}

void good_put_after_the_handler(BufferPool &pool, std::size_t n) {
  Buffer *b = pool.acquire();
  try {
    check_limit(n);
  } catch (const std::exception &) {
    log_line("too long");
  }
  pool.release(b);
}

void bad_handler_returns(BufferPool &pool, std::size_t n) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
  try {
    check_limit(n);
  } catch (const std::exception &) {
    return; // note: "returns here without putting it back"
  }
  pool.release(b);
}

void bad_handler_throws_on(BufferPool &pool, std::size_t n) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
  try {
    check_limit(n);
  } catch (...) {
    log_line("too long");
    throw; // note: "an exception leaves here"
  }
  pool.release(b);
}

void good_handler_puts_and_throws_on(BufferPool &pool, std::size_t n) {
  Buffer *b = pool.acquire();
  try {
    check_limit(n);
  } catch (...) {
    pool.release(b);
    throw;
  }
  pool.release(b);
}

// `throw;` goes on with what the handler caught, past handlers for anything else.

struct Fatal {};
struct Worse : Fatal {};
struct Again {};
static void stop_or_again(int n) {
  if (n)
    throw Fatal{};
  throw Again{};
}

void good_thrown_on_past_another_handler(BufferPool &pool, int n) {
  Buffer *b = pool.acquire();
  try {
    try {
      stop_or_again(n);
    } catch (const Fatal &) {
      pool.release(b);
      throw;
    }
    pool.release(b);
  } catch (const Fatal &) {
    return;
  } catch (const Again &) {
    pool.release(b);
  }
}

void bad_thrown_on_to_the_same(BufferPool &pool, int n) {
  Buffer *b = pool.acquire();
  try {
    try {
      stop_or_again(n);
    } catch (const Fatal &) {
      pool.release(b); // note: "first put back here"
      throw;
    }
  } catch (const Again &) {
    pool.release(b);
  } catch (const Fatal &) {
    pool.release(b); // expect: pool-double-put "'b' is put back twice"
  }
}

// Something derived may have been caught, for which somebody further out waits.
void bad_thrown_on_as_derived(BufferPool &pool, int n) {
  Buffer *b = pool.acquire();
  try {
    try {
      stop_or_again(n);
    } catch (const Fatal &) {
      pool.release(b); // note: "first put back here"
      throw;
    }
  } catch (const Worse &) {
    pool.release(b); // expect: pool-double-put "'b' is put back twice"
  } catch (...) {
  }
}

void bad_anything_thrown_on(BufferPool &pool, int n) {
  Buffer *b = pool.acquire();
  try {
    try {
      stop_or_again(n);
    } catch (...) {
      pool.release(b); // note: "first put back here"
      throw;
    }
  } catch (const Again &) {
    pool.release(b); // expect: pool-double-put "'b' is put back twice"
  } catch (const Fatal &) {
  }
}

void good_handler_of_a_base(BufferPool &pool, int n) {
  Buffer *b = pool.acquire();
  try {
    if (n < 0)
      throw std::length_error("below zero");
    work();
  } catch (const std::logic_error &) {
    pool.release(b);
    return;
  } catch (...) {
    pool.release(b);
    throw;
  }
  pool.release(b);
}

void bad_handler_of_another_type(BufferPool &pool, int n) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
  try {
    if (n < 0)
      throw std::length_error("below zero");
  } catch (const std::bad_alloc &) {
    pool.release(b);
    return;
  }
  pool.release(b);
}

void bad_put_before_the_throw_and_after(BufferPool &pool, int n) {
  Buffer *b = pool.acquire();
  try {
    if (n < 0) {
      pool.release(b); // note: "first put back here"
      throw n;
    }
  } catch (int) {
    log_line("below zero");
  }
  pool.release(b); // expect: pool-double-put "'b' is put back twice"
}

void bad_used_in_handler(BufferPool &pool, std::size_t n) {
  Buffer *b = pool.acquire();
  pool.release(b); // note: "put back here"
  try {
    check_limit(n);
  } catch (const std::exception &) {
    consume(*b); // expect: pool-use-after-put "'b' is used after it was put back"
  }
}

void bad_not_reset_in_handler(BufferPool &pool, std::size_t n) {
  Buffer *b = pool.acquire();
  b->append("x"); // note: "changed here"
  try {
    check_limit(n);
    b->clear();
  } catch (const std::exception &) {
    log_line("too long");
  }
  pool.release(b); // expect: pool-put-without-reset "'b' is put back without a reset"
}

void good_nested_handlers(BufferPool &pool, std::size_t n) {
  Buffer *b = pool.acquire();
  try {
    try {
      check_limit(n);
    } catch (const std::bad_alloc &) {
      log_line("memory");
      throw;
    }
  } catch (...) {
    pool.release(b);
    throw;
  }
  pool.release(b);
}

// --- no way out

void good_noexcept_ends_the_program(BufferPool &pool, std::size_t n) noexcept {
  Buffer *b = pool.acquire();
  check_limit(n);
  pool.release(b);
}

int good_function_try_block(BufferPool &pool, std::size_t n) try {
  BufferLease lease(pool);
  check_limit(n);
  return static_cast<int>(lease->size());
} catch (const std::exception &) {
  return -1;
}

// An acquire that throws took nothing.
void good_acquire_in_try(BufferPool &pool) {
  Buffer *b = nullptr;
  try {
    b = pool.acquire();
  } catch (const std::bad_alloc &) {
    return;
  }
  pool.release(b);
}

// The put does not throw: the handler is not reached from it.
void good_put_last_in_try(BufferPool &pool, std::size_t n) {
  Buffer *b = pool.acquire();
  try {
    check_limit(n);
    b->clear();
    pool.release(b);
  } catch (...) {
    b->clear();
    pool.release(b);
    throw;
  }
}
