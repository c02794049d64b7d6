//===- FieldWrites.cpp - what a body does to members ------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "BodyWalk.h"
#include "Names.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;
using llvm::StringRef;

namespace pooltidy::model {

/// Bodies this deep below the first are taken for code that nobody sees.
static constexpr unsigned MaxDepth = 6;

bool Accesses::overwritesAll() const {
  return llvm::any_of(All, [](const Access &A) {
    return A.OfThis && A.Path.empty() && A.How == Touch::Overwrite;
  });
}

bool FieldReader::isTooDeep() const { return Depth > MaxDepth; }

bool FieldReader::isUserCode(const Decl &D) const {
  const SourceManager &SM = Context.getSourceManager();
  return !SM.isInSystemHeader(SM.getExpansionLoc(D.getLocation()));
}

Accesses FieldReader::ofObject(const FunctionDecl &F, const ParmVarDecl *Object,
                               const CXXRecordDecl *Dynamic) {
  Accesses Out;
  BodyWalk(*this, Out, /*Follow=*/true, Dynamic).enter(F, Object);
  return Out;
}

Accesses FieldReader::ofAny(const FunctionDecl &F) {
  Accesses Out;
  BodyWalk(*this, Out, /*Follow=*/false, nullptr).enter(F, nullptr);
  return Out;
}

Touch FieldReader::effect(const FunctionDecl &F, const ParmVarDecl *Object) {
  const FunctionDecl *Body = nullptr;
  if (!F.hasBody(Body) || !isUserCode(*Body) || Body->isDependentContext() ||
      isTooDeep())
    return mentionsReset(F.getIdentifier() ? F.getName() : "") ? Touch::Change
                                                               : Touch::Unsure;
  if (Object && Body != &F)
    Object = Body->getParamDecl(Object->getFunctionScopeIndex());
  auto [It, New] = Effects.try_emplace({Body, Object}, Touch::Read);
  if (!New)
    return It->second; // a recursive call adds nothing
  ++Depth;
  Touch Most = Touch::Read;
  if (Object && !Object->getType()->isReferenceType() &&
      !Object->getType()->isPointerType()) {
    // A copy.
  } else {
    Accesses A = ofObject(*Body, Object, nullptr);
    for (const Access &Each : A.All)
      if (Each.How != Touch::Shown && !Each.Behind)
        Most = std::max(Most, Each.Path.empty()
                                  ? Each.How
                                  : std::min(Each.How, Touch::Change));
    if (A.Lost)
      Most = std::max(Most, Touch::Unsure);
  }
  --Depth;
  return Effects[{Body, Object}] = Most;
}

FieldPath FieldReader::shownBy(const FunctionDecl &F) {
  const FunctionDecl *Key = F.getCanonicalDecl();
  auto [It, New] = Getters.try_emplace(Key);
  if (!New)
    return It->second;
  QualType T = F.getReturnType();
  const FunctionDecl *Body = nullptr;
  if (!(T->isReferenceType() || T->isPointerType()) || !F.hasBody(Body) ||
      Body->isDependentContext())
    return {};
  const auto *Block = dyn_cast_or_null<CompoundStmt>(Body->getBody());
  const auto *R = Block && Block->size() == 1
                      ? dyn_cast<ReturnStmt>(*Block->body_begin())
                      : nullptr;
  if (!R || !R->getRetValue())
    return {};
  Accesses Out;
  BodyWalk Walk(*this, Out, /*Follow=*/true, nullptr);
  BodyWalk::Ref Shown = Walk.refOf(R->getRetValue());
  // What a member only points to is not the object's own.
  if (Shown.Known && Shown.OfThis && !Shown.Behind && !Shown.Inside)
    Getters[Key] = Shown.Path;
  return Getters.lookup(Key);
}

} // namespace pooltidy::model
