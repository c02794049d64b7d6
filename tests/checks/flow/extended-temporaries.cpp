// RUN: %check %s --std=c++20
// What a reference keeps alive lives as long as the reference, and a list with one
// value in it is that value.

#include "documents.h"

void good_reference(DocumentPool &pool) {
  const Lease &lease = pool.lease();
  show(lease->title);
}

void good_universal_reference(DocumentPool &pool) {
  auto &&document = make_document(pool);
  show(document->title);
}

void bad_after_its_scope(DocumentPool &pool) {
  std::string_view title;
  {
    const Lease &lease = pool.lease();
    title = lease->title;
  }            // note: "put back here, at the end of its scope"
  show(title); // expect: pool-dangling-view "'title' looks into"
}

void good_list_of_one(DocumentPool &pool) {
  Lease lease{pool.lease()};
  show(lease->title);
}

void bad_list_of_one(DocumentPool &pool) {
  Document *d = pool.acquire();
  std::string_view title{d->title};
  auto same = std::string_view{title};
  pool.release(d);
  show(same); // expect: pool-dangling-view "'same' looks into 'd'"
}

struct Pair {
  DocumentPtr document;
  int number;
};

void good_list_of_members(DocumentPool &pool) {
  Pair pair{make_document(pool), 1};
  show(pair.document->title);
}

void bad_list_of_members(DocumentPool &pool) {
  std::string_view title;
  {
    Pair pair{make_document(pool), 1};
    title = pair.document->title;
  }
  show(title); // expect: pool-dangling-view "'title' looks into 'pair.document'"
}

// The temporaries of a loop's range are kept alive since C++23 only.
void bad_loop(DocumentPool &pool) {
  for (const Header &header : pool.lease()->headers) // expect: pool-dangling-view "put back"
    show(header);
}

// ---- what a range-for declares before its range ends behind it

void good_before_the_range(DocumentPool &pool) {
  for (Lease lease = pool.lease(); char c : lease->title)
    if (c == ' ')
      show(lease->title);
}

bool good_left_early(DocumentPool &pool) {
  for (Lease lease = pool.lease(); char c : lease->title) {
    if (c == ' ')
      break;
    if (c == '.')
      return true;
  }
  return false;
}

void bad_behind_the_loop(DocumentPool &pool) {
  std::string_view title;
  for (Lease lease = pool.lease(); char c : lease->title)
    if (c == ' ')
      title = lease->title;
  show(title); // expect: pool-dangling-view "'title' looks into"
}
