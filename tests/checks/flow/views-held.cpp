// RUN: %check %s --checks=pool-dangling-view
// Views in optionals, pairs and tuples, and what algorithms answer with.

#include "documents.h"
#include <algorithm>
#include <optional>
#include <tuple>

// --- held

void bad_optional(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::optional<std::string_view> title = d->title;
  pool.release(d);
  show(*title); // expect: pool-dangling-view "looks into 'd', which was put back"
}
void bad_pair(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::pair<std::string_view, int> title{d->title, 1};
  pool.release(d);
  show(title.first); // expect: pool-dangling-view "looks into 'd', which was put back"
}
void bad_tuple(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::tuple<std::string_view, int> title(d->title, 1);
  pool.release(d);
  show(std::get<0>(title)); // expect: pool-dangling-view "looks into 'd', which was put back"
}
int good_held(DocumentPool &pool, std::string_view other, const char *text) {
  Document *d = pool.acquire();
  std::optional<std::string_view> title = d->title, elsewhere = other;
  std::pair<std::string_view, const char *> pair{d->title, text};
  std::pair<std::string, std::string_view> copied{d->title, other};
  std::tuple<std::string_view, std::string> tuple(other, d->title);
  show(*title);
  pool.release(d);
  show(*elsewhere);
  show(pair.second);
  show(copied.first);
  show(copied.second);
  show(std::get<0>(tuple));
  show(std::get<1>(tuple));
  return title.has_value();
}
void good_replaced(DocumentPool &pool, std::string_view other) {
  Document *d = pool.acquire();
  std::optional<std::string_view> title = d->title;
  title = std::nullopt;
  pool.release(d);
  if (title)
    show(other);
}

// --- found

int bad_found(DocumentPool &pool) {
  Document *d = pool.acquire();
  auto found = std::ranges::find(d->tag, 'x');
  pool.release(d);
  return *found; // expect: pool-dangling-view "looks into 'd', which was put back"
}
void bad_found_line(DocumentPool &pool) {
  Document *d = pool.acquire();
  auto found = std::ranges::find(d->lines, "x");
  pool.release(d);
  show(*found); // expect: pool-dangling-view "looks into 'd', which was put back"
}
int bad_smallest(DocumentPool &pool) {
  Document *d = pool.acquire();
  auto [low, high] = std::minmax_element(d->title.begin(), d->title.end());
  pool.release(d);
  return *low; // expect: pool-dangling-view "looks into 'd', which was put back"
}
void bad_equal(DocumentPool &pool) {
  Document *d = pool.acquire();
  auto range = std::equal_range(d->lines.begin(), d->lines.end(), "x");
  pool.release(d);
  show(*range.first); // expect: pool-dangling-view "looks into 'd', which was put back"
}
std::string good_values(DocumentPool &pool, std::vector<std::string_view> &all) {
  Document *d = pool.acquire();
  std::string least = std::ranges::min(d->lines);
  std::string_view first = std::ranges::max(all);
  auto other = std::ranges::find(all, d->title);
  auto [a, b] = std::mismatch(all.begin(), all.end(), d->lines.begin());
  long lines = std::ranges::count(d->lines, "x");
  bool any = std::ranges::any_of(d->lines, [](const std::string &l) { return l.empty(); });
  pool.release(d);
  show(first);
  show(*other);
  show(*a);
  return any && lines ? least : "";
}
