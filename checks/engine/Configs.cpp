//===- Configs.cpp - option values that the code sets ---------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Configs.h"
#include "ConfigObjects.h"
#include "../model/Names.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Basic/TargetInfo.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace pooltidy {

namespace {

class Collector : public RecursiveASTVisitor<Collector> {
  using Base = RecursiveASTVisitor<Collector>;

public:
  Collector(ASTContext &Context, const std::vector<model::ConfigRule> &Rules)
      : Context(Context), Sources(Context.getSourceManager()), Rules(Rules),
        Objects(Context, this->Rules) {}

  bool mayFindAny() const { return Rules.mayOccurIn(Context); }
  std::vector<Config> take() { return Objects.take(); }

  bool shouldVisitTemplateInstantiations() const { return true; }

  // ---- where the walk goes: branches, loops and handlers may not run
  bool TraverseDecl(Decl *D) {
    if (!D || (!isa<TranslationUnitDecl>(D) &&
               Sources.isInSystemHeader(D->getLocation())))
      return true;
    const auto *F = dyn_cast<FunctionDecl>(D);
    if (!F || isLambda(*F))
      return Base::TraverseDecl(D);
    if (F->isDependentContext())
      return true;
    return Objects.inFunction(F, [&] { return Base::TraverseDecl(D); });
  }
  bool TraverseIfStmt(IfStmt *S) {
    return TraverseStmt(S->getInit()) &&
           TraverseStmt(S->getConditionVariableDeclStmt()) &&
           TraverseStmt(S->getCond()) && maybe(S->getThen()) &&
           maybe(S->getElse());
  }
  bool TraverseConditionalOperator(ConditionalOperator *C) {
    return TraverseStmt(C->getCond()) && maybe(C->getTrueExpr()) &&
           maybe(C->getFalseExpr());
  }
  bool TraverseWhileStmt(WhileStmt *S) { return maybeAll(&Base::TraverseWhileStmt, S); }
  bool TraverseForStmt(ForStmt *S) {
    return TraverseStmt(S->getInit()) && maybe(S->getCond()) &&
           maybe(S->getBody()) && maybe(S->getInc());
  }
  bool TraverseCXXForRangeStmt(CXXForRangeStmt *S) {
    return maybeAll(&Base::TraverseCXXForRangeStmt, S);
  }
  bool TraverseSwitchStmt(SwitchStmt *S) {
    return TraverseStmt(S->getCond()) && maybe(S->getBody());
  }
  bool VisitSwitchCase(SwitchCase *) {
    Objects.nextBranch(); // what follows replaces nothing of the case above
    return true;
  }
  bool TraverseCXXCatchStmt(CXXCatchStmt *S) {
    return maybeAll(&Base::TraverseCXXCatchStmt, S);
  }
  bool TraverseLambdaExpr(LambdaExpr *L) {
    for (Expr *Init : L->capture_inits())
      TraverseStmt(Init);
    return maybe(L->getBody());
  }

  // ---- objects begin
  bool VisitVarDecl(VarDecl *V) {
    const Expr *Init = V->getInit();
    if (isa<ParmVarDecl>(V) || V->getType()->isDependentType())
      return true;
    const CXXRecordDecl *R = V->getType()->getAsCXXRecordDecl();
    const model::ConfigRule *Rule = R ? Rules.ofType(*R) : nullptr;
    if (!Rule || V->isCXXForRangeDecl() || isa<DecompositionDecl>(V))
      return true;
    begin(Objects.keyOf(*V), *Rule, *R, V->getLocation(), Init ? bare(*Init) : nullptr);
    return true;
  }
  bool VisitInitListExpr(InitListExpr *L) {
    // As written or as understood: the walk shows either.
    const InitListExpr *Meant = L->isSemanticForm() ? L : L->getSemanticForm();
    return !Meant || temporary(Meant);
  }
  bool VisitCXXParenListInitExpr(CXXParenListInitExpr *L) { return temporary(L); }
  bool VisitCXXConstructExpr(CXXConstructExpr *C) {
    const CXXConstructorDecl &D = *C->getConstructor();
    if (D.isCopyOrMoveConstructor()) {
      // A copy has a life of its own, in which more may be set.
      if (!Arguments.contains(C) && C->getNumArgs())
        Objects.handOn(*C->getArg(0));
      return true;
    }
    temporary(C);
    arguments(D, {C->getArgs(), C->getNumArgs()}, C->getBeginLoc(), D.getParent());
    passAll(&D, D.getType()->getAs<FunctionProtoType>(),
            {C->getArgs(), C->getNumArgs()}, D.getParent());
    return true;
  }

  // ---- values are set
  bool VisitBinaryOperator(BinaryOperator *B) {
    if (B->isAssignmentOp())
      assign(*B->getLHS(), B->getOpcode() == BO_Assign ? B->getRHS() : nullptr,
             B->getOperatorLoc());
    return true;
  }
  bool VisitUnaryOperator(UnaryOperator *U) {
    if (U->isIncrementDecrementOp())
      assign(*U->getSubExpr(), nullptr, U->getOperatorLoc());
    else if (U->getOpcode() == UO_AddrOf && !Arguments.contains(U))
      Objects.forget(*U->getSubExpr());
    return true;
  }
  bool VisitCallExpr(CallExpr *C) {
    if (C->isTypeDependent())
      return true;
    const FunctionDecl *F = C->getDirectCallee();
    llvm::ArrayRef<const Expr *> Args(C->getArgs(), C->getNumArgs());
    if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(C)) {
      if (Op->isAssignmentOp()) {
        assign(*Args[0], Op->getOperator() == OO_Equal ? Args[1] : nullptr,
               Op->getOperatorLoc());
        return true;
      }
      const auto *M = dyn_cast_or_null<CXXMethodDecl>(F);
      if (M && M->isInstance() && !M->isConst() && !isAccess(Op->getOperator()))
        Objects.forget(*Args[0]);
      if (M && M->isInstance() && !Args.empty())
        Args = Args.drop_front();
    } else if (const auto *M = dyn_cast<CXXMemberCallExpr>(C)) {
      if (member(*M))
        return true;
    }
    if (F && isMove(*F))
      return true;
    const auto *Proto = F ? F->getType()->getAs<FunctionProtoType>()
                          : calleeType(*C);
    const CXXRecordDecl *Made = F ? madeBy(*F) : nullptr;
    passAll(F, Proto, Args, Made);
    if (F)
      arguments(*F, Args, C->getBeginLoc(), nullptr);
    if (Made)
      makes(*Made, Args, C->getBeginLoc());
    return true;
  }
  bool VisitReturnStmt(ReturnStmt *S) {
    if (const Expr *E = S->getRetValue())
      Objects.handOn(*E);
    return true;
  }

private:
  static bool isLambda(const FunctionDecl &F) {
    const auto *M = dyn_cast<CXXMethodDecl>(&F);
    return M && M->getParent()->isLambda();
  }
  static bool isMove(const FunctionDecl &F) {
    return F.isInStdNamespace() && F.getIdentifier() &&
           (F.getName() == "move" || F.getName() == "forward");
  }
  static bool isAccess(OverloadedOperatorKind K) {
    return K == OO_Arrow || K == OO_Star || K == OO_Subscript;
  }
  static const FunctionProtoType *calleeType(const CallExpr &C) {
    QualType T = C.getCallee()->getType();
    if (T->isPointerType() || T->isReferenceType())
      T = T->getPointeeType();
    return T->getAs<FunctionProtoType>();
  }

  template <typename Walk> bool inBranch(Walk Do) {
    return Objects.inBranch(Do);
  }
  bool maybe(Stmt *S) {
    return !S || inBranch([&] { return TraverseStmt(S); });
  }
  template <typename S>
  bool maybeAll(bool (Base::*Traverse)(S *, DataRecursionQueue *), S *Node) {
    return inBranch([&] { return (this->*Traverse)(Node, nullptr); });
  }

  bool isUnchanged(const VarDecl &V) const { return Objects.isUnchanged(V); }

  SettingValue valueOf(const Expr &E, bool Explicit = true) {
    return {numberOf(E, Context,
                     [&](const VarDecl &V) { return isUnchanged(V); }),
            Sources.getExpansionLoc(E.getBeginLoc()), Explicit};
  }

  /// An object of the class \p R starts with what \p Init gives it.
  void begin(const ObjectKey &Key, const model::ConfigRule &Rule,
             const CXXRecordDecl &R, SourceLocation Loc, const Expr *Init) {
    if (Init)
      Begun.insert(Init);
    Objects.begin(Key, Rule, R, Loc, startOf(Rule, R, Init));
  }

  /// What \p Init makes of the settings; none when they come from elsewhere.
  std::optional<SettingValues> startOf(const model::ConfigRule &Rule,
                                       const CXXRecordDecl &R,
                                       const Expr *Init) {
    SettingValues Start(Rule.Settings.size());
    llvm::ArrayRef<Expr *> Inits;
    if (const auto *L = dyn_cast_or_null<InitListExpr>(Init))
      Inits = L->inits();
    else if (const auto *L = dyn_cast_or_null<CXXParenListInitExpr>(Init))
      Inits = L->getInitExprs();
    else {
      const auto *C = dyn_cast_or_null<CXXConstructExpr>(Init);
      if (!C || C->getNumArgs())
        return std::nullopt;
      // A constructor with a body of its own sets what it likes.
      if (!C->getConstructor()->isUserProvided())
        for (const FieldDecl *F : R.fields())
          if (int At = Rules.memberOf(*F, Rule); At >= 0 && F->getInClassInitializer())
            Start[At].push_back(valueOf(*F->getInClassInitializer(), false));
      return Start;
    }
    size_t Next = R.isAggregate() ? R.getNumBases() : 0;
    for (const FieldDecl *F : R.fields()) {
      if (F->isUnnamedBitField())
        continue;
      if (Next >= Inits.size())
        break;
      const Expr *E = Inits[Next++];
      int At = Rules.memberOf(*F, Rule);
      if (At < 0 || !E)
        continue;
      bool Default = isa<CXXDefaultInitExpr, ImplicitValueInitExpr>(E);
      Start[At].push_back(isa<ImplicitValueInitExpr>(E)
                              ? SettingValue{Constant{}, F->getLocation(), false}
                              : valueOf(*bareDefault(E), !Default));
    }
    return Start;
  }
  static const Expr *bareDefault(const Expr *E) {
    const auto *D = dyn_cast<CXXDefaultInitExpr>(E);
    return D && D->getExpr() ? D->getExpr() : E;
  }

  /// An options object without a name.
  bool temporary(const Expr *E) {
    const CXXRecordDecl *R = E->getType()->getAsCXXRecordDecl();
    const model::ConfigRule *Rule = R ? Rules.ofType(*R) : nullptr;
    if (Rule && Begun.insert(E).second)
      begin(Objects.keyOf(*E), *Rule, *R, E->getBeginLoc(), E);
    return true;
  }

  /// `To = Value`; null for a value that is not known.
  void assign(const Expr &To, const Expr *Value, SourceLocation Loc) {
    if (auto S = Objects.settingAt(To)) {
      SettingValue V{std::nullopt, Sources.getExpansionLoc(Loc), true};
      Objects.set(*S, Value ? valueOf(*Value) : V);
      return;
    }
    Objects.forget(To);
    const CXXRecordDecl *R = To.getType()->getAsCXXRecordDecl();
    const model::ConfigRule *Rule = R ? Rules.ofType(*R) : nullptr;
    if (!Rule || !Value)
      return;
    const Expr *From = bare(*Value);
    if (auto Start = startOf(*Rule, *R, From)) {
      Begun.insert(From);
      Objects.setAll(To, *Rule, *R, *Start);
    }
  }

  /// A member call: a setter, or one that may change the object. True for a
  /// setter.
  bool member(const CXXMemberCallExpr &C) {
    const CXXMethodDecl *M = C.getMethodDecl();
    const Expr *On = C.getImplicitObjectArgument();
    if (!M || !On)
      return false;
    if (auto S = Objects.setterAt(C)) {
      if (C.getNumArgs())
        Objects.set(*S, valueOf(*C.getArg(0)));
      return true;
    }
    if (!M->isConst() && !M->isStatic())
      Objects.forget(*On);
    return false;
  }

  /// What a call, which makes an object of the class \p Made if any, does to the
  /// objects that it is given.
  void passAll(const FunctionDecl *F, const FunctionProtoType *Proto,
               llvm::ArrayRef<const Expr *> Args, const CXXRecordDecl *Made) {
    for (unsigned I = 0; I < Args.size(); ++I) {
      const Expr *Arg = bare(*Args[I]);
      if (const auto *Copy = dyn_cast<CXXConstructExpr>(Arg);
          Copy && Copy->getNumArgs() &&
          Copy->getConstructor()->isCopyOrMoveConstructor()) {
        Arguments.insert(Copy);
        Objects.use(*Copy->getArg(0), Made);
        continue;
      }
      QualType To = Proto && I < Proto->getNumParams() ? Proto->getParamType(I)
                                                       : QualType();
      bool Changes = To.isNull() && Arg->isLValue() && !F;
      if (!To.isNull() && (To->isReferenceType() || To->isPointerType()))
        Changes = !To->getPointeeType().isConstQualified() &&
                  !To->isRValueReferenceType() &&
                  !(F && isForwarded(*F, I));
      if (const auto *U = dyn_cast<UnaryOperator>(Arg);
          U && U->getOpcode() == UO_AddrOf && !Changes) {
        Arguments.insert(U);
        Arg = U->getSubExpr();
      }
      Changes ? Objects.forget(*Arg) : Objects.use(*Arg, Made);
    }
  }

  /// True for a parameter `T &&` of a template: it is handed on as it is.
  static bool isForwarded(const FunctionDecl &F, unsigned I) {
    const FunctionDecl *P = F.getTemplateInstantiationPattern();
    if (!P || !P->getNumParams())
      return false;
    QualType T = P->getParamDecl(std::min(I, P->getNumParams() - 1))->getType();
    if (const auto *Pack = T->getAs<PackExpansionType>())
      T = Pack->getPattern();
    const auto *R = T->getAs<RValueReferenceType>();
    return R && R->getPointeeType()->isTemplateTypeParmType() &&
           !R->getPointeeType().hasQualifiers();
  }

  /// Settings that are arguments of \p F.
  void arguments(const FunctionDecl &F, llvm::ArrayRef<const Expr *> Args,
                 SourceLocation Loc, const CXXRecordDecl *Made) {
    for (const model::ConfigRule *Rule : Rules.ofCall(F))
      Objects.add(callConfig(*Rule, F, Args, Loc, Made));
  }

  /// The class that `make_unique<Pool>(…)` makes an object of.
  static const CXXRecordDecl *madeBy(const FunctionDecl &F) {
    const auto *Types = F.getTemplateSpecializationArgs();
    if (!F.getIdentifier() || !F.getName().starts_with("make") || !Types ||
        !Types->size() || Types->get(0).getKind() != TemplateArgument::Type)
      return nullptr;
    const auto *Made = Types->get(0).getAsType()->getAsCXXRecordDecl();
    return Made && Made->hasDefinition() ? Made : nullptr;
  }
  /// It gives the constructor its arguments.
  void makes(const CXXRecordDecl &Made, llvm::ArrayRef<const Expr *> Args,
             SourceLocation Loc) {
    for (const CXXConstructorDecl *C : Made.ctors())
      if (!C->isCopyOrMoveConstructor() &&
          C->getMinRequiredArguments() <= Args.size() &&
          Args.size() <= C->getNumParams()) {
        arguments(*C, Args, Loc, &Made);
        return;
      }
  }

  Config callConfig(const model::ConfigRule &Rule, const FunctionDecl &F,
                    llvm::ArrayRef<const Expr *> Args, SourceLocation Loc,
                    const CXXRecordDecl *Made) {
    Config C;
    C.Rule = &Rule;
    C.Loc = Sources.getExpansionLoc(Loc);
    C.Type = Made ? static_cast<const NamedDecl *>(Made) : &F;
    C.Values.resize(Rule.Settings.size());
    std::vector<TextEntry> Keys;
    const StringLiteral *Text = nullptr;
    if (Rule.Text >= 0 && unsigned(Rule.Text) < Args.size())
      Text = textOf(*Args[Rule.Text],
                    [&](const VarDecl &V) { return isUnchanged(V); });
    if (Text)
      Keys = Rule.Format == model::ConfigRule::Json
                 ? jsonEntries(Text->getString())
                 : uriEntries(Text->getString());
    for (const auto &[S, Into] : llvm::zip(Rule.Settings, C.Values)) {
      if (S.Argument < 0) {
        for (const TextEntry &E : Keys)
          if (llvm::StringRef(E.Key).equals_insensitive(S.Name))
            Into = {{numberIn(E.Value, S.Unit), placeIn(*Text, E.At), true}};
        if (const Expr *Value = afterOption(S.Option, Args))
          Into = {inUnit(valueOf(*Value), S.Unit)};
        continue;
      }
      if (unsigned(S.Argument) >= Args.size()) {
        if (unsigned(S.Argument) < F.getNumParams() &&
            F.getParamDecl(S.Argument)->hasInit())
          Into.push_back(valueOf(*F.getParamDecl(S.Argument)->getInit(), false));
        continue;
      }
      const Expr *Arg = Args[S.Argument];
      const auto *Default = dyn_cast<CXXDefaultArgExpr>(Arg);
      Into.push_back(inUnit(Default ? valueOf(*Default->getExpr(), false)
                                    : valueOf(*Arg),
                            S.Unit));
    }
    // Of a text that is not known, nothing is known to be missing.
    C.Whole = Rule.Text < 0 || (Text && (!Keys.empty() || Rule.Format == model::ConfigRule::Uri));
    return C;
  }

  /// The argument behind the enumerator \p Option, of pairs of option and value.
  static const Expr *afterOption(llvm::StringRef Option,
                                 llvm::ArrayRef<const Expr *> Args) {
    for (unsigned I = 0; !Option.empty() && I + 1 < Args.size(); ++I)
      if (const auto *D = dyn_cast<DeclRefExpr>(bare(*Args[I]));
          D && model::nameOf(D->getDecl()) == Option)
        return Args[I + 1];
    return nullptr;
  }

  /// A plain number as the time that it stands for.
  static SettingValue inUnit(SettingValue V, double Unit) {
    if (V.Is && !V.Is->IsTime && Unit) {
      V.Is->Number *= Unit;
      V.Is->IsTime = true;
    }
    return V;
  }

  /// The place of one character of a literal, or the literal's own.
  SourceLocation placeIn(const StringLiteral &Text, unsigned At) {
    SourceLocation Begin = Text.getBeginLoc();
    if (Begin.isMacroID() || At >= Text.getByteLength())
      return Sources.getExpansionLoc(Begin);
    return Sources.getExpansionLoc(Text.getLocationOfByte(
        At, Sources, Context.getLangOpts(), Context.getTargetInfo()));
  }

  ASTContext &Context;
  const SourceManager &Sources;
  ConfigRules Rules;
  ConfigObjects Objects;
  llvm::SmallPtrSet<const Expr *, 16> Begun;     ///< initialisers with an object
  llvm::SmallPtrSet<const Expr *, 16> Arguments; ///< copies made for a call
};

} // namespace

std::vector<Config>
collectConfigs(ASTContext &Context,
               const std::vector<model::ConfigRule> &Rules) {
  Collector C(Context, Rules);
  if (!C.mayFindAny())
    return {};
  for (Decl *D : Context.getTraversalScope())
    C.TraverseDecl(D);
  return C.take();
}

} // namespace pooltidy
