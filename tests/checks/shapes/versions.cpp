// RUN: %check %s
// Classes that are named like a pool of a later version are pools.

#include <vector>

struct Job {
  std::vector<int> steps;
  void reset();
};

#define LIKE_A_POOL                                                            \
public:                                                                        \
  Job *acquire();                                                              \
  void release(Job *job)

class Pool2 {
  LIKE_A_POOL;
};
class JobPoolV2 {
  LIKE_A_POOL;
};
class Job_Pool_v3 {
  LIKE_A_POOL;
};
class JobPool_2_1 {
  LIKE_A_POOL;
};
class ThreadPool2 { // others by their first word are others in any version
  LIKE_A_POOL;
};
class Spool2 {
  LIKE_A_POOL;
};

template <typename P> void twice(P &pool) {
  Job *job = pool.acquire();
  job->reset();
  pool.release(job);
  pool.release(job); // expect: pool-double-put "'job' is put back twice"
}
void bad_2(Pool2 &pool) { twice(pool); }
void bad_v2(JobPoolV2 &pool) {
  Job *job = pool.acquire(); // expect: pool-resource-leak "'job' is never put back"
  job->reset();
}
void bad_v3(Job_Pool_v3 &pool) {
  Job *job = pool.acquire(); // expect: pool-resource-leak "'job' is never put back"
  job->reset();
}
void bad_2_1(JobPool_2_1 &pool) {
  Job *job = pool.acquire(); // expect: pool-resource-leak "'job' is never put back"
  job->reset();
}
void good_v2(JobPoolV2 &pool) {
  Job *job = pool.acquire();
  job->reset();
  pool.release(job);
}
void good_threads(ThreadPool2 &pool) {
  Job *job = pool.acquire();
  job->reset();
}
void good_spool(Spool2 &pool) {
  Job *job = pool.acquire();
  job->reset();
}
