// RUN: %check %s
// REQUIRES: poco
// The built-in model of POCO's pools against its real headers.

#include <Poco/MemoryPool.h>
#include <Poco/ObjectPool.h>
#include <string>

struct Job {
  int id = 0;
  std::string text;
  void clear() {
    id = 0;
    text.clear();
  }
};
using JobPool = Poco::ObjectPool<Job>;

void run(const Job &job);

void good_borrowed(JobPool &pool) {
  Job *job = pool.borrowObject();
  if (!job)
    return;
  job->text = "x";
  run(*job);
  job->clear();
  pool.returnObject(job);
}

void bad_borrowed_leak(JobPool &pool, bool dry) {
  Job *job = pool.borrowObject(100); // expect: pool-resource-leak "'job' is not put back on some path"
  if (!job)
    return;
  if (dry)
    return; // note: "returns here without putting it back"
  pool.returnObject(job);
}

void bad_returned_twice(JobPool &pool, bool failed) {
  Job *job = pool.borrowObject();
  if (!job)
    return;
  if (failed)
    pool.returnObject(job); // note: "first put back here"
  pool.returnObject(job);   // expect: pool-double-put "'job' is put back twice"
}

int bad_used_after_return(JobPool &pool) {
  Job *job = pool.borrowObject();
  if (!job)
    return 0;
  pool.returnObject(job); // note: "put back here"
  return job->id;         // expect: pool-use-after-put "'job' is used after it was put back"
}

void good_block(Poco::MemoryPool &pool) {
  char *p = static_cast<char *>(pool.get());
  p[0] = 'x';
  pool.release(p);
}

void bad_block_leak(Poco::MemoryPool &pool, bool dry) {
  void *p = pool.get(); // expect: pool-resource-leak "'p' is not put back on some path"
  if (dry)
    return; // note: "returns here without putting it back"
  pool.release(p);
}
