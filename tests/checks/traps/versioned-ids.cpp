// RUN: %check %s --models %S/../models/versioned-ids.yaml
// An id stays meaningful after the put: it carries a version that tells a new
// lease from the old one.

#include <cstdint>

struct Task {
  uint32_t version = 0;
  void (*run)(void *) = nullptr;
};
uint64_t task_new();
void task_return(uint64_t id);
void table_forget(uint64_t *slot, uint64_t id);
extern uint64_t last_returned;

bool good_version_compared(uint64_t expected) {
  uint64_t id = task_new();
  task_return(id);
  return (id >> 32) == (expected >> 32);
}

void good_id_remembered() {
  uint64_t id = task_new();
  task_return(id);
  last_returned = id;
}

void bad_returned_twice(bool timeout) {
  uint64_t id = task_new();
  if (timeout)
    task_return(id); // note: "first put back here"
  task_return(id);   // expect: pool-double-put "'id' is put back twice"
}
