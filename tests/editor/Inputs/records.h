// Pools, helpers and a guard whose bodies say what they do.
#ifndef RECORDS_H
#define RECORDS_H

#include <string>
#include <vector>

struct Record {
  std::string text;
  void add(const char *s) { text += s; }
  void reset() { text.clear(); }
};

class RecordPool {
public:
  Record *acquire() {
    if (free_.empty())
      return new Record;
    Record *r = free_.back();
    free_.pop_back();
    return r;
  }
  void release(Record *r) { free_.push_back(r); }

private:
  std::vector<Record *> free_;
};

/// Takes care of the reset itself.
class CleanPool {
public:
  Record *acquire() {
    if (free_.empty())
      return new Record;
    Record *r = free_.back();
    free_.pop_back();
    return r;
  }
  void release(Record *r) {
    r->reset();
    free_.push_back(r);
  }

private:
  std::vector<Record *> free_;
};

inline void give_back(RecordPool &pool, Record *r) {
  r->reset();
  pool.release(r);
}

class Guard {
public:
  Guard(RecordPool &pool, Record *r) : pool_(pool), r_(r) {}
  Guard(const Guard &) = delete;
  Guard &operator=(const Guard &) = delete;
  ~Guard() { give_back(pool_, r_); }

private:
  RecordPool &pool_;
  Record *r_;
};

#endif
