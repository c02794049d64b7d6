// RUN: %check %s --checks=pool-oversized-put
// String streams keep what they wrote to, as strings do: str("") and a fresh one
// that is assigned leave the storage where it is.

#include "text_pool.h"
#include <algorithm>
#include <fstream>
#include <iomanip>
#include <iterator>
#include <optional>
#include <sstream>

struct Page {
  std::ostringstream out;
  std::stringstream both;
  int lines = 0;

  void clear() {
    out.str("");
    out.clear();
    both.str({});
    lines = 0;
  }
  std::size_t size() const { return out.str().size() + both.str().size(); }
};
using PagePool = FreeList<Page>;

struct Point {
  int x, y;
};
std::ostream &operator<<(std::ostream &to, const Point &p) {
  return to << p.x << ',' << p.y;
}
bool next_point(Point &p);

// --- written to, round after round

void bad_lines(PagePool &pool) {
  Page *p = pool.acquire(); // note: "acquired here"
  std::string line;
  while (next_line(line))
    p->out << line << '\n'; // note: "'out' grows here, and nothing limits it"
  p->clear();
  pool.release(p); // expect: oversized-put "'p' is put back however large 'out' has become"
}
void bad_by_operator_of_the_program(PagePool &pool) {
  Page *p = pool.acquire();
  Point at;
  while (next_point(at))
    p->out << at;
  p->clear();
  pool.release(p); // expect: oversized-put "'out'"
}
void bad_formatted(PagePool &pool) {
  Page *p = pool.acquire();
  Point at;
  while (next_point(at))
    p->both << std::hex << std::setw(8) << at.x << std::endl;
  p->clear();
  pool.release(p); // expect: oversized-put "'both'"
}
void bad_by_reference(PagePool &pool) {
  Page *p = pool.acquire();
  std::ostringstream &out = p->out;
  std::string line;
  while (next_line(line))
    out << line;
  p->clear();
  pool.release(p); // expect: oversized-put "'out'"
}
void bad_bytes(PagePool &pool) {
  Page *p = pool.acquire();
  std::string line;
  while (next_line(line))
    p->out.write(line.data(), line.size()).put('\n');
  p->clear();
  pool.release(p); // expect: oversized-put "'out'"
}
static void render(std::ostringstream &out) {
  std::string line;
  while (next_line(line))
    out << line;
}
void bad_by_a_helper(PagePool &pool) {
  Page *p = pool.acquire();
  render(p->out);
  p->clear();
  pool.release(p); // expect: oversized-put "'out'"
}
void bad_pool_of_streams(FreeList<std::ostringstream> &pool) {
  std::ostringstream *out = pool.acquire();
  std::string line;
  while (next_line(line))
    *out << line;
  out->str("");
  pool.release(out); // expect: oversized-put "'out' is put back however large it has become"
}

// --- all that an input has

void bad_all_of_a_file(PagePool &pool, const char *path) {
  Page *p = pool.acquire();
  std::ifstream in(path);
  p->out << in.rdbuf(); // note: "'out' grows here, and nothing limits it"
  p->clear();
  pool.release(p); // expect: oversized-put "'out'"
}
void bad_taken_in(PagePool &pool, std::istream &in) {
  Page *p = pool.acquire();
  in >> p->both.rdbuf();
  p->clear();
  pool.release(p); // expect: oversized-put "'both'"
}
void good_what_another_string_has(PagePool &pool, const std::string &text) {
  Page *p = pool.acquire();
  std::istringstream in(text);
  p->out << in.rdbuf();
  p->clear();
  pool.release(p);
}

// --- as much as is counted, and once

void good_one_message(PagePool &pool, const std::string &name, int n) {
  Page *p = pool.acquire();
  p->out << "hello " << name << ", you are number " << n << '\n';
  p->clear();
  pool.release(p);
}
void good_a_few(PagePool &pool) {
  Page *p = pool.acquire();
  for (int i = 0; i < 16; ++i)
    p->out << i << ' ';
  p->clear();
  pool.release(p);
}
void good_each_line_anew(PagePool &pool) {
  Page *p = pool.acquire();
  std::string line;
  while (next_line(line)) {
    p->out.str("");
    p->out << '[' << line << ']';
    send(Text{p->out.str()});
  }
  p->clear();
  pool.release(p);
}
void good_each_line_over_the_last(PagePool &pool) {
  Page *p = pool.acquire();
  std::string line;
  while (next_line(line)) {
    p->out.seekp(0);
    p->out << line;
  }
  while (next_line(line)) {
    p->both.seekp(0, std::ios::beg);
    p->both << line;
  }
  p->clear();
  pool.release(p);
}
void bad_goes_to_the_end(PagePool &pool) {
  Page *p = pool.acquire();
  std::string line;
  while (next_line(line)) {
    p->out.seekp(0, std::ios::end);
    p->out << line;
  }
  p->clear();
  pool.release(p); // expect: oversized-put "'out'"
}
void good_only_how_it_writes(PagePool &pool) {
  Page *p = pool.acquire();
  while (running())
    p->out << std::hex;
  p->clear();
  pool.release(p);
}
// A file keeps nothing.
struct Journal {
  std::ofstream file;
  int lines = 0;
  void clear() { lines = 0; }
};
void good_file(FreeList<Journal> &pool) {
  Journal *j = pool.acquire();
  std::string line;
  while (next_line(line))
    j->file << line;
  j->clear();
  pool.release(j);
}
void good_somebody_elses(PagePool &pool, std::ostringstream &log) {
  Page *p = pool.acquire();
  std::string line;
  while (next_line(line))
    log << line;
  p->clear();
  pool.release(p);
}

// --- what gives it back, and who asks

void good_swapped(PagePool &pool) {
  Page *p = pool.acquire();
  render(p->out);
  std::ostringstream().swap(p->out);
  p->clear();
  pool.release(p);
}
void good_swapped_by_the_library(PagePool &pool) {
  Page *p = pool.acquire();
  render(p->out);
  std::ostringstream fresh;
  std::swap(p->out, fresh);
  p->clear();
  pool.release(p);
}
std::string good_moved_out(PagePool &pool) {
  Page *p = pool.acquire();
  render(p->out);
  std::string all = std::move(p->out).str();
  p->clear();
  pool.release(p);
  return all;
}
std::string bad_copied_out(PagePool &pool) {
  Page *p = pool.acquire();
  render(p->out);
  std::string all = p->out.str();
  p->clear();
  pool.release(p); // expect: oversized-put "'out'"
  return all;
}
void bad_assigned_a_fresh_one(PagePool &pool) {
  Page *p = pool.acquire();
  render(p->out);
  p->out = std::ostringstream();
  p->clear();
  pool.release(p); // expect: oversized-put "'out'"
}
void good_asked_where_it_stands(PagePool &pool) {
  Page *p = pool.acquire();
  render(p->out);
  if (p->out.tellp() > 4096) {
    delete p;
    return;
  }
  p->clear();
  pool.release(p);
}
void good_asked_what_it_has(PagePool &pool, std::size_t most) {
  Page *p = pool.acquire();
  render(p->out);
  if (p->out.str().size() > most) {
    delete p;
    return;
  }
  p->clear();
  pool.release(p);
}
void good_asked_by_a_view(PagePool &pool) {
  Page *p = pool.acquire();
  render(p->out);
  std::size_t n = p->out.view().size();
  bool large = n > 4096;
  p->clear();
  if (large)
    delete p;
  else
    pool.release(p);
}
void good_asked_by_a_copy(PagePool &pool, std::string &all) {
  Page *p = pool.acquire();
  render(p->out);
  const std::string text = p->out.str();
  if (text.size() > 4096)
    std::ostringstream().swap(p->out);
  all = text;
  p->clear();
  pool.release(p);
}
void good_asked_as_a_whole(PagePool &pool) {
  Page *p = pool.acquire();
  render(p->out);
  if (p->size() > 4096) {
    delete p;
    return;
  }
  p->clear();
  pool.release(p);
}
void good_stops_when_it_is_full(PagePool &pool) {
  Page *p = pool.acquire();
  std::string line;
  while (next_line(line)) {
    p->out << line;
    if (p->out.tellp() >= 4096)
      break;
  }
  p->clear();
  pool.release(p);
}
void bad_only_whether_any(PagePool &pool) {
  Page *p = pool.acquire();
  render(p->out);
  if (p->out.tellp() > 0)
    send(Text{p->out.str()});
  p->clear();
  pool.release(p); // expect: oversized-put "'out'"
}
void bad_asked_the_other(PagePool &pool) {
  Page *p = pool.acquire();
  render(p->out);
  if (p->both.tellp() > 4096)
    send(Text());
  p->clear();
  pool.release(p); // expect: oversized-put "'out'"
}

void good_all_that_went_in_is_asked(PagePool &pool, std::size_t most) {
  Page *p = pool.acquire();
  std::string line;
  std::size_t bytes = 0;
  while (next_line(line)) {
    p->out << line << '\n';
    bytes += line.size() + 1;
  }
  p->clear();
  if (bytes > most) {
    delete p;
    return;
  }
  pool.release(p);
}
void bad_all_that_went_in_is_told(PagePool &pool, std::size_t &told) {
  Page *p = pool.acquire();
  std::string line;
  std::size_t bytes = 0;
  while (next_line(line)) {
    p->out << line;
    bytes += line.size();
  }
  p->clear();
  if (bytes > 0)
    told += bytes;
  pool.release(p); // expect: oversized-put "'out'"
}

// --- sent in pieces: emptied now and then while it grows

void good_sent_in_pieces(PagePool &pool) {
  Page *p = pool.acquire();
  std::string line;
  while (next_line(line)) {
    p->out << line;
    if (++p->lines == 64) {
      send(Text{p->out.str()});
      p->clear();
    }
  }
  p->clear();
  pool.release(p);
}
void good_pieces_of_so_many_bytes(PagePool &pool) {
  Page *p = pool.acquire();
  std::string line;
  std::size_t bytes = 0;
  while (next_line(line)) {
    p->out << line;
    bytes += line.size();
    if (bytes > 4096) {
      send(Text{p->out.str()});
      p->out.str("");
      bytes = 0;
    }
  }
  p->clear();
  pool.release(p);
}
static void send_if_full(Page &p) {
  if (++p.lines < 64)
    return;
  send(Text{p.out.str()});
  p.clear();
}
void good_sent_by_a_helper(PagePool &pool) {
  Page *p = pool.acquire();
  std::string line;
  while (next_line(line)) {
    p->out << line;
    send_if_full(*p);
  }
  p->clear();
  pool.release(p);
}
void bad_another_is_sent_in_pieces(PagePool &pool) {
  Page *p = pool.acquire();
  std::string line;
  while (next_line(line)) {
    p->out << line;
    p->both << line;
    if (++p->lines == 64) {
      send(Text{p->both.str()});
      p->both.str("");
      p->lines = 0;
    }
  }
  p->clear();
  pool.release(p); // expect: oversized-put "'out'"
}
void bad_emptied_behind_the_rounds(PagePool &pool) {
  while (running()) {
    Page *p = pool.acquire();
    std::string line;
    while (next_line(line))
      p->out << line;
    send(Text{p->out.str()});
    p->clear();
    pool.release(p); // expect: oversized-put "'out'"
  }
}

// --- made anew for each user

struct Letter {
  std::optional<std::ostringstream> out;
  std::optional<std::string> text;
  void clear() {
    out.reset();
    text = std::nullopt;
  }
};
using LetterPool = FreeList<Letter>;
void good_destroyed_by_the_reset(LetterPool &pool) {
  Letter *l = pool.acquire();
  l->out.emplace();
  l->text.emplace();
  std::string line;
  while (next_line(line)) {
    *l->out << line;
    *l->text += line;
  }
  l->clear();
  pool.release(l);
}
struct Note {
  std::optional<std::string> text;
  int uses = 0;
  void clear() { uses = 0; }
};
void good_destroyed_before_the_put(FreeList<Note> &pool) {
  Note *n = pool.acquire();
  std::string line;
  while (next_line(line))
    *n->text += line;
  n->text = {};
  n->clear();
  pool.release(n);
}
void good_made_anew_before_the_put(FreeList<Note> &pool) {
  Note *n = pool.acquire();
  std::string line;
  while (next_line(line))
    *n->text += line;
  n->text.emplace();
  n->clear();
  pool.release(n);
}
void bad_emptied_where_it_is(FreeList<Note> &pool) {
  Note *n = pool.acquire();
  n->text.emplace();
  std::string line;
  while (next_line(line))
    *n->text += line;
  n->text->clear();
  n->clear();
  pool.release(n); // expect: oversized-put "'text'"
}

class CarefulPages {
public:
  Page *acquire();
  void release(Page *p) {
    if (p->out.tellp() > 4096) {
      delete p;
      return;
    }
    p->clear();
    free_.push_back(p);
  }

private:
  std::vector<Page *> free_;
};
void good_careful_pool(CarefulPages &pool) {
  Page *p = pool.acquire();
  render(p->out);
  pool.release(p);
}
