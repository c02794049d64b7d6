// RUN: %check %s --checks=pool-null-factory
// Factories that give null, one same object, or one that was used.

#include "factory_pool.h"
#include <cstdlib>

bool room_left();
std::size_t wanted_size();
Buffer *from_elsewhere();

// --- null, in lambdas

FunctionPool bad_null([]() -> Buffer * { // note: "the pool is given this factory here"
  if (!room_left())
    return nullptr; // expect: null-factory "the factory returns null here, which the pool hands out as a 'Buffer'"
  return new Buffer;
});
FunctionPool bad_null_at_once([]() -> Buffer * { return nullptr; }); // expect: null-factory "the factory returns null here"
FunctionPool bad_zero([]() -> Buffer * { return 0; }); // expect: null-factory "the factory returns null here"
FunctionPool bad_nothrow([] {
  return new (std::nothrow) Buffer; // expect: null-factory "the factory returns null here"
});
FunctionPool bad_nothrow_named([] {
  auto *b = new (std::nothrow) Buffer; // note: "null comes from here"
  return b; // expect: null-factory "the factory returns null here"
});
FunctionPool bad_arm([]() -> Buffer * {
  return room_left() ? new Buffer : nullptr; // expect: null-factory "the factory returns null here"
});
FunctionPool bad_some_path([] {
  Buffer *b = nullptr;
  if (room_left())
    b = new Buffer;
  return b; // expect: null-factory "the factory returns null here"
});

FunctionPool bad_caught([]() -> Buffer * {
  try {
    return new Buffer;
  } catch (const std::bad_alloc &) {
    return nullptr; // expect: null-factory "the factory returns null here"
  }
});
static Buffer *const no_buffer = nullptr;
FunctionPool bad_constant([]() -> Buffer * {
  if (!room_left())
    return no_buffer; // expect: null-factory "the factory returns null here"
  return new Buffer;
});

FunctionPool good_caught([]() -> Buffer * {
  try {
    return new Buffer;
  } catch (const std::bad_alloc &) {
    return from_elsewhere();
  }
});
FunctionPool good_new([] { return new Buffer; });
FunctionPool good_every_path([] {
  Buffer *b = nullptr;
  if (room_left())
    b = new Buffer;
  else
    b = from_elsewhere();
  return b;
});
FunctionPool good_nothrow_checked([] {
  auto *b = new (std::nothrow) Buffer;
  if (!b)
    throw std::bad_alloc();
  return b;
});
FunctionPool good_fallback([] {
  auto *b = new (std::nothrow) Buffer;
  if (b == nullptr)
    b = from_elsewhere();
  return b;
});
FunctionPool good_ends([] {
  auto *b = new (std::nothrow) Buffer;
  if (!b)
    std::abort();
  return b;
});
FunctionPool good_unknown([] { return from_elsewhere(); });
FunctionPool good_prepared([] {
  auto *b = new Buffer;
  b->text.reserve(wanted_size());
  return b;
});

// --- functions, and functions that they call

Buffer *make_or_null() {
  if (!room_left())
    return nullptr; // expect: null-factory "the factory returns null here"
  return new Buffer;
}
FunctionPool bad_function(make_or_null);
PointerPool bad_pointer(&make_or_null);

PointerPool bad_pointer_of_lambda([]() -> Buffer * { return nullptr; }); // expect: null-factory "the factory returns null here"
PointerPool bad_pointer_by_plus(+[]() -> Buffer * { return nullptr; }); // expect: null-factory "the factory returns null here"
PointerPool good_pointer_of_lambda([] { return new Buffer; });

Buffer *helper() { return room_left() ? new Buffer : nullptr; }
Buffer *make_by_helper() {
  return helper(); // expect: null-factory "the factory returns null here"
}
PointerPool bad_by_helper(make_by_helper);
Buffer *make_by_checked_helper() {
  if (Buffer *b = helper())
    return b;
  return new Buffer;
}
PointerPool good_by_helper(make_by_checked_helper);

Buffer *make_raw() {
  void *raw = std::malloc(sizeof(Buffer)); // note: "null comes from here"
  return static_cast<Buffer *>(raw); // expect: null-factory "the factory returns null here"
}
PointerPool bad_raw(make_raw);
Buffer *make_raw_checked() {
  void *raw = std::malloc(sizeof(Buffer));
  if (!raw)
    throw std::bad_alloc();
  return new (raw) Buffer;
}
PointerPool good_raw(make_raw_checked);

// Nobody's factory may give what it likes.
Buffer *make_for_nobody() { return nullptr; }

// --- classes

class BadFactory : public BufferFactory {
public:
  Buffer *create() override {
    if (!room_left())
      return nullptr; // expect: null-factory "the factory returns null here"
    return new Buffer;
  }
};
class GoodFactory : public BufferFactory {
public:
  Buffer *create() override { return new Buffer; }
};
BadFactory bad_factory;
ObjectFactoryPool bad_object(bad_factory);
GoodFactory good_factory;
ObjectFactoryPool good_object(good_factory);

struct BadPolicy {
  static Buffer *make() { return new (std::nothrow) Buffer; } // expect: null-factory "the factory returns null here"
  static void reset(Buffer &b) { b.clear(); }
};
struct GoodPolicy {
  static Buffer *make() { return new Buffer; }
  static void reset(Buffer &b) { b.clear(); }
};
PolicyPool<Buffer, BadPolicy> bad_policy;
PolicyPool<Buffer, GoodPolicy> good_policy;

struct BadMaker {
  Buffer *operator()() const { return nullptr; } // expect: null-factory "the factory returns null here"
};
CallablePool<Buffer, BadMaker> bad_callable{BadMaker()};

class BadMethodPool : public MethodPool {
protected:
  Buffer *create() override { return room_left() ? new Buffer : nullptr; } // expect: null-factory "the factory returns null here"
};
class GoodMethodPool : public MethodPool {
protected:
  Buffer *create() override { return new Buffer; }
};

// --- other ways to give it

void bad_setter(FunctionPool &pool) {
  pool.set_factory([]() -> Buffer * { return nullptr; }); // expect: null-factory "the factory returns null here"
}
void bad_local() {
  auto make = []() -> Buffer * { return nullptr; }; // expect: null-factory "the factory returns null here"
  FunctionPool pool(make);
  pool.release(pool.acquire());
}
void bad_made() {
  auto pool = std::make_unique<FunctionPool>([]() -> Buffer * { return nullptr; }); // expect: null-factory "the factory returns null here"
  pool->release(pool->acquire());
}
struct Server {
  Server() : pool([]() -> Buffer * { return nullptr; }) {} // expect: null-factory "the factory returns null here"
  FunctionPool pool;
};
OwnerPool bad_owner([]() -> std::unique_ptr<Buffer> { return nullptr; }); // expect: null-factory "the factory returns null here"
OwnerPool bad_owner_empty([] {
  std::unique_ptr<Buffer> b;
  if (room_left())
    b = std::make_unique<Buffer>();
  return b; // expect: null-factory "the factory returns null here"
});
OwnerPool good_owner([] { return std::make_unique<Buffer>(); });

// --- the pool expects null

HonestPool good_honest([]() -> Buffer * { return nullptr; });
ThrowingPool good_throwing([]() -> Buffer * { return nullptr; });

// --- one same object each time

FunctionPool bad_static([] {
  static Buffer only; // note: "this is the one object"
  return &only; // expect: null-factory "the factory returns 'only' each time, so that several users get one object"
});
Buffer global_buffer;
FunctionPool bad_global([] { return &global_buffer; }); // expect: null-factory "the factory returns 'global_buffer' each time"
FunctionPool bad_made_once([] {
  static Buffer *only = new Buffer;
  return only; // expect: null-factory "the factory returns 'only' each time"
});
void bad_captured() {
  Buffer *only = new Buffer;
  FunctionPool pool([only] { return only; }); // expect: null-factory "the factory returns 'only' each time"
  pool.release(pool.acquire());
}
void bad_captured_object(Buffer &mine) {
  FunctionPool pool([&mine] { return &mine; }); // expect: null-factory "the factory returns 'mine' each time"
  pool.release(pool.acquire());
}
Buffer *instance() {
  static Buffer only;
  return &only;
}
FunctionPool bad_instance([] { return instance(); }); // expect: null-factory "the factory returns 'only' each time"
Buffer &reference() {
  static Buffer only;
  return only;
}
FunctionPool bad_reference([] { return &reference(); }); // expect: null-factory "the factory returns 'only' each time"
FunctionPool bad_owned([] {
  static std::unique_ptr<Buffer> only = std::make_unique<Buffer>();
  return only.get(); // expect: null-factory "the factory returns 'only' each time"
});
FunctionPool bad_made_late([] {
  static Buffer *only = nullptr;
  if (!only)
    only = new Buffer;
  return only; // expect: null-factory "the factory returns 'only' each time"
});
struct Parts {
  Buffer one;
  Buffer many[4];
} parts;
FunctionPool bad_part([] { return &parts.one; }); // expect: null-factory "the factory returns 'one' each time"
FunctionPool good_part([] {
  static int next = 0;
  return &parts.many[next++];
});
class OneFactory : public BufferFactory {
public:
  Buffer *create() override { return &only_; } // expect: null-factory "the factory returns 'only_' each time"

private:
  Buffer only_;
};
OneFactory one_factory;
ObjectFactoryPool bad_one(one_factory);

FunctionPool good_slots([] {
  static Buffer slots[8];
  static int next = 0;
  return &slots[next++];
});
FunctionPool good_replaced([] {
  static Buffer *spare = nullptr;
  spare = new Buffer;
  return spare;
});
FunctionPool good_copy_of_prototype([] {
  static Buffer prototype;
  return new Buffer(prototype);
});

// --- state left over

FunctionPool bad_filled([] {
  auto *b = new Buffer;
  b->append("hello"); // note: "changed here"
  return b; // expect: null-factory "the factory returns 'b' with state left over"
});
std::vector<Buffer *> used;
FunctionPool bad_used([] {
  Buffer *b = used.back();
  used.pop_back();
  return b; // expect: null-factory "the factory returns 'b' with state left over"
});
FunctionPool good_filled_and_cleared([] {
  auto *b = new Buffer;
  b->append("to make room");
  b->clear();
  return b;
});
FunctionPool good_used_and_cleared([] {
  Buffer *b = used.back();
  used.pop_back();
  b->clear();
  return b;
});
FunctionPool good_emptied([] {
  auto *b = new Buffer;
  b->text.append(4096, ' ');
  b->text.erase();
  return b;
});
FunctionPool good_resized([] {
  auto *b = new Buffer;
  b->text.append(4096, ' ');
  b->text.resize(0);
  return b;
});
FunctionPool good_assigned([] {
  auto *b = new Buffer;
  b->text.append(4096, ' ');
  b->text = {};
  return b;
});
FunctionPool good_assigned_text([] {
  auto *b = new Buffer;
  b->text.append(4096, ' ');
  b->text = "";
  return b;
});
FunctionPool bad_shortened([] {
  auto *b = new Buffer;
  b->text.append(4096, ' ');
  b->text.resize(16);
  return b; // expect: null-factory "the factory returns 'b' with state left over"
});

// --- by helpers

static Buffer *made_or_thrown() {
  if (Buffer *b = new (std::nothrow) Buffer)
    return b;
  throw std::bad_alloc();
}
static Buffer *checked_or_thrown() {
  auto *b = new (std::nothrow) Buffer;
  if (!b)
    throw std::bad_alloc();
  return b;
}
static Buffer *made_if_there_is_memory() { return new (std::nothrow) Buffer; }
static Buffer *of_kind(int kind) {
  if (kind == 0)
    return nullptr;
  return new Buffer;
}
static Buffer *like(const Buffer *from) {
  if (!from)
    return nullptr;
  return new Buffer(*from);
}
FunctionPool good_helper_throws([] { return made_or_thrown(); });
FunctionPool good_helper_checks([] { return checked_or_thrown(); });
FunctionPool bad_helper([] {
  return made_if_there_is_memory(); // expect: null-factory "the factory returns null here"
});
FunctionPool good_helper_of_kind([] { return of_kind(1); });
FunctionPool bad_helper_of_kind([] {
  return of_kind(0); // expect: null-factory "the factory returns null here"
});
FunctionPool bad_helper_of_some_kind([] {
  return of_kind(room_left()); // expect: null-factory "the factory returns null here"
});
FunctionPool good_helper_of_one([] {
  Buffer first;
  return like(&first);
});
FunctionPool bad_helper_of_none([] {
  return like(nullptr); // expect: null-factory "the factory returns null here"
});

// --- owners

using SharedBuffer = std::shared_ptr<Buffer>;
OwnersPool good_shared_reset([] {
  SharedBuffer b;
  b.reset(new Buffer);
  return b;
});
OwnersPool good_shared_assigned([] {
  SharedBuffer b;
  b = SharedBuffer(new Buffer);
  return b;
});
OwnersPool bad_shared_reset([] {
  SharedBuffer b;
  if (room_left())
    b.reset(new Buffer);
  return b; // expect: null-factory "the factory returns null here"
});
OwnersPool bad_shared_null([]() -> SharedBuffer {
  if (!room_left())
    return nullptr; // expect: null-factory "the factory returns null here"
  return std::make_shared<Buffer>();
});
OwnersPool bad_shared_empty([]() -> SharedBuffer {
  if (!room_left())
    return {}; // expect: null-factory "the factory returns null here"
  return std::make_shared<Buffer>();
});
Buffer lasting;
OwnersPool bad_aliasing([] {
  return SharedBuffer(std::shared_ptr<void>(), &lasting); // expect: null-factory "the factory returns 'lasting' each time"
});
SharedBuffer shared_or_null() {
  if (!room_left())
    return {};
  return std::make_shared<Buffer>();
}
OwnersPool bad_shared_helper([] {
  return shared_or_null(); // expect: null-factory "the factory returns null here"
});
OwnersPool good_shared_helper([] {
  auto b = shared_or_null();
  if (!b)
    b = std::make_shared<Buffer>();
  return b;
});

// Filled by somebody who is not seen.
void fill(std::unique_ptr<Buffer> &out);
bool try_fill(std::unique_ptr<Buffer> *out);
OwnerPool good_filled_by_reference([] {
  std::unique_ptr<Buffer> b;
  fill(b);
  return b;
});
OwnerPool good_filled_by_pointer([] {
  std::unique_ptr<Buffer> b;
  if (!try_fill(&b))
    throw std::bad_alloc();
  return b;
});
OwnersPool good_shared_filled([] {
  SharedBuffer b;
  void fill_shared(SharedBuffer &);
  fill_shared(b);
  return b;
});

// --- where the pool asks

// Of what a helper gets.
CheckingPool good_checking([]() -> Buffer * { return nullptr; });
// Of nothing: the helper passes it on.
PassingPool bad_passing([]() -> Buffer * { return nullptr; }); // expect: null-factory "the factory returns null here"
// Before the call only.
EarlyAskingPool bad_late([]() -> Buffer * { return nullptr; }); // expect: null-factory "the factory returns null here"
// In the next round.
RetryPool good_retry([]() -> Buffer * { return nullptr; });

// --- which factory is given

class NobodysFactory : public SpareFactory {
public:
  Buffer *create() override { return nullptr; } // no pool is given one
};
class UsedFactory : public SpareFactory {
public:
  Buffer *create() override { return new Buffer; }
};
SpareFactoryPool good_spare(std::make_unique<UsedFactory>());

struct CountingMaker {
  int made = 0;
  Buffer *operator()() {
    return ++made > 100 ? nullptr : new Buffer; // expect: null-factory "the factory returns null here"
  }
};
FunctionPool bad_functor(CountingMaker{});

// --- in a struct

Buffer *create_or_null(void *context) {
  return context ? new Buffer : nullptr; // expect: null-factory "the factory returns null here"
}
void reset_buffer(Buffer *, void *) {}
Buffer *create_always(void *) { return new Buffer; }
OperationsPool bad_operations({create_or_null, reset_buffer}, nullptr);
OperationsPool good_operations({create_always, reset_buffer}, nullptr);

void bad_options() {
  OptionsPool::Options options;
  options.make = []() -> Buffer * { return nullptr; }; // expect: null-factory "the factory returns null here"
  OptionsPool pool(options);
  pool.release(pool.acquire());
}
void good_options() {
  OptionsPool::Options options;
  options.make = [] { return new Buffer; };
  OptionsPool pool(options);
  pool.release(pool.acquire());
}

// --- one object behind owners

OwnersPool bad_shared_static([] {
  static Buffer only; // note: "this is the one object"
  return SharedBuffer(&only, [](Buffer *) {}); // expect: null-factory "the factory returns 'only' each time"
});
OwnersPool good_shared_deleter([] { return SharedBuffer(new Buffer, [](Buffer *b) { delete b; }); });

// --- by the derived class of a template

class NullMaking : public DerivedMakesPool<NullMaking> {
public:
  Buffer *create() {
    return room_left() ? new Buffer : nullptr; // expect: null-factory "the factory returns null here"
  }
};
NullMaking bad_derived;
class AlwaysMaking : public DerivedMakesPool<AlwaysMaking> {
public:
  Buffer *create() { return new Buffer; }
};
AlwaysMaking good_derived;
