//===- unsure.h - code about which only guesses can be made -----*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Functions without bodies that are given leases, and pools without bodies.
//
//===----------------------------------------------------------------------===//
#ifndef TESTS_UNSURE_H
#define TESTS_UNSURE_H

#include "helpers.h"

void submit(Buffer *b);
bool accept(Buffer *b);
void adjust(Buffer &b);

struct Frame {
  int width = 0;
};

/// Named like something that pools, but nothing more is known of it.
class FrameRecycler {
public:
  Frame *get();
  void recycle(Frame *f);
};

struct Node {
  int key = 0;
};

/// A pool by its name and types; who resets, if anybody, is not known.
class NodePool {
public:
  Node *acquire();
  void release(Node *n);
};

#endif
