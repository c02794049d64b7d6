//===- Questions.cpp - what a read is for ---------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// `if (s->dirty) s->reset();` reads what the last user left, but only to decide
// whether it must go: one arm of the branch resets what was asked, the other does
// nothing until both meet, and there it is as good as reset too. And a copy of an
// object reads all that is in it.
//
//===----------------------------------------------------------------------===//
#include "Questions.h"
#include "CallNames.h"
#include "Generator.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace pooltidy {

namespace {

using Parts = llvm::SmallPtrSet<const Stmt *, 16>;

void partsOf(const Stmt *S, Parts &Out) {
  if (!S)
    return;
  Out.insert(S);
  for (const Stmt *Child : S->children())
    partsOf(Child, Out);
}

bool isZero(const Expr *E) {
  E = E->IgnoreParenImpCasts();
  const auto *L = dyn_cast<IntegerLiteral>(E);
  return (L && L->getValue() == 0) || isa<CXXNullPtrLiteralExpr, GNUNullExpr>(E);
}

/// The way out of a branch (0: where \p Cond holds) on which there is something
/// in what it asks: `!rows.empty()`, `count > 0`. None for other questions.
std::optional<unsigned> wayOfSome(const Expr *Cond) {
  unsigned Way = 0;
  while (true) {
    Cond = Cond->IgnoreImplicit()->IgnoreParenImpCasts();
    const auto *U = dyn_cast<UnaryOperator>(Cond);
    const auto *B = dyn_cast<BinaryOperator>(Cond);
    if (U && U->getOpcode() == UO_LNot) {
      Way ^= 1;
      Cond = U->getSubExpr();
    } else if (B && isZero(B->getRHS()) &&
               (B->isEqualityOp() || B->getOpcode() == BO_GT)) {
      Way ^= B->getOpcode() == BO_EQ;
      Cond = B->getLHS();
    } else {
      break;
    }
  }
  if (isa<MemberExpr, DeclRefExpr>(Cond))
    return Way;
  const auto *C = dyn_cast<CXXMemberCallExpr>(Cond);
  StringRef Name = C ? calledName(C->getDirectCallee(), nullptr) : "";
  if (Name == "empty")
    return Way ^ 1;
  if (Name == "size" || Name == "length")
    return Way;
  return std::nullopt;
}

/// Whether the way from \p From goes straight on to \p Join, or back to the loop's
/// condition \p Asker. \p Done gets what happens there.
bool leadsTo(const FunctionFacts &Facts, BlockId From, BlockId Join, BlockId Asker,
             llvm::SmallVectorImpl<const Fact *> &Done) {
  for (unsigned Steps = 0; Steps < 16; ++Steps) {
    if (From == Join)
      return true;
    if (From == Asker)
      return Facts.Blocks[Asker].Loop;
    if (From >= Facts.Blocks.size())
      return false;
    const Block &Here = Facts.Blocks[From];
    for (const Fact &F : Here.Facts)
      Done.push_back(&F);
    if (Here.Out.size() == 1)
      From = Here.Out[0].To;
    else if (Here.Out.size() == 2 && Here.Out[0].To == Join) // `a && b`
      From = Here.Out[1].To;
    else if (Here.Out.size() == 2 && Here.Out[1].To == Join)
      From = Here.Out[0].To;
    else
      return false;
  }
  return false;
}

} // namespace

void markQuestions(Generated &G, const PlaceTable &Places) {
  FunctionFacts &Facts = G.Facts;
  auto Within = [&](const Operand &O, PlaceId Object) {
    if (O.Is == Operand::Address)
      return Places.isWithin(O.Place, Object);
    return O.Is == Operand::Value &&
           Places[Object].Kind == PlaceKind::Deref &&
           Places[Object].Parent == O.Place;
  };
  // From high to low: as they come in the source.
  const BlockId End = Facts.Blocks.size();
  for (BlockId Asker = End; Asker-- > 0;) {
    if (Facts.Blocks[Asker].Out.size() != 2 ||
        Facts.Blocks[Asker].Branch == NoSite)
      continue;
    const auto *Cond = dyn_cast_or_null<Expr>(
        G.Sites[Facts.Blocks[Asker].Branch].At);
    if (!Cond)
      continue;
    Parts Of;
    for (unsigned Way : {0u, 1u}) {
      BlockId Arm = Facts.Blocks[Asker].Out[Way].To,
              Join = Facts.Blocks[Asker].Out[1 - Way].To;
      bool AsksMore = false; // `a || b`: the other way asks b
      while (Join < End && Facts.Blocks[Join].Out.size() == 2 &&
             (Facts.Blocks[Join].Out[0].To == Arm ||
              Facts.Blocks[Join].Out[1].To == Arm)) {
        AsksMore = true;
        Join = Facts.Blocks[Join].Out[Facts.Blocks[Join].Out[0].To == Arm].To;
      }
      llvm::SmallVector<const Fact *, 16> Done;
      if (Arm >= End || Join >= Facts.Blocks.size() || Arm == Join ||
          !leadsTo(Facts, Arm, Join, Asker, Done))
        continue;
      llvm::SmallVector<PlaceId, 2> Settled;
      for (const Fact *F : Done) {
        bool Zero = F->Kind == FactKind::Assign && F->Src.Is == Operand::Constant;
        bool Some = wayOfSome(Cond) == Way;
        bool Empties = Facts.Blocks[Asker].Loop && F->Kind == FactKind::Write && Some;
        if (F->Dst == NoPlace ||
            !(F->Kind == FactKind::Reset || Zero || Empties))
          continue;
        bool Settles = false;
        if (Of.empty())
          partsOf(Cond, Of);
        for (Fact &Asked : Facts.Blocks[Asker].Facts) {
          if (Asked.Site == NoSite || !Of.contains(G.Sites[Asked.Site].At))
            continue;
          bool Whole = true; // something in it was asked
          if (Asked.Kind == FactKind::Read && Asked.Dst != NoPlace) {
            if (!Places.isWithin(Asked.Dst, F->Dst))
              continue;
            PlaceId Read = Asked.Dst;
            if (Places[Read].Kind == PlaceKind::Query)
              Read = Places[Read].Parent;
            Whole = Read != F->Dst && F->Kind == FactKind::Reset;
          } else if (Asked.Kind != FactKind::Apply ||
                     llvm::none_of(Facts.Calls[Asked.Index].Bindings,
                                   [&](const auto &B) {
                                     return Within(B.second, F->Dst);
                                   })) {
            continue;
          }
          Asked.Flags |= Asks;
          Settles |= Whole || (Some && (!Zero || F->Src.Number == 0));
        }
        if (Settles && !AsksMore && !llvm::is_contained(Settled, F->Dst))
          Settled.push_back(F->Dst);
      }
      if (Settled.empty())
        continue;
      BlockId Between = Facts.Blocks.size();
      Facts.Blocks.emplace_back();
      for (PlaceId P : Settled) {
        Fact F;
        F.Kind = FactKind::Read;
        F.Flags = NoResetNeeded;
        F.Site = Facts.Blocks[Asker].Branch;
        F.Dst = P;
        Facts.Blocks[Between].Facts.push_back(F);
      }
      Facts.Blocks[Between].Out.push_back({Facts.Blocks[Asker].Out[1 - Way].To, {}});
      Facts.Blocks[Asker].Out[1 - Way].To = Between;
      break;
    }
  }
}

llvm::SmallVector<const FieldDecl *, 8> copiedFields(const Tu &T, QualType Ty) {
  llvm::SmallVector<const FieldDecl *, 8> All;
  const RecordDecl *R = Ty->getAsRecordDecl();
  if (R && (R = R->getDefinition()) && !R->isUnion() && T.isUserCode(*R))
    for (const FieldDecl *F : R->fields())
      if (F->getIdentifier() && !F->getType().isConstQualified())
        All.push_back(F);
  return All;
}

} // namespace pooltidy
