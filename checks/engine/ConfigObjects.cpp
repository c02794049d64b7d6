//===- ConfigObjects.cpp - options objects of one TU ----------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "ConfigObjects.h"
#include "../model/Classifier.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace pooltidy {

// ---- ConfigRules

static llvm::StringRef lastPart(llvm::StringRef Name) {
  size_t At = Name.rfind(':');
  return At == llvm::StringRef::npos ? Name : Name.drop_front(At + 1);
}

static llvm::StringRef plain(llvm::StringRef Name) {
  Name.consume_front("::");
  return Name;
}

ConfigRules::ConfigRules(const std::vector<model::ConfigRule> &All) {
  for (const model::ConfigRule &R : All) {
    if (!R.Type.empty())
      Types[lastPart(R.Type)].push_back(&R);
    for (const std::string &Name : R.Calls)
      Calls[lastPart(Name)].push_back({&R, plain(Name)});
  }
}

bool ConfigRules::mayOccurIn(const ASTContext &Context) const {
  auto Occurs = [&](const auto &Entry) {
    return Context.Idents.find(Entry.first()) != Context.Idents.end();
  };
  return llvm::any_of(Types, Occurs) || llvm::any_of(Calls, Occurs);
}

const model::ConfigRule *ConfigRules::ofType(const CXXRecordDecl &R) const {
  if (!R.getIdentifier())
    return nullptr;
  auto [It, New] = Known.try_emplace(R.getCanonicalDecl(), nullptr);
  if (!New)
    return It->second;
  auto Named = Types.find(R.getName());
  if (Named == Types.end())
    return nullptr;
  std::string Name = model::modelName(R);
  for (const model::ConfigRule *Rule : Named->second)
    if (plain(Rule->Type) == Name)
      return Known[R.getCanonicalDecl()] = Rule;
  return nullptr;
}

llvm::ArrayRef<const model::ConfigRule *>
ConfigRules::ofCall(const FunctionDecl &F) const {
  // A constructor is called like its class.
  llvm::StringRef Simple;
  if (const auto *C = dyn_cast<CXXConstructorDecl>(&F)) {
    if (C->getParent()->getIdentifier())
      Simple = C->getParent()->getName();
  } else if (F.getIdentifier())
    Simple = F.getName();
  auto Named = Calls.find(Simple);
  if (Named == Calls.end())
    return {};
  auto [It, New] = KnownCalls.try_emplace(F.getCanonicalDecl());
  if (New) {
    std::string Name =
        isa<CXXConstructorDecl>(F)
            ? model::modelName(*cast<CXXMethodDecl>(F).getParent()) +
                  "::" + Simple.str()
            : model::modelName(F);
    // The first model that speaks of a call answers; it may do so in parts.
    for (const Call &C : Named->second)
      if (C.Name == Name && (It->second.empty() ||
                             It->second.front()->Source == C.Rule->Source))
        It->second.push_back(C.Rule);
  }
  return It->second;
}

int ConfigRules::memberOf(const FieldDecl &F,
                          const model::ConfigRule &Rule) const {
  if (!F.getIdentifier())
    return -1;
  for (const model::Setting &S : Rule.Settings)
    if (S.Setter.empty() && F.getName() == S.Name)
      return &S - Rule.Settings.data();
  return -1;
}

// ---- ConfigObjects

ObjectKey ConfigObjects::keyOf(const VarDecl &V) const {
  if (V.getType()->isReferenceType() && V.isLocalVarDecl() && V.getInit())
    if (ObjectKey Key = keyOf(*V.getInit()); !Key.empty())
      return Key;
  // What outlives the function has another history in each.
  if (V.hasLocalStorage() || V.isStaticLocal())
    return {&V};
  return {Function, &V};
}

ObjectKey ConfigObjects::keyOf(const Expr &From) const {
  const Expr *E = bare(From);
  while (const auto *C = dyn_cast<CastExpr>(E))
    E = bare(*C->getSubExpr());
  if (const auto *R = dyn_cast<DeclRefExpr>(E)) {
    const auto *V = dyn_cast<VarDecl>(R->getDecl());
    return V ? keyOf(*V) : ObjectKey();
  }
  if (isa<CXXThisExpr>(E))
    return {Function};
  if (const auto *M = dyn_cast<MemberExpr>(E)) {
    const auto *F = dyn_cast<FieldDecl>(M->getMemberDecl());
    ObjectKey Key = F ? keyOf(*M->getBase()) : ObjectKey();
    if (!Key.empty())
      Key.push_back(F->getCanonicalDecl());
    return Key;
  }
  if (const auto *U = dyn_cast<UnaryOperator>(E))
    return U->getOpcode() == UO_Deref || U->getOpcode() == UO_AddrOf
               ? keyOf(*U->getSubExpr())
               : ObjectKey();
  if (const auto *C = dyn_cast<CXXMemberCallExpr>(E))
    // A setter gives its object back, so that calls can be chained.
    return setterAt(*C) && C->getType()->getAsCXXRecordDecl() &&
                   C->getImplicitObjectArgument()
               ? keyOf(*C->getImplicitObjectArgument())
               : ObjectKey();
  if (const auto *C = dyn_cast<CallExpr>(E)) {
    const FunctionDecl *F = C->getDirectCallee();
    bool Through =
        isa<CXXOperatorCallExpr>(C)
            ? cast<CXXOperatorCallExpr>(C)->getOperator() == OO_Arrow ||
                  cast<CXXOperatorCallExpr>(C)->getOperator() == OO_Star
            : F && F->isInStdNamespace() && F->getIdentifier() &&
                  (F->getName() == "move" || F->getName() == "forward");
    return Through && C->getNumArgs() ? keyOf(*C->getArg(0)) : ObjectKey();
  }
  if (isa<CXXConstructExpr, InitListExpr, CXXParenListInitExpr>(E))
    return {E};
  return {};
}

std::optional<ConfigObjects::Place>
ConfigObjects::settingAt(const Expr &From) const {
  const Expr *E = bare(From);
  // Another name of a setting: `auto &wait = options.wait;`, `*wait = 1;`
  const auto *Deref = dyn_cast<UnaryOperator>(E);
  bool Pointed = Deref && Deref->getOpcode() == UO_Deref;
  if (const auto *D = dyn_cast<DeclRefExpr>(
          Pointed ? bare(*Deref->getSubExpr()) : E)) {
    if (const auto *B = dyn_cast<BindingDecl>(D->getDecl()))
      return B->getBinding() ? settingAt(*B->getBinding()) : std::nullopt;
    const auto *V = dyn_cast<VarDecl>(D->getDecl());
    if (!V || !V->isLocalVarDecl() || !V->getInit() ||
        (Pointed ? !isUnchanged(*V) : !V->getType()->isReferenceType()))
      return std::nullopt;
    const Expr *Init = bare(*V->getInit());
    const auto *Address = dyn_cast<UnaryOperator>(Init);
    if (Pointed && Address && Address->getOpcode() == UO_AddrOf)
      return settingAt(*Address->getSubExpr());
    return Pointed ? std::nullopt : settingAt(*Init);
  }
  const auto *M = dyn_cast<MemberExpr>(E);
  const auto *F = M ? dyn_cast<FieldDecl>(M->getMemberDecl()) : nullptr;
  const auto *R = F ? dyn_cast<CXXRecordDecl>(F->getParent()) : nullptr;
  const model::ConfigRule *Rule = R ? Rules.ofType(*R) : nullptr;
  int At = Rule ? Rules.memberOf(*F, *Rule) : -1;
  if (At < 0)
    return std::nullopt;
  return Place{keyOf(*M->getBase()), Rule, R, unsigned(At)};
}

std::optional<ConfigObjects::Place>
ConfigObjects::setterAt(const CXXMemberCallExpr &C) const {
  const CXXMethodDecl *M = C.getMethodDecl();
  if (!M || !M->getIdentifier() || !C.getImplicitObjectArgument())
    return std::nullopt;
  const model::ConfigRule *Rule = Rules.ofType(*M->getParent());
  if (!Rule)
    return std::nullopt;
  for (const model::Setting &S : Rule->Settings)
    if (M->getName() == S.Setter)
      return Place{keyOf(*C.getImplicitObjectArgument()), Rule, M->getParent(),
                   unsigned(&S - Rule->Settings.data())};
  return std::nullopt;
}

ConfigObjects::Object &
ConfigObjects::objectAt(const ObjectKey &Key, const model::ConfigRule &Rule,
                        const CXXRecordDecl &R) {
  Object &O = Objects[Key];
  if (!O.What.Rule) {
    O.What.Rule = &Rule;
    O.What.Type = &R;
    O.What.Values.resize(Rule.Settings.size());
    O.Where.resize(Rule.Settings.size());
  }
  return O;
}

void ConfigObjects::begin(const ObjectKey &Key, const model::ConfigRule &Rule,
                          const CXXRecordDecl &R, SourceLocation Loc,
                          std::optional<SettingValues> Start) {
  Object &O = objectAt(Key, Rule, R);
  O.What.Loc = Context.getSourceManager().getExpansionLoc(Loc);
  O.Fresh = Start.has_value();
  if (Start)
    for (unsigned I = 0; I < Start->size(); ++I)
      // The calls of `T().set_a(1)` were met before the object itself.
      if (O.What.Values[I].empty())
        for (SettingValue &V : (*Start)[I])
          write(O, I, V);
}

void ConfigObjects::write(Object &O, unsigned Setting, SettingValue V) {
  const model::Setting &S = O.What.Rule->Settings[Setting];
  if (V.Is && !V.Is->IsTime && S.Unit) {
    V.Is->Number *= S.Unit;
    V.Is->IsTime = true;
  }
  auto &Values = O.What.Values[Setting];
  auto &Where = O.Where[Setting];
  // What was set in this branch, or in one inside it, holds no more.
  for (size_t I = Values.size(); I-- > 0;)
    if (Where[I].size() >= Path.size() &&
        std::equal(Path.begin(), Path.end(), Where[I].begin())) {
      Values.erase(Values.begin() + I);
      Where.erase(Where.begin() + I);
    }
  Values.push_back(V);
  Where.push_back(Path);
}

void ConfigObjects::set(const Place &P, SettingValue V) {
  if (!P.Key.empty())
    write(objectAt(P.Key, *P.Rule, *P.Class), P.Setting, V);
}

void ConfigObjects::setAll(const Expr &To, const model::ConfigRule &Rule,
                           const CXXRecordDecl &R,
                           const SettingValues &Values) {
  ObjectKey Key = keyOf(To);
  if (Key.empty())
    return;
  Object &O = objectAt(Key, Rule, R);
  for (unsigned I = 0; I < Values.size(); ++I)
    for (const SettingValue &V : Values[I])
      write(O, I, V);
}

template <typename Do>
void ConfigObjects::eachBelow(const ObjectKey &Key, Do Each) {
  for (auto It = Objects.lower_bound(Key);
       It != Objects.end() && It->first.size() >= Key.size() &&
       std::equal(Key.begin(), Key.end(), It->first.begin());
       ++It)
    Each(It->second);
}

void ConfigObjects::forget(const Expr &E) {
  ObjectKey Key = keyOf(E);
  if (Key.empty())
    return;
  if (const auto *R = dyn_cast<DeclRefExpr>(bare(E)))
    if (const auto *V = dyn_cast<VarDecl>(R->getDecl()))
      Changed.insert(V);
  if (auto S = settingAt(E)) {
    set(*S, {std::nullopt, E.getBeginLoc(), true});
    return;
  }
  eachBelow(Key, [&](Object &O) {
    if (!O.What.Rule)
      return;
    for (unsigned I = 0; I < O.What.Values.size(); ++I)
      write(O, I, {std::nullopt, E.getBeginLoc(), true});
  });
}

void ConfigObjects::use(const Expr &E, const CXXRecordDecl *Made) {
  const CXXRecordDecl *R = bare(E)->getType()->getAsCXXRecordDecl();
  ObjectKey Key = R && Rules.ofType(*R) ? keyOf(E) : ObjectKey();
  // A temporary is met as an argument before it is met as an object.
  if (Key.empty())
    return;
  Object &O = Objects[Key];
  O.Used = true;
  if (Made && !llvm::is_contained(O.What.Made, Made))
    O.What.Made.push_back(Made);
}

void ConfigObjects::handOn(const Expr &E) {
  if (ObjectKey Key = keyOf(E); !Key.empty())
    eachBelow(Key, [](Object &O) { O.HandedOn = true; });
}

std::vector<Config> ConfigObjects::take() {
  for (auto &[Key, O] : Objects) {
    O.What.Whole = O.Fresh && O.Used && !O.HandedOn;
    if (O.What.Rule)
      Done.push_back(std::move(O.What));
  }
  Objects.clear();
  return std::move(Done);
}

} // namespace pooltidy
