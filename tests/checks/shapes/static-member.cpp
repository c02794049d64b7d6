// RUN: %check %s
// A pool whose acquire and put are static members, and a singleton pool.

#include <vector>

struct Frame {
  int width = 0, height = 0;
  std::vector<unsigned char> pixels;
  void reset() {
    width = height = 0;
    pixels.clear();
  }
};

class FramePool {
public:
  static Frame *allocate() {
    if (idle().empty())
      return new Frame;
    Frame *f = idle().back();
    idle().pop_back();
    return f;
  }
  static void deallocate(Frame *f) { idle().push_back(f); }

private:
  static std::vector<Frame *> &idle() {
    static std::vector<Frame *> frames;
    return frames;
  }
};

class ScenePool {
public:
  static ScenePool &instance() {
    static ScenePool pool;
    return pool;
  }
  Frame *acquire() {
    if (free_.empty())
      return new Frame;
    Frame *f = free_.back();
    free_.pop_back();
    return f;
  }
  void release(Frame *f) { free_.push_back(f); }

private:
  std::vector<Frame *> free_;
};

void show(const Frame &f);

void good_static() {
  Frame *f = FramePool::allocate();
  f->width = 640;
  show(*f);
  f->reset();
  FramePool::deallocate(f);
}

void bad_static_leak(bool hidden) {
  Frame *f = FramePool::allocate(); // expect: pool-resource-leak "'f' is not put back on some path"
  if (hidden)
    return;
  show(*f);
  FramePool::deallocate(f);
}

void bad_static_dirty() {
  Frame *f = FramePool::allocate();
  f->pixels.resize(100);
  FramePool::deallocate(f); // expect: pool-put-without-reset "'f' is put back without a reset"
}

void bad_static_twice() {
  Frame *f = FramePool::allocate();
  FramePool::deallocate(f); // note: "first put back here"
  FramePool::deallocate(f); // expect: pool-double-put "'f' is put back twice"
}

void good_singleton() {
  Frame *f = ScenePool::instance().acquire();
  show(*f);
  ScenePool::instance().release(f);
}

void bad_singleton_used() {
  auto &pool = ScenePool::instance();
  Frame *f = pool.acquire();
  pool.release(f); // note: "put back here"
  show(*f);        // expect: pool-use-after-put "'f' is used after it was put back"
}
