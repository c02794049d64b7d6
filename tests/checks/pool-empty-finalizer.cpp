// RUN: %check %s --checks=pool-empty-finalizer --fix
// Destructors that do nothing, of pooled types that need none.

#include "finalizers.h"

// Within the class.
struct Point {
  int x = 0, y = 0;
  ~Point() {} // expect: pool-empty-finalizer "the empty destructor of 'Point', which is pooled, makes its destruction non-trivial"
};
KeepPool<Point> bad_points; // note: "pooled here"

struct Tight {
  int x = 0;
  ~Tight()noexcept{} // expect: pool-empty-finalizer "the empty destructor of 'Tight'"
};
KeepPool<Tight> bad_tight;

// A semicolon that is there stays the only one.
struct Ended {
  int x = 0;
  ~Ended() {}; // expect: pool-empty-finalizer "the empty destructor of 'Ended'"
};
KeepPool<Ended> bad_ended;

struct Wide {
  int all[4] = {};
  Point *other = nullptr;
  // expect@+1: pool-empty-finalizer "the empty destructor of 'Wide'"
  ~Wide() {

  }
};
KeepPool<Wide> bad_wide;

// Outside of it.
struct Packet {
  Packet();
  ~Packet();
  char data[1500];
};
Packet::Packet() {}
Packet::~Packet() {} // expect: pool-empty-finalizer "the empty destructor of 'Packet'"
KeepPool<Packet> bad_packets;

template <typename T> struct Cell {
  T value{};
  ~Cell();
};
template <typename T> Cell<T>::~Cell() {} // expect: pool-empty-finalizer "the empty destructor of 'Cell'"
KeepPool<Cell<int>> bad_cells;
KeepPool<Cell<long>> bad_long_cells; // told once

struct Plain {
  int x = 0;
};
struct Derived : Plain {
  int z = 0;
  ~Derived() {} // expect: pool-empty-finalizer "the empty destructor of 'Derived'"
};
KeepPool<Derived> bad_derived;

// A comment says something: it is not taken away.
struct Said {
  int x = 0;
  ~Said() { /* nothing to do */ } // expect: pool-empty-finalizer "the empty destructor of 'Said'"
};
KeepPool<Said> bad_said;

// Nothing written, or `= default`.
struct Silent {
  int x = 0;
};
KeepPool<Silent> good_silent;
struct Defaulted {
  int x = 0;
  ~Defaulted() = default;
};
KeepPool<Defaulted> good_defaulted;

// Not trivial without it either.
struct Named {
  std::string name;
  ~Named() {}
};
KeepPool<Named> good_named;
struct NamedArray {
  std::string names[2];
  ~NamedArray() {}
};
KeepPool<NamedArray> good_named_array;
struct DerivedNamed : Named {
  ~DerivedNamed() {}
};
KeepPool<DerivedNamed> good_derived_named;

// Virtual ones are for those who derive.
struct Shape {
  int id = 0;
  virtual ~Shape() {}
};
KeepPool<Shape> good_shapes;

// Something is done, or may be in another configuration.
struct Counted {
  static int alive;
  int x = 0;
  ~Counted() { --alive; }
};
KeepPool<Counted> good_counted;
struct Debugged {
  int x = 0;
  ~Debugged() {
#ifdef TRACE
    trace(this);
#endif
  }
};
KeepPool<Debugged> good_debugged;
#define POISON(what)
struct Poisoned {
  int x = 0;
  ~Poisoned() { POISON(x) }
};
KeepPool<Poisoned> good_poisoned;
#define EMPTY_DESTRUCTOR(type) ~type() {}
struct ByMacro {
  int x = 0;
  EMPTY_DESTRUCTOR(ByMacro)
};
KeepPool<ByMacro> good_by_macro;

// Not pooled; a resource; destroyed for each lease.
struct Alone {
  int x = 0;
  ~Alone() {}
};
Alone good_alone;
struct Connection {
  int fd = 0;
  ~Connection() {}
};
KeepPool<Connection> good_connections;
struct Fresh {
  int x = 0;
  ~Fresh() {}
};
FreshPool<Fresh> good_fresh;

// Where the body is elsewhere, so is the finding.
struct Unseen {
  int x = 0;
  ~Unseen();
};
KeepPool<Unseen> good_unseen;
