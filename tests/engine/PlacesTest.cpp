//===- PlacesTest.cpp - where values live ---------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "engine/Places.h"
#include "llvm/ADT/StringMap.h"
#include <gtest/gtest.h>
#include <set>

namespace pooltidy {
namespace {

struct PlacesTest : testing::Test {
  PlaceTable T;
  PlaceId B = T.root(PlaceKind::Local, 1, "b");
  PlaceId P = T.root(PlaceKind::Param, 2, "p");
  PlaceId This = T.root(PlaceKind::This, 0, "this");
  PlaceId G = T.root(PlaceKind::Global, 3, "g");

  PlaceId deref(PlaceId Q) { return T.step(PlaceKind::Deref, Q); }
  PlaceId field(PlaceId Q, llvm::StringRef Name) {
    auto [It, New] = Fields.try_emplace(Name, 0);
    if (New)
      It->second = T.addField({Name.str(), false, false, false, false});
    return T.step(PlaceKind::Field, Q, It->second, Name);
  }
  llvm::StringMap<SymbolId> Fields;
};

TEST_F(PlacesTest, OneNumberForOnePlace) {
  EXPECT_EQ(T.root(PlaceKind::Local, 1, "b"), B);
  EXPECT_EQ(deref(B), deref(B));
  EXPECT_EQ(field(deref(B), "next"), field(deref(B), "next"));
}

TEST_F(PlacesTest, DifferentPlacesDiffer) {
  // Kinds whose numbers are neighbours share a slot of the index.
  std::set<PlaceId> All;
  for (SymbolId S = 0; S < 40; ++S)
    for (unsigned K = 0; K <= unsigned(PlaceKind::Query); ++K) {
      All.insert(T.step(PlaceKind(K), NoPlace, S, "r"));
      All.insert(T.step(PlaceKind(K), B, S, "s"));
      All.insert(T.step(PlaceKind(K), P, S, "s"));
    }
  EXPECT_EQ(All.size(), 40u * 10u * 3u);
}

TEST_F(PlacesTest, KnowsWhatItIsMadeOf) {
  PlaceId Next = field(deref(B), "next");
  EXPECT_EQ(T[Next].Kind, PlaceKind::Field);
  EXPECT_EQ(T[Next].Symbol, Fields["next"]);
  EXPECT_EQ(T[Next].Parent, deref(B));
  EXPECT_EQ(T.rootOf(Next), B);
  EXPECT_EQ(T.rootOf(B), B);
  EXPECT_EQ(T[B].Parent, NoPlace);
}

TEST_F(PlacesTest, WithinIsReflexiveAndFollowsSteps) {
  PlaceId Next = field(deref(B), "next");
  EXPECT_TRUE(T.isWithin(B, B));
  EXPECT_TRUE(T.isWithin(Next, deref(B)));
  EXPECT_TRUE(T.isWithin(Next, B));
  EXPECT_FALSE(T.isWithin(B, Next));
  EXPECT_FALSE(T.isWithin(Next, P));
  EXPECT_FALSE(T.isWithin(Next, field(deref(B), "size")));
}

TEST_F(PlacesTest, RebaseExchangesThePrefix) {
  PlaceId Buf = field(deref(P), "buf");
  PlaceId Len = field(deref(Buf), "len");
  EXPECT_EQ(T.rebase(P, P, B), B);
  EXPECT_EQ(T.rebase(Buf, P, B), field(deref(B), "buf"));
  EXPECT_EQ(T.rebase(Len, Buf, B), field(deref(B), "len"));
  EXPECT_EQ(T.rebase(Len, deref(P), G), field(deref(field(G, "buf")), "len"));
  EXPECT_EQ(T.spell(T.rebase(Len, P, B)), "b->buf->len");
}

TEST_F(PlacesTest, SharedIsWhatOthersReach) {
  EXPECT_TRUE(T.isShared(G));
  EXPECT_TRUE(T.isShared(field(G, "f")));
  EXPECT_TRUE(T.isShared(deref(G)));
  EXPECT_FALSE(T.isShared(P)) << "the parameter itself is the function's own";
  EXPECT_FALSE(T.isShared(field(P, "f"))) << "so is a struct given by value";
  EXPECT_TRUE(T.isShared(deref(P)));
  EXPECT_TRUE(T.isShared(field(deref(P), "f")));
  EXPECT_FALSE(T.isShared(This));
  EXPECT_TRUE(T.isShared(field(deref(This), "f")));
  EXPECT_FALSE(T.isShared(B));
  EXPECT_FALSE(T.isShared(field(B, "f")));
  EXPECT_TRUE(T.isShared(deref(B))) << "a local pointer may lead anywhere";
  EXPECT_TRUE(T.isShared(field(deref(B), "f")));
  EXPECT_FALSE(T.isShared(T.root(PlaceKind::Temp, 1, "")));
  EXPECT_FALSE(T.isShared(T.root(PlaceKind::Result, 1, "")));
}

TEST_F(PlacesTest, SpellsAsItsReaderWould) {
  EXPECT_EQ(T.spell(B), "b");
  EXPECT_EQ(T.spell(deref(B)), "b");
  EXPECT_EQ(T.spell(field(deref(B), "next")), "b->next");
  EXPECT_EQ(T.spell(field(field(deref(B), "head"), "len")), "b->head.len");
  EXPECT_EQ(T.spell(field(B, "f")), "b.f");
  EXPECT_EQ(T.spell(This), "this");
  EXPECT_EQ(T.spell(field(deref(This), "Buf")), "Buf");
  EXPECT_EQ(T.spell(T.step(PlaceKind::Element, B, 3)), "b[3]");
  EXPECT_EQ(T.spell(T.step(PlaceKind::Query, B, 9, "empty")), "b.empty()");
  PlaceId Temp = T.root(PlaceKind::Temp, 4, "");
  EXPECT_EQ(T.spell(Temp), "");
  EXPECT_EQ(T.spell(field(Temp, "f")), "f");
}

TEST_F(PlacesTest, SpellsReferencesWithADot) {
  T.markReference(P);
  EXPECT_EQ(T.spell(field(deref(P), "len")), "p.len");
  EXPECT_EQ(T.spell(deref(P)), "p");
}

TEST_F(PlacesTest, KnowsOneOfMany) {
  PlaceId Any = T.step(PlaceKind::Element, B, AnyElement);
  EXPECT_TRUE(T.isOneOfMany(Any));
  EXPECT_TRUE(T.isOneOfMany(field(Any, "len")));
  EXPECT_FALSE(T.isOneOfMany(T.step(PlaceKind::Element, B, 0)));
  EXPECT_FALSE(T.isOneOfMany(B));
  EXPECT_EQ(T.spell(Any), "b");
}

TEST_F(PlacesTest, KnowsCapturedVariables) {
  SymbolId Capture = T.addField({"b", false, false, false, true});
  PlaceId ByValue = T.step(PlaceKind::Field, deref(This), Capture, "b");
  EXPECT_TRUE(T.isCaptured(ByValue));
  EXPECT_TRUE(T.isCaptured(deref(ByValue))) << "captured by reference";
  EXPECT_FALSE(T.isCaptured(field(deref(This), "b")));
  EXPECT_FALSE(T.isCaptured(B));
  EXPECT_FALSE(T.isCaptured(NoPlace));
  EXPECT_EQ(T.spell(ByValue), "b");
}

TEST_F(PlacesTest, RemembersTakenAddresses) {
  EXPECT_FALSE(T[B].AddressTaken);
  T.takeAddress(B);
  EXPECT_TRUE(T[B].AddressTaken);
  EXPECT_FALSE(T[P].AddressTaken);
}

TEST_F(PlacesTest, FieldsKeepWhatTheyAre) {
  SymbolId Data = T.addField({"data", true, false, false, false});
  SymbolId Len = T.addField({"len", false, true, true, false});
  EXPECT_NE(Data, Len);
  EXPECT_EQ(T.field(Data).Name, "data");
  EXPECT_TRUE(T.field(Data).TrivialStorage);
  EXPECT_FALSE(T.field(Data).Bounds);
  EXPECT_TRUE(T.field(Len).Bounds);
  EXPECT_TRUE(T.field(Len).Kept);
}

} // namespace
} // namespace pooltidy
