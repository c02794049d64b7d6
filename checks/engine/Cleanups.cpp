//===- Cleanups.cpp - what returns destroy --------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// clang's CFG repeats the destructors of all live variables at each return,
// which is the square of their number in a long function of many guards. There
// the returns share them, as a compiler's clean-up blocks do: each variable has
// one block for each block that may follow it. Where states from several returns
// meet earlier, less is known of what told them apart; so short functions keep
// theirs.
//
//===----------------------------------------------------------------------===//
#include "Generator.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace pooltidy {

namespace {
/// So many destructions at returns are no matter.
constexpr unsigned FewCleanups = 256;

const VarDecl *destroyed(const CFGElement &E) {
  if (auto D = E.getAs<CFGAutomaticObjDtor>())
    return D->getVarDecl();
  if (auto L = E.getAs<CFGLifetimeEnds>())
    return L->getVarDecl();
  return nullptr;
}
} // namespace

unsigned cleanupsAtEnd(const CFGBlock &B, const CFG &Graph) {
  if (B.succ_size() != 1 || B.succ_begin()->getReachableBlock() != &Graph.getExit())
    return 0;
  unsigned N = 0;
  for (auto E = B.rbegin(); E != B.rend() && destroyed(*E); ++E)
    ++N;
  return N;
}

bool FactsGenerator::sharesCleanups() const {
  unsigned All = 0;
  for (const CFGBlock::AdjacentBlock &A : Graph->getExit().preds())
    if (const CFGBlock *B = A.getReachableBlock())
      All += cleanupsAtEnd(*B, *Graph);
  return All > FewCleanups;
}

/// The block that does what \p Destroyed say, and then leaves the function.
BlockId FactsGenerator::cleanup(llvm::ArrayRef<CFGElement> Destroyed) {
  BlockId Before = Now, Next = G->Facts.Exit;
  // clang ends the lifetimes of trivial variables after all destructors; in the
  // order of declaration they come where every return has them.
  llvm::SmallVector<CFGElement, 16> InOrder(Destroyed.rbegin(), Destroyed.rend());
  llvm::stable_sort(InOrder, [&](const CFGElement &A, const CFGElement &B) {
    return DeclaredAt.lookup(destroyed(A)) < DeclaredAt.lookup(destroyed(B));
  });
  InCleanup = true;
  for (const CFGElement &E : InOrder) {
    auto [It, New] = Cleanups.try_emplace(
        {destroyed(E), unsigned(E.getKind()), Next}, NoBlock);
    if (New) {
      It->second = Now = G->Facts.Blocks.size();
      G->Facts.Blocks.emplace_back();
      element(E);
      G->Facts.Blocks[Now].Out.push_back({Next, {}});
    }
    Next = It->second;
  }
  InCleanup = false;
  Now = Before;
  return Next;
}

} // namespace pooltidy
