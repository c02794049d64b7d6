//===- FillLevel.cpp - who asks how full a pool is ------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Where the pool itself is asked on the way to a put, it says when it has enough.
// It is asked directly, by a number that was computed from its answer, or by a
// function whose answer such an answer decides about.
//
//===----------------------------------------------------------------------===//
#include "FillLevel.h"
#include "llvm/ADT/STLExtras.h"

namespace pooltidy {

namespace {
/// More is no question, but a function that does something.
constexpr size_t MaxAnswersBy = 12;
/// … and so is what leads further than this.
constexpr size_t MaxSteps = 64;
/// Names of one pool that are told apart.
constexpr size_t MaxNames = 8;
} // namespace

FillLevel::FillLevel(Transfer &T, const FunctionFacts &Function,
                     PlaceTable &Places, llvm::ArrayRef<PlaceId> Names)
    : T(T), Function(Function), Places(Places) {
  for (PlaceId P : Names)
    named(P);
  if (Pools.empty())
    return;
  // Pointers that are copied, numbers that are computed from others: twice is far
  // enough.
  auto Twice = [&](auto Note) {
    for (int Round = 0; Round < 2; ++Round)
      for (const Block &B : Function.Blocks)
        for (const Fact &F : B.Facts)
          (this->*Note)(F);
  };
  Twice(&FillLevel::alias);
  Twice(&FillLevel::note);
}

void FillLevel::named(PlaceId P) {
  if (P != NoPlace && Pools.size() < MaxNames && !llvm::is_contained(Pools, P))
    Pools.push_back(P);
}

/// `Pool *here = &pool;`, `[this]`: behind both there is the one pool, or what it is
/// a part of.
void FillLevel::alias(const Fact &F) {
  if ((F.Kind != FactKind::Copy && F.Kind != FactKind::Move) ||
      F.Src.Place == NoPlace)
    return;
  bool Address = F.Src.Is == Operand::Address;
  for (PlaceId P : llvm::SmallVector<PlaceId, 4>(Pools)) {
    PlaceId In = Address ? (Places.isWithin(P, F.Src.Place) ? F.Src.Place : NoPlace)
                         : behindOf(P, F.Src.Place);
    if (In != NoPlace)
      named(Places.rebase(P, In, Places.step(PlaceKind::Deref, F.Dst)));
    else if (PlaceId At = behindOf(P, F.Dst); At != NoPlace)
      named(Places.rebase(P, At,
                          Address ? F.Src.Place
                                  : Places.step(PlaceKind::Deref, F.Src.Place)));
    else if (!Address && Places.isWithin(P, F.Src.Place)) {
      // A closure that lies in a std::function: what it leads to is the same.
      bool Leads = false;
      for (PlaceId Q = P; Q != F.Src.Place; Q = Places[Q].Parent)
        Leads |= Places[Q].Kind == PlaceKind::Deref;
      if (Leads)
        named(Places.rebase(P, F.Src.Place, F.Dst));
    }
  }
}

/// What \p Pointer leads to, on the way to \p P; NoPlace where it does not.
PlaceId FillLevel::behindOf(PlaceId P, PlaceId Pointer) const {
  for (; P != NoPlace; P = Places[P].Parent)
    if (Places[P].Kind == PlaceKind::Deref && Places[P].Parent == Pointer)
      return P;
  return NoPlace;
}

bool FillLevel::asks(BlockId B) const {
  const Block &Test = Function.Blocks[B];
  auto Tells = [&](PlaceId P) { return tells(P); };
  return Test.Out.size() >= 2 &&
         (llvm::any_of(Test.Reads, Tells) ||
          llvm::any_of(Test.Out[0].Assume,
                       [&](const Predicate &P) { return tells(P.Place); }));
}

/// `ready.wait(lock, [&] { return pool.low(); })` in the block, before \p Put.
bool FillLevel::waits(BlockId B, FactRef Put) const {
  llvm::ArrayRef<Fact> Facts = Function.Blocks[B].Facts;
  if (B == Put.Block)
    Facts = Facts.take_front(Put.Index);
  return llvm::any_of(Facts, [&](const Fact &F) {
    return F.Kind == FactKind::Assert && F.Test.Op == Cmp::NE &&
           F.Test.Constant == 0 && tells(F.Test.Place);
  });
}

bool FillLevel::decides(BlockId Start, FactRef At) const {
  const BlockId Put = At.Block;
  for (BlockId B = 0; B < Function.Blocks.size(); ++B) {
    bool Waits = waits(B, At);
    if (Waits && B == Put)
      return true;
    if (B == Put || (!Waits && !asks(B)))
      continue;
    auto Leads = [&](const Edge &E) { return leads(E.To, Put, Start, B); };
    const Block &Test = Function.Blocks[B];
    bool Passed =
        B == Start || llvm::none_of(Function.Blocks[Start].Out, Leads);
    // What cannot be reached from here decides nothing.
    if (Passed && (Waits || !llvm::all_of(Test.Out, Leads)) &&
        llvm::any_of(Test.Out, Leads))
      return true;
  }
  return false;
}

bool FillLevel::ends(BlockId Header, BlockId Put,
                     llvm::function_ref<bool(BlockId)> InLoop) const {
  for (BlockId B = 0; B < Function.Blocks.size(); ++B)
    if (InLoop(B) && asks(B) &&
        llvm::any_of(Function.Blocks[B].Out,
                     [&](const Edge &E) { return !InLoop(E.To); }) &&
        (B == Put || llvm::none_of(Function.Blocks[Put].Out, [&](const Edge &E) {
           return InLoop(E.To) && leads(E.To, Header, NoBlock, B);
         })))
      return true;
  return false;
}

bool FillLevel::tells(PlaceId P) const {
  if (P == NoPlace)
    return false;
  if (Told.contains(P) || llvm::any_of(Pools, [&](PlaceId Pool) {
        return Places.isWithin(P, Pool);
      }))
    return true;
  return Places[P].Kind == PlaceKind::Opaque &&
         llvm::any_of(Places.readsOf(P), [&](PlaceId R) { return tells(R); });
}

/// `count(pool)`: the pool, or a pointer to it.
bool FillLevel::isPool(const Operand &O) const {
  return O.Place != NoPlace && llvm::any_of(Pools, [&](PlaceId Pool) {
           return O.Is == Operand::Address
                      ? O.Place == Pool
                      : O.Is == Operand::Value &&
                            Places[Pool].Kind == PlaceKind::Deref &&
                            O.Place == Places[Pool].Parent;
         });
}

void FillLevel::note(const Fact &F) {
  if (F.Kind == FactKind::Copy || F.Kind == FactKind::Assign) {
    if (tells(F.Src.Is == Operand::Truth ? F.Src.Test.Place : F.Src.Place))
      Told.insert(F.Dst);
  } else if (F.Kind == FactKind::Use && (F.Flags & Asks) && isPool(F.Src)) {
    Told.insert(F.Dst);
  } else if (F.Kind == FactKind::Apply) {
    const CallSite &C = Function.Calls[F.Index];
    if (C.Ret == NoPlace)
      return;
    if (llvm::any_of(C.Bindings,
                     [&](const auto &Binding) { return isPool(Binding.second); }) ||
        llvm::any_of(C.Callee->AnswersBy, [&](PlaceId P) {
          return tells(T.storage({}, C, P));
        }))
      Told.insert(C.Ret);
  }
}

/// True when a way leads from \p From to \p To and not through the others.
bool FillLevel::leads(BlockId From, BlockId To, BlockId Start,
                      BlockId Test) const {
  llvm::SmallVector<BlockId, 16> Next{From};
  llvm::DenseSet<BlockId> Seen;
  while (!Next.empty()) {
    BlockId B = Next.pop_back_val();
    if (B == NoBlock || B == Start || B == Test || !Seen.insert(B).second)
      continue;
    if (B == To)
      return true;
    for (const Edge &E : Function.Blocks[B].Out)
      Next.push_back(E.To);
  }
  return false;
}

/// What the branches and returns of the function are decided by, in its caller's
/// terms.
void Solver::tellAnswers(Summary &Out) {
  if (Function.Result == NoPlace)
    return;
  Transfer T(*this, Function.Entry);
  llvm::DenseMap<PlaceId, llvm::SmallVector<PlaceId, 2>> Of;
  llvm::DenseMap<PlaceId, llvm::SmallVector<Operand, 1>> Pointers;
  llvm::SmallVector<PlaceId, 16> Next;
  auto PlaceIn = [](const Operand &O) {
    return O.Is == Operand::Truth ? O.Test.Place : O.Place;
  };
  for (const Block &B : Function.Blocks) {
    if (B.Out.size() >= 2) {
      Next.append(B.Reads.begin(), B.Reads.end());
      for (const Predicate &P : B.Out[0].Assume)
        Next.push_back(P.Place);
    }
    for (const Fact &F : B.Facts) {
      PlaceId Src = PlaceIn(F.Src);
      if (F.Kind == FactKind::Return)
        Next.push_back(Src);
      else if (F.Kind == FactKind::Copy || F.Kind == FactKind::Assign) {
        Of[F.Dst].push_back(Src);
        if (F.Kind == FactKind::Copy && Src != NoPlace)
          Pointers[F.Dst].push_back(F.Src);
      }
      else if (F.Kind == FactKind::Use && (F.Flags & Asks) && F.Dst != NoPlace)
        Of[F.Dst].push_back(F.Src.Is == Operand::Value
                                ? Places.step(PlaceKind::Deref, Src)
                                : Src);
      else if (F.Kind == FactKind::Apply)
        if (const CallSite &C = Function.Calls[F.Index]; C.Ret != NoPlace)
          for (PlaceId P : C.Callee->AnswersBy)
            Of[C.Ret].push_back(T.storage({}, C, P));
    }
  }
  llvm::DenseSet<PlaceId> Seen;
  while (!Next.empty()) {
    PlaceId P = Next.pop_back_val();
    if (P == NoPlace || Seen.size() > MaxSteps || !Seen.insert(P).second)
      continue;
    if (auto It = Of.find(P); It != Of.end())
      Next.append(It->second.begin(), It->second.end());
    if (Places[P].Kind == PlaceKind::Opaque) {
      llvm::append_range(Next, Places.readsOf(P));
      continue;
    }
    PlaceId Root = Places.rootOf(P);
    if (auto It = Pointers.find(Root); It != Pointers.end() && P != Root)
      for (const Operand &To : It->second) {
        PlaceId From =
            To.Is == Operand::Value ? Root : Places.step(PlaceKind::Deref, Root);
        if (Places.isWithin(P, From))
          Next.push_back(Places.rebase(P, From, To.Place));
      }
    PlaceKind Kind = Places[Root].Kind;
    if (P != Root && !Function.Assigned.count(Root) &&
        (Kind == PlaceKind::This || Kind == PlaceKind::Param ||
         Kind == PlaceKind::Global))
      Out.AnswersBy.push_back(P);
  }
  if (Out.AnswersBy.size() > MaxAnswersBy || Seen.size() > MaxSteps)
    Out.AnswersBy.clear();
  llvm::sort(Out.AnswersBy);
}

} // namespace pooltidy
