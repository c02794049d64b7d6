//===- CallNames.cpp - what a call is called ------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "CallNames.h"
#include "../model/Shapes.h"
#include "Types.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace pooltidy {

std::string firstWord(StringRef Name) {
  Name = Name.ltrim('_');
  std::string Word;
  for (size_t I = 0; I < Name.size(); ++I) {
    char C = Name[I];
    if (!isalpha(C) || (I > 0 && isupper(C) && !isupper(Name[I - 1])))
      break;
    Word += char(tolower(C));
  }
  return Word;
}

bool isFillName(StringRef Name) {
  return llvm::StringSwitch<bool>(firstWord(Name))
      .Cases("append", "push", "emplace", "insert", "add", "put", true)
      .Cases("write", "fill", "set", "assign", "store", "load", true)
      .Cases("encode", "serialize", "format", "print", "fprintf", true)
      .Cases("parse", "decode", "copy", "update", "resize", "read", true)
      .Cases("sprintf", "snprintf", "memcpy", "memmove", "strcpy", true)
      .Cases("strncpy", "strcat", "strncat", "fread", "recv", "getline", true)
      .Cases("render", "build", "populate", "increment", "merge", true)
      .Default(false);
}

bool isAddName(StringRef Name) {
  return llvm::StringSwitch<bool>(Name)
      .Cases("push", "push_back", "push_front", "push_range", true)
      .Cases("insert", "insert_after", "insert_range", "insert_range_after", true)
      .Cases("emplace", "emplace_back", "emplace_front", "emplace_after", true)
      .Cases("emplace_hint", "try_emplace", "insert_or_assign", true)
      .Cases("append_range", "prepend_range", "assign_range", true)
      .Cases("assign", "fill", "resize", "store", "exchange", true)
      .Cases("compare_exchange_strong", "compare_exchange_weak", true)
      .Cases("set_value", "reset", true)
      .Default(false);
}

bool isCopyName(StringRef Name) {
  return llvm::StringSwitch<bool>(Name)
      .Cases("fill", "fill_n", "uninitialized_fill", "uninitialized_fill_n", true)
      .Cases("replace", "replace_if", "replace_copy", "replace_copy_if", true)
      .Default(false);
}

bool isLookName(StringRef Name) {
  return llvm::StringSwitch<bool>(Name)
      .Cases("begin", "end", "rbegin", "rend", "data", "at", true)
      .Cases("front", "back", "find", "lower_bound", "upper_bound", true)
      .Cases("get", "value", "c_str", "equal_range", "top", true)
      .Cases("lock", "unlock", "try_lock", "reserve", "shrink_to_fit", true)
      .Case("request_stop", true)
      .Default(false);
}

bool isStdRecord(const CXXRecordDecl *R) { return R && R->isInStdNamespace(); }

bool isForwarded(const FunctionDecl &F, unsigned I) {
  const FunctionTemplateDecl *Template = F.getPrimaryTemplate();
  if (!Template)
    return false;
  while (const FunctionTemplateDecl *Of = Template->getInstantiatedFromMemberTemplate())
    Template = Of;
  const FunctionDecl &Pattern = *Template->getTemplatedDecl();
  // A pack stands for as many parameters as the others leave.
  unsigned Extra = F.getNumParams() - std::min(F.getNumParams(),
                                               Pattern.getNumParams());
  unsigned At = 0;
  for (const ParmVarDecl *P : Pattern.parameters()) {
    QualType Ty = P->getType();
    const auto *Pack = Ty->getAs<PackExpansionType>();
    if (Pack)
      Ty = Pack->getPattern();
    At += 1;
    if (Pack && F.getNumParams() >= Pattern.getNumParams())
      At += Extra;
    if (I >= At)
      continue;
    const auto *Ref = Ty->getAs<RValueReferenceType>();
    const auto *Own =
        Ref ? Ref->getPointeeTypeAsWritten()->getAs<TemplateTypeParmType>() : nullptr;
    return Own && !Ref->getPointeeTypeAsWritten().hasQualifiers() &&
           Own->getDepth() ==
               Template->getTemplateParameters()->getDepth();
  }
  return false;
}

/// True when an object of \p R can be called, or its template arguments tell of
/// something that can: `_Bind<void (Pool::*(Pool *))(Item *)>`.
static bool tellsOfCalls(const CXXRecordDecl *R, unsigned Depth = 0) {
  if (!R || Depth > 4)
    return false;
  if (!isStdRecord(R))
    return R->hasDefinition() && llvm::any_of(R->methods(), [](auto *M) {
             return M->getOverloadedOperator() == OO_Call;
           });
  const auto *S = dyn_cast<ClassTemplateSpecializationDecl>(R);
  return S && llvm::any_of(model::typeArguments(*S), [&](QualType Each) {
           Each = Each.getNonReferenceType();
           return Each->isFunctionType() || Each->isFunctionPointerType() ||
                  Each->isMemberPointerType() ||
                  tellsOfCalls(Each->getAsCXXRecordDecl(), Depth + 1);
         });
}

bool callsOurs(const FunctionDecl &F) {
  const auto *M = dyn_cast<CXXMethodDecl>(&F);
  return M && M->getOverloadedOperator() == OO_Call && isStdRecord(M->getParent()) &&
         tellsOfCalls(M->getParent());
}

bool mayAnswerWith(const FunctionDecl &F, QualType P) {
  QualType Answer = F.getReturnType();
  if (Answer->isReferenceType())
    return plain(Answer) == plain(P);
  const auto *S = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Answer->getAsCXXRecordDecl());
  return S && llvm::any_of(model::typeArguments(*S), [&](QualType Each) {
           return Each->isReferenceType() && plain(Each) == plain(P);
         });
}

} // namespace pooltidy
