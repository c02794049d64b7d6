// RUN: %clangxx -std=c++20 -Wall -Werror -fsyntax-only %s -Wno-unused
// The functions that the built-in model std names, called with the arguments
// where the model says they are. A name or a place that is wrong does not
// compile.
#include <barrier>
#include <cassert>
#include <condition_variable>
#include <csetjmp>
#include <cstdlib>
#include <cstring>
#include <cwchar>
#include <exception>
#include <fstream>
#include <future>
#include <latch>
#include <pthread.h>
#include <semaphore.h>
#include <semaphore>
#include <stop_token>
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
  &pthread_cond_timedwait;
  &pthread_timedjoin_np;
  pthread_setspecific(0, nullptr);
  tss_set(0, nullptr);
  &sem_timedwait;
  &thrd_sleep;
  &system;
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

void block(std::condition_variable &C, std::condition_variable_any &A,
           std::unique_lock<std::mutex> &L, std::future<int> &F,
           std::counting_semaphore<> &S, std::chrono::seconds For,
           std::chrono::steady_clock::time_point Until) {
  C.wait_for(L, For);        // std::condition_variable::wait_for
  C.wait_until(L, Until);    // std::condition_variable::wait_until
  A.wait_for(L, For);        // std::condition_variable_any::wait_for
  A.wait_until(L, Until);    // std::condition_variable_any::wait_until
  &std::__basic_future<int>::wait_for<long, std::ratio<1>>;
  F.wait_for(For);           // std::__basic_future::wait_for
  F.wait_until(Until);       // std::__basic_future::wait_until
  S.try_acquire_for(For);    // std::counting_semaphore::try_acquire_for
  S.try_acquire_until(Until); // std::counting_semaphore::try_acquire_until
  std::this_thread::sleep_for(For);     // std::this_thread::sleep_for
  std::this_thread::sleep_until(Until); // std::this_thread::sleep_until
}

void close(std::basic_filebuf<char> &B, std::basic_fstream<char> &F,
           std::basic_ifstream<char> &I, std::basic_ofstream<char> &O) {
  B.close(); // std::basic_filebuf::close
  F.close(); // std::basic_fstream::close
  I.close(); // std::basic_ifstream::close
  O.close(); // std::basic_ofstream::close
}

// std::stop_callback::~stop_callback
void unregister(std::stop_token T) {
  std::stop_callback Callback(T, [] {});
}

void close_at_the_end() {
  std::filebuf B;  // std::basic_filebuf::~basic_filebuf
  std::fstream F;  // std::basic_fstream::~basic_fstream
  std::ifstream I; // std::basic_ifstream::~basic_ifstream
  std::ofstream O; // std::basic_ofstream::~basic_ofstream
}

void look(char *T, void *P, wchar_t *W) {
  strchr(T, 'x');
  strrchr(T, 'x');
  strstr(T, "x");
  strpbrk(T, "x");
  memchr(P, 0, 1);
  strchrnul(T, 'x');
  strcasestr(T, "x");
  memrchr(P, 0, 1);
  rawmemchr(P, 0);
  memmem(P, 1, P, 1);
  strtok(T, "x");
  strtok_r(T, "x", &T);
  wcschr(W, L'x');
  wcsrchr(W, L'x');
  wcsstr(W, L"x");
  wcspbrk(W, L"x");
  wmemchr(W, L'x', 1);
  bsearch(P, P, 1, 1, [](const void *, const void *) { return 0; });
}
