//===- Nulls.cpp - where a function returns null --------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Nulls.h"
#include "Generator.h"
#include "Solver.h"
#include "Transfer.h"
#include "Tu.h"
#include "../model/Shapes.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"
#include <utility>

using namespace clang;

namespace pooltidy {

bool isNeverNull(const PlaceTable &Places, const Operand &O) {
  return O.Is == Operand::Address ||
         (O.Is == Operand::Value && O.Place != NoPlace && Places[O.Place].Reference);
}

void Solver::noteNull(SiteId Return, const PathState &S) {
  SiteId From = Now == Kind::Base
                    ? Return
                    : Function.Blocks[StartedAt.Block].Facts[StartedAt.Index].Site;
  NullReturn &N = FoundNulls.emplace_back(NullReturn{Return, From, {}});
  for (const auto &[P, R] : S.Ranges)
    if (Places[P].Kind == PlaceKind::Param && !R.Believed &&
        !Function.Assigned.count(P))
      N.Given.push_back({P, R});
}

std::vector<Solver::NullReturn>
Solver::nullReturns(llvm::function_ref<PlaceId(const Fact &)> Source) {
  NullSource = Source;
  simulate(Kind::Base, PathState(), {Function.Entry, 0});
  auto Plain = std::exchange(FoundNulls, {});
  std::vector<FactRef> Sources;
  for (const auto &[At, State] : BaseAt)
    if (Source(Function.Blocks[At.Block].Facts[At.Index]) != NoPlace)
      Sources.push_back(At);
  // Null is followed by its names, as a lease is: one that is given another
  // value is null no more.
  for (FactRef At : Sources) {
    if (!GaveUp.empty())
      break;
    PathState S = BaseAt[At];
    Transfer T(*this, At.Block);
    PlaceId Null =
        T.canonical(S, Source(Function.Blocks[At.Block].Facts[At.Index]));
    T.forgetWithin(S, Null, true);
    S.Is = Life::Live;
    S.addName(Null);
    S.setRange(Null, Range::exactly(0));
    StartedAt = At;
    simulate(Kind::Null, std::move(S), {At.Block, At.Index + 1});
  }
  NullSource = {};
  // Where a null came from says more than that a branch knew of it.
  for (NullReturn &N : Plain)
    if (llvm::none_of(FoundNulls,
                      [&](const NullReturn &F) { return F.Return == N.Return; }))
      FoundNulls.push_back(std::move(N));
  return std::exchange(FoundNulls, {});
}

/// The fields of \p Result, and of its fields, of which \p Ends know something.
static std::vector<PlaceId> fieldsOf(const PlaceTable &Places, PlaceId Result,
                                     llvm::ArrayRef<PathState> Ends) {
  std::vector<PlaceId> Out;
  for (const PathState &End : Ends)
    for (const auto &[P, R] : End.Ranges) {
      PlaceId Q = P;
      while (Q != Result && Places[Q].Kind == PlaceKind::Field)
        Q = Places[Q].Parent;
      if (P != Result && Q == Result && !R.Believed)
        Out.push_back(P);
    }
  llvm::sort(Out);
  Out.erase(std::unique(Out.begin(), Out.end()), Out.end());
  return Out;
}

OutAnswers Solver::outAnswers(PlaceId Out) {
  Filled = Out;
  simulate(Kind::Base, PathState(), {Function.Entry, 0});
  std::vector<PathState> Ends = std::exchange(Exits, {});
  // What was there is followed by its name, which another value takes away.
  PathState S;
  S.Is = Life::Live;
  S.addName(Out);
  StartedAt = {};
  simulate(Kind::Null, std::move(S), {Function.Entry, 0});
  Filled = NoPlace;
  auto IsNull = [&](const PathState &End) { return End.rangeOf(Out).isZero(); };
  auto Told = [&](PlaceId Answer) {
    OutAnswers All;
    auto Add = [&](Range &To, bool &Any, const PathState &End) {
      Range R = Answer == NoPlace ? Range() : End.rangeOf(Answer);
      To = Any ? To.joined(R) : R;
      Any = true;
    };
    for (const PathState &End : Ends)
      if (IsNull(End))
        Add(All.Left, All.Leaves, End);
    for (const PathState &End : Exits)
      if (End.names(Out))
        Add(All.Left, All.Leaves, End);
    bool Field = Answer != Function.Result;
    for (const PathState &End : Ends)
      if (Range R = Answer == NoPlace ? Range() : End.rangeOf(Answer);
          !IsNull(End) && !(All.Leaves && All.Left.overlaps(R) &&
                            !(Field && All.Left.isAny() && !R.isAny())))
        Add(All.Filled, All.Fills, End);
    All.Field = Field ? Answer : NoPlace;
    return All;
  };
  OutAnswers Whole = Told(Function.Result);
  if (Whole.Leaves && Function.Result != NoPlace && Whole.Left.isAny())
    for (PlaceId P : fieldsOf(Places, Function.Result, Ends))
      if (OutAnswers Part = Told(P); telling(P, Part))
        return Part;
  return Whole;
}

namespace {

bool canBeNull(QualType T) {
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  return T->isPointerType() || (R && (model::isStd(*R, "unique_ptr") ||
                                      model::isStd(*R, "shared_ptr")));
}

/// True when \p C gives the callee what it may return null for.
bool mayBeSo(const PlaceTable &Places, const CallSite &C,
             llvm::ArrayRef<std::pair<PlaceId, Range>> Given) {
  return llvm::all_of(Given, [&](const auto &Entry) {
    return llvm::all_of(C.Bindings, [&](const auto &Binding) {
      const Operand &Actual = Binding.second;
      return Binding.first != Entry.first ||
             (Actual.Is == Operand::Constant ? Entry.second.contains(Actual.Number)
                                             : !isNeverNull(Places, Actual) ||
                                                   !Entry.second.isZero());
    });
  });
}

/// Callees of callees are asked this far.
constexpr unsigned MaxCallees = 4;

std::vector<NullReturn> find(Tu &T, const FunctionDecl &F, bool NoMemory,
                             unsigned Depth) {
  std::vector<NullReturn> Out;
  QualType Result = F.getReturnType();
  if (!Result->isPointerType() && !Result->isRecordType())
    return Out;
  const Tu::Result &R = T.analyse(F);
  if (!R.Facts || !R.Skipped.empty())
    return Out;
  auto CanGiveNull = [&](uint32_t Index, SiteId At) {
    const CallSite &Site = R.Facts->Facts.Calls[Index];
    const auto *C = At == NoSite ? nullptr
                                 : dyn_cast_or_null<CallExpr>(R.Facts->Sites[At].At);
    const FunctionDecl *Callee = C ? C->getDirectCallee() : nullptr;
    const FunctionDecl *Body = nullptr;
    return Callee && canBeNull(Callee->getReturnType()) &&
           Depth < MaxCallees && Callee->hasBody(Body) && T.isUserCode(*Body) &&
           llvm::any_of(find(T, *Body, NoMemory, Depth + 1),
                        [&](const NullReturn &N) { return mayBeSo(T.Places, Site, N.Given); });
  };
  // Asked for each fact on each path, so the calls are asked about once.
  llvm::DenseMap<uint32_t, bool> Asked;
  auto ByCall = [&](uint32_t Index, SiteId At) {
    auto [It, New] = Asked.try_emplace(Index, false);
    if (New)
      It->second = CanGiveNull(Index, At);
    return It->second ? R.Facts->Facts.Calls[Index].Ret : NoPlace;
  };
  auto Source = [&](const Fact &X) -> PlaceId {
    switch (X.Kind) {
    case FactKind::Assign:
      return ((X.Flags & MayBeNull) && NoMemory) || (X.Src.Is == Operand::Constant &&
                                       X.Src.Number == 0 && !(X.Flags & Scalar))
                 ? X.Dst
                 : NoPlace;
    case FactKind::Acquire:
      // What a callee acquired may have failed there without a null from it.
      if (X.Call != ~0u && X.Dst == R.Facts->Facts.Calls[X.Call].Ret)
        return ByCall(X.Call, X.Site);
      if (!NoMemory && ((X.Flags & UnsureFailure) || !(X.Flags & MayFail) ||
                        T.FamilyOf[X.Family]->What == model::Kind::Memory))
        return NoPlace;
      return X.Test.Place == X.Dst && X.Test.Op == Cmp::NE ? X.Dst : NoPlace;
    case FactKind::Apply:
      return ByCall(X.Index, X.Site);
    default:
      return NoPlace;
    }
  };
  Solver S(T.Places, R.Facts->Facts, T.Families);
  for (const Solver::NullReturn &N : S.nullReturns(Source)) {
    auto Loc = [&](SiteId Id) {
      return Id == NoSite ? SourceLocation() : R.Facts->Sites[Id].Loc;
    };
    if (SourceLocation At = Loc(N.Return); At.isValid())
      Out.push_back({At, Loc(N.From), N.Given});
  }
  const SourceManager &Sources = T.Context.getSourceManager();
  llvm::stable_sort(Out, [&](const NullReturn &A, const NullReturn &B) {
    return Sources.isBeforeInTranslationUnit(A.Return, B.Return);
  });
  std::vector<NullReturn> Each;
  for (NullReturn &N : Out) {
    if (Each.empty() || Each.back().Return != N.Return) {
      Each.push_back(std::move(N));
      continue;
    }
    // Several ways to it: what they agree on.
    llvm::erase_if(Each.back().Given, [&](auto &Entry) {
      auto It = llvm::find_if(N.Given, [&](auto &E) { return E.first == Entry.first; });
      if (It == N.Given.end())
        return true;
      Entry.second = Entry.second.joined(It->second);
      return Entry.second.isAny();
    });
  }
  return Each;
}

} // namespace

std::vector<NullReturn> nullReturns(Tu &T, const FunctionDecl &F, bool NoMemory) {
  return find(T, F, NoMemory, 0);
}

const std::vector<NullReturn> &Tu::nullsOf(const FunctionDecl &Body) {
  auto [It, New] = Nulls.try_emplace(&Body);
  if (!New)
    return It->second ? *It->second : NoNulls; // null: it is being looked at
  auto Found = std::make_unique<std::vector<NullReturn>>(
      nullReturns(*this, Body, false));
  return *(Nulls[&Body] = std::move(Found));
}

const OutAnswers *Tu::outAnswersOf(const FunctionDecl &Body,
                                           unsigned Index) {
  auto [It, New] = Filled.try_emplace({&Body, Index});
  if (New) {
    const Result &R = analyse(Body);
    if (R.Facts && R.Skipped.empty() && !R.InProgress) {
      const ParmVarDecl *P = Body.getParamDecl(Index);
      PlaceId Out = Places.step(
          PlaceKind::Deref, Places.root(PlaceKind::Param, symbol(*P), P->getName()));
      // Whether unseen code has filled what it was given, nobody can say.
      auto Unknown = [&](const Fact &F) {
        return F.Dst == Out && (F.Kind == FactKind::Write ||
                                (F.Kind == FactKind::Assign && !F.Test &&
                                 F.Src.Is == Operand::None));
      };
      Solver S(Places, R.Facts->Facts, Families);
      if (llvm::none_of(R.Facts->Facts.Blocks, [&](const Block &B) {
            return llvm::any_of(B.Facts, Unknown);
          })) {
        OutAnswers All = S.outAnswers(Out);
        if (S.gaveUp().empty())
          Filled[{&Body, Index}] = All;
      }
    }
  }
  const std::optional<OutAnswers> &Known = Filled[{&Body, Index}];
  return Known ? &*Known : nullptr;
}

} // namespace pooltidy
