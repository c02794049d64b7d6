// RUN: %check %s
// What looks into an object, and what of it may still be done after the put.

#include "documents.h"
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <functional>
#include <iterator>
#include <optional>
#include <span>

// --- views of a string

void bad_string_view(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::string_view title = d->title; // note: "'title' looks into it from here on"
  pool.release(d);                   // note: "put back here"
  show(title); // expect: pool-dangling-view "'title' looks into 'd', which was put back"
}

char bad_first_character(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::string_view title(d->title);
  pool.release(d);
  return title.front(); // expect: pool-dangling-view "'title' looks into 'd'"
}

bool bad_compared(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::string_view title = d->title;
  pool.release(d);
  return title == "x"; // expect: pool-dangling-view "'title' looks into 'd'"
}

bool bad_searched(DocumentPool &pool) {
  Document *d = pool.acquire();
  auto title = std::string_view(d->title).substr(1);
  pool.release(d);
  return title.find('x') == 0; // expect: pool-dangling-view "'title' looks into 'd'"
}

std::string bad_copied_too_late(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::string_view title = d->title;
  pool.release(d);
  return std::string(title); // expect: pool-dangling-view "'title' looks into 'd'"
}

void bad_counted(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::string_view title = d->title;
  pool.release(d);
  int n = 0;
  for (char c : title) // expect: pool-dangling-view "a view of 'd' is used after it was put back"
    n += c == 'x';
  std::printf("%d\n", n);
}

std::string good_copied_before(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::string_view title = d->title;
  std::string kept(title);
  pool.release(d);
  return kept;
}

std::size_t good_its_length(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::string_view title = d->title;
  pool.release(d);
  return title.empty() ? 0 : title.size();
}

void good_assigned_anew(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::string_view title = d->title;
  show(title);
  pool.release(d);
  title = "none";
  show(title);
}

void good_used_before(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::string_view title = d->title;
  show(title);
  pool.release(d);
}

void good_another_object(DocumentPool &pool) {
  Document *a = pool.acquire(), *b = pool.acquire();
  std::string_view title = b->title;
  pool.release(a);
  show(title);
  pool.release(b);
}

void bad_carried_on(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::string_view title = d->title;
  std::string_view rest = title.substr(1), same = rest;
  pool.release(d);
  show(same); // expect: pool-dangling-view "'same' looks into 'd'"
}

void bad_on_some_path(DocumentPool &pool, bool named) {
  Document *d = pool.acquire();
  std::string_view title = "none";
  if (named) // note: "taking the true branch here"
    title = d->title;
  pool.release(d);
  show(title); // expect: pool-dangling-view "'title' looks into 'd'"
}

void good_only_where_held(DocumentPool &pool, bool early) {
  Document *d = pool.acquire();
  std::string_view title = d->title;
  if (early)
    pool.release(d);
  if (!early) {
    show(title);
    pool.release(d);
  }
}

void good_interned(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::string_view language = d->language;
  const char *kind = d->kind();
  const std::string &group = d->group();
  pool.release(d);
  show(language);
  show(kind);
  show(group);
}

// --- spans, iterators and elements

int bad_span(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::span<Header> headers = d->headers;
  pool.release(d);
  show(headers[0].name); // expect: pool-dangling-view "'headers' looks into 'd'"
  return 0;
}

void bad_iterator(DocumentPool &pool) {
  Document *d = pool.acquire();
  auto it = d->headers.begin();
  pool.release(d);
  show(it->name); // expect: pool-dangling-view "'it' looks into 'd'"
}

void bad_found(DocumentPool &pool) {
  Document *d = pool.acquire();
  auto it = d->fields.find("from");
  pool.release(d);
  show(it->second); // expect: pool-dangling-view "'it' looks into 'd'"
}

void bad_found_by_algorithm(DocumentPool &pool) {
  Document *d = pool.acquire();
  auto it = std::find(d->lines.begin(), d->lines.end(), "x");
  pool.release(d);
  show(*it); // expect: pool-dangling-view "'it' looks into 'd'"
}

void good_found_elsewhere(DocumentPool &pool, std::vector<std::string> &known) {
  Document *d = pool.acquire();
  auto it = std::find(known.begin(), known.end(), d->title);
  pool.release(d);
  if (it != known.end())
    show(*it);
}

bool good_iterators_compared(DocumentPool &pool) {
  Document *d = pool.acquire();
  auto it = d->fields.find("from"), end = d->fields.end();
  pool.release(d);
  return it == end;
}

void bad_element(DocumentPool &pool) {
  Document *d = pool.acquire();
  Header &header = d->headers.front();
  pool.release(d);
  show(header); // expect: pool-dangling-view "'header' looks into 'd'"
}

void bad_element_by_index(DocumentPool &pool, std::size_t i) {
  Document *d = pool.acquire();
  const std::string &name = d->headers[i].name;
  pool.release(d);
  show(name); // expect: pool-dangling-view "'name' looks into 'd'"
}

void bad_element_at_key(DocumentPool &pool) {
  Document *d = pool.acquire();
  const auto &from = d->fields.at("from");
  pool.release(d);
  show(from); // expect: pool-dangling-view "'from' looks into 'd'"
}

void bad_bindings(DocumentPool &pool) {
  Document *d = pool.acquire();
  const auto &[key, value] = *d->fields.begin();
  pool.release(d);
  show(key); // expect: pool-dangling-view "put back"
}

void good_element_copied(DocumentPool &pool) {
  Document *d = pool.acquire();
  Header header = d->headers.front();
  std::string from = d->fields.at("from");
  pool.release(d);
  show(header);
  show(from);
}

void bad_put_in_its_loop(DocumentPool &pool, Document *d) {
  for (const Header &header : d->headers) {
    show(header); // expect: pool-dangling-view "'header' looks into 'd'"
    if (header.value.empty())
      pool.release(d); // note: "put back here"
  }
}

void good_left_after_the_put(DocumentPool &pool) {
  Document *d = pool.acquire();
  for (const Header &header : d->headers)
    if (header.value.empty()) {
      pool.release(d);
      return;
    }
  pool.release(d);
}

// --- pointers and references

void bad_c_str(DocumentPool &pool) {
  Document *d = pool.acquire();
  const char *title = d->title.c_str();
  pool.release(d);
  std::printf("%s\n", title); // expect: pool-dangling-view "'title' looks into 'd'"
}

char bad_data(DocumentPool &pool) {
  Document *d = pool.acquire();
  const char *title = d->title.data();
  pool.release(d);
  return title[1]; // expect: pool-dangling-view "'title' looks into 'd'"
}

std::size_t bad_array(DocumentPool &pool) {
  Document *d = pool.acquire();
  char *tag = d->tag;
  pool.release(d);
  return std::strlen(tag); // expect: pool-dangling-view "'tag' looks into 'd'"
}

void bad_reference(DocumentPool &pool) {
  Document *d = pool.acquire();
  int &number = d->number;
  pool.release(d);
  number = 1; // expect: pool-dangling-view "'number' looks into 'd'"
}

int bad_field_pointer(DocumentPool &pool) {
  Document *d = pool.acquire();
  const int *number = &d->number;
  pool.release(d);
  return *number; // expect: pool-dangling-view "'number' looks into 'd'"
}

std::size_t bad_reference_of_a_parameter(DocumentPool &pool, Document &d) {
  auto &lines = d.lines;
  pool.release(&d);
  return lines.size(); // expect: pool-dangling-view "'lines' looks into 'd'"
}

void good_pointers_compared(DocumentPool &pool, const char *before) {
  Document *d = pool.acquire();
  const char *title = d->title.c_str();
  pool.release(d);
  if (title == before || title == nullptr)
    std::printf("%p\n", static_cast<const void *>(title));
}

void good_what_it_points_to(DocumentPool &pool) {
  Document *d = pool.acquire();
  Document *next = d->next;
  Document &same = *d->next;
  pool.release(d);
  show(next->title);
  show(same.title);
}

void good_shared_owner(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::shared_ptr<std::string> shared = d->shared;
  const std::string &text = *shared;
  pool.release(d);
  show(text);
}

void good_numbers(DocumentPool &pool) {
  Document *d = pool.acquire();
  int number = d->number, count = d->count();
  std::string copy = d->copy();
  pool.release(d);
  std::printf("%d %d\n", number, count);
  show(copy);
}

void good_reference_set_before(DocumentPool &pool) {
  Document *d = pool.acquire();
  auto &number = d->number;
  number = 7;
  pool.release(d);
}

// --- what the object's own members and helpers answer

void bad_getter(DocumentPool &pool) {
  Document *d = pool.acquire();
  const std::string &name = d->name();
  pool.release(d);
  show(name); // expect: pool-dangling-view "'name' looks into 'd'"
}

void bad_getter_of_a_view(DocumentPool &pool) {
  Document *d = pool.acquire();
  auto text = d->text();
  pool.release(d);
  show(text); // expect: pool-dangling-view "'text' looks into 'd'"
}

void bad_getter_of_a_pointer(DocumentPool &pool) {
  Document *d = pool.acquire();
  const char *text = d->c_str();
  pool.release(d);
  show(text); // expect: pool-dangling-view "'text' looks into 'd'"
}

void bad_part_of_a_part(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::string_view title = d->first.title();
  pool.release(d);
  show(title); // expect: pool-dangling-view "'title' looks into 'd'"
}

void bad_found_or_null(DocumentPool &pool) {
  Document *d = pool.acquire();
  const std::string *from = d->find("from");
  pool.release(d);
  if (from)
    show(*from); // expect: pool-dangling-view "'from' looks into 'd'"
}

void bad_lifetimebound(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::string_view text = d->bound();
  pool.release(d);
  show(text); // expect: pool-dangling-view "'text' looks into 'd'"
}

void bad_lifetimebound_argument(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::string_view word = first_word(d->title);
  pool.release(d);
  show(word); // expect: pool-dangling-view "'word' looks into 'd'"
}

void good_nobody_says_so(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::string_view text = d->unexplained(), line = first_line(d->title);
  pool.release(d);
  show(text);
  show(line);
}

void bad_by_a_helper(DocumentPool &pool) {
  Document *d = pool.acquire();
  const std::string &title = title_of(*d);
  pool.release(d);
  show(title); // expect: pool-dangling-view "'title' looks into 'd'"
}

void bad_by_a_helper_of_views(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::string_view title = trimmed(d->title);
  pool.release(d);
  show(title); // expect: pool-dangling-view "'title' looks into 'd'"
}

void bad_by_out_parameter(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::string_view title;
  title_into(*d, title);
  pool.release(d);
  show(title); // expect: pool-dangling-view "'title' looks into 'd'"
}

void good_the_other_one(DocumentPool &pool, const std::string &none) {
  Document *d = pool.acquire();
  const std::string &title = title_or(nullptr, none);
  pool.release(d);
  show(title);
}

std::size_t bad_given_to_a_helper(DocumentPool &pool) {
  Document *d = pool.acquire();
  const std::string &title = d->title;
  pool.release(d);
  return measured(title); // expect: pool-dangling-view "'title' looks into 'd'"
}

bool bad_pointer_given_to_a_helper(DocumentPool &pool) {
  Document *d = pool.acquire();
  const char *title = d->title.c_str();
  pool.release(d);
  return starts_with(title, 'x'); // expect: pool-dangling-view "'title' looks into 'd'"
}

bool good_helper_does_not_look(DocumentPool &pool, const char *other) {
  Document *d = pool.acquire();
  const char *title = d->title.c_str();
  pool.release(d);
  return same_place(title, other);
}

void bad_view_of_their_own(DocumentPool &pool) {
  Document *d = pool.acquire();
  TitleView view(*d);
  pool.release(d);
  if (view.shown()) // expect: pool-dangling-view "put back"
    show("shown");
}

// --- put by an owner

std::string_view bad_returned(DocumentPool &pool) {
  Lease lease = pool.lease();
  return lease->title; // expect: pool-dangling-view "is returned, and"
}

const char *bad_pointer_returned(DocumentPool &pool) {
  Lease lease = pool.lease();
  return lease->title.c_str(); // expect: pool-dangling-view "is returned, and"
}

const std::string &bad_reference_returned(DocumentPool &pool) {
  Lease lease = pool.lease();
  return lease->name(); // expect: pool-dangling-view "is returned, and"
}

std::string good_string_returned(DocumentPool &pool) {
  Lease lease = pool.lease();
  return lease->name();
}

std::size_t good_size_returned(DocumentPool &pool) {
  Lease lease = pool.lease();
  return lease->text().size();
}

const char *bad_returned_after_the_put(DocumentPool &pool) {
  Document *d = pool.acquire();
  const char *title = d->title.c_str();
  pool.release(d);
  return title; // expect: pool-dangling-view "'title' is returned and looks into 'd'"
}

void bad_after_the_scope(DocumentPool &pool) {
  std::string_view title;
  {
    Lease lease = pool.lease();
    title = lease->text();
  }            // note: "put back here, at the end of its scope"
  show(title); // expect: pool-dangling-view "'title' looks into"
}

void bad_temporary_lease(DocumentPool &pool) {
  std::string_view title = pool.lease()->title;
  show(title); // expect: pool-dangling-view "'title' looks into"
}

void bad_loop_over_a_temporary(DocumentPool &pool) {
  for (const Header &header : pool.lease()->headers) // expect: pool-dangling-view "put back"
    show(header);
}

void bad_loop_over_a_temporary_owner(DocumentPool &pool) {
  for (const Header &header : make_document(pool)->all()) // expect: pool-dangling-view "put back"
    show(header);
}

void good_loop_over_a_lease(DocumentPool &pool) {
  Lease lease = pool.lease();
  for (const Header &header : lease->headers)
    show(header);
}

void good_loop_over_a_copy(DocumentPool &pool) {
  for (char c : pool.lease()->copy())
    std::printf("%c", c);
}

void good_within_one_expression(DocumentPool &pool) {
  show(pool.lease()->title);
  show(std::string_view(make_document(pool)->title).substr(1));
}

void bad_owner_reset(DocumentPool &pool) {
  DocumentPtr d = make_document(pool);
  std::string_view title = d->title;
  d.reset();
  show(title); // expect: pool-dangling-view "'title' looks into 'd'"
}

void good_owner_moved(DocumentPool &pool) {
  DocumentPtr d = make_document(pool);
  std::string_view title = d->title;
  DocumentPtr other = std::move(d);
  show(title);
}

DocumentPtr good_leaves_with_its_owner(DocumentPool &pool, std::string_view &title) {
  DocumentPtr d = make_document(pool);
  title = d->title;
  return d;
}

void bad_left_to_the_caller(DocumentPool &pool, std::string_view &title) {
  Lease lease = pool.lease();
  title = lease->title; // expect: pool-dangling-view "'title' is left looking into"
}

void good_left_empty(DocumentPool &pool, std::string_view &title) {
  Lease lease = pool.lease();
  title = lease->title;
  show(title);
  title = {};
}

// --- kept in members, structs and closures

struct Reader {
  std::string_view title_;
  Document *document_ = nullptr;
  void bad(DocumentPool &pool) {
    Document *d = pool.acquire();
    title_ = d->title;
    pool.release(d);
    show(title_); // expect: pool-dangling-view "looks into 'd'"
  }
  void bad_left(DocumentPool &pool) {
    Lease lease = pool.lease();
    title_ = lease->title; // expect: pool-dangling-view "is left looking into"
  }
  void good(DocumentPool &pool) {
    document_ = pool.acquire();
    title_ = document_->title;
  }
  void good_cleared(DocumentPool &pool) {
    Document *d = pool.acquire();
    title_ = d->title;
    pool.release(d);
    title_ = {};
  }
};

void bad_member_of_a_struct(DocumentPool &pool) {
  Document *d = pool.acquire();
  Cursor cursor;
  cursor.word = d->title;
  Cursor copy = cursor;
  pool.release(d);
  show(copy.word); // expect: pool-dangling-view "'copy.word' looks into 'd'"
}

void bad_aggregate(DocumentPool &pool) {
  Document *d = pool.acquire();
  Cursor cursor{d->title, d->headers.cbegin()};
  pool.release(d);
  show(cursor.at->name); // expect: pool-dangling-view "'cursor.at' looks into 'd'"
}

void good_what_the_object_keeps(DocumentPool &pool) {
  Document *d = pool.acquire();
  d->language = d->title;
  pool.release(d);
}

void bad_captured_by_reference(DocumentPool &pool) {
  Document *d = pool.acquire();
  auto &title = d->title;
  auto shown = [&title] { show(title); };
  pool.release(d);
  shown(); // expect: pool-dangling-view "put back"
}

void bad_captured_by_value(DocumentPool &pool) {
  Document *d = pool.acquire();
  auto shown = [title = std::string_view(d->title)] { show(title); };
  pool.release(d);
  shown(); // expect: pool-dangling-view "put back"
}

void good_called_before(DocumentPool &pool) {
  Document *d = pool.acquire();
  auto &title = d->title;
  auto shown = [&title] { show(title); };
  shown();
  pool.release(d);
}

void good_captured_copy(DocumentPool &pool) {
  Document *d = pool.acquire();
  auto shown = [title = d->title] { show(title); };
  pool.release(d);
  shown();
}

void good_captured_size(DocumentPool &pool) {
  Document *d = pool.acquire();
  auto &title = d->title;
  auto size = [n = title.size()] { return n; };
  pool.release(d);
  std::printf("%zu\n", size());
}

// --- loops

void good_each_round_its_own(DocumentPool &pool, int n) {
  std::string_view title;
  for (int i = 0; i < n; ++i) {
    Document *d = pool.acquire();
    title = d->title;
    show(title);
    pool.release(d);
  }
}

void bad_last_round(DocumentPool &pool, int n) {
  std::string_view last = "none";
  for (int i = 0; i < n; ++i) {
    Document *d = pool.acquire();
    show(last); // expect: pool-dangling-view "'last' looks into 'd'"
    last = d->title;
    pool.release(d);
  }
}

// --- one finding, of one check

void bad_object_itself(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::string_view title = d->title;
  pool.release(d);
  show(d->title); // expect: pool-use-after-put "'d' is used after it was put back"
  show(title);
}

void bad_reference_to_the_object(DocumentPool &pool) {
  Document *d = pool.acquire();
  Document &same = *d;
  pool.release(d);
  show(same.title); // expect: pool-use-after-put "is used after it was put back"
}

void good_put_where_it_fails(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::string_view title = d->title;
  if (!wanted()) {
    pool.release(d);
    return;
  }
  show(title);
  pool.release(d);
}

// --- what an owner gave away

std::size_t good_given_away(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::string *mine = d->big.release();
  pool.release(d);
  std::size_t n = mine ? mine->size() : 0;
  delete mine;
  return n;
}

// --- copied out of a view too late

std::string bad_assigned_from(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::string_view title = d->title;
  pool.release(d);
  std::string copy;
  copy = title; // expect: pool-dangling-view "'title' looks into 'd', which was put back"
  return copy;
}

std::string bad_appended_from(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::string_view title = d->title;
  pool.release(d);
  std::string copy("title: ");
  copy += title; // expect: pool-dangling-view "'title' looks into 'd', which was put back"
  return copy;
}

bool good_assigned_views(DocumentPool &pool, std::optional<std::string_view> &last) {
  Document *d = pool.acquire();
  std::string_view title = d->title, other;
  std::string copy;
  copy = title;
  copy += title;
  auto first = copy.begin(), found = d->title.begin();
  pool.release(d);
  other = title;
  std::optional<std::string_view> perhaps;
  perhaps = title;
  last = std::nullopt;
  found = first;
  return found == first && !copy.empty() && !other.empty() && perhaps.has_value();
}

// --- through a view that a class keeps

class Scanner {
public:
  explicit Scanner(std::string_view in) : in_(in) {}
  char next() { return in_[at_++]; }
  char skip() {
    ++at_;
    char c = in_.front();
    return c;
  }
  std::size_t left() { return in_.size() - at_; }

private:
  std::string_view in_;
  std::size_t at_ = 0;
};

char bad_next(DocumentPool &pool) {
  Document *d = pool.acquire();
  Scanner scanner(d->title);
  pool.release(d);
  return scanner.next(); // expect: pool-dangling-view "looks into 'd', which was put back"
}

char bad_skip(DocumentPool &pool) {
  Document *d = pool.acquire();
  Scanner scanner(d->title);
  pool.release(d);
  return scanner.skip(); // expect: pool-dangling-view "looks into 'd', which was put back"
}

std::size_t good_left(DocumentPool &pool) {
  Document *d = pool.acquire();
  Scanner scanner(d->title);
  char c = scanner.next();
  pool.release(d);
  return scanner.left() + (c == 'x');
}

// --- what the C library finds in a text

void bad_found_character(DocumentPool &pool) {
  Document *d = pool.acquire();
  const char *dot = std::strchr(d->title.c_str(), '.');
  pool.release(d);
  if (dot)
    std::puts(dot); // expect: pool-dangling-view "'dot' looks into 'd', which was put back"
}

int bad_found_text(DocumentPool &pool) {
  Document *d = pool.acquire();
  const char *text = d->title.c_str();
  const char *end = strstr(text, "\r\n");
  pool.release(d);
  return end ? *end : 0; // expect: pool-dangling-view "'end' looks into 'd', which was put back"
}

long good_found(DocumentPool &pool, const char *name) {
  Document *d = pool.acquire();
  const char *text = d->title.c_str();
  const char *dot = std::strrchr(text, '.');
  const char *mine = std::strchr(name, d->title[0]);
  long at = dot ? dot - text : -1;
  pool.release(d);
  std::puts(mine);
  return at + (dot != nullptr);
}
