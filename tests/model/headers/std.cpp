// RUN: %clangxx -std=c++20 -Wall -Werror -fsyntax-only %s -Wno-unused
// The functions that the built-in model std names, called with the arguments
// where the model says they are. A name or a place that is wrong does not
// compile.
#include <barrier>
#include <cassert>
#include <condition_variable>
#include <csetjmp>
#include <cstdlib>
#include <exception>
#include <future>
#include <latch>
#include <pthread.h>
#include <semaphore.h>
#include <semaphore>
#include <thread>
#include <threads.h>
#include <unistd.h>

// Taking the address is enough where nothing is said of arguments.
auto *Exit = &exit;
auto *UnderscoreExit = &_exit;
auto *CapitalExit = &_Exit;
auto *QuickExit = &quick_exit;
auto *Aborts = &abort;
auto *Terminates = &std::terminate;
auto *Rethrows = &std::rethrow_exception;
auto *PthreadExit = &pthread_exit;
auto *ThrdExit = &thrd_exit;
auto *AssertFail = &__assert_fail;
auto *Longjmp = &longjmp;
auto *Siglongjmp = &siglongjmp;

void nested(const std::exception &E) { std::throw_with_nested(E); }

void start() {
  std::thread T([] {});  // std::thread::thread
  std::jthread J([] {}); // std::jthread::jthread, std::jthread::~jthread
  T.join();              // std::thread::join
  J.join();              // std::jthread::join
  std::future<int> F = std::async([] { return 1; }); // std::async
  F.wait(); // std::future::wait, std::__basic_future::wait
  F.get();  // std::future::get
  std::shared_future<int> S;
  S.wait(); // std::shared_future::wait
  S.get();  // std::shared_future::get
  &std::__basic_future<int>::wait;
  &pthread_create;
  &pthread_join;
  &pthread_cond_wait;
  &pthread_barrier_wait;
  &thrd_create;
  &thrd_join;
  &sem_wait;
}

void wait(std::condition_variable &C, std::condition_variable_any &A,
          std::unique_lock<std::mutex> &L, std::latch &Latch,
          std::barrier<> &Barrier, std::counting_semaphore<> &Semaphore) {
  C.wait(L);                      // std::condition_variable::wait
  A.wait(L);                      // std::condition_variable_any::wait
  Latch.wait();                   // std::latch::wait
  Latch.arrive_and_wait();        // std::latch::arrive_and_wait
  Barrier.arrive_and_wait();      // std::barrier::arrive_and_wait
  Barrier.wait(Barrier.arrive()); // std::barrier::wait
  Semaphore.acquire();            // std::counting_semaphore::acquire
}
