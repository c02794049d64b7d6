// RUN: %check %s
// Assertions of tests: a test that has failed may lose what it has.

#include "scarce_pool.h"
#include <gtest/gtest.h>

FramePool &frames();

TEST(Frames, good_not_equal) {
  Frame *frame = frames().acquire();
  ASSERT_NE(frame, nullptr);
  frame->send();
  frames().release(frame);
}

TEST(Frames, good_true) {
  Frame *frame = frames().acquire();
  ASSERT_TRUE(frame != nullptr);
  frame->send();
  ASSERT_EQ(frame->number, 0) << "as new";
  EXPECT_TRUE(frame->text.empty());
  frames().release(frame);
}

TEST(Frames, bad_not_put) {
  Frame *frame = frames().acquire(); // expect: pool-resource-leak "'frame' is not put back on some path"
  ASSERT_NE(frame, nullptr);
  frame->send();
}

TEST(Frames, bad_not_asked) {
  Frame *frame = frames().acquire();
  ASSERT_EQ(frame->number, 0); // expect: pool-unchecked-acquire "'frame' is dereferenced"
  frames().release(frame);
}
