// RUN: %check %s --checks=pool-dangling-view
// Views in optionals, pairs and tuples, and what algorithms answer with.

#include "documents.h"
#include <algorithm>
#include <optional>
#include <span>
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

// --- several in one

void bad_second_of_two(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::tuple<std::string_view, std::span<Header>> both{d->title, d->headers};
  pool.release(d);
  show(std::get<1>(both)[0]); // expect: pool-dangling-view "looks into 'd', which was put back"
}
void bad_by_type(DocumentPool &pool, std::string_view other) {
  Document *d = pool.acquire();
  auto both = std::make_tuple(other, d->headers.begin());
  pool.release(d);
  show(std::get<std::vector<Header>::iterator>(both)->name); // expect: pool-dangling-view "looks into 'd', which was put back"
}
void bad_bound(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::tuple<std::string_view, std::span<Header>> both{d->title, d->headers};
  pool.release(d);
  auto [title, headers] = both;
  show(title); // expect: pool-dangling-view "'title' looks into 'd', which was put back"
}
void bad_tied(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::tuple<std::string_view, int> both(d->title, 1);
  std::string_view title;
  int n;
  std::tie(title, n) = both;
  pool.release(d);
  show(title); // expect: pool-dangling-view "'title' looks into 'd', which was put back"
}
void bad_reference_in_a_tuple(DocumentPool &pool) {
  Document *d = pool.acquire();
  auto both = std::tie(d->title, d->number);
  pool.release(d);
  show(std::get<0>(both)); // expect: pool-dangling-view "looks into 'd', which was put back"
}
void bad_reference_in_a_pair(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::pair<const std::string &, int> both(d->title, 1);
  pool.release(d);
  show(both.first); // expect: pool-dangling-view "'both.first' looks into 'd'"
}
int good_the_other_of_two(DocumentPool &pool, std::string_view other) {
  Document *d = pool.acquire();
  std::tuple<std::string_view, std::string_view, int> all(d->title, other, d->number);
  auto [title, mine, n] = all;
  show(title);
  pool.release(d);
  show(std::get<1>(all));
  show(mine);
  return n + std::get<int>(all);
}
void good_lease_in_a_tuple(DocumentPool &pool) {
  auto [d, n] = std::make_tuple(pool.acquire(), 1);
  show(d->title);
  pool.release(d);
  std::tuple<Document *, int> both(pool.acquire(), n);
  show(std::get<0>(both)->title);
  pool.release(std::get<0>(both));
}

// --- set later

void bad_set(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::optional<std::string_view> title;
  title = d->title;
  pool.release(d);
  show(*title); // expect: pool-dangling-view "'title' looks into 'd', which was put back"
}
void bad_emplaced(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::optional<std::string_view> title;
  title.emplace(d->title);
  pool.release(d);
  show(title.value_or("")); // expect: pool-dangling-view "put back"
}
int bad_iterator_set(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::optional<std::string::iterator> at;
  at = d->title.begin();
  pool.release(d);
  return **at; // expect: pool-dangling-view "'at' looks into 'd', which was put back"
}
void bad_set_of_another(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::optional<std::string_view> first, second;
  first = d->title;
  second = first;
  pool.release(d);
  show(second->substr(1)); // expect: pool-dangling-view "put back"
}
void bad_tuple_set(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::tuple<std::string_view, int> both;
  both = {d->title, 1};
  pool.release(d);
  show(std::get<0>(both)); // expect: pool-dangling-view "looks into 'd', which was put back"
}
void bad_part_set(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::tuple<std::string_view, int> both;
  std::get<0>(both) = d->title;
  pool.release(d);
  show(std::get<0>(both)); // expect: pool-dangling-view "looks into 'd', which was put back"
}
void good_set_again(DocumentPool &pool, std::string_view other) {
  Document *d = pool.acquire();
  std::optional<std::string_view> title = d->title, second, third, copied;
  std::optional<std::string> copy;
  second = d->title;
  third = d->title;
  copy = d->title;
  show(*title);
  pool.release(d);
  title = "none";
  second.emplace(other);
  third.reset();
  show(*title);
  show(*second);
  show(*copy);
  if (third)
    show(*third);
}
bool good_perhaps_set(DocumentPool &pool, bool wanted) {
  Document *d = pool.acquire();
  std::optional<std::string_view> title;
  if (wanted)
    title = d->title;
  pool.release(d);
  if (!wanted)
    show(title.value_or("none"));
  return title.has_value();
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
char bad_equal_range(DocumentPool &pool) {
  Document *d = pool.acquire();
  auto [from, to] = std::ranges::equal_range(d->title, 'x');
  pool.release(d);
  return *from; // expect: pool-dangling-view "'from' looks into 'd', which was put back"
}
int bad_least(DocumentPool &pool) {
  Document *d = pool.acquire();
  auto ends = std::ranges::minmax_element(d->title);
  pool.release(d);
  return *ends.min; // expect: pool-dangling-view "looks into 'd', which was put back"
}
int good_written_elsewhere(DocumentPool &pool, std::string &to) {
  Document *d = pool.acquire();
  auto end = std::copy(d->title.begin(), d->title.end(), to.begin());
  auto last = std::transform(d->title.begin(), d->title.end(), to.begin(),
                             [](char c) { return c; });
  pool.release(d);
  to.erase(end, to.end());
  return *last;
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

// --- in objects on the heap, and elements with members

struct Entry {
  std::string_view name;
  int number = 0;
};
class Parser {
public:
  explicit Parser(std::string_view text) : text_(text) {}
  void next() { text_.remove_prefix(1); }
  std::string_view rest() const { return text_; }

private:
  std::string_view text_;
};
class Copied {
public:
  explicit Copied(std::string_view text) : text_(text) {}
  std::string_view rest() const { return text_; }

private:
  std::string text_;
};
class Moved {
public:
  explicit Moved(std::string text) : text_(std::move(text)) {}
  std::string_view rest() const { return text_; }
  std::string_view label = "moved";

private:
  std::string text_;
};
class Kept {
public:
  explicit Kept(const std::string &text, int = 0) : text_(text) {}
  std::string_view rest() const { return text_; }
  std::string_view label = "kept";

private:
  std::string text_;
};
/// Looks into what it is made for.
class Reader {
public:
  explicit Reader(const Document &d) : title_(d.title), number_(d.number) {}
  std::string_view title() const { return title_; }
  int number() const { return number_; }

private:
  std::string_view title_;
  int number_;
};

void bad_behind_owner(DocumentPool &pool) {
  auto entry = std::make_unique<Entry>();
  {
    DocumentPtr d = make_document(pool);
    entry->name = d->title;
  }
  show(entry->name); // expect: dangling-view "'entry->name' looks into 'd', which was put back"
}
void bad_made_with(DocumentPool &pool) {
  Document *d = pool.acquire();
  auto entry = std::make_unique<Entry>(d->title, 1);
  pool.release(d);
  show(entry->name); // expect: dangling-view "'entry->name' looks into 'd', which was put back"
}
void bad_made_of_another(DocumentPool &pool) {
  Document *d = pool.acquire();
  auto entry = std::make_unique<Entry>(Entry{d->title, 1});
  pool.release(d);
  show(entry->name); // expect: dangling-view "'entry->name' looks into 'd', which was put back"
}
void bad_made_by_new(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::unique_ptr<Entry> entry(new Entry{d->title, 1});
  pool.release(d);
  show(entry->name); // expect: dangling-view "'entry->name' looks into 'd', which was put back"
}
void bad_parser_on_heap(DocumentPool &pool) {
  Document *d = pool.acquire();
  auto parser = std::make_unique<Parser>(d->title);
  pool.release(d);
  show(parser->rest()); // expect: dangling-view "'d'"
}
void bad_new_parser(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::unique_ptr<Parser> parser(new Parser(d->title));
  pool.release(d);
  show(parser->rest()); // expect: dangling-view "'d'"
}
void bad_shared_parser(DocumentPool &pool) {
  Document *d = pool.acquire();
  auto parser = std::make_shared<Parser>(d->title);
  pool.release(d);
  show(parser->rest()); // expect: dangling-view "'d'"
}
void bad_reader(DocumentPool &pool) {
  Document *d = pool.acquire();
  auto reader = std::make_unique<Reader>(*d);
  pool.release(d);
  show(reader->title()); // expect: dangling-view "'d'"
}
void bad_element(DocumentPool &pool) {
  std::vector<Entry> all;
  Document *d = pool.acquire();
  all.push_back({d->title, 1});
  pool.release(d);
  show(all.back().name); // expect: dangling-view "looks into 'd', which was put back"
}
void bad_emplaced_element(DocumentPool &pool) {
  std::vector<Entry> all;
  Document *d = pool.acquire();
  all.emplace_back(d->title, 1);
  pool.release(d);
  for (const Entry &each : all)
    show(each.name); // expect: dangling-view "a view of 'd' is used after it was put back"
}
void bad_copied_element(DocumentPool &pool) {
  std::vector<Entry> all;
  Document *d = pool.acquire();
  Entry entry{d->title, 1};
  all.push_back(entry);
  pool.release(d);
  show(all[0].name); // expect: dangling-view "looks into 'd', which was put back"
}

int good_on_heap(DocumentPool &pool, std::string_view other) {
  auto entry = std::make_unique<Entry>();
  auto kept = std::make_unique<Entry>(other, 1);
  Document *d = pool.acquire();
  entry->name = d->title;
  entry->number = d->number;
  show(entry->name);
  auto copied = std::make_unique<Copied>(d->title);
  std::string_view title = d->title;
  auto moved = std::make_unique<Moved>(std::string(title));
  auto moved_text = std::make_unique<Moved>(d->title.c_str());
  auto kept_text = std::make_unique<Kept>(d->title);
  auto kept_copy = std::make_unique<Kept>(d->title.c_str(), 1);
  std::vector<Moved> texts;
  texts.emplace_back(std::string(title));
  texts.push_back(Moved(d->title));
  auto reader = std::make_unique<Reader>(*d);
  auto parser = std::make_unique<Parser>(d->title);
  show(reader->title());
  parser->next();
  pool.release(d);
  show(copied->rest());
  show(moved->rest());
  show(moved_text->rest());
  show(kept_text->rest());
  show(kept_copy->rest());
  show(texts.back().rest());
  show(kept->name);
  int sum = entry->number + reader->number();
  entry->name = other;
  show(entry->name);
  parser = std::make_unique<Parser>(other);
  show(parser->rest());
  reader.reset();
  return sum;
}
int good_elements(DocumentPool &pool, std::string_view other) {
  std::vector<Entry> all, kept;
  Document *d = pool.acquire();
  all.push_back({d->title, d->number});
  kept.push_back({other, d->number});
  kept.emplace_back(other, d->number);
  for (const Entry &each : all)
    show(each.name);
  pool.release(d);
  int sum = 0;
  for (const Entry &each : all)
    sum += each.number;
  all.clear();
  all.push_back({other, 1});
  show(all.back().name);
  for (const Entry &each : kept)
    show(each.name);
  return sum;
}
