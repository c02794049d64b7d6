// RUN: %check %s --checks=pool-finalizer-object
// Destructors that do more than free memory, in types that pools keep: what is
// done, through which parts, and what makes it nobody's surprise.

#include "finalizers.h"
#include <algorithm>
#include <any>
#include <atomic>
#include <fstream>
#include <list>
#include <map>
#include <memory_resource>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>
#include <variant>

// --- a callback

namespace callback {
struct Message {
  std::string text;
  std::function<void()> on_destroy;
  ~Message() { // note: "the destructor '~Message' is here"
    if (on_destroy)
      on_destroy(); // note: "calls 'on_destroy' here"
  }
};
KeepPool<Message> bad_messages; // expect: pool-finalizer-object "'Message' is pooled, but its destructor runs a callback"

// Being stored is fine; so is freeing what is stored.
struct Task {
  std::function<void()> work;
  std::shared_ptr<Blob> input;
  std::string name;
};
KeepPool<Task> good_tasks;

struct Hooked {
  using Hook = void (*)(void *);
  Hook hook = nullptr;
  void *with = nullptr;
  ~Hooked() {
    Hook now = std::exchange(hook, nullptr);
    if (now)
      now(with); // note: "calls 'now' here"
  }
};
KeepPool<Hooked> bad_hooked; // expect: pool-finalizer-object "'Hooked' is pooled, but its destructor runs a callback"

// A stored function that frees the object's own memory.
struct External {
  void (*free_fn)(char *) = nullptr;
  char *data = nullptr;
  ~External() {
    if (free_fn)
      free_fn(data);
  }
};
KeepPool<External> good_external;

struct Watched {
  int id = 0;
  Listener *listener = nullptr;
  ~Watched() {
    if (listener)
      listener->on_closed(id); // note: "calls 'on_closed' here"
  }
};
KeepPool<Watched> bad_watched; // expect: pool-finalizer-object "'Watched' is pooled, but its destructor runs a callback"

struct Many {
  std::vector<Listener *> listeners;
  int id = 0;
  ~Many() {
    for (Listener *each : listeners)
      each->on_closed(id); // note: "calls 'on_closed' here"
  }
};
KeepPool<Many> bad_many; // expect: pool-finalizer-object "'Many' is pooled, but its destructor runs a callback"

struct ByAlgorithm {
  std::vector<Listener *> listeners;
  ~ByAlgorithm() {
    std::for_each(listeners.begin(), listeners.end(),
                  [](Listener *each) { (void)each; });
    std::for_each(listeners.begin(), listeners.end(), [this](Listener *) {
      done(); // note: "calls 'done' here"
    });
  }
  std::function<void()> done;
};
KeepPool<ByAlgorithm> bad_by_algorithm; // expect: pool-finalizer-object "'ByAlgorithm' is pooled, but its destructor runs a callback"

void (*g_ended)(void *);
struct Global {
  std::string name;
  ~Global() {
    g_ended(this); // note: "calls 'g_ended' here"
  }
};
KeepPool<Global> bad_global; // expect: pool-finalizer-object "'Global' is pooled, but its destructor runs a callback"

// Memory that comes from elsewhere is memory.
struct Allocated {
  std::pmr::memory_resource *from = nullptr;
  void *data = nullptr;
  ~Allocated() {
    if (data)
      from->deallocate(data, 64);
  }
};
KeepPool<Allocated> good_allocated;

// In functions that the destructor calls.
struct Deep {
  std::function<void(Deep &)> finish;
  ~Deep() { end(); } // note: "the destructor '~Deep' is here"
  void end() { tell(*this); }
  static void tell(Deep &d) {
    d.finish(d); // note: "calls 'finish' here"
  }
};
KeepPool<Deep> bad_deep; // expect: pool-finalizer-object "'Deep' is pooled, but its destructor runs a callback"

struct Turns { // ends in itself
  std::string name;
  Turns *next = nullptr;
  ~Turns() { drop(3); }
  void drop(int n) {
    if (n > 0)
      drop(n - 1);
    delete next;
  }
};
KeepPool<Turns> good_turns;

// Counting and printing tell nobody.
std::atomic<int> alive;
struct Counted {
  std::string name;
  ~Counted() {
    --alive;
    std::printf("%s\n", name.c_str());
  }
};
KeepPool<Counted> good_counted;
} // namespace callback

// --- registries

struct Request {
  int id = 0;
  std::string user;
  ~Request() {
    Registry::instance().remove(this); // note: "unregisters here, by 'remove'"
  }
};
KeepPool<Request> bad_requests; // expect: pool-finalizer-object "'Request' is pooled, but its destructor unregisters it"

namespace registries {
struct ById {
  int id = 0;
  Registry *registry = nullptr;
  ~ById() {
    if (registry)
      registry->remove(id); // note: "unregisters here, by 'remove'"
  }
};
KeepPool<ById> bad_by_id; // expect: pool-finalizer-object "'ById' is pooled, but its destructor unregisters it"

std::map<int, void *> all_known;
struct Known {
  int id = 0;
  std::map<int, std::string> own;
  ~Known() {
    own.erase(id);       // its own
    all_known.erase(id); // note: "unregisters here, by 'erase'"
  }
};
KeepPool<Known> bad_known; // expect: pool-finalizer-object "'Known' is pooled, but its destructor unregisters it"

void unregister_child(void *child);
struct Child {
  std::string name;
  ~Child() { unregister_child(this); } // note: "unregisters here, by 'unregister_child'"
};
KeepPool<Child> bad_children; // expect: pool-finalizer-object "'Child' is pooled, but its destructor unregisters it"

struct Linked {
  Linked *prev = nullptr, *next = nullptr;
  ~Linked() {
    if (prev)
      prev->next = next; // note: "unregisters here, by 'prev'"
    if (next)
      next->prev = prev;
  }
};
KeepPool<Linked> bad_linked; // expect: pool-finalizer-object "'Linked' is pooled, but its destructor unregisters it"

struct Stoppable {
  std::optional<std::stop_callback<void (*)()>> on_stop; // note: "unregisters here"
};
KeepPool<Stoppable> bad_stoppable; // expect: pool-finalizer-object "'Stoppable' is pooled, but its destructor unregisters it"

// Its own lists may go with it.
struct Tree {
  std::list<Tree *> children;
  Tree *cache = nullptr;
  ~Tree() {
    children.remove(cache);
    children.clear();
  }
};
KeepPool<Tree> good_trees;

// A file that is removed is no registry.
struct Temporary {
  std::string path;
  ~Temporary() { ::unlink(path.c_str()); }
};
KeepPool<Temporary> good_temporaries;
} // namespace registries

// --- handles of the system, and resources

namespace handles {
struct Log {
  std::FILE *out = nullptr;
  ~Log() { // note: "the destructor '~Log' is here"
    if (out)
      std::fclose(out); // note: "closes a file here"
  }
};
KeepPool<Log> bad_logs; // expect: pool-finalizer-object "'Log' is pooled, but its destructor closes a file"

struct Peer {
  std::string name;
  ScopedFd fd; // note: "its member 'fd' is here"
};
KeepPool<Peer> bad_peers; // expect: pool-finalizer-object "'Peer' is pooled, but its destructor closes a descriptor"

struct Base {
  virtual ~Base() = default;
  ScopedFd fd;
};
struct Derived : Base { // note: "its base 'Base' is here"
  std::string name;
};
KeepPool<Derived> bad_derived; // expect: pool-finalizer-object "'Derived' is pooled, but its destructor closes a descriptor"

struct Contained {
  std::vector<std::pair<int, ScopedFd>> all;
};
KeepPool<Contained> bad_contained; // expect: pool-finalizer-object "'Contained' is pooled, but its destructor closes a descriptor"

struct Maybe {
  std::optional<std::variant<int, ScopedFd>> one;
};
KeepPool<Maybe> bad_maybe; // expect: pool-finalizer-object "'Maybe' is pooled, but its destructor closes a descriptor"

struct Arrays {
  ScopedFd pipes[2][2];
};
KeepPool<Arrays> bad_arrays; // expect: pool-finalizer-object "'Arrays' is pooled, but its destructor closes a descriptor"

struct Owned {
  std::unique_ptr<ScopedFd> fd;
};
KeepPool<Owned> bad_owned; // expect: pool-finalizer-object "'Owned' is pooled, but its destructor closes a descriptor"

struct ByHand {
  ScopedFd *fd = nullptr;
  ~ByHand() { delete fd; }
};
KeepPool<ByHand> bad_by_hand; // expect: pool-finalizer-object "'ByHand' is pooled, but its destructor closes a descriptor"

// Seen by this object, owned by others.
struct Borrowing {
  ScopedFd *fd = nullptr;
  std::vector<ScopedFd *> more;
  std::shared_ptr<ScopedFd> shared;
  std::weak_ptr<ScopedFd> weak;
  ~Borrowing() { fd = nullptr; }
};
KeepPool<Borrowing> good_borrowing;

struct Streaming {
  std::ofstream log; // note: "closes 'log' here"
};
KeepPool<Streaming> bad_streaming; // expect: pool-finalizer-object "'Streaming' is pooled, but its destructor closes 'log'"

// Two at once.
struct Both {
  std::FILE *in = nullptr;
  std::function<void()> done;
  ~Both() {
    done();
    std::fclose(in);
  }
};
KeepPool<Both> bad_both; // expect: pool-finalizer-object "'Both' is pooled, but its destructor runs a callback and closes a file"

// A file that is open only within the destructor is none of the object's.
struct Saved {
  std::string text;
  ~Saved() {
    if (std::FILE *out = std::fopen("saved", "w")) {
      std::fputs(text.c_str(), out);
      std::fclose(out);
    }
  }
};
KeepPool<Saved> good_saved;

// Memory in many coats.
struct Memory {
  std::string text;
  std::vector<std::unique_ptr<Blob>> blobs;
  std::map<int, std::optional<std::string>> names;
  std::variant<int, std::vector<int>> either;
  Blob *own = nullptr;
  char *raw = nullptr;
  std::unique_ptr<char, decltype(&std::free)> c_string{nullptr, &std::free};
  ~Memory() {
    delete own;
    std::free(raw);
  }
};
KeepPool<Memory> good_memory;
} // namespace handles

// --- deleters

namespace deleters {
struct CloseFile {
  void operator()(std::FILE *f) const { // note: "the deleter is here"
    std::fclose(f); // note: "closes a file here"
  }
};
struct ByType {
  std::unique_ptr<std::FILE, CloseFile> file;
};
KeepPool<ByType> bad_by_type; // expect: pool-finalizer-object "'ByType' is pooled, but its destructor closes a file"

struct ByPointer {
  std::unique_ptr<std::FILE, int (*)(std::FILE *)> file{nullptr, &std::fclose};
};
KeepPool<ByPointer> bad_by_pointer; // expect: pool-finalizer-object "'ByPointer' is pooled, but its destructor closes a file"

class Shared {
public:
  void open(const char *name) {
    file_ = std::shared_ptr<std::FILE>(std::fopen(name, "r"), [](std::FILE *f) { // note: "the deleter is here"
      if (f)
        std::fclose(f); // note: "closes a file here"
    });
  }

private:
  std::shared_ptr<std::FILE> file_; // note: "its member 'file_' is here"
};
KeepPool<Shared> bad_shared; // expect: pool-finalizer-object "'Shared' is pooled, but its destructor closes a file"

std::shared_ptr<int> made(Registry &registry, int *id) {
  return {id, [&registry](int *p) {
            registry.remove(*p); // note: "unregisters here, by 'remove'"
            delete p;
          }};
}
class Elsewhere {
public:
  explicit Elsewhere(Registry &r) : id_(made(r, new int(1))) {}

private:
  std::shared_ptr<int> id_;
};
class ElsewherePool { // expect: pool-finalizer-object "'Elsewhere' is pooled, but its destructor unregisters it"
public:
  Elsewhere *acquire() {
    Elsewhere *last = free_.back();
    free_.pop_back();
    return last;
  }
  void release(Elsewhere *e) { free_.push_back(e); }

private:
  std::vector<Elsewhere *> free_;
};
ElsewherePool pool_of_elsewhere;

struct FreesOnly {
  struct Free {
    void operator()(char *p) const { std::free(p); }
  };
  std::unique_ptr<char, Free> text;
  std::shared_ptr<Blob> blob;
  void fill() { blob.reset(new Blob(1), [](Blob *b) { delete b; }); }
};
KeepPool<FreesOnly> good_frees_only;

struct Erased {
  std::any payload;
  void set() { payload = std::make_shared<int>(1); }
};
KeepPool<Erased> good_erased;

struct Payload {
  ~Payload() {
    std::fclose(file); // note: "closes a file here"
  }
  std::FILE *file = nullptr;
};
struct ErasedPayload {
  std::any payload;
  void set() { payload = Payload(); }
};
KeepPool<ErasedPayload> bad_erased_payload; // expect: pool-finalizer-object "'ErasedPayload' is pooled, but its destructor closes a file"

// In containers, and by the type that is made.
using AnyFile = std::unique_ptr<std::FILE, int (*)(std::FILE *)>;
struct InVariant {
  std::variant<std::monostate, AnyFile> one;
  void open(const char *name) { one = AnyFile(std::fopen(name, "r"), &std::fclose); }
};
KeepPool<InVariant> bad_in_variant; // expect: pool-finalizer-object "'InVariant' is pooled, but its destructor closes a file"

struct InOptional {
  std::optional<AnyFile> one;
  void open(const char *name) { one.emplace(std::fopen(name, "r"), &std::fclose); }
};
KeepPool<InOptional> bad_in_optional; // expect: pool-finalizer-object "'InOptional' is pooled, but its destructor closes a file"

struct InVector {
  std::vector<std::shared_ptr<std::FILE>> all;
  void open(const char *name) {
    all.emplace_back(std::fopen(name, "r"), [](std::FILE *f) { // note: "the deleter is here"
      std::fclose(f);
    });
  }
};
KeepPool<InVector> bad_in_vector; // expect: pool-finalizer-object "'InVector' is pooled, but its destructor closes a file"

struct InMap {
  std::map<int, std::shared_ptr<std::FILE>> all;
  void open(int id) { all[id] = std::shared_ptr<std::FILE>(std::tmpfile(), std::fclose); }
};
KeepPool<InMap> bad_in_map; // expect: pool-finalizer-object "'InMap' is pooled, but its destructor closes a file"

struct PlainInContainers {
  std::map<int, std::shared_ptr<Blob>> all;
  std::vector<std::shared_ptr<char>> texts;
  std::optional<std::unique_ptr<char, void (*)(void *)>> text;
  void fill(int id) {
    all[id] = std::make_shared<Blob>(8);
    texts.emplace_back(new char[8], [](char *p) { delete[] p; });
    text.emplace(static_cast<char *>(std::malloc(8)), std::free);
  }
};
KeepPool<PlainInContainers> good_plain_in_containers;

struct CopyableFd {
  int fd = -1;
  CopyableFd() = default;
  CopyableFd(const CopyableFd &other) : fd(::dup(other.fd)) {}
  ~CopyableFd() {
    if (fd >= 0)
      ::close(fd); // note: "closes a descriptor here"
  }
};
struct Emplaced {
  std::any payload;
  void set() { payload.emplace<CopyableFd>(); }
};
KeepPool<Emplaced> bad_emplaced; // expect: pool-finalizer-object "'Emplaced' is pooled, but its destructor closes a descriptor"
struct EmplacedPlain {
  std::any payload, more;
  void set() {
    payload.emplace<std::string>("x");
    more = std::make_any<std::vector<int>>();
  }
};
KeepPool<EmplacedPlain> good_emplaced_plain;

// Behind a virtual destructor.
struct Sink {
  virtual ~Sink() = default;
};
struct FileSink : Sink {
  ScopedFd fd;
};
struct TextSink : Sink {
  std::string text;
};
struct Writing {
  std::unique_ptr<Sink> sink;
  void open() {
    sink = std::make_unique<FileSink>(); // note: "'sink' is given its value here"
  }
};
KeepPool<Writing> bad_writing; // expect: pool-finalizer-object "'Writing' is pooled, but its destructor closes a descriptor"
struct WritingMany {
  std::vector<std::unique_ptr<Sink>> sinks;
  void open() { sinks.push_back(std::make_unique<FileSink>()); }
};
KeepPool<WritingMany> bad_writing_many; // expect: pool-finalizer-object "'WritingMany' is pooled, but its destructor closes a descriptor"
struct WritingByHand {
  Sink *sink = nullptr;
  void open() { sink = new FileSink; }
  ~WritingByHand() { delete sink; }
};
KeepPool<WritingByHand> bad_writing_by_hand; // expect: pool-finalizer-object "'WritingByHand' is pooled, but its destructor closes a descriptor"
struct WritingText {
  std::unique_ptr<Sink> sink = std::make_unique<TextSink>();
  Sink *more = new TextSink;
  ~WritingText() { delete more; }
};
KeepPool<WritingText> good_writing_text;

// A mixin, a guard in a member, an implementation that is hidden.
template <typename T> struct Tracked {
  ~Tracked() {
    Registry::instance().remove(static_cast<T *>(this)->id); // note: "unregisters here, by 'remove'"
  }
};
struct Mixed : Tracked<Mixed> {
  int id = 0;
};
KeepPool<Mixed> bad_mixed; // expect: pool-finalizer-object "'Mixed' is pooled, but its destructor unregisters it"

struct ScopeGuard {
  std::function<void()> at_end;
  ~ScopeGuard() {
    if (at_end)
      at_end(); // note: "calls 'at_end' here"
  }
};
struct Guarded {
  std::optional<ScopeGuard> guard;
};
KeepPool<Guarded> bad_guarded; // expect: pool-finalizer-object "'Guarded' is pooled, but its destructor runs a callback"

class Hidden {
public:
  Hidden();
  ~Hidden();

private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};
struct Hidden::Parts {
  ScopedFd fd;
};
Hidden::Hidden() : parts_(new Parts) {}
Hidden::~Hidden() = default;
KeepPool<Hidden> bad_hidden; // expect: pool-finalizer-object "'Hidden' is pooled, but its destructor closes a descriptor"

class HiddenText {
public:
  HiddenText();
  ~HiddenText();

private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};
struct HiddenText::Parts {
  std::string text;
  std::pmr::monotonic_buffer_resource arena;
  std::pmr::vector<std::pmr::string> lines{&arena};
};
HiddenText::HiddenText() : parts_(new Parts) {}
HiddenText::~HiddenText() = default;
KeepPool<HiddenText> good_hidden_text;

// A counted reference frees memory.
struct Node {
  int count = 1;
  std::string text;
  void unref() {
    if (--count == 0)
      delete this;
  }
};
template <typename T> struct Ref {
  T *to = nullptr;
  ~Ref() {
    if (to)
      to->unref();
  }
};
struct Referring {
  Ref<Node> node;
};
KeepPool<Referring> good_referring;
} // namespace deleters

// --- what the end of a lease does already

namespace resets {
class Told {
public:
  ~Told() { tell(); }
  void reset() {
    tell();
    text_.clear();
  }

private:
  void tell() {
    if (done_)
      std::exchange(done_, nullptr)();
  }
  std::string text_;
  std::function<void()> done_;
};
KeepPool<Told> good_told;

struct OtherMember {
  std::FILE *in = nullptr, *out = nullptr;
  ~OtherMember() {
    close_in();
    if (out)
      std::fclose(out); // note: "closes a file here"
  }
  void reset() { close_in(); }
  void close_in() {
    if (in)
      std::fclose(in);
    in = nullptr;
  }
};
KeepPool<OtherMember> bad_other_member; // expect: pool-finalizer-object "'OtherMember' is pooled, but its destructor closes a file"

struct Forgotten {
  std::function<void()> done;
  std::string text;
  ~Forgotten() {
    if (done)
      done(); // note: "calls 'done' here"
  }
  void reset() {
    done = nullptr; // dropped, not run
    text.clear();
  }
};
KeepPool<Forgotten> bad_forgotten; // expect: pool-finalizer-object "'Forgotten' is pooled, but its destructor runs a callback"

struct Renewed {
  ScopedFd fd;
  std::unique_ptr<ScopedFd> more;
  std::vector<ScopedFd> all;
  void reset() {
    fd.reset();
    more = nullptr;
    all.clear();
  }
};
KeepPool<Renewed> good_renewed;

struct Whole {
  std::unique_ptr<ScopedFd> fd;
  void reset() { *this = Whole(); }
};
KeepPool<Whole> good_whole;

// As the end of the object, with all that it does.
struct Remade {
  std::FILE *file = nullptr;
  ScopedFd fd;
  ~Remade() {
    if (file)
      std::fclose(file);
  }
  void reset() {
    std::destroy_at(this);
    std::construct_at(this);
  }
};
KeepPool<Remade> good_remade;
struct RemadeByHand {
  std::FILE *file = nullptr;
  ~RemadeByHand() {
    if (file)
      std::fclose(file);
  }
  void reset() {
    this->~RemadeByHand();
    new (this) RemadeByHand;
  }
};
KeepPool<RemadeByHand> good_remade_by_hand;

// By the pool's put.
struct Closed {
  std::FILE *file = nullptr;
  ~Closed() { close(); }
  void close() {
    if (file)
      std::fclose(file);
    file = nullptr;
  }
};
class ClosingPool {
public:
  Closed *acquire() {
    Closed *last = free_.back();
    free_.pop_back();
    return last;
  }
  void release(Closed *c) {
    c->close();
    free_.push_back(c);
  }

private:
  std::vector<Closed *> free_;
};
ClosingPool good_closing_pool;
KeepPool<Closed> bad_closed; // expect: pool-finalizer-object "'Closed' is pooled, but its destructor closes a file"

// By the template's put, seen as it is written.
template <typename T> class ClosingPoolOf {
public:
  T *acquire() {
    T *last = free_.back();
    free_.pop_back();
    return last;
  }
  void release(T *c) {
    c->close();
    free_.push_back(c);
  }

private:
  std::vector<T *> free_;
};
ClosingPoolOf<Closed> good_closing_pool_of;

// By the lease's own destructor.
class GuardedPool;
class Guard {
public:
  Guard(GuardedPool &pool, Closed *c) : pool_(pool), held_(c) {}
  Guard(const Guard &) = delete;
  Guard &operator=(const Guard &) = delete;
  ~Guard();
  Closed *operator->() const { return held_; }

private:
  GuardedPool &pool_;
  Closed *held_;
};
class GuardedPool {
public:
  Guard acquire() {
    Closed *last = free_.back();
    free_.pop_back();
    return Guard(*this, last);
  }
  void release(Closed *c) { free_.push_back(c); }

private:
  std::vector<Closed *> free_;
};
inline Guard::~Guard() {
  held_->close();
  pool_.release(held_);
}
GuardedPool good_guarded_pool;

// By what the pool is told to do.
struct CloseOnPut {
  static void reset(Closed &c) { c.close(); }
};
struct AnyClose {
  template <typename T> void on_recycle(T *object) { object->close(); }
};
template <typename T, typename Policy> class PolicyPool {
public:
  T *acquire() {
    T *last = free_.back();
    free_.pop_back();
    return last;
  }
  void release(T *object) {
    Policy::reset(*object);
    free_.push_back(object);
  }

private:
  std::vector<T *> free_;
};
PolicyPool<Closed, CloseOnPut> good_policy;
PolicyPool<Closed, AnyClose> good_any_policy;

// In a helper of the template that nobody calls here.
template <typename T> class HelpedPool {
public:
  T *acquire() {
    T *last = free_.back();
    free_.pop_back();
    return last;
  }
  void release(T *object) { keep(object); }

private:
  void keep(T *object) {
    object->close();
    free_.push_back(object);
  }
  std::vector<T *> free_;
};
HelpedPool<Closed> good_helped;

// By a free function, as in C.
struct Raw {
  std::FILE *file = nullptr;
  ~Raw();
};
void raw_close(Raw *raw);
void raw_reset(Raw *raw) { raw_close(raw); }
void raw_close(Raw *raw) {
  if (raw->file)
    std::fclose(raw->file);
  raw->file = nullptr;
}
Raw::~Raw() { raw_close(this); }
KeepPool<Raw> good_raw;
} // namespace resets

// --- kinds and conventions

namespace kinds {
struct Peer {
  ScopedFd fd;
};
FreshPool<Peer> good_fresh; // destroyed at the end of each lease

// Pools of connections are there to keep what is open.
struct Connection {
  ScopedFd fd;
};
KeepPool<Connection> good_connections;

// Raw storage has no destructor question.
struct Chunk {
  ScopedFd fd;
};
class ChunkPool {
public:
  Chunk *allocate();
  void deallocate(Chunk *);
};
ChunkPool good_chunks;

// Nothing is pooled.
struct Alone {
  ScopedFd fd;
};
std::vector<Alone> good_alone;
} // namespace kinds

// --- where it stands

class FilePool { // expect: pool-finalizer-object "'Log' is pooled, but its destructor closes a file"
public:
  handles::Log *acquire() {
    handles::Log *last = free_.back();
    free_.pop_back();
    return last;
  }
  void release(handles::Log *log) { free_.push_back(log); }

private:
  std::vector<handles::Log *> free_;
};

struct Server {
  FilePool files; // told at the class
  KeepPool<handles::Log> logs; // told once, at the first that is defined
};
