// RUN: %check %s --checks=pool-dangling-view,pool-use-after-put,pool-foreign-put,pool-resource-leak
// A std::shared_ptr variable that nobody shares puts like a std::unique_ptr.

#include "documents.h"
#include <functional>
#include <vector>

struct Node : std::enable_shared_from_this<Node> {
  std::string text;
};
class NodePool {
public:
  Node *acquire();
  void release(Node *node);
};
void keep(std::shared_ptr<Document> d);
void look(const std::shared_ptr<Document> &d);
void link(Node &node);

// --- nobody else has it

void bad_pointer(DocumentPool &pool) {
  std::shared_ptr<Document> d(pool.acquire(), PutDocument{&pool});
  Document *raw = d.get();
  d.reset();
  show(raw->title); // expect: use-after-put "'raw' is used after it was put back"
}
void bad_view(DocumentPool &pool) {
  std::string_view title;
  {
    std::shared_ptr<Document> d(pool.acquire(), PutDocument{&pool});
    title = d->title;
  }
  show(title); // expect: dangling-view "'title' looks into 'd', which was put back"
}
void bad_lambda_puts(DocumentPool &pool) {
  std::string_view title;
  {
    auto d = std::shared_ptr<Document>(pool.acquire(), [&pool](Document *p) { pool.release(p); });
    title = d->title;
  }
  show(title); // expect: dangling-view "'title' looks into 'd', which was put back"
}
void bad_put_by_hand_too(DocumentPool &pool) {
  Document *raw = pool.acquire();
  std::shared_ptr<Document> d(raw, PutDocument{&pool});
  pool.release(raw); // expect: foreign-put "what 'd' still owns is put into a pool"
}
std::string_view bad_returned(DocumentPool &pool) {
  std::shared_ptr<Document> d(pool.acquire(), PutDocument{&pool});
  return d->title; // expect: dangling-view "a view of 'd' is returned, and 'd' is put back by then"
}

void good_used_before(DocumentPool &pool) {
  std::shared_ptr<Document> d(pool.acquire(), PutDocument{&pool});
  if (!d)
    return;
  Document *raw = d.get();
  std::string_view title = d->title;
  show(raw->title);
  show(title);
  if (d.use_count() == 1)
    show((*d).title);
}
std::string good_copied(DocumentPool &pool) {
  std::shared_ptr<Document> d(pool.acquire(), PutDocument{&pool});
  std::string title = d->title;
  d.reset();
  return title;
}

// --- somebody may

void good_handed_on(DocumentPool &pool) {
  std::shared_ptr<Document> d(pool.acquire(), PutDocument{&pool});
  keep(d);
  std::string_view title = d->title;
  d.reset();
  show(title);
}
void good_shown(DocumentPool &pool) {
  std::shared_ptr<Document> d(pool.acquire(), PutDocument{&pool});
  look(d);
  std::string_view title = d->title;
  d.reset();
  show(title);
}
void good_second_owner(DocumentPool &pool) {
  std::shared_ptr<Document> d(pool.acquire(), PutDocument{&pool});
  std::shared_ptr<Document> also = d;
  Document *raw = d.get();
  d.reset();
  show(raw->title);
}
void good_stored(DocumentPool &pool, std::vector<std::shared_ptr<Document>> &all) {
  std::string_view title;
  {
    std::shared_ptr<Document> d(pool.acquire(), PutDocument{&pool});
    all.push_back(d);
    title = d->title;
  }
  show(title);
}
void good_swapped(DocumentPool &pool) {
  std::shared_ptr<Document> outer;
  Document *raw;
  {
    std::shared_ptr<Document> d(pool.acquire(), PutDocument{&pool});
    raw = d.get();
    outer.swap(d);
  }
  show(raw->title);
}
void good_moved(DocumentPool &pool) {
  std::shared_ptr<Document> outer;
  Document *raw;
  {
    std::shared_ptr<Document> d(pool.acquire(), PutDocument{&pool});
    raw = d.get();
    outer = std::move(d);
  }
  show(raw->title);
}
std::function<void()> good_captured(DocumentPool &pool) {
  std::shared_ptr<Document> d(pool.acquire(), PutDocument{&pool});
  Document *raw = d.get();
  std::function<void()> later = [d] { show(d->title); };
  d.reset();
  show(raw->title);
  return later;
}
void good_part_is_shared(DocumentPool &pool, std::shared_ptr<std::string> &out) {
  std::shared_ptr<Document> d(pool.acquire(), PutDocument{&pool});
  out = std::shared_ptr<std::string>(d, &d->title);
  std::string_view title = d->title;
  d.reset();
  show(title);
}
void good_weak(DocumentPool &pool) {
  std::shared_ptr<Document> d(pool.acquire(), PutDocument{&pool});
  std::weak_ptr<Document> seen = d;
  Document *raw = d.get();
  auto again = seen.lock();
  d.reset();
  show(raw->title);
}
std::shared_ptr<Document> good_returned(DocumentPool &pool) {
  std::shared_ptr<Document> d(pool.acquire(), PutDocument{&pool});
  show(d->title);
  return d;
}
void good_shares_itself(NodePool &pool) {
  std::shared_ptr<Node> n(pool.acquire(), [&pool](Node *p) { pool.release(p); });
  link(*n);
  std::string_view text = n->text;
  n.reset();
  show(text);
}
