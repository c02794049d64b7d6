//===- Attributes.cpp - what attributes say ---------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "Attributes.h"
#include "Heuristics.h"
#include "Names.h"
#include "Shapes.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/Expr.h"
#include "clang/AST/TypeLoc.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;
using llvm::StringRef;

namespace pooltidy::model {

namespace {

std::optional<Kind> kindFrom(StringRef Text) {
  return llvm::StringSwitch<std::optional<Kind>>(Text)
      .Case("object", Kind::Object)
      .Case("resource", Kind::Resource)
      .Case("memory", Kind::Memory)
      .Default(std::nullopt);
}

std::optional<Convention> conventionFrom(StringRef Text) {
  return llvm::StringSwitch<std::optional<Convention>>(Text)
      .Case("unknown", Convention::Unknown)
      .Case("caller-before-put", Convention::CallerBeforePut)
      .Case("pool-on-put", Convention::PoolOnPut)
      .Case("pool-on-acquire", Convention::PoolOnAcquire)
      .Case("caller-after-acquire", Convention::CallerAfterAcquire)
      .Case("construct-destroy", Convention::ConstructDestroy)
      .Case("never", Convention::Never)
      .Default(std::nullopt);
}

StringRef stringArgument(const AnnotateAttr &A) {
  if (A.args_size() == 0)
    return "";
  const Expr *E = (*A.args_begin())->IgnoreParenImpCasts();
  if (const auto *C = dyn_cast<ConstantExpr>(E))
    E = C->getSubExpr()->IgnoreParenImpCasts();
  const auto *S = dyn_cast<StringLiteral>(E);
  return S && S->getCharByteWidth() == 1 ? S->getString() : "";
}

void addMarks(const Decl &D, Marks &M) {
  if (!D.hasAttrs())
    return;
  for (const auto *A : D.specific_attrs<AnnotateAttr>()) {
    StringRef Text = A->getAnnotation();
    if (!Text.consume_front("pool::"))
      continue;
    // Either `"pool::pool(\"object\")"` or `"pool::pool", "object"`.
    auto [Word, Rest] = Text.split('(');
    StringRef Argument = Rest.rtrim(") ").trim("\"' ");
    if (Argument.empty())
      Argument = stringArgument(*A);
    if (Word == "acquire")
      M.Acquire = true;
    else if (Word == "put")
      M.Put = true;
    else if (Word == "reset")
      M.Reset = true;
    else if (Word == "keep")
      M.Keep = true;
    else if (Word == "not_a_pool")
      M.NotAPool = true;
    else if (Word == "long_lived")
      M.LongLived = true;
    else if (Word == "convention")
      M.Resets = conventionFrom(Argument);
    else if (Word == "pool") {
      M.IsPool = true;
      if (auto K = kindFrom(Argument))
        M.What = K;
    }
  }
}

/// Attributes of later redeclarations hold the earlier ones' too.
template <typename T> const T &latest(const T &D) {
  return *D.getMostRecentDecl();
}

/// \p Look is asked for \p F and for its pattern until it says true.
template <typename Fn> bool anyForm(const FunctionDecl &F, Fn Look) {
  const FunctionDecl *P = patternOf(F);
  return Look(latest(F)) || (P != &F && Look(latest(*P)));
}

bool hasAttributes(const FunctionDecl &F) {
  return F.hasAttrs() || !isa<FunctionType>(F.getType().getTypePtr()) ||
         llvm::any_of(F.parameters(),
                      [](const ParmVarDecl *P) { return P->hasAttrs(); });
}

Slot argument(unsigned Index, bool Indirect = false) {
  return {Slot::Argument, Index, Indirect};
}

/// True when a pool rather than an object goes in: `put(Pool &, Object *)`.
bool isPoolParameter(const ParmVarDecl &P) {
  QualType T = P.getType();
  if (QualType To = T->getPointeeType(); !To.isNull())
    T = To;
  const CXXRecordDecl *R = recordOf(T);
  return R && R->getIdentifier() &&
         (readMarks(*R).IsPool || poolWord(R->getName()) != PoolWord::None);
}

void setObject(AttributeOp &A, const FunctionDecl &F, unsigned Index) {
  Shape S = shapeOfParameter(F.getParamDecl(Index)->getType());
  // An acquire fills what it is given the address of; a put needs the address
  // only to null the pointer.
  bool Out = A.What == Role::Acquire || S.Indirect;
  A.Op.Object = argument(Index, Out);
  A.Op.Nulls = A.What == Role::Put && S.Indirect;
  A.Op.Id = S.As == Shape::Integer;
  A.Object = S.Object;
}

void setResult(AttributeOp &A, const FunctionDecl &F) {
  Shape S = shapeOfResult(F.getReturnType());
  A.Op.Object = {Slot::Return, 0, false};
  A.Op.Id = S.As == Shape::Integer;
  A.Object = S.Object;
}

/// Finds the object of an annotated function when no parameter says it.
void guessObject(AttributeOp &A, const FunctionDecl &F) {
  if (A.What == Role::Acquire && shapeOfResult(F.getReturnType()).As !=
                                     Shape::None) {
    bool OutParameter = false;
    if (F.getReturnType()->isIntegralOrEnumerationType())
      for (const ParmVarDecl *P : F.parameters())
        OutParameter |= shapeOfParameter(P->getType()).Indirect;
    if (!OutParameter)
      return setResult(A, F);
  }
  int Found = -1, Number = -1;
  for (unsigned I = 0; I != F.getNumParams(); ++I) {
    const ParmVarDecl &P = *F.getParamDecl(I);
    Shape S = shapeOfParameter(P.getType());
    if (isPoolParameter(P)) {
      A.Op.Pool = argument(I);
      continue;
    }
    bool Fits = A.What != Role::Acquire || S.Indirect ||
                S.As == Shape::Reference;
    // A number is an id only when nothing else can be the object.
    int &First = S.As == Shape::Integer ? Number : Found;
    if (S && Fits && First < 0)
      First = I;
  }
  if (Found < 0)
    Found = Number;
  if (Found >= 0) {
    setObject(A, F, Found);
  } else if (const auto *M = dyn_cast<CXXMethodDecl>(&F);
             M && M->isInstance()) {
    A.Op.Object = {Slot::This, 0, false};
    A.Object = M->getThisType()
                   ->getPointeeType()
                   .getCanonicalType()
                   .getUnqualifiedType();
  }
}

/// On a function clang keeps `acquire_handle` with the type; empty: none.
StringRef acquiredHandle(const FunctionDecl &F) {
  if (const auto *A = F.getAttr<AcquireHandleAttr>())
    return A->getHandleType();
  const TypeSourceInfo *Written = F.getTypeSourceInfo();
  if (!Written)
    return "";
  for (auto L = Written->getTypeLoc().getAs<AttributedTypeLoc>(); L;
       L = L.getModifiedLoc().getAs<AttributedTypeLoc>())
    if (const auto *A = L.getAttrAs<AcquireHandleAttr>())
      return A->getHandleType();
  return "";
}

bool readAnnotated(const FunctionDecl &F, AttributeOp &A) {
  Marks M;
  addMarks(F, M);
  A.What = M.Acquire ? Role::Acquire
           : M.Put   ? Role::Put
           : M.Reset ? Role::Reset
                     : Role::None;
  for (unsigned I = 0; I != F.getNumParams(); ++I) {
    Marks OfParameter;
    addMarks(*F.getParamDecl(I), OfParameter);
    if (!OfParameter.Acquire && !OfParameter.Put && !OfParameter.Reset)
      continue;
    A.What = OfParameter.Acquire ? Role::Acquire
             : OfParameter.Put   ? Role::Put
                                 : Role::Reset;
    setObject(A, F, I);
    return true;
  }
  if (A.What == Role::None)
    return false;
  guessObject(A, F);
  return A.Op.Object.Where != Slot::None;
}

bool readHandles(const FunctionDecl &F, AttributeOp &A) {
  A.From = AttributeOp::Handle;
  if (StringRef Tag = acquiredHandle(F); !Tag.empty()) {
    A.What = Role::Acquire;
    A.Tag = Tag.str();
    setResult(A, F);
    return true;
  }
  auto Find = [&](Role What, auto *Null) {
    for (unsigned I = 0; I != F.getNumParams(); ++I)
      if (const auto *Attr =
              F.getParamDecl(I)
                  ->getAttr<std::remove_pointer_t<decltype(Null)>>()) {
        A.What = What;
        A.Tag = Attr->getHandleType().str();
        setObject(A, F, I);
        if (What == Role::Acquire) // what the argument points to is the handle
          if (QualType To = F.getParamDecl(I)->getType()->getPointeeType();
              !To.isNull())
            A.Op.Id = To->isIntegralOrEnumerationType();
        return true;
      }
    return false;
  };
  return Find(Role::Acquire, (AcquireHandleAttr *)nullptr) ||
         Find(Role::Put, (ReleaseHandleAttr *)nullptr) ||
         Find(Role::Use, (UseHandleAttr *)nullptr);
}

bool readOwnership(const FunctionDecl &F, AttributeOp &A) {
  A.From = AttributeOp::Ownership;
  for (const auto *Attr : F.specific_attrs<OwnershipAttr>()) {
    A.Tag = Attr->getModule()->getName().str();
    if (Attr->isReturns()) {
      A.What = Role::Acquire;
      setResult(A, F);
      A.Op.Fails = Failure::Null;
      return true;
    }
    if (Attr->isTakes() && Attr->args_size() != 0) {
      A.What = Role::Put;
      unsigned Index = Attr->args_begin()->getASTIndex();
      if (Index >= F.getNumParams())
        continue;
      setObject(A, F, Index);
      return true;
    }
  }
  return false;
}

} // namespace

Marks readMarks(const Decl &D) {
  Marks M;
  addMarks(latest(D), M);
  if (const auto *F = dyn_cast<FunctionDecl>(&D)) {
    if (const FunctionDecl *P = patternOf(*F); P != F)
      addMarks(latest(*P), M);
  } else if (const auto *R = dyn_cast<CXXRecordDecl>(&D)) {
    if (const CXXRecordDecl *P = patternOf(*R); P != R)
      addMarks(latest(*P), M);
  }
  return M;
}

std::optional<AttributeOp> readOperation(const FunctionDecl &F) {
  AttributeOp Found;
  bool Any = anyForm(F, [&](const FunctionDecl &D) {
    if (!hasAttributes(D))
      return false;
    for (auto *Read : {readAnnotated, readHandles, readOwnership}) {
      AttributeOp A;
      if (!Read(D, A))
        continue;
      Found = std::move(A);
      return true;
    }
    return false;
  });
  if (!Any)
    return std::nullopt;
  Found.Op.Call = simpleName(F);
  if (Found.What == Role::Put && Found.Op.Fails == Failure::Never)
    answersPut(F, Found.Op);
  if (Found.What == Role::Acquire && Found.Op.Fails == Failure::Never) {
    Found.Op.FailsBy = Operation::Seen;
    QualType Result = F.getReturnType();
    if (isTryName(Found.Op.Call)) {
      Found.Op.FailsBy = Operation::Named;
      Found.Op.Fails = Found.Op.Object.Where == Slot::Return ? Failure::Null
                                                             : Failure::False;
    } else if (Found.Op.Object.Indirect && Result->isIntegralOrEnumerationType()) {
      // What fills an argument tells by its result whether it did: true, or no
      // error.
      Found.Op.Fails =
          Result->isBooleanType() ? Failure::False : Failure::NonZero;
    }
  }
  return Found;
}

int readHolds(const FunctionDecl &F) {
  int Index = -1;
  anyForm(F, [&](const FunctionDecl &D) {
    if (D.hasAttrs())
      for (const auto *Attr : D.specific_attrs<OwnershipAttr>())
        if (Attr->isHolds() && Attr->args_size() != 0)
          Index = Attr->args_begin()->getASTIndex();
    return Index >= 0;
  });
  return Index;
}

bool readReinitializes(const FunctionDecl &F) {
  return anyForm(
      F, [](const FunctionDecl &D) { return D.hasAttr<ReinitializesAttr>(); });
}

} // namespace pooltidy::model
