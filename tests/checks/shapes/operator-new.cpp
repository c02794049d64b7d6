// RUN: %check %s
// Classes whose operator new and delete go to a pool: for their users these are
// new and delete, which the default level leaves to other tools.

#include <cstddef>
#include <vector>

class NodePool {
public:
  void *allocate(std::size_t n) {
    if (free_.empty())
      return ::operator new(n);
    void *p = free_.back();
    free_.pop_back();
    return p;
  }
  void deallocate(void *p, std::size_t) { free_.push_back(p); }

private:
  std::vector<void *> free_;
};
extern NodePool nodes;

struct Node {
  int key = 0;
  Node *left = nullptr, *right = nullptr;
  static void *operator new(std::size_t n) { return nodes.allocate(n); }
  static void operator delete(void *p, std::size_t n) { nodes.deallocate(p, n); }
};

Node *good_make(int key) {
  Node *n = new Node;
  n->key = key;
  return n;
}

void good_delete(Node *n) {
  n->key = 0;
  delete n;
}

void good_delete_tree(Node *n) {
  if (!n)
    return;
  good_delete_tree(n->left);
  good_delete_tree(n->right);
  delete n;
}

struct Tree {
  Node *root = nullptr;
  void insert(int key) {
    Node *n = new Node;
    n->key = key;
    n->left = root;
    root = n;
  }
};
