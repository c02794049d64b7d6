// RUN: %check %s --allow-errors
// A class of which a part is not known, as when a header is missing: clang makes no
// graph of its destructor. The rest of the file is looked at.

#include <fcntl.h>
#include <unistd.h>

template <class T> struct Text;
struct Unknown;

class Data {
  int fd_;
  Text<int> text_;

public:
  ~Data();
  int fd() { return fd_; }
};
Data::~Data() { close(fd_); }

struct Parts {
  Unknown parts[3];
  int fd;
  ~Parts() { close(fd); }
};
struct Derived : Data {
  Parts part;
  ~Derived() { close(part.fd); }
};
void uses() {
  Derived d;
  Unknown u;
  close(d.fd());
}

int bad(const char *path) {
  int fd = open(path, O_RDONLY);
  if (fd < 0)
    return -1;
  close(fd);
  close(fd); // expect: pool-double-put "'fd' is closed twice"
  return 0;
}
