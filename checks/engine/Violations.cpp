//===- Violations.cpp - what a simulation found, and how surely -----------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// One finding for each kind and place, of the path with the fewest doubts. What
// other paths do there says whether it is definite.
//
//===----------------------------------------------------------------------===//
#include "Solver.h"
#include "Transfer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/bit.h"

namespace pooltidy {

/// A pointer in a union went back, and a branch since then may have asked which of
/// the union's members is there.
static bool mayBeAnotherMember(const PlaceTable &Places, const PathState &S) {
  bool Overlaid = llvm::any_of(S.Names, [&](PlaceId P) {
    return Places[P].Kind == PlaceKind::Field &&
           Places.field(Places[P].Symbol).Overlaid;
  });
  bool Branch = false, Between = false;
  for (const Trace *T = S.Path; Overlaid && T; T = T->Before) {
    Branch |= T->Kind == StepKind::Branch;
    Between |= Branch && T->Kind == StepKind::Put;
  }
  return Between;
}

/// A branch has looked into what went back under another name than what goes back
/// at \p At, and that name is led on elsewhere: `head = n->next; … free(n);`.
static bool mayBeLedOn(const FunctionFacts &Function, const PlaceTable &Places,
                       FactRef At, const PathState &S) {
  if (!(S.Caveats & LeaseBranch) || At.Block >= Function.Blocks.size() ||
      At.Index >= Function.Blocks[At.Block].Facts.size())
    return false;
  auto LedOn = [&](PlaceId Name) {
    return Name != S.PutAs && S.names(Name) &&
           Places[Name].Kind == PlaceKind::Field &&
           llvm::any_of(Function.Blocks, [&](const struct Block &B) {
             return llvm::any_of(B.Facts, [&](const Fact &F) {
               return F.Kind == FactKind::Copy && F.Dst == Name &&
                      F.Src.Is == Operand::Value;
             });
           });
  };
  const Fact &F = Function.Blocks[At.Block].Facts[At.Index];
  if (F.Kind == FactKind::Put)
    return F.Src.Is == Operand::Value && LedOn(F.Src.Place);
  return F.Kind == FactKind::Apply &&
         llvm::any_of(Function.Calls[F.Index].Bindings, [&](const auto &Binding) {
           return Binding.second.Is == Operand::Value && LedOn(Binding.second.Place);
         });
}

void Solver::violate(FactRef At, const PathState &S, EngineFinding What) {
  FindingKind K = What.Kind;
  // The second look at an acquire asks one thing only.
  if ((Now == Kind::Unguarded) != (K == FindingKind::Unguarded) ||
      (Now == Kind::Failed) != (K == FindingKind::UncheckedAcquire))
    return;
  Violation &V = Violations[{K, K == FindingKind::Leak ? FactRef() : At}];
  // Where it may have been taken, not every path surely loses it.
  if (K == FindingKind::Leak && (S.Caveats & (MayBeTaken | MayAlias | CapReached)))
    V.AnyUnsure = true;
  // An earlier simulation of the same place may have found a surer path.
  if (V.Any && llvm::popcount(V.Caveats) <= llvm::popcount(S.Caveats) &&
      V.Best.Sure == Confidence::Definite)
    return;
  V.Any = true;
  V.Caveats = S.Caveats;
  if ((K == FindingKind::DoublePut || K == FindingKind::UseAfterPut) &&
      mayBeAnotherMember(Places, S))
    V.Caveats |= MayAlias;
  if (K == FindingKind::DoublePut && mayBeLedOn(Function, Places, At, S))
    V.Caveats |= MayAlias;
  EngineFinding &F = V.Best;
  F = std::move(What);
  F.Family = S.Family;
  if (K != FindingKind::OversizedPut && K != FindingKind::UnbalancedPut)
    F.Sure = Confidence::Definite;
  if (K == FindingKind::PutWithoutReset && !S.SureChange)
    F.Sure = Confidence::Possible;
  const Trace *Return = S.Path;
  while (Return && Return->Kind != StepKind::Returned)
    Return = Return->Before;
  // What returns share stands where this path returned.
  auto Where = [&](SiteId Site) {
    return Return && Site == Function.Leaving ? Return->Site : Site;
  };
  F.Site = Where(F.Site);
  unsigned Branches = 0;
  for (const Trace *T = S.Path; T; T = T->Before) {
    if (T->Kind == StepKind::Branch && (T->What == "loop" || ++Branches > 2))
      continue;
    F.Path.push_back({T->Kind, Where(T->Site), T->What});
  }
  std::reverse(F.Path.begin(), F.Path.end());
}

/// An exception would lose what is put by hand later.
void Solver::unguarded(const PathState &S) {
  PathState End = S;
  End.Path = trace(S.Path, StepKind::Put, HandPut);
  violate({}, End,
          {.Kind = FindingKind::Unguarded,
           .Object = ObjectName,
           .Site = Function.Blocks[StartedAt.Block].Facts[StartedAt.Index].Site});
}

void Solver::fine(FindingKind K, FactRef At) {
  Violations[{K, K == FindingKind::Leak ? FactRef() : At}].AnyOk = true;
}

void Solver::finishSimulation() {
  if (Now == Kind::Acquire) {
    const Fact &At = Function.Blocks[StartedAt.Block].Facts[StartedAt.Index];
    Ends.push_back({At.Family, At.Site, Left, HandedOver,
                    {HandPuts.begin(), HandPuts.end()}});
  }
  for (auto &[Key, V] : Violations) {
    if (!V.Any)
      continue;
    EngineFinding F = std::move(V.Best);
    uint16_t Hard = CapReached | MayAlias;
    if (F.Kind == FindingKind::PutWithoutReset)
      Hard |= MayBeReset;
    if (F.Kind == FindingKind::Leak)
      Hard |= MayBeTaken;
    // Whoever is asked about it may have told that there is none.
    if (F.Kind == FindingKind::UncheckedAcquire)
      Hard |= LeaseBranch | AssumedThrow | AskedAgain;
    uint16_t Soft = LeaseBranch | AssumedThrow | AskedAgain;
    // How large it is was asked in words of its own, or it was not asked.
    if (F.Kind == FindingKind::OversizedPut)
      Soft = AssumedThrow | AskedAgain;
    // `if (!b->empty()) b->clear();`: the other arm counts as reset.
    if (F.Kind == FindingKind::PutWithoutReset && V.AnyOk &&
        (V.Caveats & LeaseBranch))
      continue;
    if ((V.Caveats & Hard) || ((V.Caveats & Soft) && (V.AnyOk || V.AnyUnsure)) ||
        (Now == Kind::Failed && FailureUnsure) ||
        (F.Family != NoFamily && Families[F.Family].Possible))
      F.Sure = Confidence::Possible;
    if (F.Kind == FindingKind::Leak)
      F.OnEveryPath = !V.AnyOk;
    Findings.push_back(std::move(F));
  }
}

} // namespace pooltidy
