// RUN: %check %s -- -I%root/tests/reference_pool/include
// The built-in model of the bundled object_pool against its real header.

#include <cstring>
#include <pool_tidy/object_pool.h>
#include <string>

struct Frame {
  char data[256];
  int length;
};
using Frames = pool_tidy::object_pool<Frame, pool_tidy::no_reset>;
using Texts = pool_tidy::object_pool<std::string>;
namespace raw = pool_tidy::raw;

std::size_t good_lease(Texts &texts) {
  auto text = texts.get();
  text->append("x");
  return text->size();
}

std::size_t good_tried(Texts &texts) {
  auto text = texts.try_get();
  return text ? text->size() : 0;
}

int good_raw(Frames &frames) {
  Frame *frame = raw::acquire(frames);
  const int length = frame->data[0] == 'x';
  raw::give_back(frames, frame);
  return length;
}

void good_released(Texts &texts) {
  auto text = texts.get();
  std::string *mine = text.release();
  mine->clear();
  raw::give_back(texts, mine);
}

void good_put_early(Texts &texts) {
  auto text = texts.get();
  text->append("x");
  text.put();
}

void bad_raw_twice(Frames &frames) {
  Frame *frame = raw::acquire(frames);
  raw::give_back(frames, frame); // note: "first put back here"
  raw::give_back(frames, frame); // expect: pool-double-put "'frame' is put back twice"
}

int bad_raw_used(Frames &frames) {
  Frame *frame = raw::acquire(frames);
  raw::give_back(frames, frame); // note: "put back here"
  return frame->length; // expect: pool-use-after-put "'frame' is used after it was put back"
}

bool bad_raw_forgotten(Frames &frames, bool wanted) {
  Frame *frame = raw::acquire(frames); // expect: pool-resource-leak "'frame' is not put back on some path"
  if (!wanted)
    return false;
  raw::give_back(frames, frame);
  return true;
}

std::size_t bad_lease_used(Texts &texts) {
  auto text = texts.get();
  std::string *inside = text.get();
  text.put(); // note: "put back here"
  return inside->size(); // expect: pool-use-after-put "'inside' is used after it was put back"
}
