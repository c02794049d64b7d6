// RUN: %check %s --checks=pool-oversized-put
// Texts that are put back with all the storage that they grew to.

#include "text_pool.h"
#include <algorithm>
#include <array>
#include <cassert>
#include <cstdlib>
#include <iterator>
#include <sstream>
#include <string_view>

extern "C" {
std::uint32_t ntohl(std::uint32_t n);
long read(int fd, void *to, std::size_t count);
}

// --- from input

void bad_lines(TextPool &pool, std::istream &in) {
  Text *t = pool.acquire(); // note: "acquired here"
  std::string line;
  while (std::getline(in, line))
    t->body += line; // note: "'body' grows here, and nothing limits it"
  send(*t);
  t->clear();
  pool.release(t); // expect: oversized-put "'t' is put back however large 'body' has become"
}

void bad_one_line(TextPool &pool, std::istream &in) {
  Text *t = pool.acquire();
  std::getline(in, t->body); // note: "grows here"
  t->clear();
  pool.release(t); // expect: oversized-put "'t' is put back however large 'body' has become"
}

void bad_read_all(FreeList<std::string> &pool, std::istream &in) {
  std::string *s = pool.acquire();
  s->assign(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  s->clear();
  pool.release(s); // expect: oversized-put "'s' is put back however large it has become"
}

void bad_copied_in(FreeList<std::string> &pool, std::istream &in) {
  std::string *s = pool.acquire();
  std::copy(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>(),
            std::back_inserter(*s));
  s->clear();
  pool.release(s); // expect: oversized-put "'s' is put back however large it has become"
}

void bad_chunks(TextPool &pool, int fd) {
  Text *t = pool.acquire();
  char chunk[4096];
  long n;
  while ((n = read(fd, chunk, sizeof chunk)) > 0)
    t->body.append(chunk, n);
  send(*t);
  t->clear();
  pool.release(t); // expect: oversized-put "'body'"
}

void good_one_chunk(TextPool &pool, int fd) {
  Text *t = pool.acquire();
  char chunk[4096];
  long n = read(fd, chunk, sizeof chunk);
  if (n > 0)
    t->body.append(chunk, n);
  send(*t);
  t->clear();
  pool.release(t);
}

void bad_length_from_the_wire(TextPool &pool, std::uint32_t header) {
  Text *t = pool.acquire();
  std::size_t n = ntohl(header);
  t->body.resize(n);
  t->clear();
  pool.release(t); // expect: oversized-put "'body'"
}

void bad_length_in_text(TextPool &pool, const std::string &header) {
  Text *t = pool.acquire();
  t->body.reserve(std::stoul(header));
  t->clear();
  pool.release(t); // expect: oversized-put "'body'"
}

void good_length_compared(TextPool &pool, std::uint32_t header, std::size_t limit) {
  Text *t = pool.acquire();
  std::size_t n = ntohl(header);
  if (n <= limit)
    t->body.resize(n);
  t->clear();
  pool.release(t);
}

// --- in rounds

void bad_rounds(TextPool &pool) {
  Text *t = pool.acquire();
  std::string line;
  while (next_line(line))
    t->append(line); // note: "'body' grows here, and nothing limits it"
  send(*t);
  t->clear();
  pool.release(t); // expect: oversized-put "'t' is put back however large 'body' has become"
}

void bad_for_ever(TextPool &pool) {
  Text *t = pool.acquire();
  for (;;) {
    std::string line;
    if (!next_line(line))
      break;
    t->marks.push_back(int(line.size()));
  }
  t->clear();
  pool.release(t); // expect: oversized-put "'marks'"
}

void bad_whatever_the_caller_has(TextPool &pool, const std::vector<std::string> &lines) {
  Text *t = pool.acquire();
  for (const std::string &line : lines)
    t->append(line);
  send(*t);
  t->clear();
  pool.release(t); // expect: oversized-put "'body'"
}

void bad_by_index(TextPool &pool, const std::vector<std::string> &lines) {
  Text *t = pool.acquire();
  for (std::size_t i = 0; i < lines.size(); ++i)
    t->append(lines[i]);
  t->clear();
  pool.release(t); // expect: oversized-put "'body'"
}

void bad_by_iterator(TextPool &pool, const std::vector<std::string> &lines) {
  Text *t = pool.acquire();
  for (auto it = lines.begin(); it != lines.end(); ++it)
    t->append(*it);
  t->clear();
  pool.release(t); // expect: oversized-put "'body'"
}

void good_few_of_them(TextPool &pool, const std::vector<std::string> &lines) {
  if (lines.size() > 16)
    return;
  Text *t = pool.acquire();
  for (const std::string &line : lines)
    t->append(line);
  t->clear();
  pool.release(t);
}

void good_counted(TextPool &pool) {
  Text *t = pool.acquire();
  for (int i = 0; i < 8; ++i)
    t->append("key=value;");
  t->clear();
  pool.release(t);
}

void good_array(TextPool &pool) {
  static const char *const words[] = {"a", "b"};
  const std::array<int, 4> numbers{1, 2, 3, 4};
  Text *t = pool.acquire();
  for (const char *word : words)
    t->append(word);
  for (int number : numbers)
    t->marks.push_back(number);
  for (const char *word : {"x", "y"})
    t->append(word);
  t->clear();
  pool.release(t);
}

void good_tries(TextPool &pool) {
  Text *t = pool.acquire();
  int tries = 0;
  do {
    t->append("retry");
  } while (running() && ++tries < 3);
  t->clear();
  pool.release(t);
}

void good_leaves_after_a_few(TextPool &pool) {
  Text *t = pool.acquire();
  int n = 0;
  std::string line;
  while (next_line(line)) {
    t->append(line);
    if (++n == 10)
      break;
  }
  t->clear();
  pool.release(t);
}

// Each lease is filled once, however many there are.
void good_one_lease_a_round(TextPool &pool) {
  std::string line;
  while (next_line(line)) {
    Text *t = pool.acquire();
    t->append(line);
    send(*t);
    t->clear();
    pool.release(t);
  }
}

// Emptied in each round: it is as large as one of them.
void good_emptied_each_round(TextPool &pool) {
  Text *t = pool.acquire();
  std::string line;
  while (next_line(line)) {
    t->clear();
    t->append("line: ");
    t->append(line);
    send(*t);
  }
  t->clear();
  pool.release(t);
}

void good_emptied_field(TextPool &pool) {
  Text *t = pool.acquire();
  std::string line;
  while (next_line(line)) {
    t->append(line);
    send(*t);
    t->body.clear();
  }
  t->clear();
  pool.release(t);
}

void good_assigned_each_round(TextPool &pool) {
  Text *t = pool.acquire();
  std::string line;
  while (next_line(line)) {
    t->body = "line: ";
    t->body += line;
    send(*t);
  }
  t->clear();
  pool.release(t);
}

// The rounds inside are few, and what is outside starts afresh.
void good_few_rounds_each(TextPool &pool) {
  Text *t = pool.acquire();
  std::string line;
  while (next_line(line)) {
    t->clear();
    for (int i = 0; i < 4; ++i)
      t->append(line);
    send(*t);
  }
  t->clear();
  pool.release(t);
}

void bad_few_rounds_for_ever(TextPool &pool) {
  Text *t = pool.acquire();
  std::string line;
  while (next_line(line))
    for (int i = 0; i < 4; ++i)
      t->append(line);
  t->clear();
  pool.release(t); // expect: oversized-put "'body'"
}

// --- once, and as much as one thing has

void good_one_message(TextPool &pool, const std::string &message) {
  Text *t = pool.acquire();
  t->append(message);
  t->append("\n");
  send(*t);
  t->clear();
  pool.release(t);
}

void good_two_arms(TextPool &pool, bool brief) {
  Text *t = pool.acquire();
  if (brief)
    t->append("ok");
  else
    t->body.append(80, '-');
  t->clear();
  pool.release(t);
}

// --- by a number

void good_dominated(TextPool &pool, std::size_t n, std::size_t limit) {
  if (n > limit)
    return;
  Text *t = pool.acquire();
  t->body.resize(n);
  t->clear();
  pool.release(t);
}

void good_by_a_constant(TextPool &pool, std::size_t n) {
  Text *t = pool.acquire();
  if (n < 4096)
    t->body.reserve(n);
  t->clear();
  pool.release(t);
}

void good_least(TextPool &pool, std::size_t n, std::size_t limit) {
  Text *t = pool.acquire();
  t->body.resize(std::min(n, limit));
  t->clear();
  pool.release(t);
}

void good_clamped_first(TextPool &pool, std::size_t n, std::size_t limit) {
  n = std::min(n, limit);
  std::size_t half = n < limit ? n : limit;
  Text *t = pool.acquire();
  t->body.resize(n);
  t->marks.resize(half % 64);
  t->clear();
  pool.release(t);
}

void good_asserted(TextPool &pool, std::size_t n, std::size_t limit) {
  assert(n <= limit);
  Text *t = pool.acquire();
  t->body.resize(n > limit ? limit : n);
  t->clear();
  pool.release(t);
}

void good_small_type(TextPool &pool, std::uint16_t n) {
  Text *t = pool.acquire();
  t->body.resize(n);
  t->clear();
  pool.release(t);
}

void good_constant(TextPool &pool) {
  Text *t = pool.acquire();
  t->body.reserve(4096);
  t->clear();
  pool.release(t);
}

void good_sum(TextPool &pool, std::size_t header, std::size_t rest, std::size_t limit) {
  if (header + rest > limit)
    return;
  Text *t = pool.acquire();
  t->body.resize(header + rest);
  t->clear();
  pool.release(t);
}

void good_as_large_as_another(TextPool &pool, const std::string &other) {
  Text *t = pool.acquire();
  t->body.reserve(other.size() + 2);
  t->append(other);
  t->clear();
  pool.release(t);
}

// --- what keeps the storage, and what gives it back

void bad_string_assigned(FreeList<std::string> &pool, std::istream &in) {
  std::string *s = pool.acquire();
  std::getline(in, *s);
  *s = std::string();
  pool.release(s); // expect: oversized-put "'s'"
}

void bad_braces(FreeList<std::string> &pool, std::istream &in) {
  std::string *s = pool.acquire();
  std::getline(in, *s);
  *s = {};
  pool.release(s); // expect: oversized-put "'s'"
}

void bad_vector_braces(FreeList<std::vector<int>> &pool) {
  std::vector<int> *v = pool.acquire();
  std::string line;
  while (next_line(line))
    v->push_back(1);
  *v = {};
  pool.release(v); // expect: oversized-put "'v'"
}

void good_vector_moved_over(FreeList<std::vector<int>> &pool) {
  std::vector<int> *v = pool.acquire();
  std::string line;
  while (next_line(line))
    v->push_back(1);
  *v = std::vector<int>();
  pool.release(v);
}

void good_shrunk(TextPool &pool, std::istream &in) {
  Text *t = pool.acquire();
  std::getline(in, t->body);
  t->clear();
  t->body.shrink_to_fit();
  pool.release(t);
}

void bad_shrunk_the_other(TextPool &pool, std::istream &in) {
  Text *t = pool.acquire();
  std::getline(in, t->body);
  t->clear();
  t->marks.shrink_to_fit();
  pool.release(t); // expect: oversized-put "'body'"
}

void good_swapped(TextPool &pool, std::istream &in) {
  Text *t = pool.acquire();
  std::getline(in, t->body);
  std::string().swap(t->body);
  t->clear();
  pool.release(t);
}

void good_swapped_with(TextPool &pool, std::istream &in) {
  Text *t = pool.acquire();
  std::getline(in, t->body);
  std::string fresh;
  std::swap(t->body, fresh);
  t->clear();
  pool.release(t);
}

std::string good_moved_out(TextPool &pool, std::istream &in) {
  Text *t = pool.acquire();
  std::getline(in, t->body);
  std::string out = std::move(t->body);
  t->clear();
  pool.release(t);
  return out;
}

void good_large_ones_are_deleted(TextPool &pool, std::istream &in) {
  Text *t = pool.acquire();
  std::getline(in, t->body);
  if (t->body.capacity() > 4096) {
    delete t;
    return;
  }
  t->clear();
  pool.release(t);
}

void good_asked_by_a_member(TextPool &pool, std::istream &in) {
  Text *t = pool.acquire();
  std::getline(in, t->body);
  if (t->capacity() > 4096)
    t->body.shrink_to_fit();
  t->clear();
  pool.release(t);
}

static bool is_large(const Text &t) { return t.body.capacity() > 4096; }
void good_asked_by_a_function(TextPool &pool, std::istream &in) {
  Text *t = pool.acquire();
  std::getline(in, t->body);
  if (is_large(*t))
    t->body.shrink_to_fit();
  t->clear();
  pool.release(t);
}

void good_size_compared(TextPool &pool, std::size_t limit) {
  Text *t = pool.acquire();
  std::string line;
  while (t->body.size() < limit && next_line(line))
    t->append(line);
  t->clear();
  pool.release(t);
}

void good_stops_when_long(TextPool &pool, std::size_t limit) {
  Text *t = pool.acquire();
  std::string line;
  while (next_line(line)) {
    if (t->size() + line.size() > limit)
      break;
    t->append(line);
  }
  t->clear();
  pool.release(t);
}

// Asked before it grew says nothing of afterwards.
void bad_asked_too_early(TextPool &pool, std::istream &in) {
  Text *t = pool.acquire();
  if (t->body.capacity() > 4096)
    t->body.shrink_to_fit();
  std::getline(in, t->body);
  t->clear();
  pool.release(t); // expect: oversized-put "'body'"
}

// That something is in there is no question of how much.
void bad_only_whether_any(TextPool &pool, std::istream &in) {
  Text *t = pool.acquire();
  std::getline(in, t->body);
  if (t->body.size() > 0)
    send(*t);
  t->clear();
  pool.release(t); // expect: oversized-put "'body'"
}

void good_correlated(TextPool &pool, std::istream &in, bool whole) {
  Text *t = pool.acquire();
  if (whole)
    std::getline(in, t->body);
  send(*t);
  t->clear();
  if (whole)
    t->body.shrink_to_fit();
  pool.release(t);
}

// --- by helpers

static void fill(Text &t) {
  std::string line;
  while (next_line(line))
    t.append(line);
}
void bad_helper(TextPool &pool) {
  Text *t = pool.acquire();
  fill(*t); // note: "'body' grows here, and nothing limits it"
  t->clear();
  pool.release(t); // expect: oversized-put "'t' is put back however large 'body' has become"
}

static void fill_string(std::string &s, std::istream &in) { std::getline(in, s); }
void bad_helper_of_a_field(TextPool &pool, std::istream &in) {
  Text *t = pool.acquire();
  fill_string(t->body, in);
  t->clear();
  pool.release(t); // expect: oversized-put "'body'"
}

static void add_line(Text *t, const std::string &line) { t->append(line); }
void bad_helper_in_rounds(TextPool &pool) {
  Text *t = pool.acquire();
  std::string line;
  while (next_line(line))
    add_line(t, line);
  t->clear();
  pool.release(t); // expect: oversized-put "'body'"
}
void good_helper_once(TextPool &pool, const std::string &line) {
  Text *t = pool.acquire();
  add_line(t, line);
  t->clear();
  pool.release(t);
}

static void pad(Text &t, int n) {
  for (int i = 0; i < n; ++i)
    t.append(" ");
}
void good_told_how_many(TextPool &pool) {
  Text *t = pool.acquire();
  pad(*t, 4);
  t->clear();
  pool.release(t);
}
static void join(Text &t, const std::vector<std::string> &lines) {
  for (const std::string &line : lines)
    t.append(line);
}
void bad_joins(TextPool &pool, const std::vector<std::string> &lines) {
  Text *t = pool.acquire();
  join(*t, lines);
  t->clear();
  pool.release(t); // expect: oversized-put "'body'"
}
void good_joins_few(TextPool &pool, const std::vector<std::string> &lines) {
  if (lines.size() > 8)
    return;
  Text *t = pool.acquire();
  join(*t, lines);
  t->clear();
  pool.release(t);
}

static void finish(TextPool &pool, Text *t) {
  t->clear();
  pool.release(t);
}
void bad_put_by_a_helper(TextPool &pool, std::istream &in) {
  Text *t = pool.acquire();
  std::getline(in, t->body);
  finish(pool, t); // expect: oversized-put "'t' is put back however large 'body' has become"
}

static void finish_small(TextPool &pool, Text *t) {
  if (t->body.capacity() > 4096)
    t->body.shrink_to_fit();
  t->clear();
  pool.release(t);
}
void good_put_by_a_careful_helper(TextPool &pool, std::istream &in) {
  Text *t = pool.acquire();
  std::getline(in, t->body);
  finish_small(pool, t);
}

void bad_parameter(TextPool &pool, Text *t, std::istream &in) {
  std::getline(in, t->body);
  t->clear();
  pool.release(t); // expect: oversized-put "'t' is put back however large 'body' has become"
}

// --- by handles

void bad_handle(TextPool &pool, std::istream &in) {
  TextPtr t = make_text(pool); // expect: oversized-put "'t' is put back however large 'body' has become"
  std::getline(in, t->body);
  send(*t);
} // note: "put back here, at the end of its scope"

void good_handle(TextPool &pool) {
  TextPtr t = make_text(pool);
  t->append("ready");
  send(*t);
}

// --- pools and resets that look

void good_careful_pool(CarefulPool &pool, std::istream &in) {
  Text *t = pool.acquire();
  std::getline(in, t->body);
  pool.release(t);
}

void good_shrinking_pool(ShrinkingPool &pool, std::istream &in) {
  Text *t = pool.acquire();
  std::getline(in, t->body);
  pool.release(t);
}

void good_trimming_reset(TrimmedPool &pool, std::istream &in) {
  TrimmedText *t = pool.acquire();
  std::getline(in, t->body);
  t->clear();
  pool.release(t);
}

// What looks is called by what the put calls, or by the reset.
struct Blob {
  std::vector<char> bytes;
  void trim() {
    if (bytes.capacity() > 4096)
      std::vector<char>().swap(bytes);
    else
      bytes.clear();
  }
  void wipe() { bytes.clear(); }
  void reset() { trim(); }
};

class ResetBlobPool {
public:
  Blob *acquire();
  void release(Blob *b) {
    b->reset();
    free_.push_back(b);
  }

private:
  std::vector<Blob *> free_;
};

class TrimBlobPool {
public:
  Blob *acquire();
  void release(Blob *b) {
    b->trim();
    free_.push_back(b);
  }

private:
  std::vector<Blob *> free_;
};

class WipeBlobPool {
public:
  Blob *acquire();
  void release(Blob *b) {
    b->wipe();
    free_.push_back(b);
  }

private:
  std::vector<Blob *> free_;
};

void good_reset_that_trims(ResetBlobPool &pool, std::istream &in) {
  Blob *b = pool.acquire();
  char c;
  while (in.get(c))
    b->bytes.push_back(c);
  pool.release(b);
}

void good_put_that_trims(TrimBlobPool &pool, std::istream &in) {
  Blob *b = pool.acquire();
  char c;
  while (in.get(c))
    b->bytes.push_back(c);
  pool.release(b);
}

void bad_put_that_empties(WipeBlobPool &pool, std::istream &in) {
  Blob *b = pool.acquire();
  char c;
  while (in.get(c))
    b->bytes.push_back(c);
  pool.release(b); // expect: oversized-put "'b' is put back however large 'bytes' has become"
}

// --- what is not the object's own

void good_only_a_local(TextPool &pool, std::istream &in) {
  Text *t = pool.acquire();
  std::string all, line;
  while (std::getline(in, line))
    all += line;
  t->append(all);
  t->clear();
  pool.release(t);
}
