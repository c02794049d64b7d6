// RUN: %check %s --std=c++20
// Lists whose links lie in the objects: who has the link finds the object.

#include "helpers.h"
#include <cstddef>

struct Link {
  Link *next, *prev;
};
struct Node {
  int n = 0;
  Link link;
};
class NodePool {
public:
  Node *acquire();
  void release(Node *n);
};

static void add(Link *fresh, Link *head) {
  fresh->next = head->next;
  fresh->prev = head;
  head->next->prev = fresh;
  head->next = fresh;
}
static void count(const Link *l, int *n) { *n += l->next != l; }
static Node *owner(Link *l) {
  return reinterpret_cast<Node *>(reinterpret_cast<char *>(l) -
                                  offsetof(Node, link));
}

void good_list_on_the_stack(NodePool &pool) {
  Link head = {&head, &head};
  add(&pool.acquire()->link, &head);
  for (Link *l = head.next; l != &head;) {
    Node *n = owner(l);
    l = l->next;
    pool.release(n);
  }
}

void put_all(NodePool &pool, const Link &head); // in another file

void good_linked_by_hand(NodePool &pool) {
  Link head = {nullptr, nullptr};
  Node *n = pool.acquire();
  n->link.next = nullptr;
  head.next = &n->link;
  put_all(pool, head);
}

void good_empty_list(NodePool &pool) {
  Link head = {&head, &head};
  for (Link *l = head.next; l != &head; l = l->next)
    pool.release(owner(l));
}

void bad_only_looked_at(NodePool &pool) {
  int n = 0;
  Node *node = pool.acquire(); // expect: pool-resource-leak "'node' is never put back"
  count(&node->link, &n);
}

void bad_part_kept_as_a_number(NodePool &pool) {
  Node *node = pool.acquire(); // expect: pool-resource-leak "'node' is never put back"
  int *n = &node->n;
  *n = 1;
}

void bad_head_itself(NodePool &pool) {
  Node local;
  Node *n = &local;
  pool.release(n); // expect: pool-foreign-put "'local' is put into a pool, and has automatic storage"
}
