// RUN: %check %s --models %S/../models/put-in-own-method.yaml
// The pooled object puts itself back; what comes after uses saved values.

#include <cstdint>
#include <string>

namespace pool_api {
void return_object(void *p);
}
void join_group(uint64_t id);

class WriteRequest {
public:
  static WriteRequest *Make();

  void clear() {
    data_.clear();
    next_ = nullptr;
    touched_ = 0;
  }
  // Reset one level up, by another method, before the put.
  void good_destroy() {
    clear();
    pool_api::return_object(this);
  }
  void good_saved_first() {
    const uint64_t id = id_wait_;
    WriteRequest *const next = next_;
    clear();
    pool_api::return_object(this);
    if (next)
      next->touch();
    join_group(id);
  }
  void bad_not_saved() {
    clear();
    pool_api::return_object(this); // note: "put back here"
    join_group(id_wait_);          // expect: pool-use-after-put "'this' is used after it was put back"
  }
  void bad_method_afterwards() {
    pool_api::return_object(this); // note: "put back here"
    clear();                       // expect: pool-use-after-put "'this' is used after it was put back"
  }
  void good_last_one_puts(int pending) {
    if (pending > 0)
      return;
    pool_api::return_object(this);
  }
  void touch() { ++touched_; }

private:
  std::string data_;
  WriteRequest *next_ = nullptr;
  uint64_t id_wait_ = 0;
  int touched_ = 0;
};

void good_ended_by_its_method() {
  WriteRequest *r = WriteRequest::Make();
  r->touch();
  r->good_destroy();
}

void bad_ended_twice() {
  WriteRequest *r = WriteRequest::Make();
  r->good_destroy(); // note: "first put back here"
  r->good_destroy(); // expect: pool-double-put "'r' is put back twice"
}

void bad_used_after_its_end() {
  WriteRequest *r = WriteRequest::Make();
  r->good_saved_first(); // note: "put back here"
  r->touch();            // expect: pool-use-after-put "'r' is used after it was put back"
}
