// REQUIRES: boost
// RUN: %check %s
// What is posted to Boost.Asio runs in whoever runs the context.

#include "../include/buffer_pool.h"
#include <boost/asio.hpp>

namespace asio = boost::asio;

void bad_post(BufferPool &pool) {
  asio::thread_pool threads(2);
  Buffer *b = pool.acquire();
  asio::post(threads, [b] { consume(*b); }); // note: "'threads' gets it here"
  pool.release(b); // expect: pool-shared-across-threads "'b' is put back while 'threads', which has it, may still run"
  threads.join();
}

void good_post_joined(BufferPool &pool) {
  asio::thread_pool threads(2);
  Buffer *b = pool.acquire();
  asio::post(threads, [b] { consume(*b); });
  threads.join();
  pool.release(b);
}

void good_pool_of_a_block(BufferPool &pool) {
  Buffer *b = pool.acquire();
  {
    asio::thread_pool threads(2);
    asio::post(threads, [b] { consume(*b); });
  }
  pool.release(b);
}

void bad_executor(BufferPool &pool, asio::thread_pool &threads) {
  Buffer *b = pool.acquire();
  asio::post(threads.get_executor(), [b] { consume(*b); });
  pool.release(b); // expect: pool-shared-across-threads "while 'threads', which has it, may still run"
}

void good_context_run_here(BufferPool &pool) {
  asio::io_context io;
  Buffer *b = pool.acquire();
  asio::post(io, [b] { consume(*b); });
  io.run();
  pool.release(b);
}

void good_put_by_the_task(BufferPool &pool, asio::io_context &io) {
  Buffer *b = pool.acquire();
  asio::post(io, [b, &pool] {
    consume(*b);
    b->clear();
    pool.release(b);
  });
}

// Nobody knows who runs a strand.
void good_strand(BufferPool &pool, asio::strand<asio::io_context::executor_type> s) {
  Buffer *b = pool.acquire();
  asio::post(s, [b] { consume(*b); });
  pool.release(b);
}
