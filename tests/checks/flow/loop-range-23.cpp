// RUN: %check %s --std=c++23
// Since C++23 a loop keeps the temporaries of its range alive, and ends them.

#include "documents.h"

void good_member_of_a_lease(DocumentPool &pool) {
  for (const Header &header : pool.lease()->headers)
    show(header);
}

void good_answer_of_an_owner(DocumentPool &pool) {
  for (const Header &header : make_document(pool)->all())
    show(header);
}

void bad_kept_behind_the_loop(DocumentPool &pool) {
  std::string_view last;
  for (const Header &header : pool.lease()->headers)
    last = header.name;
  show(last); // expect: pool-dangling-view "'last' looks into"
}
