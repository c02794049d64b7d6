#ifndef POOL_H
#define POOL_H

class Buffer {
public:
  void append(int C) { Size += C; }
  void reset() { Size = 0; }

private:
  int Size = 0;
};

class BufferPool {
public:
  Buffer *acquire();
  void release(Buffer *B);
};

#endif
