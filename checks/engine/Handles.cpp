//===- Handles.cpp - RAII owners ------------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A handle is a place that holds a lease and puts it when it is destroyed or
// given another. Standard smart pointers and the types that models name are
// known here; classes with bodies of their own are followed through their
// members' summaries like any other code.
//
//===----------------------------------------------------------------------===//
#include "Arrays.h"
#include "Generator.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace pooltidy {

namespace {
const ClassTemplateSpecializationDecl *stdTemplate(QualType Ty, StringRef Name) {
  const auto *R = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Ty->getAsCXXRecordDecl());
  return R && R->isInStdNamespace() && R->getIdentifier() && R->getName() == Name
             ? R
             : nullptr;
}

const CXXMethodDecl *callOperator(const CXXRecordDecl &R) {
  if (R.hasDefinition())
    for (const CXXMethodDecl *M : R.methods())
      if (M->getOverloadedOperator() == OO_Call)
        return M;
  return nullptr;
}
/// The type of what a member is called on, by its own name: some of the
/// library's owners have their members from a base class.
QualType ownType(const Expr &This) {
  const Expr *E = This.IgnoreParens();
  while (const auto *C = dyn_cast<ImplicitCastExpr>(E)) {
    const CXXRecordDecl *Base = C->getType()->getAsCXXRecordDecl();
    if ((C->getCastKind() != CK_DerivedToBase &&
         C->getCastKind() != CK_UncheckedDerivedToBase) ||
        !Base || !Base->isInStdNamespace())
      break;
    E = C->getSubExpr()->IgnoreParens();
  }
  QualType Ty = E->getType().getNonReferenceType();
  return Ty->isPointerType() ? Ty->getPointeeType() : Ty;
}
} // namespace

/// The function a deleter expression calls: `&PQclear`, a lambda, a functor.
const FunctionDecl *FactsGenerator::deleterFunction(const Expr *D) {
  if (!D)
    return nullptr;
  D = D->IgnoreUnlessSpelledInSource();
  if (const auto *U = dyn_cast<UnaryOperator>(D); U && U->getOpcode() == UO_AddrOf)
    D = U->getSubExpr()->IgnoreUnlessSpelledInSource();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(D))
    if (const auto *F = dyn_cast<FunctionDecl>(Ref->getDecl()))
      return F;
  if (const auto *R = D->getType()->getAsCXXRecordDecl())
    return callOperator(*R);
  return nullptr;
}

/// What a deleter puts its argument to, or null when it does not put it.
const model::Pool *FactsGenerator::deleterFamily(const FunctionDecl &F) {
  const model::CallMeaning &M = T.Classes.classify(F);
  if (M.What == model::Role::Put)
    return M.Family;
  const Summary *Sum = T.isUserCode(F) ? T.summary(F) : nullptr;
  if (!Sum || !Sum->Puts)
    return nullptr;
  for (const EntitySummary &E : Sum->Entities)
    if (T.Places[E.Entity].Kind == PlaceKind::Param)
      for (const Outcome &O : E.Outcomes)
        if (O.Put && O.Family != NoFamily)
          return T.FamilyOf[O.Family];
  return nullptr;
}

FactsGenerator::HandleShape FactsGenerator::handleOf(QualType Ty, PlaceId P) {
  HandleShape H;
  Ty = Ty.getNonReferenceType();
  const auto *R = Ty->getAsCXXRecordDecl();
  if (!R || !R->getIdentifier())
    return H;
  const auto *Opt = stdTemplate(Ty, "optional");
  if (!Opt)
    Opt = stdTemplate(Ty, "expected");
  if (Opt) {
    if (Opt->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
      return H;
    QualType Inner = Opt->getTemplateArgs()[0].getAsType();
    HandleShape In = handleOf(Inner, P);
    return In;
  }
  if (stdTemplate(Ty, "shared_ptr")) {
    H.Is = H.Shared = true;
    auto It = Deleters.find(P);
    const model::Pool *Family = SoleOwners.contains(P) && It != Deleters.end()
                                    ? deleterFamily(*It->second)
                                    : nullptr;
    if (!Family)
      return H;
    H.Shared = false;
    H.Deleter = It->second;
    H.Family = Family;
    H.Puts = T.family(*Family);
    return H;
  }
  if (const auto *U = stdTemplate(Ty, "unique_ptr")) {
    H.Is = true;
    const FunctionDecl *Deleter = nullptr;
    if (auto It = Deleters.find(P); It != Deleters.end())
      Deleter = It->second;
    else if (U->getTemplateArgs().size() > 1)
      if (const auto *D = U->getTemplateArgs()[1].getAsType()->getAsCXXRecordDecl()) {
        H.Deletes = D->isInStdNamespace() && D->getIdentifier() &&
                    D->getName() == "default_delete";
        if (!H.Deletes)
          Deleter = callOperator(*D);
      }
    const model::Pool *Family = Deleter ? deleterFamily(*Deleter) : nullptr;
    if (Family)
      H.Deleter = Deleter;
    if (!Family)
      if (auto It = T.Returned.find(R->getCanonicalDecl()); It != T.Returned.end())
        Family = It->second;
    if (!Family)
      Family = T.Classes.classify(*R).HandleFamily;
    if (Family) {
      H.Family = Family;
      H.Puts = T.family(*Family);
      // A pool may hand out owners that know nothing of it.
      auto Own = llvm::find_if(Family->Handles, [](const model::Handle &Each) {
        return model::isLibraryOwner(Each.Type) && !Each.Puts;
      });
      H.Deletes &= Own != Family->Handles.end();
      if (H.Deletes)
        H.Model = &*Own;
    }
    return H;
  }
  const model::TypeMeaning &M = T.Classes.classify(*R);
  if (M.HandleOf) {
    H.Is = true;
    H.Model = M.HandleOf;
    H.Family = M.HandleFamily;
    H.Puts = T.family(*M.HandleFamily);
    H.Shared = M.HandleOf->Copyable;
    return H;
  }
  // A class that an acquire returned, without a body of its own to follow.
  if (auto It = T.Returned.find(R->getCanonicalDecl()); It != T.Returned.end()) {
    const CXXDestructorDecl *D = R->hasDefinition() ? R->getDestructor() : nullptr;
    if (D && !D->isImplicit() && (!D->hasBody() || !T.isUserCode(*D))) {
      H.Is = true;
      H.Family = It->second;
      H.Puts = T.family(*H.Family);
    }
  }
  return H;
}

/// The handle at \p P gives up what it holds: its destructor, `= nullptr`.
void FactsGenerator::dropHandle(PlaceId P, const HandleShape &H, const Stmt *At,
                                SiteId Decl, bool AtScopeEnd) {
  if (H.Model && !H.Model->Puts && !H.Deletes)
    return;
  if (H.Shared || H.Deletes || H.Puts == NoFamily) {
    if (H.Deletes) {
      Fact &F = emit(FactKind::Use, At, ByHandle);
      F.Src = Operand::value(P);
      F.Decl = AtScopeEnd ? Decl : NoSite;
    }
    // Nobody knows what this owner does, or whether it is the last: theirs.
    // But the pool's own is not put.
    Fact &F = emit(FactKind::Store, At);
    F.Src = Operand::value(P);
    if (H.Model && !H.Model->Puts)
      F.Family = H.Puts;
    return;
  }
  // A deleter with a body of its own may reset before it puts: ask it.
  if (H.Deleter && T.Classes.classify(*H.Deleter).What != model::Role::Put)
    if (const Summary *Sum = T.summary(*H.Deleter)) {
      CallSite C;
      C.Callee = Sum;
      const FunctionDecl *Body = H.Deleter->getDefinition();
      for (const ParmVarDecl *Param : Body->parameters())
        C.Bindings.push_back({T.Places.root(PlaceKind::Param, T.symbol(*Param),
                                            Param->getName()),
                              Operand::value(P)});
      emitCall(FactKind::Apply, std::move(C), At, AtScopeEnd ? ByHandle : NoFlags)
          .Decl = AtScopeEnd ? Decl : NoSite;
      Fact &Empty = emit(FactKind::Assign, At);
      Empty.Dst = P;
      Empty.Src = Operand::constant(0);
      return;
    }
  uint32_t Flags = resetFlags(*H.Family, nullptr, QualType());
  if (H.Family->Resets == model::Convention::Unknown)
    Flags |= UnsureReset;
  Fact &F = emit(FactKind::Put, At, Flags | (AtScopeEnd ? ByHandle : Empties));
  F.Src = Operand::value(P);
  F.Family = H.Puts;
  F.Decl = AtScopeEnd ? Decl : NoSite;
}

void FactsGenerator::destroy(PlaceId P, QualType Ty, const Stmt *At, SiteId Decl,
                             unsigned Depth) {
  if (P == NoPlace || Depth > 3)
    return;
  // As many elements as somebody writes one by one.
  constexpr uint64_t MaxElements = 16;
  if (std::optional<uint64_t> Size = elementsOf(Ty, T.Context)) {
    QualType Element = elementType(Ty, T.Context);
    if (Element->isRecordType() && Element.isDestructedType())
      for (unsigned I = 0; I < std::min(*Size, MaxElements); ++I)
        destroy(T.Places.step(PlaceKind::Element, P, I), Element, At, Decl, Depth + 1);
    return;
  }
  waitAtEnd(P, Ty, At);
  HandleShape H = handleOf(Ty, P);
  if (H.Is)
    return dropHandle(P, H, At, Decl, true);
  const auto *R = Ty->getAsCXXRecordDecl();
  if (!R || !R->hasDefinition() || R->hasTrivialDestructor() ||
      R->isInStdNamespace())
    return;
  const CXXDestructorDecl *D = R->getDestructor();
  if (D && !D->isImplicit() && !D->isDefaulted()) {
    const Summary *Sum = T.isUserCode(*D) ? T.summary(*D) : nullptr;
    if (!Sum || Sum->Incomplete) {
      emit(FactKind::Write, At, Unsure).Dst = P; // it may put what it holds
      return;
    }
    CallSite C;
    C.Callee = Sum;
    C.Bindings.push_back({T.Places.root(PlaceKind::This, 0, "this"), addressOf(P)});
    emitCall(FactKind::Apply, std::move(C), At, ByHandle).Decl = Decl;
    return; // its members' destructors are in its own facts
  }
  if (R->isLambda()) {
    for (const LambdaCapture &C : R->captures())
      if (C.capturesVariable() && C.getCaptureKind() == LCK_ByCopy) {
        const ValueDecl *V = C.getCapturedVar();
        destroy(T.Places.step(PlaceKind::Field, P, T.captureSymbol(V), V->getName()),
                V->getType(), At, Decl, Depth + 1);
      }
    return;
  }
  for (const FieldDecl *F : R->fields())
    destroy(field(P, *F), F->getType(), At, Decl, Depth + 1);
  for (const CXXBaseSpecifier &B : R->bases())
    destroy(P, B.getType(), At, Decl, Depth + 1);
}

/// `__attribute__((cleanup(With)))`: at the end of its scope, \p With is given the
/// address of \p V.
void FactsGenerator::cleanUp(const VarDecl &V, const FunctionDecl &With,
                             const Stmt *At) {
  PlaceId P = variable(V);
  const model::CallMeaning &M = T.Classes.classify(With);
  if (M.What == model::Role::Put) {
    uint32_t Flags = resetFlags(*M.Family, &With, QualType());
    Fact &F = emit(FactKind::Put, At, Flags);
    F.Src = M.Op->Object.Indirect || V.getType()->isPointerType()
                ? Operand::value(P)
                : Operand::address(P);
    F.Family = T.family(*M.Family);
    return;
  }
  const FunctionDecl *Body = nullptr;
  const Summary *Sum = T.isUserCode(With) ? T.summary(With) : nullptr;
  if (!Sum || Sum->Incomplete || !With.hasBody(Body) || Body->getNumParams() != 1) {
    emit(FactKind::Store, At).Src = Operand::value(P); // it may put what is there
    emit(FactKind::Write, At, Unsure).Dst = P;
    return;
  }
  const ParmVarDecl *Param = Body->getParamDecl(0);
  CallSite C;
  C.Callee = Sum;
  C.Bindings.push_back({T.Places.root(PlaceKind::Param, T.symbol(*Param),
                                      Param->getName()),
                        addressOf(P)});
  emitCall(FactKind::Apply, std::move(C), At);
}

/// `unique_ptr<T, D> u(p, d)`, moves between handles, handles made of handles.
bool FactsGenerator::handleConstruct(const CXXConstructExpr &C, PlaceId Dst) {
  QualType Ty = C.getType();
  if (C.getNumArgs() > 1 && SoleOwners.contains(Dst))
    if (const FunctionDecl *Deleter = deleterFunction(C.getArg(1)))
      Deleters[Dst] = Deleter;
  HandleShape H = handleOf(Ty, Dst);
  if (!H.Is)
    return false;
  if (C.getNumArgs() == 0) {
    Fact &F = emit(FactKind::Assign, &C);
    F.Dst = Dst;
    F.Src = Operand::constant(0);
    return true;
  }
  if (C.getNumArgs() > 1 && stdTemplate(Ty, "unique_ptr"))
    if (const FunctionDecl *Deleter = deleterFunction(C.getArg(1))) {
      Deleters[Dst] = Deleter;
      if (!deleterFamily(*Deleter))
        keepDeleter(C.getArg(1), &C);
    }
  if (C.getNumArgs() > 1 && H.Shared)
    keepDeleter(C.getArg(1), &C);
  const Expr *First = C.getArg(0);
  HandleShape From = handleOf(First->getType(), place(First));
  if (H.Shared && !From.Is) {
    Operand O = operand(First);
    if (O.Is == Operand::Constant) {
      Fact &Empty = emit(FactKind::Assign, &C);
      Empty.Dst = Dst;
      Empty.Src = O;
    } else {
      emit(FactKind::Store, &C).Src = O;
    }
    return true;
  }
  if (From.Is) {
    PlaceId P = place(First);
    if (P == NoPlace)
      return true;
    if (auto It = Deleters.find(P); It != Deleters.end()) {
      const FunctionDecl *Deleter = It->second;
      Deleters[Dst] = Deleter;
    }
    Fact &F = emit(H.Shared && !First->isXValue() && !First->isPRValue()
                       ? FactKind::Copy
                       : FactKind::Move,
                   &C);
    F.Dst = Dst;
    F.Src = Operand::value(P);
    if (F.Kind == FactKind::Move && isPartOfObject(P))
      emit(FactKind::Reset, &C).Dst = P; // null, as the standard has it
    // `shared_ptr<T>(owner, &part)` leads to the part, even of no owner.
    if (H.Shared && C.getNumArgs() > 1 && C.getArg(1)->getType()->isPointerType())
      if (const auto *Empty = dyn_cast<CXXConstructExpr>(
              First->IgnoreUnlessSpelledInSource());
          Empty && Empty->getNumArgs() == 0)
        emit(FactKind::Assign, &C).Dst = Dst;
    return true;
  }
  // A model's handle made from a pool acquires; one made from a raw pointer owns.
  if (const auto *D = C.getConstructor()) {
    const model::CallMeaning &M = T.Classes.classify(*D);
    if (M.What == model::Role::Acquire) {
      Fact &F = emit(FactKind::Acquire, &C);
      F.Dst = Dst;
      F.Family = T.family(*M.Family);
      F.Pool = place(First);
      return true;
    }
  }
  QualType A = First->getType().getNonReferenceType();
  if (const auto *R = A->getAsCXXRecordDecl();
      R && H.Model && T.Classes.classify(*R).PoolOf == H.Family) {
    Fact &F = emit(FactKind::Acquire, &C);
    F.Dst = Dst;
    F.Family = H.Puts;
    F.Pool = place(First);
    return true;
  }
  Operand O = A->isPointerType() || A->isNullPtrType() || A->isIntegralType(T.Context)
                  ? operand(First)
                  : Operand();
  Fact &F = emit(O.Is == Operand::Value || O.Is == Operand::Address
                     ? FactKind::Copy
                     : FactKind::Assign,
                 &C);
  F.Dst = Dst;
  F.Src = O;
  return true;
}

/// Members of handles: what acts on the lease and what on the object.
bool FactsGenerator::handleCall(const CallShape &S) {
  const auto *M = dyn_cast<CXXMethodDecl>(S.Callee);
  if (!M || M->isStatic() || S.This == NoPlace || !S.ThisExpr)
    return false;
  QualType Ty = ownType(*S.ThisExpr);
  HandleShape H = handleOf(Ty, S.This);
  if (!H.Is)
    return false;
  PlaceId P = S.This;
  StringRef Name = M->getIdentifier() ? M->getName() : "";
  OverloadedOperatorKind Op = M->getOverloadedOperator();
  auto Listed = [&](const std::vector<std::string> &L) {
    return llvm::is_contained(L, Name);
  };
  bool Optional = stdTemplate(Ty, "optional") || stdTemplate(Ty, "expected");
  if (Op == OO_Star || Op == OO_Arrow || Name == "get" || Name == "value" ||
      (H.Model && Listed(H.Model->Get))) {
    // *h and h-> lead to the object; the result holds what the handle holds.
    // (An optional's are the handle itself, which is the same place here.)
    Results[S.Expr] = Optional && S.Expr->isGLValue() ? addressOf(P)
                                                      : Operand::value(P);
    return true;
  }
  if (isa<CXXConversionDecl>(M) || Name == "has_value" || Name == "valid") {
    if (M->getReturnType()->isBooleanType())
      Results[S.Expr] = Operand::truth({P, Cmp::NE, 0});
    else
      Results[S.Expr] = Operand::value(P);
    return true;
  }
  // What the model says of a name goes before the name.
  bool ByName = Name == "release" &&
                !(H.Model && (Listed(H.Model->Put) || !H.Model->Release.empty()));
  if (ByName || (H.Model && Listed(H.Model->Release))) {
    Fact &F = emit(FactKind::Move, S.Expr);
    F.Dst = S.Ret;
    F.Src = Operand::value(P);
    return true;
  }
  bool InObject = T.Places[P].Kind == PlaceKind::Field;
  if (Name == "reset" || Op == OO_Equal || (H.Model && Listed(H.Model->Put))) {
    const Expr *New = S.Args.empty() ? nullptr : S.Args[0];
    // A put may be told from where it is called: nothing new to hold.
    if (New && H.Model && Listed(H.Model->Put) && !New->getType()->isPointerType() &&
        !New->getType()->isNullPtrType() && !handleOf(New->getType(), place(New)).Is)
      New = nullptr;
    if (H.Shared && Name == "reset" && S.Args.size() > 1)
      keepDeleter(S.Args[1], S.Expr);
    // Moving a handle onto itself aside, the old lease goes first.
    dropHandle(P, H, S.Expr, NoSite, false);
    PlaceId From = New && !New->getType()->isPointerType() && !New->getType()->isNullPtrType()
                       ? place(New)
                       : NoPlace;
    Operand O = New && From == NoPlace ? operand(New) : Operand::constant(0);
    if (From != NoPlace) {
      if (auto It = Deleters.find(From); It != Deleters.end()) {
        const FunctionDecl *Deleter = It->second;
        Deleters[P] = Deleter;
      }
      Fact &F = emit(H.Shared ? FactKind::Copy : FactKind::Move, S.Expr);
      F.Dst = P;
      F.Src = Operand::value(From);
    } else if (H.Shared && O.Is == Operand::Value) {
      emit(FactKind::Store, S.Expr).Src = O;
      emit(FactKind::Assign, S.Expr).Dst = P;
    } else if (!New && H.Model && !H.Model->Puts) {
      Fact &Empty = emit(FactKind::Assign, S.Expr);
      Empty.Dst = P;
      Empty.Src = Operand::constant(0);
    } else if (!New && !InObject) {
      // Empty, and still a name: looking through it is a use after the put.
    } else if (InObject && O.Is == Operand::Constant) {
      emit(FactKind::Reset, S.Expr).Dst = P;
    } else {
      Fact &F = emit(O.Is == Operand::Value || O.Is == Operand::Address
                         ? FactKind::Copy
                         : FactKind::Assign,
                     S.Expr);
      F.Dst = P;
      F.Src = O;
    }
    Results[S.Expr] = addressOf(P);
    return true;
  }
  if (Name == "swap" && S.Args.size() == 1) {
    if (PlaceId Q = place(S.Args[0]); Q != NoPlace) {
      Fact &F = emit(FactKind::Swap, S.Expr);
      F.Dst = P;
      F.Src = Operand::value(Q);
    }
    return true;
  }
  // One that is the object itself is used by whatever does more than ask it.
  bool Asks = M->isConst() && S.Args.empty() && M->getReturnType()->isBooleanType();
  if (H.Model && !H.Model->Puts && !H.Deletes && !Asks)
    emit(FactKind::Use, S.Expr).Src = Operand::value(P);
  return false;
}

} // namespace pooltidy
