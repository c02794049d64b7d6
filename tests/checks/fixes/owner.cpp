// RUN: %check %s --level strict --checks=pool-resource-leak,pool-unguarded-resource --fix
// RUN: %check %s --level strict --checks=pool-resource-leak,pool-unguarded-resource --fix --std=c++17
// RUN-FIXED
// A raw name becomes an owner: its puts, its uses, and where there is no fix.

#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

// --- a pool that counts what is out, and what comes back twice

struct Frame {
  std::string text;
  bool out = false;
  std::size_t size() const { return text.size(); }
  void clear() { text.clear(); }
};

int frames_out = 0;

class FramePool {
public:
  Frame *acquire() {
    Frame *f = free_.empty() ? new Frame : free_.back();
    if (!free_.empty())
      free_.pop_back();
    f->out = true;
    ++frames_out;
    return f;
  }
  void release(Frame *f) {
    if (!f->out || !f->text.empty())
      std::abort();
    f->out = false;
    --frames_out;
    free_.push_back(f);
  }

private:
  std::vector<Frame *> free_;
};

void look(const Frame *f);
void look(const Frame *f) { std::printf("%zu", f->size()); }
extern int (*parse)(const std::string &s); // may throw, for all that is seen
void check(int n) {
  if (n < 0)
    throw std::out_of_range("n");
}

// --- put by a member: a lambda that captures the pool

bool early_return(FramePool &pool, int n) {
  Frame *frame = pool.acquire(); // expect: resource-leak "'frame' is not put back on some path"
  frame->text = "x";
  if (n < 0)
    return false;
  look(frame);
  (*frame).text += std::to_string(n);
  frame->clear();
  pool.release(frame);
  return true;
}

void never_put(FramePool &pool) {
  auto *frame = pool.acquire(); // expect: resource-leak "'frame' is never put back"
  frame->text = "y";
}

void known_throw(FramePool *pool, int n) {
  Frame *frame = pool->acquire(); // expect: resource-leak "'frame' is not put back on some path"
  int put_frame = n;
  check(put_frame);
  pool->release(frame);
}

void unguarded(FramePool &pool, const std::string &s) {
  Frame *frame = pool.acquire(); // expect: unguarded-resource "'frame' is put back by hand"
  if (!frame)
    return;
  parse(s);
  if (frame != nullptr && frame->size() > 2)
    frame->clear();
  pool.release(frame);
  frame = nullptr;
}

class Screen {
public:
  bool draw(const std::string &s) {
    Frame *frame = pool_.acquire(); // expect: unguarded-resource "'frame' is put back by hand"
    parse(s);
    return pool_.release(frame), true;
  }

private:
  FramePool pool_;
};

void put_in_handler(FramePool &pool, int n) {
  Frame *frame = pool.acquire(); // expect: resource-leak "'frame' is not put back on some path"
  try {
    check(n);
  } catch (const std::logic_error &) {
    pool.release(frame);
    throw;
  }
  if (n == 7)
    return;
  pool.release(frame);
}

// --- put by a function: its address

bool save(const char *name, const char *text) {
  std::FILE *file = std::fopen(name, "w"); // expect: resource-leak "'file' is not closed on some path"
  if (!file)
    return false;
  if (!text)
    return false;
  std::fputs(text, file);
  return std::fclose(file) == 0;
}

void never_closed(const char *name) {
  FILE *file = fopen(name, "r"); // expect: resource-leak "'file' is never closed"
  if (file && std::fgetc(file) == 'x')
    std::puts("x");
}

void in_one_line(const char *name) {
  { FILE *file = fopen(name, "r"); if (file) { parse(name); fclose(file); } } // expect: unguarded-resource "by hand"
}

// --- new and delete

int counted(int n) {
  Frame *frame = new Frame{"made"}; // expect: resource-leak "not"
  if (n < 0)
    return 0;
  n += frame->size();
  delete frame;
  return n;
}

int main() {
  FramePool pool;
  early_return(pool, 1);
  early_return(pool, -1);
  never_put(pool);
  try {
    known_throw(&pool, -1);
  } catch (const std::exception &) {
  }
  try {
    unguarded(pool, "");
  } catch (const std::exception &) {
  }
  unguarded(pool, "1");
  Screen().draw("2");
  put_in_handler(pool, 7);
  put_in_handler(pool, 1);
  try {
    put_in_handler(pool, -1);
  } catch (const std::exception &) {
  }
  save("/dev/null", "text");
  never_closed("/dev/null");
  in_one_line("/dev/null");
  return frames_out || counted(1) != 5;
}

static int parse_it(const std::string &s) {
  if (s.empty())
    throw std::invalid_argument("s");
  return int(s.size());
}
int (*parse)(const std::string &s) = parse_it;
