// RUN: %check %s --checks=pool-dangling-view,pool-use-after-put
// Views that are kept in containers, and in what std::function holds.

#include "documents.h"
#include <deque>
#include <functional>
#include <optional>
#include <set>

using Views = std::vector<std::string_view>;
Views split(std::string_view text); // nobody knows what it answers with
void print(const Views &all);
void refill(Views &all);
const std::string &keep(std::string_view text);

inline Views words(std::string_view text) {
  Views out;
  while (!text.empty()) {
    auto at = text.find(' ');
    out.push_back(text.substr(0, at));
    if (at == text.npos)
      break;
    text.remove_prefix(at + 1);
  }
  return out;
}
inline void words_into(std::string_view text, Views &out) {
  out.push_back(text.substr(0, text.find(' ')));
}
inline std::vector<std::string> copied_words(std::string_view text) {
  std::vector<std::string> out;
  out.emplace_back(text.substr(0, text.find(' ')));
  return out;
}

// --- put in

void bad_pushed(DocumentPool &pool) {
  Document *d = pool.acquire();
  Views all;
  all.push_back(d->title);
  pool.release(d);
  for (std::string_view each : all)
    show(each); // expect: pool-dangling-view "'each' looks into 'd', which was put back"
}
void bad_emplaced(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::deque<std::string_view> all;
  all.emplace_back(d->title.data(), 3);
  pool.release(d);
  show(all.front()); // expect: pool-dangling-view "'all' looks into 'd', which was put back"
}
void bad_listed(DocumentPool &pool) {
  Document *d = pool.acquire();
  Views all{"none", d->title};
  pool.release(d);
  show(all[1]); // expect: pool-dangling-view "'all' looks into 'd', which was put back"
}
void bad_pointers(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::vector<const char *> all;
  all.push_back(d->title.c_str());
  pool.release(d);
  show(all.back()); // expect: pool-dangling-view "'all' looks into 'd', which was put back"
}
void bad_array(DocumentPool &pool, int n) {
  Document *d = pool.acquire();
  const char *all[8];
  for (int i = 0; i < n; ++i)
    all[i] = d->title.c_str();
  pool.release(d);
  for (int i = 0; i < n; ++i)
    show(all[i]); // expect: pool-dangling-view "'all' looks into 'd', which was put back"
}
void bad_in_a_set(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::set<std::string_view> all;
  all.insert(d->title);
  pool.release(d);
  show(*all.begin()); // expect: pool-dangling-view "put back"
}
void bad_values_of_a_map(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::map<std::string, std::string_view> all;
  all["title"] = d->title;
  pool.release(d);
  for (const auto &[key, value] : all)
    show(value); // expect: pool-dangling-view "put back"
}
void bad_value_at_a_key(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::map<int, std::string_view> all;
  all.insert_or_assign(1, d->title);
  pool.release(d);
  show(all.at(1)); // expect: pool-dangling-view "looks into 'd', which was put back"
}
void bad_keys_of_a_map(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::map<std::string_view, int> all;
  all.emplace(d->title, 1);
  pool.release(d);
  show(all.begin()->first); // expect: pool-dangling-view "put back"
}
void bad_in_pairs(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::vector<std::pair<int, std::string_view>> all;
  all.push_back({1, d->title});
  pool.release(d);
  show(all[0].second); // expect: pool-dangling-view "looks into 'd', which was put back"
}
void bad_in_optionals(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::vector<std::optional<std::string_view>> all;
  all.push_back(d->title);
  pool.release(d);
  show(*all[0]); // expect: pool-dangling-view "looks into 'd', which was put back"
}
void bad_given_on(DocumentPool &pool) {
  Document *d = pool.acquire();
  Views all;
  all.push_back(d->title);
  pool.release(d);
  print(all); // expect: pool-dangling-view "'all' looks into 'd', which was put back"
}
void bad_copied_and_moved(DocumentPool &pool) {
  Document *d = pool.acquire();
  Views all, same, more;
  all.push_back(d->title);
  same = all;
  more.insert(more.end(), same.begin(), same.end());
  Views last = std::move(more);
  pool.release(d);
  auto it = last.begin();
  ++it;
  show(*it); // expect: pool-dangling-view "put back"
}
void bad_of_each_round(DocumentPool &pool, int n) {
  Views all;
  for (int i = 0; i < n; ++i) {
    Document *d = pool.acquire();
    all.push_back(d->title);
    pool.release(d);
  }
  for (std::string_view each : all)
    show(each); // expect: pool-dangling-view "'each' looks into 'd', which was put back"
}

// --- by helpers

void bad_words(DocumentPool &pool) {
  Document *d = pool.acquire();
  auto all = words(d->title);
  pool.release(d);
  for (std::string_view each : all)
    show(each); // expect: pool-dangling-view "'each' looks into 'd', which was put back"
}
void bad_words_assigned(DocumentPool &pool) {
  Document *d = pool.acquire();
  Views all;
  all = words(d->title);
  pool.release(d);
  show(all[0]); // expect: pool-dangling-view "'all' looks into 'd', which was put back"
}
void bad_words_into(DocumentPool &pool) {
  Document *d = pool.acquire();
  Views all;
  words_into(d->title, all);
  pool.release(d);
  show(all[0]); // expect: pool-dangling-view "'all' looks into 'd', which was put back"
}
Views bad_returned(DocumentPool &pool) {
  Document *d = pool.acquire();
  Views all;
  all.push_back(d->title);
  pool.release(d);
  return all; // expect: pool-dangling-view "is returned, and 'd' is put back by then"
}
void bad_left_to_the_caller(DocumentPool &pool, Views &out) {
  Lease lease = pool.lease();
  out.push_back(lease->title); // expect: pool-dangling-view "'out' is left looking into"
}

// --- nothing of it is there any more, or nobody reads it

void good_nobody_knows(DocumentPool &pool) {
  Document *d = pool.acquire();
  Views all = split(d->title);
  pool.release(d);
  for (std::string_view each : all)
    show(each);
}
void good_copies(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::vector<std::string> all;
  all.push_back(d->title);
  all.emplace_back(std::string_view(d->title));
  Views views, kept;
  views.push_back(d->title);
  for (std::string_view each : views) {
    all.emplace_back(each);
    kept.push_back(keep(each));
  }
  std::vector<std::string> also(views.begin(), views.end());
  auto words = copied_words(d->title);
  std::map<std::string, std::string> fields;
  fields[d->title] = d->title;
  fields.emplace(d->title, d->title);
  pool.release(d);
  for (const std::string &each : all)
    show(each);
  for (const std::string &each : also)
    show(each);
  for (const std::string &each : words)
    show(each);
  for (std::string_view each : kept)
    show(each);
  show(fields["x"]);
}
std::size_t good_emptied(DocumentPool &pool) {
  Document *d = pool.acquire();
  Views cleared, popped, swapped, replaced, assigned, moved, refilled;
  cleared.push_back(d->title);
  popped.push_back(d->title);
  swapped.push_back(d->title);
  replaced.push_back(d->title);
  assigned.push_back(d->title);
  moved.push_back(d->title);
  refilled.push_back(d->title);
  print(cleared);
  cleared.clear();
  popped.pop_back();
  Views().swap(swapped);
  replaced[0] = "none";
  Views other = std::move(moved);
  pool.release(d);
  assigned.assign(3, "none");
  refill(refilled);
  for (Views *all : {&cleared, &popped, &swapped})
    print(*all);
  print(cleared);
  print(popped);
  print(swapped);
  print(replaced);
  print(assigned);
  print(moved);
  print(refilled);
  return other.size();
}
void good_each_round(DocumentPool &pool, int n) {
  Views all, more;
  for (int i = 0; i < n; ++i) {
    Document *d = pool.acquire();
    all.clear();
    all.push_back(d->title);
    more = words(d->title);
    print(all);
    print(more);
    pool.release(d);
  }
}
bool good_only_counted(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::set<std::string_view> seen;
  for (const Header &header : d->headers)
    seen.insert(header.name);
  pool.release(d);
  return seen.size() > 1;
}
void good_other_part(DocumentPool &pool, const Views &others) {
  Document *d = pool.acquire();
  std::map<std::string, std::string_view> values;
  std::vector<std::pair<std::string_view, int>> keys;
  Views mine;
  values["x"] = d->title;
  keys.emplace_back(d->title, 1);
  for (std::string_view other : others)
    if (other != d->title)
      mine.push_back(other);
  pool.release(d);
  for (const auto &[key, value] : values)
    show(key);
  print(mine);
  if (keys[0].second)
    show("one");
}
void good_found_by_the_object(DocumentPool &pool, const std::map<std::string_view, int> &known) {
  Document *d = pool.acquire();
  auto found = known.find(d->title);
  pool.release(d);
  if (found != known.end())
    show(found->first);
}
void good_leases(DocumentPool &pool, int n) {
  std::vector<Document *> all;
  for (int i = 0; i < n; ++i)
    all.push_back(pool.acquire());
  for (Document *d : all)
    show(d->title);
  for (Document *d : all)
    pool.release(d);
}
class Lines {
public:
  std::size_t good(DocumentPool &pool) {
    Lease lease = pool.lease();
    all_.clear();
    all_.push_back(lease->title);
    return all_.size();
  }

private:
  Views all_;
};

// --- in a function

void bad_called(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::function<void()> shown = [title = std::string_view(d->title)] { show(title); };
  pool.release(d);
  shown(); // expect: pool-dangling-view "put back"
}
void bad_called_with_the_object(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::function<int(int)> shown = [&doc = *d](int n) { return doc.number + n; };
  pool.release(d);
  shown(1); // expect: pool-use-after-put "is used after it was put back"
}
void good_called(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::function<void()> shown = [&doc = *d] { show(doc.title); };
  std::function<void()> copied = [title = d->title] { show(title); };
  std::function<void()> other = [&doc = *d] { show(doc.title); };
  shown();
  other();
  pool.release(d);
  copied();
  other = [] {};
  other();
}
void good_put_by_it(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::function<void(Document *)> done = [&pool](Document *x) { pool.release(x); };
  show(d->title);
  done(d);
}
void bad_put_by_it(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::function<void(Document *)> done = [&pool](Document *x) { pool.release(x); };
  done(d);
  show(d->title); // expect: pool-use-after-put "'d' is used after it was put back"
}

// --- keys that an index adds

void bad_key(DocumentPool &pool) {
  std::map<std::string_view, int> numbers;
  Document *d = pool.acquire();
  numbers[d->title] = d->number;
  pool.release(d);
  for (const auto &[title, number] : numbers)
    show(title); // expect: dangling-view "a view of 'd' is used after it was put back"
}
void bad_counted_by_key(DocumentPool &pool) {
  std::map<std::string_view, int> counts;
  for (int i = 0; i < 3; ++i) {
    Document *d = pool.acquire();
    ++counts[d->title];
    pool.release(d);
  }
  show(counts.begin()->first); // expect: dangling-view "a view of 'd' is used after it was put back"
}
int good_keys(DocumentPool &pool, std::map<std::string_view, int> &known,
              void (*fill)(std::map<std::string_view, int> &)) {
  std::map<std::string_view, int> counts{{"a", 0}, {"b", 0}}, filled, stepwise;
  std::map<std::string, int> copied;
  fill(filled);
  stepwise["a"] = 0;
  Document *d = pool.acquire();
  ++counts[d->title]; // one of those that are there
  ++known[d->title];
  ++filled[d->title];
  ++stepwise[d->title];
  copied[d->title] = 1;
  pool.release(d);
  for (const auto *each : {&counts, &known, &filled})
    for (const auto &[title, number] : *each)
      show(title);
  for (const auto &[title, number] : stepwise)
    show(title);
  for (const auto &[title, number] : copied)
    show(title);
  return counts["a"];
}
void good_key_before(DocumentPool &pool) {
  std::map<std::string_view, int> numbers;
  Document *d = pool.acquire();
  numbers[d->title] = d->number;
  for (const auto &[title, number] : numbers)
    show(title);
  numbers.clear();
  pool.release(d);
  for (const auto &[title, number] : numbers)
    show(title);
}
