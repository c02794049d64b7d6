// RUN: %clangxx -std=c++20 -Wall -Werror -fsyntax-only %s
// REQUIRES: poco
// The functions that the built-in model poco names, called with the arguments
// where the model says they are. A name or a place that is wrong does not
// compile.
#include <Poco/AutoReleasePool.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Event.h>
#include <Poco/MemoryPool.h>
#include <Poco/MongoDB/PoolableConnectionFactory.h>
#include <Poco/ObjectPool.h>
#include <Poco/Redis/PoolableConnectionFactory.h>
#include <Poco/Runnable.h>
#include <Poco/Thread.h>
#include <Poco/ThreadPool.h>
#include <Poco/Timer.h>

void object(Poco::ObjectPool<int> &Pool) {
  int *P = Pool.borrowObject(0);
  Pool.returnObject(P);
}

void block(Poco::MemoryPool &Pool) {
  void *P = Pool.get();
  Pool.release(P);
}

void session(Poco::Data::SessionPool &Pool) {
  Poco::Data::Session S = Pool.get();
}

void thread(Poco::Thread &T, Poco::ThreadPool &Pool, Poco::Runnable &R,
            Poco::Event &E) {
  T.start(R);
  T.startFunc([] {});
  T.join();
  Pool.start(R);
  Pool.startWithPriority(Poco::Thread::PRIO_NORMAL, R);
  Pool.joinAll();
  E.wait();
}

using Redis = Poco::Redis::PooledConnection;
using MongoDB = Poco::MongoDB::PooledConnection;
using Release = Poco::AutoReleasePool<Poco::Runnable>;

void block(Poco::Thread &T, Poco::Event &E) {
  Poco::Thread::sleep(1);
  T.tryJoin(1);
  E.tryWait(1);
}

void timer(Poco::Timer &T, const Poco::AbstractTimerCallback &Callback) {
  T.start(Callback);
  T.stop();
}
