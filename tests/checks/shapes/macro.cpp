// RUN: %check %s --models %S/../models/macro.yaml
// Acquire and put behind macros, as in event loops: the place is the expansion.

struct Thread {
  int freelist = 0;
};
struct Event {
  int kind = 0;
  void *cookie = nullptr;
  void clear() {
    kind = 0;
    cookie = nullptr;
  }
};
struct EventAllocator {
  Event *alloc();
  void free(Event *e);
};
Event *thread_alloc(EventAllocator &a, Thread *t);
void thread_free(EventAllocator &a, Event *e, Thread *t);
extern EventAllocator eventAllocator;
Thread *this_thread();
void handle(const Event &e);

#define THREAD_ALLOC(a, t) thread_alloc(::a, t)
#define THREAD_FREE(p, a, t)                                                   \
  do {                                                                         \
    thread_free(::a, p, t);                                                    \
  } while (0)
#define RETURN_IF(c)                                                           \
  if (c)                                                                       \
  return

void good_event() {
  Event *e = THREAD_ALLOC(eventAllocator, this_thread());
  e->kind = 1;
  handle(*e);
  e->clear();
  THREAD_FREE(e, eventAllocator, this_thread());
}

void bad_event_twice(bool urgent) {
  Event *e = THREAD_ALLOC(eventAllocator, this_thread());
  if (urgent)
    THREAD_FREE(e, eventAllocator, this_thread()); // note: "first put back here"
  THREAD_FREE(e, eventAllocator, this_thread());   // expect: pool-double-put "'e' is put back twice"
}

void bad_event_leak(bool stop) {
  Event *e = THREAD_ALLOC(eventAllocator, this_thread()); // expect: pool-resource-leak "'e' is not put back on some path"
  handle(*e);
  RETURN_IF(stop); // note: "returns here without putting it back"
  THREAD_FREE(e, eventAllocator, this_thread());
}

void bad_event_used() {
  Event *e = THREAD_ALLOC(eventAllocator, this_thread());
  THREAD_FREE(e, eventAllocator, this_thread()); // note: "put back here"
  handle(*e);                                    // expect: pool-use-after-put "'e' is used after it was put back"
}

void bad_event_dirty(void *cookie) {
  Event *e = THREAD_ALLOC(eventAllocator, this_thread());
  e->cookie = cookie;                            // note: "changed here"
  THREAD_FREE(e, eventAllocator, this_thread()); // expect: pool-put-without-reset "'e' is put back without a reset"
}
