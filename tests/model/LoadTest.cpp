//===- LoadTest.cpp - which model files a run uses ------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "BuiltinFiles.h"
#include "model/Yaml.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <gtest/gtest.h>
#include <string>

using namespace pooltidy::model;
using namespace llvm;

namespace {

/// A directory with `a/b` in it, gone at the end.
class LoadModels : public ::testing::Test {
protected:
  void SetUp() override {
    ASSERT_FALSE(sys::fs::createUniqueDirectory("pool-tidy-models", Root));
    ASSERT_FALSE(sys::fs::create_directories(path("a/b")));
    Source = path("a/b/x.cpp");
  }
  void TearDown() override { sys::fs::remove_directories(Root); }

  std::string path(StringRef Relative) {
    SmallString<128> Path(Root);
    sys::path::append(Path, Relative);
    return std::string(Path);
  }
  std::string write(StringRef Relative, StringRef Text) {
    std::error_code Error;
    raw_fd_ostream Out(path(Relative), Error);
    EXPECT_FALSE(Error);
    Out << Text;
    return path(Relative);
  }
  /// Names of the pools that are not built in, in order.
  std::string names(const ModelSet &Set) {
    std::string All;
    for (const Pool &P : Set.Pools)
      if (!StringRef(P.Source).starts_with("built-in "))
        All += (All.empty() ? "" : " ") + P.Name;
    return All;
  }
  std::string pool(StringRef Name) {
    return "pools: [{name: " + Name.str() + ", put: [{call: f}]}]\n";
  }

  SmallString<128> Root;
  std::string Source;
  std::vector<ModelError> Errors;
};

TEST_F(LoadModels, FindsTheNearestUserModel) {
  EXPECT_EQ(findUserModel(Source), "");
  std::string Far = write(".pool-tidy.yaml", pool("far"));
  EXPECT_EQ(findUserModel(Source), Far);
  std::string Near = write("a/b/.pool-tidy.yaml", pool("near"));
  EXPECT_EQ(findUserModel(Source), Near);
  EXPECT_EQ(findUserModel(path("a/b/../c.cpp")), Far);
}

TEST_F(LoadModels, ADirectoryIsNoUserModel) {
  ASSERT_FALSE(sys::fs::create_directory(path("a/.pool-tidy.yaml")));
  EXPECT_EQ(findUserModel(Source), "");
}

TEST_F(LoadModels, NamedBeforeFoundBeforeBuiltIn) {
  write("a/.pool-tidy.yaml", pool("found"));
  std::string Absolute = write("one.yaml", pool("one"));
  write("a/two.yaml", pool("two"));
  ModelSet Set =
      loadModels({Absolute, "two.yaml"}, Source, Level::Default, Errors);
  EXPECT_TRUE(Errors.empty());
  EXPECT_EQ(names(Set), "one two found");
  ASSERT_GT(Set.Pools.size(), 3u);
  EXPECT_EQ(Set.Pools[0].Source, Absolute);
  for (const Pool &P : ArrayRef(Set.Pools).drop_front(3))
    EXPECT_TRUE(StringRef(P.Source).starts_with("built-in ")) << P.Source;
}

TEST_F(LoadModels, ReadsAFileOnce) {
  write("a/.pool-tidy.yaml", pool("found"));
  ModelSet Set =
      loadModels({".pool-tidy.yaml"}, Source, Level::Default, Errors);
  EXPECT_TRUE(Errors.empty());
  EXPECT_EQ(names(Set), "found");
}

TEST_F(LoadModels, LeavesOutWhatIsAboveTheLevel) {
  write(".pool-tidy.yaml", "pools:\n"
                           "  - {name: a, put: [{call: f}]}\n"
                           "  - {name: b, level: strict, put: [{call: g}]}\n");
  ModelSet Default = loadModels({}, Source, Level::Default, Errors);
  EXPECT_EQ(names(Default), "a");
  EXPECT_TRUE(all_of(Default.Pools,
                     [](const Pool &P) { return P.At == Level::Default; }));
  ModelSet Strict = loadModels({}, Source, Level::Strict, Errors);
  EXPECT_EQ(names(Strict), "a b");
  EXPECT_GT(Strict.Pools.size(), Default.Pools.size() + 1);
  EXPECT_TRUE(Errors.empty());
}

TEST_F(LoadModels, TellsOfWhatItCannotRead) {
  write(".pool-tidy.yaml", "pools: 1\n");
  std::string Missing = path("none.yaml");
  ModelSet Set =
      loadModels({"nowhere.yaml", Missing}, Source, Level::Default, Errors);
  ASSERT_EQ(Errors.size(), 3u);
  EXPECT_EQ(Errors[0].File, "nowhere.yaml");
  EXPECT_EQ(Errors[0].Line, 0u);
  EXPECT_EQ(Errors[0].Message,
            "there is no such model file in the directory of " + Source +
                " or above it");
  EXPECT_EQ(Errors[1].File, Missing);
  EXPECT_EQ(Errors[1].Message,
            "cannot read the model file: No such file or directory");
  EXPECT_EQ(Errors[2].File, path(".pool-tidy.yaml"));
  EXPECT_EQ(Errors[2].Line, 1u);
  EXPECT_EQ(Errors[2].Column, 8u);
  EXPECT_FALSE(Set.Pools.empty()) << "the built-in models are still there";
}

TEST_F(LoadModels, ErrorsInBothFilesAreTold) {
  write(".pool-tidy.yaml", "level: high\n");
  std::string Named = write("n.yaml", "");
  loadModels({Named}, Source, Level::Default, Errors);
  ASSERT_EQ(Errors.size(), 2u);
  EXPECT_EQ(Errors[0].File, Named);
  EXPECT_EQ(Errors[1].File, path(".pool-tidy.yaml"));
}

/// Every function that a built-in model names is called in its header test, so
/// that a misspelt one does not compile.
TEST(BuiltinModels, HeaderTestsNameEveryCall) {
  for (const BuiltinFile &M : builtinFiles()) {
    // Their headers are no package that we install, and what models say of them
    // is tested on headers of our own; the reference pool has tests of its own.
    static const StringRef Without[] = {"brpc", "bs_thread_pool", "folly_executors",
                                        "qt_concurrent", "reference_pool", "tbb"};
    if (is_contained(Without, M.Name))
      continue;
    ModelSet Set;
    ASSERT_TRUE(readModel(M.Text, M.Name, "built-in", Set).empty());
    if (Set.Pools.empty() && Set.Functions.empty())
      continue; // no calls, only option values
    std::string Path =
        POOL_TIDY_SOURCE_DIR "/tests/model/headers/" + M.Name + ".cpp";
    auto Test = MemoryBuffer::getFile(Path);
    ASSERT_TRUE(bool(Test)) << Path;
    StringRef Text = (*Test)->getBuffer();
    auto Named = [&](StringRef Call) {
      StringRef Last = Call.substr(
          Call.rfind("::") == StringRef::npos ? 0 : Call.rfind("::") + 2);
      for (size_t At = Text.find(Last); At != StringRef::npos;
           At = Text.find(Last, At + 1)) {
        char Before = At ? Text[At - 1] : ' ';
        char After = Text.substr(At + Last.size()).take_front().empty()
                         ? ' '
                         : Text[At + Last.size()];
        if (!isAlnum(Before) && Before != '_' && !isAlnum(After) &&
            After != '_')
          return true;
      }
      return false;
    };
    for (const Pool &P : Set.Pools)
      for (const auto *Ops : {&P.Acquire, &P.Put, &P.Reset, &P.Use})
        for (const Operation &Op : *Ops)
          EXPECT_TRUE(Named(Op.Call)) << Op.Call << " is not in " << Path;
    for (const FunctionRule &F : Set.Functions)
      EXPECT_TRUE(Named(F.Call)) << F.Call << " is not in " << Path;
  }
}

} // namespace
