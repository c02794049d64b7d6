// RUN: %check %s --models %S/../models/put-on-object.yaml
// The object is put back by one of its own methods.

#include <string>

class Socket {
public:
  static Socket *Open(int port); // null when there is none
  void ReturnToPool();
  int fd() const { return fd_; }
  void set_tag(const char *tag) { tag_ = tag; }
  void Reset() { tag_.clear(); }

  void good_done() {
    int wait = id_wait_;
    ReturnToPool();
    notify(wait);
  }
  void bad_done() {
    ReturnToPool();  // note: "put back here"
    notify(id_wait_); // expect: pool-use-after-put "'this' is used after it was put back"
  }
  void bad_done_twice(bool error) {
    if (error)
      ReturnToPool();     // note: "first put back here"
    this->ReturnToPool(); // expect: pool-double-put "'this' is put back twice"
  }
  bool good_maybe_done(bool last) {
    if (!last)
      return id_wait_ != 0;
    ReturnToPool();
    return false;
  }

private:
  static void notify(int id);
  int fd_ = -1, id_wait_ = 0;
  std::string tag_;
};

void good_socket(int port) {
  Socket *s = Socket::Open(port);
  if (!s)
    return;
  s->set_tag("x");
  s->Reset();
  s->ReturnToPool();
}

void bad_socket_twice(int port) {
  Socket *s = Socket::Open(port);
  if (!s)
    return;
  s->ReturnToPool(); // note: "first put back here"
  s->ReturnToPool(); // expect: pool-double-put "'s' is put back twice"
}

int bad_socket_used(int port) {
  Socket *s = Socket::Open(port);
  if (!s)
    return -1;
  s->ReturnToPool(); // note: "put back here"
  return s->fd();    // expect: pool-use-after-put "'s' is used after it was put back"
}

int bad_socket_leak(int port, bool stop) {
  Socket *s = Socket::Open(port); // expect: pool-resource-leak "'s' is not put back on some path"
  if (!s)
    return -1;
  if (stop)
    return 0; // note: "returns here without putting it back"
  s->ReturnToPool();
  return 1;
}

void bad_socket_dirty(int port, const char *tag) {
  Socket *s = Socket::Open(port);
  if (!s)
    return;
  s->set_tag(tag);   // note: "changed here"
  s->ReturnToPool(); // expect: pool-put-without-reset "'s' is put back without a reset"
}
