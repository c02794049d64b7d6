// RUN: %check %s
// REQUIRES: boost
// A graph whose nodes come from Boost.Pool: object_pool for the nodes, a
// singleton_pool for scratch memory. Three planted mistakes.

#include <boost/pool/object_pool.hpp>
#include <boost/pool/singleton_pool.hpp>
#include <cstdio>
#include <cstring>
#include <map>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

namespace graph {

struct Node {
  explicit Node(std::string n) : name(std::move(n)) {}
  std::string name;
  std::vector<Node *> out;
  bool seen = false;
};

struct ScratchTag {};
constexpr std::size_t ScratchBytes = 4096;
using Scratch = boost::singleton_pool<ScratchTag, ScratchBytes>;

struct FreeScratch {
  void operator()(char *p) const { Scratch::free(p); }
};
using ScratchPtr = std::unique_ptr<char, FreeScratch>;

ScratchPtr takeScratch() {
  char *p = static_cast<char *>(Scratch::malloc());
  if (!p)
    throw std::bad_alloc();
  return ScratchPtr(p);
}

class Graph {
public:
  Node *add(const std::string &name) {
    auto [it, fresh] = by_name_.try_emplace(name, nullptr);
    if (fresh)
      it->second = nodes_.construct(name);
    return it->second;
  }
  void connect(const std::string &a, const std::string &b) {
    add(a)->out.push_back(add(b));
  }
  bool remove(const std::string &name) {
    auto it = by_name_.find(name);
    if (it == by_name_.end())
      return false;
    Node *n = it->second;
    by_name_.erase(it);
    for (auto &[key, other] : by_name_)
      std::erase(other->out, n);
    nodes_.destroy(n);
    return true;
  }
  // Planted: the name of what was removed is printed afterwards.
  void removeLoud(Node *n) {
    by_name_.erase(n->name);
    nodes_.destroy(n);                           // note: "put back here"
    std::printf("removed %s\n", n->name.c_str()); // expect: pool-use-after-put "'n' is used after it was put back"
  }
  // Planted: a leaf without a name goes back twice.
  void prune(Node *n, bool unnamed) {
    if (unnamed)
      nodes_.destroy(n); // note: "first put back here"
    if (by_name_.size() > 100)
      by_name_.clear();
    nodes_.destroy(n); // expect: pool-double-put "'n' is put back twice"
  }
  // Destroyed with the pool: object_pool is made for that.
  void addTemporary(int n) {
    boost::object_pool<Node> some;
    for (int i = 0; i < n; ++i)
      if (Node *node = some.construct(std::to_string(i)))
        node->seen = true;
  }
  std::size_t reach(Node *from) {
    if (from->seen)
      return 0;
    from->seen = true;
    std::size_t n = 1;
    for (Node *next : from->out)
      n += reach(next);
    return n;
  }

private:
  boost::object_pool<Node> nodes_;
  std::map<std::string, Node *> by_name_;
};

// Planted: a line that is too long keeps its scratch memory.
bool readLine(std::FILE *in, Graph &g, bool strict) {
  char *line = static_cast<char *>(Scratch::malloc()); // expect: pool-resource-leak "'line' is not put back on some path"
  if (!line)
    return false;
  if (strict && std::feof(in))
    throw std::length_error("end of input"); // note: "an exception leaves here"
  bool ok = std::fgets(line, ScratchBytes, in) != nullptr;
  if (ok) {
    if (char *space = std::strchr(line, ' ')) {
      *space = '\0';
      g.connect(line, space + 1);
    }
  }
  Scratch::free(line);
  return ok;
}

bool readAll(std::FILE *in, Graph &g) {
  ScratchPtr scratch = takeScratch();
  while (std::fgets(scratch.get(), ScratchBytes, in))
    g.add(scratch.get());
  return std::ferror(in) == 0;
}

} // namespace graph

int main() {
  graph::Graph g;
  while (graph::readLine(stdin, g, false))
    ;
  graph::readAll(stdin, g);
  graph::Node *root = g.add("root");
  std::printf("%zu\n", g.reach(root));
  g.addTemporary(3);
  g.remove("leaf");
  g.removeLoud(root);
  g.prune(g.add("x"), true);
  return 0;
}
