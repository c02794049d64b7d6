//===- Actions.cpp - what bodies do beside memory ---------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "ActionWords.h"
#include "ActionsImpl.h"
#include "Shapes.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;
using llvm::StringRef;

namespace pooltidy::model {

/// Members of members that are told apart.
static constexpr unsigned MaxPath = 6;

/// Bodies that are entered one from another.
static constexpr unsigned MaxDepth = 6;

bool areOfOnePart(const Action &A, const Action &B) {
  if (A.Member != B.Member)
    return false;
  size_t Common = std::min(A.Path.size(), B.Path.size());
  return llvm::ArrayRef(A.Path).take_front(Common) ==
         llvm::ArrayRef(B.Path).take_front(Common);
}

bool isDoneBy(const Action &A, llvm::ArrayRef<Action> Done) {
  return llvm::any_of(Done, [&](const Action &D) {
    if (A.ByMember && D.Kind == ActionKind::Renew)
      return !D.Member || areOfOnePart(A, D);
    if (A.Kind != D.Kind)
      return false;
    if (A.Member && D.Member)
      return A.Member == D.Member;
    return A.What && D.What &&
           A.What->getCanonicalDecl() == D.What->getCanonicalDecl();
  });
}

ActionReader::ActionReader(Classifier &Classes,
                           llvm::ArrayRef<const FunctionDecl *> Elsewhere)
    : I(std::make_unique<Impl>(Classes, Elsewhere)) {}
ActionReader::ActionReader(ActionReader &&) noexcept = default;
ActionReader::~ActionReader() = default;

void ActionReader::Impl::begin(const CXXRecordDecl &Object) {
  Out = {};
  Through.clear();
  Entered.clear();
  Starters.clear();
  Holding.clear();
  Asked = &Object;
  ByType = Destroying = Once = false;
}

/// One declaration for a template's member and those of what is made of it, as
/// some bodies are read as instantiated and some as they are written.
static const FieldDecl *memberKey(const FieldDecl &F) {
  if (const auto *R = dyn_cast<CXXRecordDecl>(F.getParent()))
    if (const CXXRecordDecl *P = patternOf(*R); P != R && P->getDefinition())
      for (const FieldDecl *Same : P->getDefinition()->fields())
        if (Same->getFieldIndex() == F.getFieldIndex())
          return Same->getCanonicalDecl();
  return F.getCanonicalDecl();
}

Actions ActionReader::method(const CXXMethodDecl &M) {
  I->begin(*M.getParent());
  I->Out.Seen = I->read(M, self(), {});
  return std::move(I->Out);
}

Actions ActionReader::function(const FunctionDecl &F, unsigned Index,
                               const CXXRecordDecl &Object) {
  I->begin(Object);
  llvm::SmallVector<Origin, 4> Arguments(Index + 1);
  Arguments[Index] = self();
  I->Out.Seen = I->read(F, {}, Arguments);
  return std::move(I->Out);
}

Actions ActionReader::ownersEnd(const CXXRecordDecl &Owner,
                                const CXXRecordDecl &Object) {
  I->begin(Object);
  const CXXRecordDecl *R = Owner.getDefinition();
  const CXXDestructorDecl *D = R ? R->getDestructor() : nullptr;
  if (!D)
    return {};
  for (const FieldDecl *F : R->fields()) {
    Shape S = shapeOfResult(F->getType());
    const CXXRecordDecl *To = S ? recordOf(S.Object) : nullptr;
    if (To && To->getCanonicalDecl() == Object.getCanonicalDecl())
      I->Holding.insert(memberKey(*F));
  }
  I->Out.Seen = I->read(*D, {}, {});
  I->Out.Unseen = false;
  return std::move(I->Out);
}

Actions ActionReader::user(const FunctionDecl &F, const CXXRecordDecl &Object) {
  I->begin(Object);
  I->ByType = true;
  I->Out.Seen = I->read(F, {}, {});
  return std::move(I->Out);
}

bool ActionReader::Impl::isByType(QualType T) const {
  if (!ByType || T.isNull() || T->isDependentType())
    return false;
  Shape S = shapeOfResult(T.getNonReferenceType());
  const CXXRecordDecl *R = S ? recordOf(S.Object) : nullptr;
  R = R ? R->getDefinition() : nullptr;
  return R && (R == Asked->getDefinition() || Asked->isDerivedFrom(R));
}

bool ActionReader::Impl::isUserCode(const Decl &D) const {
  const SourceManager &SM = D.getASTContext().getSourceManager();
  SourceLocation Loc = SM.getExpansionLoc(D.getLocation());
  return Loc.isValid() && !SM.isInSystemHeader(Loc);
}

Action *ActionReader::Impl::add(ActionKind Kind, const Origin &To,
                                const NamedDecl *What, SourceLocation Loc,
                                const Pool *Family) {
  // What is started once goes on from lease to lease, by design.
  if (Once && (Kind == ActionKind::Start || Kind == ActionKind::Renew))
    return nullptr;
  for (const Action &A : Out.All)
    if (A.Kind == Kind && A.Loc == Loc && A.Member == To.Member &&
        A.Path == To.Path)
      return nullptr;
  Action &A = Out.All.emplace_back();
  A.Kind = Kind;
  A.Member = To.Member;
  A.Path = To.Path;
  A.What = What;
  A.Family = Family;
  A.Loc = Loc;
  A.ByMember = ByMember && To.Member;
  A.Through.assign(Through.begin(), Through.end());
  return &A;
}

bool ActionReader::Impl::read(const FunctionDecl &F, Origin This,
                              llvm::ArrayRef<Origin> Arguments) {
  const FunctionDecl *Definition = nullptr;
  const Stmt *Body = bodyOf(F, Definition);
  if (!Body || !isUserCode(*Definition))
    return false;
  // By what it is about: the object that it is called on, or is given.
  Origin About = This || Arguments.empty() ? This : Arguments.front();
  if (Depth >= MaxDepth ||
      !Entered.insert({Definition, About.Is, About.lowest()}).second)
    return true;
  Frame Inner;
  Inner.This = This;
  Inner.Body = Body;
  for (unsigned P = 0; P < Arguments.size() && P < Definition->getNumParams(); ++P)
    if (Arguments[P])
      Inner.Variables[Definition->getParamDecl(P)] = Arguments[P];
  Frame *Outer = std::exchange(Now, &Inner);
  ++Depth;
  visit(Body);
  --Depth;
  Now = Outer;
  return true;
}

/// What a value of type \p T refers to ends with it.
static bool ownsWhatItShows(QualType T) {
  T = T.getNonReferenceType();
  if (T->isPointerType())
    return false;
  const CXXRecordDecl *R = recordOf(T);
  if (!R)
    return true;
  return !isStd(*R, "shared_ptr") && !isStd(*R, "weak_ptr") &&
         !isStd(*R, "reference_wrapper") && !isStd(*R, "span") &&
         !isStd(*R, "basic_string_view");
}

Origin ActionReader::Impl::memberOf(Origin Base, const FieldDecl &F) {
  if (!Base)
    return {};
  QualType T = F.getType();
  bool Owns = !T->isReferenceType() && ownsWhatItShows(T);
  if (Base.Is == Origin::Part) {
    Base.Owned &= Owns;
    Base.Raw = false;
    if (Base.Path.size() < MaxPath)
      Base.Path.push_back(memberKey(F));
    return Base;
  }
  Origin O;
  O.Is = Origin::Part;
  O.Member = memberKey(F);
  O.Owned = Owns;
  O.Raw = T->isPointerType();
  return O;
}

Origin ActionReader::Impl::originOf(const Expr *E) {
  if (!E)
    return {};
  E = E->IgnoreParenCasts()->IgnoreImplicit()->IgnoreParenCasts();
  if (isByType(E->getType()))
    return self();
  if (isa<CXXThisExpr>(E))
    return Now->This;
  if (const auto *R = dyn_cast<DeclRefExpr>(E)) {
    auto It = Now->Variables.find(R->getDecl());
    return It == Now->Variables.end() ? Origin() : It->second;
  }
  if (const auto *M = dyn_cast<MemberExpr>(E)) {
    const auto *F = dyn_cast<FieldDecl>(M->getMemberDecl());
    if (F && !Holding.empty() && Holding.contains(memberKey(*F)))
      return self();
    return F ? memberOf(originOf(M->getBase()), *F) : Origin();
  }
  if (const auto *U = dyn_cast<UnaryOperator>(E)) {
    if (U->getOpcode() == UO_Deref || U->getOpcode() == UO_AddrOf)
      return originOf(U->getSubExpr());
    return {};
  }
  if (const auto *A = dyn_cast<ArraySubscriptExpr>(E))
    return originOf(A->getBase());
  if (const auto *C = dyn_cast<ConditionalOperator>(E)) {
    Origin O = originOf(C->getTrueExpr());
    return O ? O : originOf(C->getFalseExpr());
  }
  if (const auto *C = dyn_cast<CXXConstructExpr>(E))
    return C->getNumArgs() == 1 ? originOf(C->getArg(0)) : Origin();
  if (const auto *M = dyn_cast<CXXDependentScopeMemberExpr>(E)) {
    Origin Base = M->isImplicitAccess() ? Now->This : originOf(M->getBase());
    const IdentifierInfo *Name = M->getMember().getAsIdentifierInfo();
    if (Base.Is == Origin::Self && Name && Asked)
      for (const FieldDecl *F : Asked->fields())
        if (F->getIdentifier() == Name)
          return memberOf(Base, *F);
    return {};
  }
  const auto *C = dyn_cast<CallExpr>(E);
  if (!C)
    return {};
  Origin O;
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(C)) {
    if (Op->getOperator() != OO_Arrow && Op->getOperator() != OO_Star &&
        Op->getOperator() != OO_Subscript)
      return {};
    O = originOf(Op->getArg(0));
  } else if (const auto *Member = dyn_cast<CXXMemberCallExpr>(C)) {
    const CXXMethodDecl *M = Member->getMethodDecl();
    // `shared_from_this()`, `list_.front()`, `owner().registry()`
    O = originOf(Member->getImplicitObjectArgument());
    if (M && M->getIdentifier() &&
        (M->getName() == "shared_from_this" || M->getName() == "weak_from_this"))
      return Now->This;
    if (!M || M->getReturnType()->isVoidType() ||
        M->getReturnType()->isArithmeticType())
      return {};
  } else {
    const FunctionDecl *F = C->getDirectCallee();
    if (!F || !F->isInStdNamespace() || C->getNumArgs() == 0)
      return {};
    O = originOf(C->getArg(0));
  }
  if (O.Is == Origin::Part && !ownsWhatItShows(E->getType())) {
    // `.get()` of an owner shows what it owns; an element that is a pointer is
    // somebody else's.
    const auto *Member = dyn_cast<CXXMemberCallExpr>(C);
    const CXXMethodDecl *M = Member ? Member->getMethodDecl() : nullptr;
    bool Shows = isa<CXXOperatorCallExpr>(C) &&
                 cast<CXXOperatorCallExpr>(C)->getOperator() == OO_Arrow;
    Shows |= M && M->getIdentifier() &&
             (M->getName() == "get" || M->getName() == "data" ||
              M->getName() == "release");
    O.Owned &= Shows;
    O.Raw = false;
  }
  return O;
}

/// A function of the standard library, or a member of a class of it.
static bool isOfStd(const FunctionDecl &F) {
  const auto *M = dyn_cast<CXXMethodDecl>(&F);
  return M ? M->getParent()->isInStdNamespace() : F.isInStdNamespace();
}

const FunctionDecl *ActionReader::Impl::starterIn(const Expr *E) {
  if (!E || isa<LambdaExpr>(E))
    return nullptr;
  const FunctionDecl *F = nullptr;
  if (const auto *C = dyn_cast<CXXConstructExpr>(E))
    F = C->getNumArgs() > 0 && !C->getConstructor()->isCopyOrMoveConstructor()
            ? C->getConstructor()
            : nullptr;
  else if (const auto *C = dyn_cast<CallExpr>(E))
    F = C->getDirectCallee();
  if (F)
    if (const FunctionRule *R = Classes.classify(*F).Rule;
        R && (R->StartsThread || R->Pending)) {
      Starters.insert(E);
      return F;
    }
  // `std::make_unique<std::thread>(work)`, `threads_.emplace_back(work)`
  if (const auto *C = dyn_cast<CallExpr>(E);
      C && F && F->getIdentifier() && C->getNumArgs() > 0 && isOfStd(*F)) {
    QualType Made = F->getReturnType().getNonReferenceType();
    llvm::SmallVector<QualType, 4> Kinds{Made, templateArgument(Made, 0)};
    // `threads_.emplace(id, work)` of a map
    if (const auto *M = dyn_cast<CXXMemberCallExpr>(C))
      Kinds.push_back(
          templateArgument(M->getImplicitObjectArgument()->getType(), 1));
    for (QualType T : Kinds) {
      const CXXRecordDecl *R = T.isNull() ? nullptr : recordOf(T);
      if (!R || !R->hasDefinition() || !R->isInStdNamespace() ||
          (!F->getName().starts_with("make_") &&
           !F->getName().starts_with("emplace")))
        continue;
      for (const Decl *D : R->decls()) {
        if (const auto *Template = dyn_cast<FunctionTemplateDecl>(D))
          D = Template->getTemplatedDecl();
        const auto *Constructor = dyn_cast<CXXConstructorDecl>(D);
        const FunctionRule *Rule =
            Constructor ? Classes.classify(*Constructor).Rule : nullptr;
        if (Rule && Rule->StartsThread)
          return Constructor;
      }
    }
  }
  for (const Stmt *Child : E->children())
    if (const auto *Inner = dyn_cast_or_null<Expr>(Child))
      if (const FunctionDecl *Found = starterIn(Inner))
        return Found;
  return nullptr;
}

void ActionReader::Impl::visitAssignment(const Expr &To, const Expr &From,
                                         SourceLocation Loc) {
  Origin O = originOf(&To);
  const Expr *Left = To.IgnoreParenImpCasts();
  if (const auto *D = dyn_cast<DeclRefExpr>(Left);
      D && !O && isa<ParmVarDecl>(D->getDecl()) &&
      D->getDecl()->getType()->isReferenceType())
    handedOut(&From);
  if (O.Is == Origin::Self) {
    if (!isa<DeclRefExpr>(Left)) // `*this = T();`
      add(ActionKind::Renew, {}, nullptr, Loc);
    return;
  }
  if (O.Is != Origin::Part)
    return;
  if (const FunctionDecl *Starter = starterIn(&From))
    add(ActionKind::Start, O, Starter, Loc);
  // A pointer that leads elsewhere from here on changes nothing.
  if (const auto *R = dyn_cast<DeclRefExpr>(Left);
      R && !R->getDecl()->getType()->isReferenceType())
    return;
  const auto *M = dyn_cast<MemberExpr>(Left);
  if (!M)
    return renewed(O, Loc);
  // `prev_->next_ = next_;`: the object leaves a chain of its kind.
  const auto *Base = dyn_cast<MemberExpr>(M->getBase()->IgnoreParenImpCasts());
  if (Base && originOf(Base->getBase()).Is == Origin::Self &&
      Base->getType()->isPointerType()) {
    const CXXRecordDecl *Next = recordOf(Base->getType()->getPointeeType());
    const auto *Holder =
        dyn_cast<CXXRecordDecl>(Base->getMemberDecl()->getDeclContext());
    if (Next && Holder &&
        Next->getCanonicalDecl() == Holder->getCanonicalDecl() &&
        originOf(&From).Is == Origin::Part)
      add(ActionKind::Unregister, O, Base->getMemberDecl(), Loc);
    return;
  }
  renewed(O, Loc);
}

void ActionReader::Impl::renewed(const Origin &O, SourceLocation Loc) {
  add(ActionKind::Renew, O, nullptr, Loc);
  if (isStopFlag(O.lowest()->getName()))
    add(ActionKind::Stop, {}, nullptr, Loc);
}

void ActionReader::Impl::countedUp(const Expr &E, SourceLocation Loc) {
  if (Origin O = originOf(&E);
      O.Is == Origin::Part && isStopFlag(O.lowest()->getName()))
    add(ActionKind::Stop, {}, nullptr, Loc);
}

void ActionReader::Impl::visitLock(const ValueDecl &Mutex, Origin O,
                                   SourceLocation Loc) {
  const HeldAcross &Held = Mutexes.heldAcross(Mutex);
  if (!Held.Callee)
    return;
  if (Action *A = add(ActionKind::Block, O, &Mutex, Loc)) {
    A->Because = Held.Callee;
    A->BecauseLoc = Held.Loc;
  }
}

/// `return thread;`, `return std::move(thread);`
static bool isReturned(const VarDecl &V, const Stmt *In) {
  if (!In || isa<LambdaExpr>(In))
    return false;
  if (const auto *R = dyn_cast<ReturnStmt>(In); R && R->getRetValue()) {
    const auto *D = dyn_cast<DeclRefExpr>(sameObject(R->getRetValue()));
    if (D && D->getDecl() == &V)
      return true;
  }
  return llvm::any_of(In->children(),
                      [&](const Stmt *S) { return isReturned(V, S); });
}

void ActionReader::Impl::handedOut(const Expr *Made) {
  const CXXRecordDecl *Given = recordOf(Made->getType());
  if (!Given)
    return;
  auto Before = Starters;
  const FunctionDecl *Starter = starterIn(Made);
  const auto *Constructor = dyn_cast_or_null<CXXConstructorDecl>(Starter);
  const CXXRecordDecl *Runs = Constructor ? Constructor->getParent()
                              : Starter   ? recordOf(Starter->getReturnType())
                                          : nullptr;
  auto Is = [&](const CXXRecordDecl *R) {
    return R && Runs && R->getCanonicalDecl() == Runs->getCanonicalDecl();
  };
  // A thread, a future, or an owner of one; not what else may have it.
  QualType Held = templateArgument(Made->getType(), 0);
  if (!Is(Given) && (Held.isNull() || !Is(recordOf(Held))))
    Starters = std::move(Before);
}

void ActionReader::Impl::visitVariable(const VarDecl &V) {
  if (const Expr *Init = V.getInit())
    if (Origin O = originOf(Init))
      Now->Variables[&V] = O;
  // A local jthread is joined where it ends.
  const CXXRecordDecl *R = recordOf(V.getType());
  if (R && R->hasDefinition() && R->getDestructor() && V.getInit())
    if (const FunctionRule *Rule = Classes.classify(*R->getDestructor()).Rule;
        Rule && Rule->Waits)
      starterIn(V.getInit());
  if (V.getInit() && isReturned(V, Now->Body))
    handedOut(V.getInit());
  if (const ValueDecl *Mutex = mutexOf(V))
    visitLock(*Mutex, {}, V.getLocation());
  // `Joiner guard(*job);` is a part of who has it.
  if (ByType && R && R->hasDefinition() && R->getDestructor() && isUserCode(*R))
    read(*R->getDestructor(), {}, {});
}

void ActionReader::Impl::visit(const Stmt *S) {
  if (!S || isa<UnaryExprOrTypeTraitExpr>(S))
    return;
  if (const auto *L = dyn_cast<LambdaExpr>(S)) {
    if (ByType)
      visit(L->getBody());
    return;
  }
  if (const auto *D = dyn_cast<DeclStmt>(S)) {
    for (const Decl *Each : D->decls())
      if (const auto *V = dyn_cast<VarDecl>(Each))
        visitVariable(*V);
  } else if (const auto *R = dyn_cast<CXXForRangeStmt>(S)) {
    if (Origin O = originOf(R->getRangeInit())) {
      if (!ownsWhatItShows(R->getLoopVariable()->getType()))
        O.Owned = false;
      Now->Variables[R->getLoopVariable()] = O;
    }
    visit(R->getInit());
    visit(R->getRangeInit());
    visit(R->getBody());
    return;
  } else if (const auto *R = dyn_cast<ReturnStmt>(S)) {
    if (R->getRetValue())
      handedOut(R->getRetValue());
  } else if (const auto *B = dyn_cast<BinaryOperator>(S)) {
    if (B->getOpcode() == BO_Assign)
      visitAssignment(*B->getLHS(), *B->getRHS(), B->getOperatorLoc());
  } else if (const auto *U = dyn_cast<UnaryOperator>(S)) {
    // `++generation_;`: what was started for another looks at it.
    if (U->isIncrementDecrementOp())
      countedUp(*U->getSubExpr(), U->getOperatorLoc());
  } else if (const auto *D = dyn_cast<CXXDeleteExpr>(S)) {
    Origin O = originOf(D->getArgument());
    // Whoever deletes it owns it. The object itself is another question.
    if (O.Is == Origin::Part && D->getDestroyedType()->isRecordType()) {
      O.Owned = true;
      bool Was = std::exchange(ByMember, true);
      destroyType(D->getDestroyedType(), O, nullptr);
      if (const auto *M = dyn_cast<MemberExpr>(
              D->getArgument()->IgnoreParenImpCasts()))
        if (const auto *Holder = dyn_cast<FieldDecl>(M->getMemberDecl()))
          destroyDerived(*Holder, D->getDestroyedType(), O);
      ByMember = Was;
      add(ActionKind::Renew, O, nullptr, D->getBeginLoc());
    }
  } else if (const auto *C = dyn_cast<CXXConstructExpr>(S)) {
    visitConstruction(*C);
  } else if (const auto *C = dyn_cast<CallExpr>(S)) {
    visitCall(*C);
  }
  for (const Stmt *Child : S->children())
    visit(Child);
}

} // namespace pooltidy::model
