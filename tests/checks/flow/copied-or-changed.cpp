// RUN: %check %s --confidence possible --checks=pool-put-without-reset
// Which calls change an object and which only look at it or copy it, and what sets
// a part of it back to what a new one has.

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

enum class Mode { Idle, Busy };
struct Message {
  std::string text;
  std::vector<int> marks;
  int kind = 0, size = 0, fd = -1;
  bool open = true;
  Mode mode = Mode::Idle;
  Message *next = nullptr;
  std::optional<int> code;
  std::function<void()> done;
  std::shared_ptr<int> shared;
  std::unique_ptr<int> owned;
  std::array<int, 4> slots{};
  int raw[4] = {};
};

class MessagePool {
public:
  Message *acquire() {
    if (free_.empty())
      return new Message;
    Message *m = free_.back();
    free_.pop_back();
    return m;
  }
  void release(Message *m) { free_.push_back(m); }

private:
  std::vector<Message *> free_;
};

void note_size(std::size_t n);
template <typename... Args> std::string join(const char *format, Args &&...args);
template <typename... Args> void log(const char *format, Args &&...args) {
  join(format, std::forward<Args>(args)...);
}

// --- copied, or looked at

void good_emplaced(MessagePool &pool, std::vector<std::string> &out) {
  Message *m = pool.acquire();
  out.emplace_back(m->text);
  pool.release(m);
}

void good_spanned(MessagePool &pool) {
  Message *m = pool.acquire();
  std::span<const int> all(m->marks);
  note_size(all.size());
  pool.release(m);
}

void good_measured(MessagePool &pool) {
  Message *m = pool.acquire();
  note_size(std::size(m->marks));
  note_size(std::end(m->marks) - std::begin(m->marks));
  pool.release(m);
}

std::optional<std::string> good_optional(MessagePool &pool) {
  Message *m = pool.acquire();
  std::optional<std::string> copy(m->text);
  pool.release(m);
  return copy;
}

bool good_ranges(MessagePool &pool) {
  Message *m = pool.acquire();
  bool any = std::ranges::any_of(m->marks, [](int i) { return i > 0; });
  pool.release(m);
  return any;
}

int good_view(MessagePool &pool) {
  Message *m = pool.acquire();
  int sum = 0;
  for (int i : m->marks | std::views::filter([](int i) { return i > 0; }))
    sum += i;
  pool.release(m);
  return sum;
}

auto good_tuple(MessagePool &pool) {
  Message *m = pool.acquire();
  auto both = std::make_tuple(m->kind, m->text, m->marks);
  std::pair pair{m->text, m->kind};
  pool.release(m);
  return std::make_pair(both, pair);
}

void good_logged(MessagePool &pool) {
  Message *m = pool.acquire();
  log("{} {}", m->text, m->kind);
  pool.release(m);
}

void good_changed_and_copied(MessagePool &pool, std::vector<std::string> &out) {
  Message *m = pool.acquire();
  m->text = "x";
  out.emplace_back(m->text);
  m->text.clear();
  pool.release(m);
}

// --- changed


void bad_filled(MessagePool &pool) {
  Message *m = pool.acquire();
  std::ranges::fill(m->raw, 1);
  pool.release(m); // expect: pool-put-without-reset "'m' is put back without a reset"
}

void bad_tied(MessagePool &pool, std::tuple<int, int> both) {
  Message *m = pool.acquire();
  std::tie(m->kind, m->size) = both;
  pool.release(m); // expect: pool-put-without-reset "'m' is put back without a reset"
}

bool good_tied(MessagePool &pool, int kind) {
  Message *m = pool.acquire();
  bool less = std::tie(m->kind, m->size) < std::tie(kind, kind);
  pool.release(m);
  return less;
}

// --- set back

void good_chain(MessagePool &pool) {
  Message *m = pool.acquire();
  m->kind = m->size = 1;
  m->kind = m->size = 0;
  pool.release(m);
}

void good_null_chain(MessagePool &pool, Message *other) {
  Message *m = pool.acquire();
  m->next = other;
  Message *none = nullptr;
  m->next = none;
  pool.release(m);
}

void good_nullopt(MessagePool &pool) {
  Message *m = pool.acquire();
  m->code = 3;
  m->code = std::nullopt;
  pool.release(m);
}

void good_no_function(MessagePool &pool) {
  Message *m = pool.acquire();
  m->done = [] {};
  m->done = nullptr;
  pool.release(m);
}

void good_no_shared(MessagePool &pool) {
  Message *m = pool.acquire();
  m->shared = std::make_shared<int>(3);
  m->shared = nullptr;
  pool.release(m);
}

void good_moved_out(MessagePool &pool) {
  Message *m = pool.acquire();
  m->owned = std::make_unique<int>(3);
  auto mine = std::move(m->owned);
  pool.release(m);
}

std::vector<int> good_moved_vector(MessagePool &pool) {
  Message *m = pool.acquire();
  m->marks.push_back(1);
  std::vector<int> marks = std::move(m->marks);
  pool.release(m);
  return marks;
}

void good_array_filled(MessagePool &pool) {
  Message *m = pool.acquire();
  m->slots[1] = 3;
  m->slots.fill(0);
  pool.release(m);
}

void good_raw_filled(MessagePool &pool) {
  Message *m = pool.acquire();
  m->raw[1] = 3;
  std::fill(std::begin(m->raw), std::end(m->raw), 0);
  pool.release(m);
}

void good_raw_filled_n(MessagePool &pool) {
  Message *m = pool.acquire();
  m->raw[1] = 3;
  std::fill_n(m->raw, 4, 0);
  pool.release(m);
}

void good_ranges_filled(MessagePool &pool) {
  Message *m = pool.acquire();
  m->slots[1] = 3;
  std::ranges::fill(m->slots, 0);
  pool.release(m);
}

void good_loop(MessagePool &pool) {
  Message *m = pool.acquire();
  m->raw[1] = 3;
  for (int i = 0; i < 4; ++i)
    m->raw[i] = 0;
  pool.release(m);
}

void good_initial_number(MessagePool &pool) {
  Message *m = pool.acquire();
  m->fd = 3;
  m->open = false;
  m->mode = Mode::Busy;
  m->fd = -1;
  m->open = true;
  m->mode = Mode::Idle;
  pool.release(m);
}

void bad_other_number(MessagePool &pool) {
  Message *m = pool.acquire();
  m->fd = 3;
  pool.release(m); // expect: pool-put-without-reset "'m' is put back without a reset"
}

void bad_chain(MessagePool &pool) {
  Message *m = pool.acquire();
  m->kind = m->size = 1;
  pool.release(m); // expect: pool-put-without-reset "'m' is put back without a reset"
}

void bad_one_loop(MessagePool &pool) {
  Message *m = pool.acquire();
  for (int i = 0; i < 4; ++i)
    m->raw[i] = i;
  pool.release(m); // expect: pool-put-without-reset "'m' is put back without a reset"
}

void bad_half(MessagePool &pool) {
  Message *m = pool.acquire();
  m->kind = 2;
  m->code = 3;
  m->code = std::nullopt;
  pool.release(m); // expect: pool-put-without-reset "'m' is put back without a reset"
}

// --- in a loop over all of an array, which has a first round

void good_each_set_back(MessagePool &pool) {
  Message *m = pool.acquire();
  m->raw[1] = 3;
  for (int &one : m->raw)
    one = 0;
  pool.release(m);
}

void bad_each_set(MessagePool &pool) {
  Message *m = pool.acquire();
  for (int &one : m->raw)
    one = 1;
  pool.release(m); // expect: pool-put-without-reset "'m' is put back without a reset since"
}

void bad_perhaps_none_set_back(MessagePool &pool, std::vector<int> &others) {
  Message *m = pool.acquire();
  m->raw[1] = 3;
  for (int one : others)
    m->raw[1] = one & 0;
  pool.release(m); // expect: pool-put-without-reset "'m' is put back without a reset since"
}
