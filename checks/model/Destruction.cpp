//===- Destruction.cpp - what ends with an object ---------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "ActionsImpl.h"
#include "Shapes.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;
using llvm::StringRef;

namespace pooltidy::model {

/// Members of members of members; deeper, the destruction is its own story.
static constexpr unsigned MaxLevels = 12;

Actions ActionReader::destruction(const CXXRecordDecl &R) {
  I->begin(R);
  I->Destroying = true;
  I->ByMember = false;
  Origin O;
  O.Is = Origin::Self;
  I->Out.Seen = true;
  I->destroy(R, O);
  return std::move(I->Out);
}

namespace {
/// One level deeper for as long as it lives.
template <typename T> class Step {
public:
  Step(T &Path, ActionStep::Of Kind, const NamedDecl *D, SourceLocation Loc)
      : Path(Path) {
    Path.push_back({Kind, D, Loc});
  }
  ~Step() { Path.pop_back(); }

private:
  T &Path;
};
} // namespace

static const CXXDestructorDecl *writtenDestructor(const CXXRecordDecl &R) {
  const CXXDestructorDecl *D = R.getDestructor();
  return D && D->isUserProvided() ? D : nullptr;
}

bool ActionReader::Impl::endsByModel(const CXXRecordDecl &R, Origin O,
                                     SourceLocation Loc) {
  const TypeMeaning &Type = Classes.classify(R);
  if (Type.HandleOf && O.Is == Origin::Part) {
    // A lease of another pool of objects just goes back.
    if (Type.HandleFamily->What == Kind::Resource)
      add(ActionKind::Close, O, R.getDestructor(), Loc, Type.HandleFamily);
    return true;
  }
  const CXXDestructorDecl *D = R.getDestructor();
  if (!D)
    return false;
  const CallMeaning &M = Classes.classify(*D);
  if (M.What == Role::Put && M.Family->What == Kind::Resource &&
      O.Is == Origin::Part) {
    add(ActionKind::Close, O, D, Loc, M.Family);
    return true;
  }
  if (!M.Rule)
    return false;
  if (M.Rule->Waits || M.Rule->Blocks)
    add(ActionKind::Block, O, D, Loc);
  if (M.Rule->Closes)
    add(ActionKind::Close, O, D, Loc);
  if (M.Rule->Unregisters)
    add(ActionKind::Unregister, O, D, Loc);
  return M.Rule->Waits || M.Rule->Blocks || M.Rule->Closes ||
         M.Rule->Unregisters;
}

void ActionReader::Impl::destroy(const CXXRecordDecl &Class, Origin O) {
  const CXXRecordDecl *R = Class.getDefinition();
  if (!R || R->hasTrivialDestructor() || R->isDependentContext() ||
      Through.size() > MaxLevels ||
      !Entered.insert({R, O.Is, O.lowest()}).second)
    return;
  const CXXDestructorDecl *D = writtenDestructor(*R);
  if (D) {
    const FunctionDecl *Definition = D;
    bodyOf(*D, Definition);
    Step To(Through, ActionStep::Destructor, D,
            Definition ? Definition->getLocation() : D->getLocation());
    read(*D, O, {});
  }
  for (const FieldDecl *F : R->fields()) {
    Origin Part = memberOf(O, *F);
    bool Was = std::exchange(ByMember, true);
    Step To(Through, ActionStep::Member, F, F->getLocation());
    destroyType(F->getType(), Part, F);
    ByMember = Was;
  }
  for (const CXXBaseSpecifier &B : R->bases())
    if (const CXXRecordDecl *Base = recordOf(B.getType())) {
      Step To(Through, ActionStep::Base, Base, B.getBeginLoc());
      if (isUserCode(*Base))
        destroy(*Base, O);
      else
        endsByModel(*Base, O, B.getBeginLoc());
    }
}

void ActionReader::Impl::destroyType(QualType T, Origin O,
                                     const FieldDecl *Holder) {
  while (const ArrayType *A = T->getAsArrayTypeUnsafe())
    T = A->getElementType();
  if (T->isReferenceType() || T->isPointerType())
    return;
  const CXXRecordDecl *R = recordOf(T);
  if (!R || !R->hasDefinition() || R->getDefinition()->hasTrivialDestructor())
    return;
  R = R->getDefinition();
  SourceLocation Loc = Holder ? Holder->getLocation() : SourceLocation();
  if (Loc.isInvalid() && !Through.empty())
    Loc = Through.back().Loc;
  // A unique_ptr is a handle by its deleter, which tells more.
  if (!isStd(*R, "unique_ptr") && endsByModel(*R, O, Loc))
    return;
  if (R->isInStdNamespace())
    destroyStd(*R, T, O, Holder);
  else if (isUserCode(*R))
    destroy(*R, O);
}

void ActionReader::Impl::deleteWith(const FunctionDecl &Deleter, Origin O) {
  Step To(Through, ActionStep::Deleter, &Deleter, Deleter.getLocation());
  Frame Inner;
  Frame *Outer = std::exchange(Now, &Inner);
  Call Made;
  Made.Callee = &Deleter;
  Made.Arguments.push_back(O);
  Made.Loc = Through[Through.size() > 1 ? Through.size() - 2 : 0].Loc;
  if (const auto *M = dyn_cast<CXXMethodDecl>(&Deleter);
      M && M->getOverloadedOperator() == OO_Call) {
    // What a lambda captured by `this` is the object.
    Origin This;
    if (M->getParent()->isLambda())
      This.Is = Origin::Self;
    read(Deleter, This, Made.Arguments);
  } else {
    call(Made);
  }
  Now = Outer;
}

void ActionReader::Impl::destroyDerived(const FieldDecl &Holder, QualType Base,
                                        Origin O) {
  const CXXRecordDecl *R = recordOf(Base);
  const CXXDestructorDecl *D =
      R && R->hasDefinition() ? R->getDefinition()->getDestructor() : nullptr;
  if (!D || !D->isVirtual())
    return;
  for (const Expr *Value : Given.of(Holder))
    for (const CXXRecordDecl *Made : madeIn(*Value))
      if (Made->isDerivedFrom(R->getDefinition())) {
        Step To(Through, ActionStep::Content, &Holder, Value->getExprLoc());
        destroy(*Made, O);
      }
}

void ActionReader::Impl::destroyContent(const FieldDecl &Holder, QualType Of,
                                        Origin O) {
  const CXXRecordDecl *R = recordOf(Of);
  bool IsPointer = R && (isStd(*R, "shared_ptr") || isStd(*R, "unique_ptr"));
  bool IsFuture = R && (isStd(*R, "future") || isStd(*R, "shared_future"));
  for (const Expr *Value : Given.of(Holder)) {
    if (IsPointer) {
      for (const Expr *Deleter : deletersIn(*Value))
        if (const FunctionDecl *F = functionOf(*Deleter))
          deleteWith(*F, O);
      continue;
    }
    if (IsFuture) {
      const FunctionDecl *Starter = starterIn(Value);
      // Only what std::async gave waits in its destructor.
      const CXXRecordDecl *Made =
          Starter ? recordOf(Starter->getReturnType()) : nullptr;
      if (Made && isStd(*Made, "future"))
        if (Action *A = add(ActionKind::Block, O, &Holder, Holder.getLocation())) {
          A->Because = Starter;
          A->BecauseLoc = Value->getExprLoc();
        }
      continue;
    }
    // std::any and std::function: the value, or what a lambda captured.
    const Expr *Stored = Value;
    if (const auto *C = dyn_cast<CallExpr>(Stored);
        C && !isa<CXXOperatorCallExpr>(C) && C->getNumArgs() > 0)
      Stored = C->getArg(0);
    QualType T = sameObject(Stored)->getType();
    // `any_.emplace<File>(..)`, `any_ = std::make_any<File>(..)`
    for (const Expr *E : {Value, sameObject(Stored)})
      if (const auto *C = dyn_cast<CallExpr>(E); C && isStd(*R, "any"))
        if (const FunctionDecl *F = C->getDirectCallee();
            F && F->getIdentifier() &&
            (F->getName() == "emplace" || F->getName() == "make_any"))
          if (const auto *Args = F->getTemplateSpecializationArgs();
              Args && Args->size() > 0 &&
              Args->get(0).getKind() == TemplateArgument::Type)
            T = Args->get(0).getAsType();
    if (const auto *C = dyn_cast<CXXConstructExpr>(sameObject(Stored));
        C && C->getNumArgs() == 1 &&
        recordOf(T) && recordOf(T)->getCanonicalDecl() == R->getCanonicalDecl())
      T = sameObject(C->getArg(0))->getType();
    const CXXRecordDecl *Held = recordOf(T);
    if (!Held || Held->getCanonicalDecl() == R->getCanonicalDecl())
      continue;
    Step To(Through, ActionStep::Content, &Holder, Stored->getExprLoc());
    destroyType(T, O, nullptr);
  }
}

void ActionReader::Impl::destroyStd(const CXXRecordDecl &R, QualType T, Origin O,
                                    const FieldDecl *Holder) {
  if (isStd(R, "unique_ptr")) {
    QualType Deleter = templateArgument(T, 1);
    const CXXRecordDecl *D = Deleter.isNull() ? nullptr : recordOf(Deleter);
    if (D && isStd(*D, "default_delete")) {
      O.Owned = true;
      destroyType(templateArgument(T, 0), O, nullptr);
      if (Holder)
        destroyDerived(*Holder, templateArgument(T, 0), O);
    } else if (D && D->hasDefinition() && !D->isInStdNamespace()) {
      for (const CXXMethodDecl *M : D->getDefinition()->methods())
        if (M->getOverloadedOperator() == OO_Call)
          deleteWith(*M, O);
    } else if (Holder) {
      destroyContent(*Holder, T, O);
    }
    return;
  }
  // A plain shared pointer or function is fine; what one was given may not be.
  if (isStd(R, "shared_ptr") || isStd(R, "any") || isStd(R, "function") ||
      isStd(R, "move_only_function") || isStd(R, "future") ||
      isStd(R, "shared_future")) {
    if (Holder)
      destroyContent(*Holder, T, O);
    return;
  }
  if (isStd(R, "weak_ptr") || isStd(R, "thread") || isStd(R, "promise") ||
      isStd(R, "packaged_task"))
    return;
  // Containers, optional, variant, pair and tuple own what they are made of.
  const auto *S = dyn_cast<ClassTemplateSpecializationDecl>(&R);
  if (!S)
    return;
  for (QualType Each : typeArguments(*S))
    destroyType(Each, O, Holder);
}

} // namespace pooltidy::model
