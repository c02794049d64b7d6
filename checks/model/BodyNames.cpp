//===- BodyNames.cpp - names that pools' own code uses -----------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "BodyNames.h"
#include "Names.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;
using llvm::StringRef;

namespace pooltidy::model {

bool isFillName(StringRef N) {
  return isOneOf(N, {"push_back", "push_front", "push", "emplace_back",
                     "emplace_front", "emplace", "insert", "enqueue", "add",
                     "append", "put", "store", "Push", "Add", "write",
                     "try_push", "pushBack", "splice"});
}

bool isDrainName(StringRef N) {
  return isOneOf(N, {"pop_back", "pop_front", "pop", "erase", "extract",
                     "dequeue", "take", "try_pop", "Pop", "popBack", "remove",
                     "read", "splice", "get", "wait_dequeue", "try_dequeue"});
}

bool isExchangeName(StringRef N) {
  return isOneOf(N, {"exchange", "compare_exchange_weak",
                     "compare_exchange_strong", "swap"});
}

bool isBookkeeping(StringRef Member) {
  return llvm::any_of(splitWords(Member), [](StringRef W) {
    return isOneOf(W, {"next", "prev", "link", "links", "node", "used", "use",
                       "busy", "free", "pooled", "pool", "owner", "leased",
                       "available", "idle", "stamp", "generation", "index",
                       "magic", "acquired", "active"});
  });
}

bool isCounter(StringRef Member) {
  return llvm::any_of(splitWords(Member), [](StringRef W) {
    return isOneOf(W, {"ref", "refs", "refcount", "refcnt", "rc"});
  });
}

StringRef wordOf(const Stmt *S) {
  const NamedDecl *D = nullptr;
  DeclarationName N;
  if (const auto *M = dyn_cast<MemberExpr>(S))
    D = M->getMemberDecl();
  else if (const auto *R = dyn_cast<DeclRefExpr>(S))
    D = R->getDecl();
  else if (const auto *C = dyn_cast<CXXDependentScopeMemberExpr>(S))
    N = C->getMember();
  else if (const auto *O = dyn_cast<OverloadExpr>(S))
    N = O->getName();
  if (D)
    N = D->getDeclName();
  return N.isIdentifier() && N.getAsIdentifierInfo()
             ? N.getAsIdentifierInfo()->getName()
             : "";
}

bool mentions(const Stmt *S, llvm::function_ref<bool(StringRef)> Is) {
  if (!S)
    return false;
  if (StringRef Word = wordOf(S); !Word.empty() && Is(Word))
    return true;
  return llvm::any_of(S->children(), [&](const Stmt *C) { return mentions(C, Is); });
}

bool isCapacityWord(StringRef N) {
  return isOneOf(N, {"capacity", "Capacity", "shrink_to_fit", "getCapacity",
                     "GetCapacity", "shrink", "Shrink"});
}

bool isCountWord(StringRef N) {
  return llvm::any_of(splitWords(N), [](StringRef W) {
    return isOneOf(W, {"size", "count", "max", "limit", "full", "top", "used",
                       "cached", "idle", "capacity", "depth", "num"});
  });
}

} // namespace pooltidy::model
