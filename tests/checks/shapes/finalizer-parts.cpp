// RUN: %check %s --checks=pool-finalizer-object
// What a reset closes of what the destructor closes: by the part that gets a new
// value, by what is swapped with something that ends, by what is run.

#include "finalizers.h"
#include <array>
#include <atomic>
#include <utility>

struct CloseFile {
  void operator()(std::FILE *file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

// --- a part of a member

namespace parts {
struct State {
  File out;
  File log;
  int lines = 0;
};

class Owner {
public:
  void reset() {
    state_->out = nullptr;
    state_->log.reset();
  }

private:
  std::unique_ptr<State> state_ = std::make_unique<State>();
};
KeepPool<Owner> good_owner;

class Whole {
public:
  void reset() { state_ = {}; }

private:
  State state_;
};
KeepPool<Whole> good_whole;

// The count is not the files.
class Count {
public:
  void reset() { state_->lines = 0; }

private:
  std::unique_ptr<State> state_ = std::make_unique<State>();
};
KeepPool<Count> bad_count; // expect: pool-finalizer-object "'Count' is pooled, but its destructor closes a file"

// One of two.
class Half {
public:
  void reset() { state_.out = nullptr; }

private:
  State state_; // note: "its member 'state_' is here"
};
KeepPool<Half> bad_half; // expect: pool-finalizer-object "'Half' is pooled, but its destructor closes a file"

// What holds the part is new.
class Deep {
public:
  void reset() { all_.second = {}; }

private:
  struct Both {
    int first = 0;
    State second;
  } all_;
};
KeepPool<Deep> good_deep;

// By its own method, which is there to be read.
class Wrapped {
public:
  void reset() { log_.set(nullptr); }

private:
  struct Holder {
    File file;
    void set(File f) { file = std::move(f); }
  } log_;
};
KeepPool<Wrapped> good_wrapped;
} // namespace parts

// --- each of several

namespace several {
struct Looped {
  File files[2];
  void reset() {
    for (auto &file : files)
      file = nullptr;
  }
};
KeepPool<Looped> good_looped;

struct Indexed {
  std::array<File, 2> files;
  void reset() {
    files[0] = nullptr;
    files.at(1) = File();
  }
};
KeepPool<Indexed> good_indexed;

struct Sized {
  std::vector<File> files;
  void reset() { files.resize(0); }
};
KeepPool<Sized> good_sized;

struct Shrunk {
  std::vector<File> files;
  void reset() { files.resize(4); }
};
KeepPool<Shrunk> bad_shrunk; // expect: pool-finalizer-object "'Shrunk' is pooled, but its destructor closes a file"

// A pointer that is let go closes nothing.
struct Named {
  std::vector<File> files;
  void reset() {
    for (auto &file : files) {
      auto *raw = file.get();
      raw = nullptr;
    }
  }
};
KeepPool<Named> bad_named; // expect: pool-finalizer-object "'Named' is pooled, but its destructor closes a file"
} // namespace several

// --- swapped

namespace swaps {
struct Member {
  File file;
  void reset() { File().swap(file); }
};
KeepPool<Member> good_member;

struct Free {
  File file;
  void reset() {
    File none;
    std::swap(none, file);
  }
};
KeepPool<Free> good_free;

class Pipe {
public:
  Pipe() = default;
  Pipe(Pipe &&other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Pipe &operator=(Pipe &&other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Pipe() {
    if (fd_ != -1)
      ::close(fd_);
  }
  void reset() { *this = Pipe(); } // what it had ends with the temporary

private:
  int fd_ = -1;
};
KeepPool<Pipe> good_pipes;

class Copied {
public:
  Copied() = default;
  Copied(const Copied &other) : fd_(::dup(other.fd_)) {}
  Copied &operator=(Copied other) {
    swap(other);
    return *this;
  }
  ~Copied() {
    if (fd_ != -1)
      ::close(fd_);
  }
  void swap(Copied &other) { std::swap(fd_, other.fd_); }
  void reset() { *this = Copied(); }

private:
  int fd_ = -1;
};
KeepPool<Copied> good_copied;

class Swapped {
public:
  ~Swapped() {
    if (fd_ != -1)
      ::close(fd_);
  }
  void swap(Swapped &other) { std::swap(fd_, other.fd_); }
  void reset() {
    Swapped empty;
    empty.swap(*this);
  }

private:
  int fd_ = -1;
};
KeepPool<Swapped> good_swapped;

// It closes what it had before it takes the other's.
class Closing {
public:
  Closing() = default;
  Closing &operator=(Closing &&other) noexcept {
    if (fd_ != -1)
      ::close(fd_);
    fd_ = std::exchange(other.fd_, -1);
    return *this;
  }
  ~Closing() {
    if (fd_ != -1)
      ::close(fd_);
  }
  void reset() { *this = Closing(); }

private:
  int fd_ = -1;
};
KeepPool<Closing> good_closing;

// With one that lives on nothing ends.
class Traded {
public:
  ~Traded() {
    if (fd_ != -1)
      ::close(fd_);
  }
  void reset() { std::swap(fd_, spare().fd_); }

private:
  static Traded &spare();
  int fd_ = -1;
};
KeepPool<Traded> bad_traded; // expect: pool-finalizer-object "'Traded' is pooled, but its destructor closes a descriptor"

// A number that is taken over is not closed.
class Leaky {
public:
  Leaky() = default;
  Leaky &operator=(Leaky &&other) noexcept {
    fd_ = other.fd_;
    return *this;
  }
  ~Leaky() {
    if (fd_ != -1)
      ::close(fd_);
  }
  void reset() { *this = Leaky(); }

private:
  int fd_ = -1;
};
KeepPool<Leaky> bad_leaky; // expect: pool-finalizer-object "'Leaky' is pooled, but its destructor closes a descriptor"
} // namespace swaps

// --- callbacks that are kept in a list

namespace lists {
class Scope {
public:
  void defer(std::function<void()> f) { todo_.push_back(std::move(f)); }
  ~Scope() {
    for (auto &f : todo_)
      f();
  }
  void reset() {
    while (!todo_.empty()) {
      todo_.back()();
      todo_.pop_back();
    }
  }

private:
  std::vector<std::function<void()>> todo_;
};
KeepPool<Scope> good_scopes;

class Dropped {
public:
  ~Dropped() {
    while (!todo_.empty()) {
      todo_.back()(); // note: "calls 'todo_' here"
      todo_.pop_back();
    }
  }
  void reset() { todo_.clear(); }

private:
  std::vector<std::function<void()>> todo_;
};
KeepPool<Dropped> bad_dropped; // expect: pool-finalizer-object "'Dropped' is pooled, but its destructor runs a callback"
} // namespace lists

// --- a reset that replaces another

namespace replaced {
class Job {
public:
  virtual ~Job() {
    if (log_)
      std::fclose(log_);
  }
  void begin() { log_ = std::fopen("log", "w"); }
  virtual void reset() {
    if (log_)
      std::fclose(log_);
    log_ = nullptr;
  }

private:
  std::FILE *log_ = nullptr;
};

class Quick final : public Job {
public:
  void reset() override { n_ = 0; }

private:
  int n_ = 0;
};
KeepPool<Quick> bad_quick; // expect: pool-finalizer-object "'Quick' is pooled, but its destructor closes a file"

class Careful final : public Job {
public:
  void reset() override {
    n_ = 0;
    Job::reset();
  }

private:
  int n_ = 0;
};
KeepPool<Careful> good_careful;

class Plain final : public Job {
  int n_ = 0;
};
KeepPool<Plain> good_plain;
} // namespace replaced
