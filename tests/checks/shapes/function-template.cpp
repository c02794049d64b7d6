// RUN: %check %s --models %S/../models/function-template.yaml
// Free function templates: one pool for each T, put by pointer or by id.

#include <cstdint>
#include <string>

namespace bp {

template <class T> T *get_object();
template <class T> int return_object(T *t); // -1 when it could not
template <class T> struct ResourceId {
  uint64_t value;
};
template <class T> T *get_resource(ResourceId<T> *id);
template <class T> T *address_resource(ResourceId<T> id);
template <class T> int return_resource(ResourceId<T> id);

} // namespace bp

struct Call {
  std::string payload;
  int retries = 0;
  void clear() {
    payload.clear();
    retries = 0;
  }
  void good_destroy() {
    clear();
    bp::return_object(this);
  }
  int bad_destroy() {
    clear();
    bp::return_object(this); // note: "put back here"
    return retries;          // expect: pool-use-after-put "'this' is used after it was put back"
  }
  int good_destroy_saved() {
    int n = retries;
    clear();
    bp::return_object(this);
    return n;
  }
};

void good_call() {
  Call *c = bp::get_object<Call>();
  if (!c)
    return;
  c->payload = "x";
  c->clear();
  bp::return_object(c);
}

void bad_call_leak(bool stop) {
  Call *c = bp::get_object<Call>(); // expect: pool-resource-leak "'c' is not put back on some path"
  if (!c)
    return;
  if (stop)
    return; // note: "returns here without putting it back"
  bp::return_object(c);
}

void bad_call_twice() {
  Call *c = bp::get_object<Call>();
  if (!c)
    return;
  bp::return_object(c); // note: "first put back here"
  bp::return_object(c); // expect: pool-double-put "'c' is put back twice"
}

void bad_call_dirty() {
  Call *c = bp::get_object<Call>();
  if (!c)
    return;
  c->retries = 3;
  bp::return_object(c); // expect: pool-put-without-reset "'c' is put back without a reset"
}

// Failing to put returned nothing: the object may be used, or put again.
void good_put_failed() {
  Call *c = bp::get_object<Call>();
  if (!c)
    return;
  if (bp::return_object(c) != 0)
    delete c;
}
