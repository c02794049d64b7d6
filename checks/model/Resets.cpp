//===- Resets.cpp - what makes an object as good as new ---------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "ClassifierImpl.h"
#include "Names.h"
#include "Shapes.h"

using namespace clang;
using llvm::StringRef;

namespace pooltidy::model {

namespace {

using WordsRef = llvm::ArrayRef<std::string>;

/// True when \p R has a field `name_`, or tells of one by `name()`, `get_name()`
/// or `set_name()`.
bool hasPart(const CXXRecordDecl &R, WordsRef Part) {
  auto Is = [&](StringRef Name, std::initializer_list<StringRef> Before) {
    Words W = splitWords(Name);
    WordsRef Ref(W);
    if (Ref.size() > 1 && llvm::is_contained(Before, Ref[0]))
      Ref = Ref.drop_front();
    return Ref == Part;
  };
  for (const FieldDecl *F : R.fields())
    if (Is(F->getName(), {"m", "my"}))
      return true;
  // `reset_state()` means all of it, whatever `state()` answers.
  if (Part.size() == 1 && (Part[0] == "state" || Part[0] == "all"))
    return false;
  return llvm::any_of(R.methods(), [&](const CXXMethodDecl *M) {
    return M->getIdentifier() && Is(M->getName(), {"get", "set", "has"});
  });
}

/// `clear_name()` resets a part of its object, and `clear_name_and_size()` two.
bool isPartReset(const CXXMethodDecl &M) {
  Words Of = splitWords(M.getName());
  const CXXRecordDecl *R = M.getParent()->getDefinition();
  if (Of.size() < 2 || !R || std::distance(R->field_begin(), R->field_end()) < 2)
    return false;
  WordsRef Rest = WordsRef(Of).drop_front();
  while (!Rest.empty()) {
    WordsRef Part = Rest.take_while([](const std::string &W) { return W != "and"; });
    if (!hasPart(*R, Part))
      return false;
    Rest = Rest.drop_front(std::min(Rest.size(), Part.size() + 1));
  }
  return true;
}

bool saysReset(const CXXMethodDecl &M) {
  return readMarks(M).Reset || readReinitializes(M);
}

bool modelSaysReset(const CXXMethodDecl &M, const TypeRule *Rule) {
  return Rule && M.getIdentifier() &&
         llvm::is_contained(Rule->Reset, M.getName());
}

bool nameSaysReset(const CXXMethodDecl &M) {
  return M.getIdentifier() && M.isInstance() && !M.isConst() &&
         isResetName(M.getName()) && !isPartReset(M);
}

/// `buffer_reset(Buffer *)`: in C the verb comes last.
bool isTrailingReset(StringRef Name) {
  Words W = splitWords(Name);
  return W.size() > 1 && (W.back() == "reset" || W.back() == "clear" ||
                          W.back() == "wipe" || W.back() == "reinit");
}

bool takesOneObject(const FunctionDecl &F) {
  if (F.getNumParams() != 1 || F.isVariadic())
    return false;
  QualType To = F.getParamDecl(0)->getType()->getPointeeType();
  return !To.isNull() && !To.isConstQualified() && !To->isFunctionType();
}

bool isCallable(const CXXMethodDecl &M) {
  return M.isInstance() && !M.isImplicit() && !M.isDeleted() && !M.isConst() &&
         M.getAccess() != AS_private && M.getAccess() != AS_protected &&
         M.getMinRequiredArguments() == 0 && !M.isOverloadedOperator();
}

} // namespace

bool Classifier::Impl::computeReset(const FunctionDecl &F) {
  const CallMeaning &M = call(F);
  if (M.What != Role::None)
    return M.What == Role::Reset;
  const auto *Method = dyn_cast<CXXMethodDecl>(&F);
  if (!Method) {
    if (!F.getIdentifier() || !takesOneObject(F))
      return readMarks(F).Reset;
    return readMarks(F).Reset || isResetName(F.getName()) ||
           isTrailingReset(F.getName());
  }
  if (saysReset(*Method) ||
      modelSaysReset(*Method, type(*Method->getParent()).Rule))
    return true;
  if (Method->isStatic())
    return Method->getIdentifier() && takesOneObject(F) &&
           isResetName(F.getName());
  if (nameSaysReset(*Method) ||
      (Method->getIdentifier() && Method->getNumParams() == 0 &&
       !Method->isConst() &&
       (Method->getName() == "init" || Method->getName() == "Init" ||
        Method->getName() == "initialize" ||
        Method->getName() == "Initialize")))
    return true;
  return llvm::any_of(
      Method->overridden_methods(),
      [&](const CXXMethodDecl *Over) { return computeReset(*Over); });
}

bool Classifier::isReset(const FunctionDecl &F) {
  const FunctionDecl *Key = F.getCanonicalDecl();
  if (auto It = I->Resets.find(Key); It != I->Resets.end())
    return It->second;
  bool Answer = I->computeReset(*Key);
  I->Resets[Key] = Answer;
  return Answer;
}

const CXXMethodDecl *Classifier::resetMethod(const CXXRecordDecl &R) {
  const CXXRecordDecl *Definition = R.getDefinition();
  if (!Definition)
    return nullptr;
  const TypeRule *Rule = I->type(R).Rule;
  // What the code or a model says beats what a name says.
  for (bool Said : {true, false}) {
    const CXXMethodDecl *Only = nullptr;
    bool Several = false;
    for (const CXXMethodDecl *M : Definition->methods()) {
      if (!isCallable(*M) ||
          !(Said ? saysReset(*M) || modelSaysReset(*M, Rule)
                 : nameSaysReset(*M) && I->call(*M).What == Role::None))
        continue;
      if (!Only)
        Only = M;
      else if (Only->getDeclName() != M->getDeclName())
        Several = true;
      else if (M->getNumParams() == 0)
        Only = M;
    }
    if (Several)
      return nullptr;
    if (Only)
      return Only;
  }
  for (const CXXBaseSpecifier &B : Definition->bases()) {
    if (B.getAccessSpecifier() != AS_public)
      continue;
    if (const CXXRecordDecl *Base = recordOf(B.getType()))
      if (const CXXMethodDecl *M = resetMethod(*Base))
        return M;
  }
  return nullptr;
}

const Pool *Classifier::pooledIn(const CXXRecordDecl &R) {
  // Functions that only a declaration is seen of may be annotated too.
  if (!I->AnnotatedSeen) {
    I->AnnotatedSeen = true;
    I->forEachUserDecl([&](const NamedDecl &D) {
      if (const auto *F = dyn_cast<FunctionDecl>(&D); F && F->hasAttrs())
        I->call(*F);
    });
  }
  std::string Name = modelName(R);
  if (const Pool *P = I->Index.objectOf(Name))
    return I->toldByBodies(P);
  for (const Pool &P : I->Families)
    if (P.Source == "attribute" && P.Object == Name)
      return &P;
  return nullptr;
}

bool Classifier::isKept(const FieldDecl &F) {
  if (readMarks(F).Keep)
    return true;
  const auto *R = dyn_cast<CXXRecordDecl>(F.getParent());
  if (!R) {
    const TypeRule *Rule = I->Index.type(modelName(*F.getParent())).Rule;
    return Rule && llvm::is_contained(Rule->Keep, F.getName());
  }
  if (const CXXRecordDecl *P = patternOf(*R); P != R)
    for (const FieldDecl *Same : P->fields())
      if (Same->getFieldIndex() == F.getFieldIndex() &&
          readMarks(*Same).Keep)
        return true;
  const TypeRule *Rule = I->type(*R).Rule;
  return Rule && llvm::is_contained(Rule->Keep, F.getName());
}

} // namespace pooltidy::model
