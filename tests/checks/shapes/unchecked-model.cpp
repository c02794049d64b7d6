// RUN: %check %s --checks=pool-unchecked-acquire --models %S/../models/unchecked.yaml
// What a model says of failure: null, throws, blocks, false, an error code, 0, -1.

struct Job {
  int id;
  void run();
};
enum Status { STATUS_OK = 0, STATUS_BUSY = 5 };
Job *job_find();
Job *job_must();
Job *job_wait();
Job *job_new();
bool job_try(Job **out);
Status job_open(Job **out);
unsigned job_number();
int job_slot();
void job_done(Job *job);
void job_close(int id);
void needs_one(Job *job) __attribute__((nonnull(1)));
void takes_any(Job *job);
void log_status(Status status);
void needs_ok(Status status);

void bad_null() {
  Job *job = job_find();
  job->id = 1; // expect: unchecked-acquire "'job' is dereferenced"
  job_done(job);
}
void good_null() {
  Job *job = job_find();
  if (!job)
    return;
  job->id = 1;
  job_done(job);
}
void bad_nonnull() {
  Job *job = job_find();
  needs_one(job); // expect: unchecked-acquire "'job' is dereferenced"
  job_done(job);
}
void good_passed() {
  Job *job = job_find();
  takes_any(job);
  job_done(job);
}
void good_throws() {
  Job *job = job_must();
  job->run();
  job_done(job);
}
void good_blocks() {
  Job *job = job_wait();
  job->run();
  job_done(job);
}
void good_memory() { // possible only
  Job *job = job_new();
  job->run();
  job_done(job);
}

void bad_false() {
  Job *job;
  job_try(&job);
  job->run(); // expect: unchecked-acquire "'job' is dereferenced"
  job_done(job);
}
void good_false() {
  Job *job;
  if (job_try(&job)) {
    job->run();
    job_done(job);
  }
}

void bad_status() {
  Job *job = nullptr;
  Status status = job_open(&job);
  job->run(); // expect: unchecked-acquire "'job' is dereferenced"
  log_status(status);
  job_done(job);
}
void good_status_told() { // possible only: it may not come back
  Job *job = nullptr;
  Status status = job_open(&job);
  needs_ok(status);
  job->run();
  job_done(job);
}
void bad_status_half() {
  Job *job = nullptr;
  Status status = job_open(&job);
  if (status != STATUS_OK)
    job->run(); // expect: unchecked-acquire "'job' is dereferenced"
  job_done(job);
}
void good_status() {
  Job *job = nullptr;
  if (job_open(&job) != STATUS_OK)
    return;
  job->run();
  job_done(job);
}
void good_status_switch() {
  Job *job = nullptr;
  switch (job_open(&job)) {
  case STATUS_OK:
    job->run();
    job_done(job);
    break;
  case STATUS_BUSY:
    break;
  }
}
void good_status_kept() {
  Job *job = nullptr;
  Status status = job_open(&job);
  const bool ok = status == STATUS_OK;
  if (ok)
    job->run();
  job_done(job);
}
void good_pointer_instead() {
  Job *job = nullptr;
  job_open(&job);
  if (job) {
    job->run();
    job_done(job);
  }
}

void bad_zero(Job *jobs) {
  unsigned number = job_number();
  jobs[number].run(); // expect: unchecked-acquire "'number' is used as an index"
  job_close(number);
}
void good_zero(Job *jobs) {
  unsigned number = job_number();
  if (number == 0)
    return;
  jobs[number].run();
  job_close(number);
}
void bad_negative(Job (&jobs)[8]) {
  int slot = job_slot();
  if (slot != 0)
    jobs[slot].run(); // expect: unchecked-acquire "'slot' is used as an index"
  job_close(slot);
}
void good_negative(Job (&jobs)[8]) {
  int slot = job_slot();
  if (slot >= 0) {
    jobs[slot].run();
    job_close(slot);
  }
}
