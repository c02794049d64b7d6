//===- pool-tiny-object.cpp ---------------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A pool of objects that cost nothing to make, each of which is put back by the
// function that acquired it: a local variable would do.
//
//===----------------------------------------------------------------------===//
#include "../model/FieldTraits.h"
#include "../model/Shapes.h"
#include "Wording.h"
#include "clang/AST/RecordLayout.h"
#include "clang/AST/RecursiveASTVisitor.h"

using namespace clang;

namespace pooltidy {

namespace {

/// What standard strings hold in themselves, in the least of the libraries.
constexpr unsigned ShortString = 15;

/// Numbers and pointers that start with constants, and nothing to destroy.
bool isTriviallyMade(const CXXRecordDecl &R) {
  if (!R.hasTrivialDestructor() || R.isPolymorphic() || R.isAbstract())
    return false;
  if (!R.hasTrivialDefaultConstructor() &&
      (!R.hasDefaultConstructor() || R.hasUserProvidedDefaultConstructor()))
    return false;
  for (const CXXBaseSpecifier &B : R.bases()) {
    const CXXRecordDecl *Base = B.getType()->getAsCXXRecordDecl();
    if (!Base || !Base->hasDefinition() ||
        !isTriviallyMade(*Base->getDefinition()))
      return false;
  }
  return llvm::all_of(R.fields(), [&](const FieldDecl *F) {
    const Expr *Init = F->getInClassInitializer();
    if (Init && Init->HasSideEffects(R.getASTContext()))
      return false;
    QualType T = F->getType();
    if (T->isPointerType() || model::isPlain(T))
      return true;
    const CXXRecordDecl *Inner = T->getAsCXXRecordDecl();
    return Inner && Inner->hasDefinition() && !Inner->isUnion() &&
           isTriviallyMade(*Inner->getDefinition());
  });
}

/// Counts what a function writes into a string that it acquired.
class Writing : public RecursiveASTVisitor<Writing> {
public:
  unsigned Length = 0;
  bool Known = true;

  bool VisitCallExpr(CallExpr *C) {
    const auto *M = dyn_cast_or_null<CXXMethodDecl>(C->getDirectCallee());
    if (!M || !model::isStd(*M->getParent(), "basic_string") ||
        !M->isInstance()) {
      // Who else is given the string may write anything.
      const FunctionDecl *F = C->getDirectCallee();
      for (unsigned I = 0; F && I < F->getNumParams(); ++I) {
        QualType To = F->getParamDecl(I)->getType()->getPointeeType();
        const CXXRecordDecl *R =
            To.isNull() ? nullptr : To->getAsCXXRecordDecl();
        if (R && !To.isConstQualified() && model::isStd(*R, "basic_string") &&
            !IsPut(*F))
          Known = false;
      }
      return true;
    }
    llvm::StringRef Name = M->getIdentifier() ? M->getName() : "";
    if (M->isConst() || Name == "clear" || Name == "begin" || Name == "end")
      return true;
    OverloadedOperatorKind Op = M->getOverloadedOperator();
    bool Adds = Op == OO_PlusEqual || Op == OO_Equal || Name == "append" ||
                Name == "assign" || Name == "push_back";
    unsigned At = Op == OO_None ? 0 : 1;
    if (!Adds || C->getNumArgs() != At + 1)
      return Known = false, true;
    const Expr *Arg = C->getArg(At)->IgnoreParenImpCasts();
    if (const auto *S = dyn_cast<StringLiteral>(Arg))
      Length += S->getLength();
    else if (Arg->getType()->isAnyCharacterType())
      Length += 1;
    else
      Known = false;
    return true;
  }
  // How often, nobody knows.
  bool VisitForStmt(ForStmt *) { return Known = false, true; }
  bool VisitWhileStmt(WhileStmt *) { return Known = false, true; }
  bool VisitDoStmt(DoStmt *) { return Known = false, true; }
  bool VisitCXXForRangeStmt(CXXForRangeStmt *) { return Known = false, true; }

  llvm::function_ref<bool(const FunctionDecl &)> IsPut;
  explicit Writing(llvm::function_ref<bool(const FunctionDecl &)> IsPut)
      : IsPut(IsPut) {}
};

bool staysShort(const Analysis &A, const FunctionDecl &F) {
  auto IsPut = [&](const FunctionDecl &Callee) {
    return A.classifier().classify(Callee).What == model::Role::Put;
  };
  Writing W(IsPut);
  W.TraverseStmt(F.getBody());
  return W.Known && W.Length <= ShortString;
}

} // namespace

void checkTinyObject(const Analysis &A, Reporter &Out) {
  // What was not analysed may keep an object.
  if (!A.stats().Skipped.empty())
    return;
  // The largest object that is cheaper to make than to fetch.
  int64_t MaxBytes = A.options().number("pool-tiny-object", "MaxTinySize");
  for (const PooledType &P : A.pooled()) {
    const CXXRecordDecl &Object = *P.Object;
    if (P.Family->What != model::Kind::Object || Object.isInvalidDecl())
      continue;
    bool String = model::isStd(Object, "basic_string");
    int64_t Bytes =
        A.context().getASTRecordLayout(&Object).getSize().getQuantity();
    if (!String && (Bytes > MaxBytes || !isTriviallyMade(Object)))
      continue;
    const LeaseOf *First = nullptr;
    bool Stays = true;
    for (const LeaseOf &L : A.leases()) {
      if (L.Family != P.Family ||
          (L.ObjectType &&
           L.ObjectType->getCanonicalDecl() != Object.getCanonicalDecl()))
        continue;
      First = First ? First : &L;
      Stays &= !L.Leaves && (!String || staysShort(A, *L.In));
    }
    if (!First || !Stays)
      continue;
    Report R;
    R.Loc = P.Loc;
    R.Message = String
                    ? "the pool of strings saves nothing, what they hold fits "
                      "into a local one"
                    : "the pool of '" + Object.getNameAsString() +
                          "' saves nothing, a local one of " +
                          std::to_string(Bytes) + " bytes would do";
    R.Sure = P.Family->Possible ? Confidence::Possible : Confidence::Definite;
    R.Types = typesOf(P);
    R.Notes.push_back(
        {First->Loc, "acquired here, and put back in the same function"});
    Out.report(R);
  }
}

} // namespace pooltidy
