//===- documents.h - pooled objects that show their insides -----*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A pool whose objects answer with views, references and pointers into
// themselves, as parsers, messages and rows do; some of what they show is theirs,
// some is not.
//
//===----------------------------------------------------------------------===//
#ifndef TESTS_DOCUMENTS_H
#define TESTS_DOCUMENTS_H

#include <list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct Header {
  std::string name, value;
  std::string_view title() const { return name; }
};

/// Strings that stay for the whole run.
const std::string &interned(std::string_view text);

struct Document {
  std::string title;
  std::string_view language; ///< one of the interned ones
  std::vector<Header> headers;
  std::map<std::string, std::string> fields;
  std::list<std::string> lines;
  char tag[16] = {};
  int number = 0;
  Header first;
  Document *next = nullptr;
  std::shared_ptr<std::string> shared;
  std::unique_ptr<std::string> big;

  const std::string &name() const { return title; }
  std::string_view text() const { return title; }
  const char *c_str() const { return title.c_str(); }
  const char *kind() const { return "document"; }
  const std::string &group() const { return interned("documents"); }
  const std::string *find(const std::string &key) const {
    auto found = fields.find(key);
    return found == fields.end() ? nullptr : &found->second;
  }
  std::vector<Header> &all() { return headers; }
  std::string copy() const { return title; }
  int count() const { return number; }
  std::string_view bound() const [[clang::lifetimebound]];
  std::string_view unexplained() const;
};

class DocumentPool {
public:
  DocumentPool() = default;
  DocumentPool(const DocumentPool &) = delete;
  DocumentPool &operator=(const DocumentPool &) = delete;

  Document *acquire() {
    if (free_.empty())
      return new Document;
    Document *d = free_.back();
    free_.pop_back();
    return d;
  }
  void release(Document *d) {
    *d = Document{};
    free_.push_back(d);
  }
  class Lease lease();

private:
  std::vector<Document *> free_;
};

class Lease {
public:
  explicit Lease(DocumentPool &pool) : pool_(&pool), document_(pool.acquire()) {}
  Lease(Lease &&other) noexcept
      : pool_(other.pool_), document_(std::exchange(other.document_, nullptr)) {}
  Lease &operator=(Lease &&) = delete;
  ~Lease() {
    if (document_)
      pool_->release(document_);
  }
  Document *operator->() const { return document_; }
  Document &operator*() const { return *document_; }

private:
  DocumentPool *pool_;
  Document *document_;
};

inline Lease DocumentPool::lease() { return Lease(*this); }

struct PutDocument {
  DocumentPool *pool;
  void operator()(Document *d) const { pool->release(d); }
};
using DocumentPtr = std::unique_ptr<Document, PutDocument>;
inline DocumentPtr make_document(DocumentPool &pool) {
  return DocumentPtr(pool.acquire(), PutDocument{&pool});
}

// Helpers with bodies.
inline std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ')
    text.remove_prefix(1);
  return text;
}
inline std::size_t measured(const std::string &text) { return text.size(); }
inline bool starts_with(const char *text, char c) { return text[0] == c; }
inline bool same_place(const char *a, const char *b) { return a == b; }
inline const std::string &title_of(const Document &d) { return d.title; }
inline void title_into(const Document &d, std::string_view &out) { out = d.title; }
inline const std::string &title_or(const Document *d, const std::string &other) {
  return d ? d->title : other;
}

/// What a user writes to look at a part of a document.
class TitleView {
public:
  explicit TitleView(const Document &d) : title_(d.title) {}
  bool shown() const { return !title_.empty(); }

private:
  const std::string &title_;
};

struct Cursor {
  std::string_view word;
  std::vector<Header>::const_iterator at;
};

// Helpers without.
void show(std::string_view text);
void show(const std::string &text);
void show(const char *text);
void show(const Header &header);
std::string_view first_word(std::string_view text [[clang::lifetimebound]]);
std::string_view first_line(std::string_view text);
bool wanted();

#endif
