// RUN: %check %s --checks=pool-incomplete-reset --confidence possible
// A cached number that a reset leaves is told where it may be told: its reader may
// come before whoever sets it.

#include "resetting_pool.h"
#include <string>

class Message {
public:
  void add(const std::string &text) { body_ += text; }
  int ByteSize() const {
    cached_size_ = int(body_.size());
    return cached_size_;
  }
  int GetCachedSize() const { return cached_size_; }
  void reset() { body_.clear(); } // expect: incomplete-reset "'Message::reset' leaves members of the pooled 'Message' as they were (possible)"

private:
  std::string body_;
  mutable int cached_size_ = 0; // note: "'cached_size_' is left, 'Message::ByteSize' changes it"
};
template class ResettingPool<Message>;
ResettingPool<Message> messages;
