// RUN: %check %s --models %S/../models/put-can-fail.yaml
// A put that answers whether it took the object, and one whose failure nobody
// looks at.

struct Job {
  int id = 0;
};
Job *job_get();
int job_put(Job *j); // -1: not taken
void job_destroy(Job *j);
void show(const Job &j);
void log_error(const char *what);

void good_failure_destroys() {
  Job *j = job_get();
  show(*j);
  if (job_put(j) < 0)
    job_destroy(j);
}

void good_put_again_when_it_failed() {
  Job *j = job_get();
  if (job_put(j) == -1) {
    log_error("queue full");
    job_put(j);
  }
}

void good_retry_until_taken() {
  Job *j = job_get();
  while (job_put(j) < 0)
    log_error("again");
}

void good_failure_uses_it() {
  Job *j = job_get();
  int rc = job_put(j);
  if (rc < 0) {
    show(*j);
    job_destroy(j);
  }
}

void bad_success_uses_it() {
  Job *j = job_get();
  if (job_put(j) < 0) { // note: "put back here"
    job_destroy(j);
    return;
  }
  show(*j); // expect: pool-use-after-put "'j' is used after it was put back"
}

void bad_success_puts_again() {
  Job *j = job_get();
  int rc = job_put(j); // note: "first put back here"
  if (rc >= 0)
    job_put(j); // expect: pool-double-put "'j' is put back twice"
  else
    job_destroy(j);
}

void bad_ignored_then_used() {
  Job *j = job_get();
  job_put(j); // note: "put back here"
  show(*j);   // expect: pool-use-after-put "'j' is used after it was put back"
}

void good_ignored() {
  Job *j = job_get();
  show(*j);
  job_put(j);
}
