// RUN: %check %s --checks=pool-dangling-view,pool-use-after-put
// Views of ranges: what adaptors answer with looks where their range is.

#include "documents.h"
#include <algorithm>
#include <iterator>
#include <ranges>
#include <span>

// --- made with `|` and by a call

void bad_filtered(DocumentPool &pool) {
  Document *d = pool.acquire();
  auto long_ones = d->lines | std::views::filter([](auto &l) { return l.size() > 9; });
  pool.release(d);
  for (const std::string &line : long_ones)
    show(line); // expect: pool-dangling-view "'line' looks into 'd', which was put back"
}
void bad_all(DocumentPool &pool) {
  Document *d = pool.acquire();
  auto headers = std::views::all(d->headers);
  pool.release(d);
  show(headers.front()); // expect: pool-dangling-view "'headers' looks into 'd', which was put back"
}
void bad_some(DocumentPool &pool) {
  Document *d = pool.acquire();
  auto some = std::views::take(d->headers, 3);
  pool.release(d);
  show(some[0]); // expect: pool-dangling-view "'some' looks into 'd', which was put back"
}
void bad_in_a_row(DocumentPool &pool) {
  Document *d = pool.acquire();
  auto names = d->headers | std::views::drop(1) |
               std::views::transform([](const Header &h) { return h.title(); });
  pool.release(d);
  for (std::string_view name : names)
    show(name); // expect: pool-dangling-view "'name' looks into 'd', which was put back"
}
void bad_keys(DocumentPool &pool) {
  Document *d = pool.acquire();
  auto keys = d->fields | std::views::keys;
  auto first = keys.begin();
  pool.release(d);
  show(*first); // expect: pool-dangling-view "'first' looks into 'd', which was put back"
}
void bad_subrange(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::ranges::subrange lines(d->lines.begin(), d->lines.end());
  pool.release(d);
  for (const std::string &line : lines)
    show(line); // expect: pool-dangling-view "'line' looks into 'd', which was put back"
}
void bad_by_its_class(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::ranges::reverse_view lines(d->lines);
  pool.release(d);
  for (const std::string &line : lines)
    show(line); // expect: pool-dangling-view "'line' looks into 'd', which was put back"
}
void bad_range_of_a_loop(DocumentPool &pool) {
  Document *d = pool.acquire();
  for (const std::string &line : d->lines | std::views::reverse) {
    pool.release(d);
    show(line); // expect: pool-dangling-view "'line' looks into 'd', which was put back"
    return;
  }
  pool.release(d);
}
void bad_object_itself(DocumentPool &pool) {
  Document *d = pool.acquire();
  pool.release(d);
  for (const std::string &line : d->lines | std::views::reverse) // expect: pool-use-after-put "'d' is used after it was put back"
    show(line);
}
auto bad_returned(DocumentPool &pool) {
  Lease lease = pool.lease();
  return lease->lines | std::views::take(2); // expect: pool-dangling-view "is returned, and"
}

// --- not of the object

void good_others(DocumentPool &pool, std::vector<int> &all) {
  Document *d = pool.acquire();
  int least = d->number;
  auto some = all | std::views::take(d->number);
  auto large = all | std::views::filter([least](int n) { return n > least; });
  auto numbers = std::views::iota(0, d->number);
  auto title = std::views::single(d->title);
  pool.release(d);
  int sum = 0;
  for (int n : some)
    sum += n;
  for (int n : large)
    sum += n;
  for (int n : numbers)
    sum += n;
  for (const std::string &s : title)
    show(s);
}
void good_copies(DocumentPool &pool) {
  Document *d = pool.acquire();
  auto lines = std::vector<std::string>(d->lines.begin(), d->lines.end()) |
               std::views::take(2);
  std::vector<std::string> copied;
  std::ranges::copy(d->lines | std::views::reverse, std::back_inserter(copied));
  auto last = d->lines | std::views::reverse;
  std::vector<std::string> also(last.begin(), last.end());
  pool.release(d);
  for (const std::string &line : lines)
    show(line);
  for (const std::string &line : copied)
    show(line);
  for (const std::string &line : also)
    show(line);
}
bool good_used_before(DocumentPool &pool) {
  Document *d = pool.acquire();
  auto lines = d->lines | std::views::reverse;
  for (const std::string &line : lines)
    show(line);
  bool any = !lines.empty();
  pool.release(d);
  return any && lines.size() > 1;
}

// --- given to algorithms

void bad_range_to_algorithm(DocumentPool &pool, std::vector<Header> &out) {
  Document *d = pool.acquire();
  std::span<Header> headers(d->headers);
  pool.release(d);
  std::ranges::copy(headers, std::back_inserter(out)); // expect: dangling-view "'headers' looks into 'd', which was put back"
}
bool bad_any_of(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::string_view title = d->title;
  pool.release(d);
  return std::ranges::any_of(title, [](char c) { return c == 'x'; }); // expect: dangling-view "'title' looks into 'd', which was put back"
}
bool bad_iterators_to_algorithm(DocumentPool &pool) {
  Document *d = pool.acquire();
  auto first = d->lines.begin(), last = d->lines.end();
  pool.release(d);
  return std::find(first, last, "x") != last; // expect: dangling-view "'first' looks into 'd', which was put back"
}
long bad_nodes_are_counted(DocumentPool &pool) {
  Document *d = pool.acquire();
  auto first = d->lines.begin(), last = d->lines.end();
  pool.release(d);
  return std::distance(first, last); // expect: dangling-view "'first' looks into 'd', which was put back"
}
void bad_adapted(DocumentPool &pool, std::vector<Header> &out) {
  Document *d = pool.acquire();
  std::span<Header> headers(d->headers);
  pool.release(d);
  auto some = std::views::take(headers, 2);
  std::ranges::copy(some, std::back_inserter(out)); // expect: dangling-view "'some' looks into 'd', which was put back"
}
long good_measured(DocumentPool &pool) {
  Document *d = pool.acquire();
  auto first = d->headers.begin(), last = d->headers.end();
  std::span<Header> headers(d->headers);
  std::string_view title = d->title;
  pool.release(d);
  if (std::ranges::empty(title) || std::empty(headers))
    return 0;
  auto some = std::views::take(headers, 2);
  return std::distance(first, last) + std::ssize(headers) +
         static_cast<long>(std::ranges::size(title) + some.size()) +
         std::ranges::distance(headers);
}
bool good_copied_before(DocumentPool &pool, std::vector<Header> &out) {
  Document *d = pool.acquire();
  std::span<Header> headers(d->headers);
  std::ranges::copy(headers, std::back_inserter(out));
  std::vector<std::string> lines(d->lines.begin(), d->lines.end());
  auto first = lines.begin(), last = lines.end();
  pool.release(d);
  return std::find(first, last, "x") != last;
}
