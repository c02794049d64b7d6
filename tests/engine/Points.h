//===- Points.h - the state at marked points of C++ code --------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
//   Points P(R"(void f() {
//     Buf *b = get_buf();
//     pool_tidy_point("here", b);
//   })");
//   EXPECT_EQ(P.at("here"), "live clean owned: b");
//
// The second argument of a point keeps its lease in sight: what nobody mentions
// any more is not followed further.
//
//===----------------------------------------------------------------------===//
#ifndef TESTS_ENGINE_POINTS_H
#define TESTS_ENGINE_POINTS_H

#include "../model/Tu.h"
#include "Describe.h"
#include "engine/Generator.h"
#include "engine/Solver.h"
#include "engine/Tu.h"
#include "clang/Basic/SourceManager.h"
#include <map>
#include <set>

namespace pooltidy {

class Points {
public:
  /// Analyses the function named \p Function in \p Code, which comes after the
  /// prelude below.
  explicit Points(llvm::StringRef Code, llvm::StringRef Function = "f")
      : Parsed(prelude() + Code.str(), models()),
        Fn(Parsed.function(Function)),
        Unit(Fn->getASTContext(), Parsed.classes()) {
    std::string Why;
    const clang::FunctionDecl *Body = nullptr;
    EXPECT_TRUE(Fn->hasBody(Body));
    Made = FactsGenerator(Unit, *Body).run(Why);
    EXPECT_TRUE(Made) << Why;
    if (!Made)
      return;
    Solver S(Unit.Places, Made->Facts, Unit.Families);
    S.OnTestPoint = [&](uint32_t At, const PathState &State) {
      met(At, State);
    };
    Sum = Made->Known;
    S.run(Made->Entities, Sum);
    EXPECT_EQ(S.gaveUp(), "");
    Findings = S.findings();
  }

  /// The states at a point of leases that the function acquired itself; empty
  /// when no lease came by.
  std::string at(const std::string &Point) const {
    return joined(Acquired, Point);
  }
  /// The states there of what the function was given.
  std::string given(const std::string &Point) const {
    return joined(Given, Point);
  }
  /// Why a path of an acquired lease to the point may be wrong.
  std::string doubtsAt(const std::string &Point) const {
    return joined(Doubts, Point);
  }
  /// True when the function without any lease comes there.
  bool reached(std::string Point) const { return Reached.count(Point); }

  /// "leak of b at 3", one per line; lines count from the code's first, and
  /// what is only possible ends in "?". Unguarded leases, which the library's
  /// functions make of nearly all code here, only when asked for.
  std::string findings(bool AlsoUnguarded = false) const {
    std::set<std::string> Lines;
    const clang::SourceManager &SM = Unit.Context.getSourceManager();
    for (const EngineFinding &F : Findings) {
      if (F.Kind == FindingKind::Unguarded && !AlsoUnguarded)
        continue;
      unsigned Line = SM.getSpellingLineNumber(Made->Sites[F.Site].Loc);
      Lines.insert(std::string(describe(F.Kind)) + " of " + F.Object + " at " +
                   std::to_string(Line - PreludeLines) +
                   (F.Sure == Confidence::Definite ? "" : "?"));
    }
    return llvm::join(Lines, "\n");
  }

  /// The lines of the path of the first finding of \p Kind: "2 5 7".
  std::string linesOf(FindingKind Kind) const {
    const clang::SourceManager &SM = Unit.Context.getSourceManager();
    std::vector<std::string> Lines;
    for (const EngineFinding &F : Findings)
      if (F.Kind == Kind) {
        for (const Step &S : F.Path)
          Lines.push_back(std::to_string(
              SM.getSpellingLineNumber(Made->Sites[S.Site].Loc) - PreludeLines));
        break;
      }
    return llvm::join(Lines, " ");
  }

  Summary Sum;

private:
  static constexpr unsigned PreludeLines = 36;
  static std::string prelude() {
    std::string Text = R"(
template <class... T> void pool_tidy_point(const char *, const T &...);
struct Buf {
  int len;
  Buf *next;
  void append(int);
  void clear();
  int size() const;
};
Buf *get_buf();
Buf *try_get_buf();
void put_buf(Buf *);
void library();
bool coin();
[[noreturn]] void fatal();
int check(int n) {
  if (n)
    throw n;
  return n;
}
namespace std {
template <class T> struct remove_ref { using type = T; };
template <class T> struct remove_ref<T &> { using type = T; };
template <class T> typename remove_ref<T>::type &&move(T &&);
template <class T> void swap(T &, T &);
template <class T, class U> T exchange(T &, U &&);
template <class T> struct default_delete {};
template <class T, class D = default_delete<T>> struct unique_ptr {
  explicit unique_ptr(T * = nullptr); unique_ptr(unique_ptr &&); ~unique_ptr();
  unique_ptr &operator=(unique_ptr &&);
  T *get() const; T *release(); T *operator->() const; T &operator*() const;
  void reset(T * = nullptr); void swap(unique_ptr &);
};
}
struct PutBuf { void operator()(Buf *b) { put_buf(b); } };
using BufPtr = std::unique_ptr<Buf, PutBuf>;
)";
    EXPECT_EQ(llvm::StringRef(Text).count('\n'), PreludeLines);
    return Text;
  }

  static model::ModelSet models() {
    model::Operation Try = model::gives("try_get_buf");
    Try.Fails = model::Failure::Null;
    model::Pool Bufs = model::family("buf", "", {model::gives("get_buf"), Try},
                                     {model::takes("put_buf")});
    Bufs.Resets = model::Convention::CallerBeforePut;
    model::ModelSet Set;
    Set.Pools = {Bufs};
    return Set;
  }

  void met(uint32_t At, const PathState &State) {
    const auto *Call = llvm::cast<clang::CallExpr>(Made->Sites[At].At);
    const auto *Name = llvm::dyn_cast<clang::StringLiteral>(
        Call->getArg(0)->IgnoreParenImpCasts());
    ASSERT_TRUE(Name) << "a point's name is a literal";
    std::string Point = Name->getString().str();
    if (State.Is == Life::None) {
      Reached.insert(Point);
      return;
    }
    const Trace *First = State.Path;
    while (First && First->Before)
      First = First->Before;
    bool Own = First && First->Kind == StepKind::Acquired;
    (Own ? Acquired : Given)[Point].insert(describe(Unit.Places, State));
    if (Own)
      Doubts[Point].insert(doubts(State.Caveats));
  }

  using Texts = std::map<std::string, std::set<std::string>>;
  static std::string joined(const Texts &All, const std::string &Point) {
    auto It = All.find(Point);
    return It == All.end() ? "" : llvm::join(It->second, " | ");
  }

  model::Tu Parsed;
  const clang::FunctionDecl *Fn;
  Tu Unit;
  std::unique_ptr<Generated> Made;
  std::vector<EngineFinding> Findings;
  Texts Acquired, Given, Doubts;
  std::set<std::string> Reached;
};

} // namespace pooltidy

#endif
