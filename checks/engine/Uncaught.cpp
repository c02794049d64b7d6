//===- Uncaught.cpp - who asks whether an exception is on its way ---------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A guard that undoes on failure asks `std::uncaught_exceptions() > before_`, where
// the member is what the same call gave when the guard was made. What the two say
// together is one number: how many exceptions are on their way now that were not
// then. A destructor that asks is a summary with a condition on that number, and
// whoever runs it knows: none where a scope ends, one where it is left by a throw.
//
//===----------------------------------------------------------------------===//
#include "Generator.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace pooltidy {

PlaceId FactsGenerator::inFlight() { return T.Places.opaque(InFlight, {}); }

/// True when what the call \p C does depends on that number.
bool FactsGenerator::asksInFlight(const CallSite &C) const {
  return C.Callee &&
         llvm::any_of(C.Callee->Entities, [&](const EntitySummary &E) {
           return llvm::any_of(E.Outcomes, [&](const Outcome &O) {
             return llvm::any_of(O.Given, [&](const auto &Entry) {
               return T.Places.isInFlight(Entry.first);
             });
           });
         });
}

/// Says the number at the entry, in handlers and on the ways of exceptions, where
/// some callee asks for it.
void FactsGenerator::tellInFlight() {
  FunctionFacts &Facts = G->Facts;
  if (llvm::none_of(Facts.Calls, [&](const CallSite &C) { return asksInFlight(C); }))
    return;
  auto Tell = [&](BlockId B, Operand Number) {
    Fact F;
    F.Kind = FactKind::Assign;
    F.Flags = Scalar;
    F.Site = Facts.End;
    F.Dst = inFlight();
    F.Src = Number;
    Facts.Blocks[B].Facts.insert(Facts.Blocks[B].Facts.begin(), F);
  };
  // What destroys may have been called by an exception, so that its caller says.
  Operand None = isa<CXXDestructorDecl>(Fn) ? Operand() : Operand::constant(0);
  if (None.Is == Operand::Constant)
    Tell(Facts.Entry, None);
  for (const CFGBlock *B : *Graph)
    if (isa_and_nonnull<CXXCatchStmt>(B->getLabel()))
      Tell(B->getBlockID(), None);
  for (BlockId B : UnwindBlocks)
    Tell(B, Operand::constant(1));
}

} // namespace pooltidy
