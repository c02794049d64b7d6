//===- ConstantsTest.cpp - options in texts -------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "engine/Constants.h"
#include <gtest/gtest.h>

using namespace pooltidy;

namespace {

/// `key=value@offset`, one after the other.
std::string print(const std::vector<TextEntry> &Entries) {
  std::string All;
  for (const TextEntry &E : Entries)
    All += (All.empty() ? "" : " ") + E.Key + "=" + E.Value + "@" +
           std::to_string(E.At);
  return All;
}

TEST(TextEntries, Json) {
  EXPECT_EQ(print(jsonEntries(R"({"a": 1, "b" : true})")), "a=1@6 b=true@15");
  EXPECT_EQ(print(jsonEntries(R"({"p": {"a": -2.5}, "s": "x y"})")),
            "p.a=-2.5@12 s=x y@24");
  EXPECT_EQ(print(jsonEntries(" {} ")), "");
  EXPECT_EQ(print(jsonEntries("{\n  \"a\":\n 10\n}\n")), "a=10@10");
}

TEST(TextEntries, WhatIsNoJsonSaysNothing) {
  for (const char *Text :
       {"", "{", "{\"a\": 1", "{\"a\" 1}", "{a: 1}", "{\"a\": 1} x", "[1]",
        "{\"a\": [1]}", "{\"a\\\"\": 1}", "{\"a\": }", "{\"a\": 1,}"})
    EXPECT_EQ(print(jsonEntries(Text)), "") << Text;
  std::string Deep(100, '{');
  EXPECT_EQ(print(jsonEntries(Deep)), "");
}

TEST(TextEntries, Uri) {
  EXPECT_EQ(print(uriEntries("tcp://h")), "");
  EXPECT_EQ(print(uriEntries("tcp://h?a=1&bc=2ms")), "a=1@10 bc=2ms@15");
  EXPECT_EQ(print(uriEntries("tcp://h/?a&=3&b=")), "a=@11 b=@16");
  EXPECT_EQ(print(uriEntries("x?")), "");
}

TEST(TextEntries, Numbers) {
  EXPECT_EQ(numberIn("25", 0)->Number, 25);
  EXPECT_FALSE(numberIn("25", 0)->IsTime);
  EXPECT_EQ(numberIn("25", 1e6)->Number, 25e6);
  EXPECT_TRUE(numberIn("25", 1e6)->IsTime);
  EXPECT_EQ(numberIn("100ms", 0)->Number, 100e6);
  EXPECT_TRUE(numberIn("2m", 0)->IsTime);
  EXPECT_EQ(numberIn("true", 0)->Number, 1);
  EXPECT_EQ(numberIn("-1", 0)->Number, -1);
  EXPECT_FALSE(numberIn("many", 0));
  EXPECT_FALSE(numberIn("3 days", 0));
  EXPECT_FALSE(numberIn("", 0));
}

} // namespace
