//===- CallNames.h - what a call is called ----------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_ENGINE_CALLNAMES_H
#define POOLTIDY_ENGINE_CALLNAMES_H

#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

namespace pooltidy {

/// True for what stands in namespace std, or in one within it, `std::ranges`.
inline bool isWithinStd(const clang::Decl &D) {
  for (const clang::DeclContext *C = D.getDeclContext(); C; C = C->getParent())
    if (C->isStdNamespace())
      return true;
  return false;
}

/// The name by which \p F is called; that of the object for the likes of
/// `std::ranges::fill`, which are objects that are called.
inline llvm::StringRef calledName(const clang::FunctionDecl *F,
                                  const clang::Expr *This) {
  if (!F)
    return "";
  if (This && F->getOverloadedOperator() == clang::OO_Call)
    if (const auto *Ref =
            llvm::dyn_cast<clang::DeclRefExpr>(This->IgnoreParenImpCasts());
        Ref && isWithinStd(*Ref->getDecl()))
      return Ref->getDecl()->getName();
  return F->getIdentifier() ? F->getName() : "";
}

/// The call of `std::tie` that \p This is what is called on, or null: `tie(a, b) = t`.
inline const clang::CallExpr *tieAt(const clang::Expr *This) {
  const auto *Call =
      This ? llvm::dyn_cast<clang::CallExpr>(This->IgnoreUnlessSpelledInSource())
           : nullptr;
  return Call && calledName(Call->getDirectCallee(), nullptr) == "tie" ? Call
                                                                       : nullptr;
}

/// True for the functions of the C library that give their first argument back:
/// `memcpy(to, from, n)`, `strcpy(to, from)`.
inline bool returnsFirst(const clang::FunctionDecl &F) {
  if (!F.getIdentifier() ||
      !(F.getBuiltinID() || F.isExternC() || F.isInStdNamespace()))
    return false;
  llvm::StringRef Name = F.getName();
  Name.consume_front("__builtin_");
  if (Name.consume_front("__"))
    Name.consume_back("_chk");
  return llvm::is_contained({"memcpy", "memmove", "memset", "strcpy", "strncpy",
                             "strcat", "strncat", "wmemcpy", "wmemmove", "wmemset",
                             "wcscpy", "wcsncpy", "wcscat", "wcsncat"},
                            Name);
}

/// First word of a snake or camel name, lower case: `appendAll` → "append".
std::string firstWord(llvm::StringRef Name);

/// Callees named like one that fills or writes change what they are given.
bool isFillName(llvm::StringRef Name);

/// Members of standard types that keep what they are given.
bool isAddName(llvm::StringRef Name);

/// Functions of the library that leave copies of a value in a range.
bool isCopyName(llvm::StringRef Name);

/// Non-const members of standard types that only look.
bool isLookName(llvm::StringRef Name);

/// True for a class that stands in namespace std itself; not for null.
bool isStdRecord(const clang::CXXRecordDecl *R);

/// True where the parameter for argument \p I is a forwarding reference: `T &&` of
/// a function template, which takes an lvalue as what may be copied, where `T &`
/// asks for one to change.
bool isForwarded(const clang::FunctionDecl &F, unsigned I);

/// Functions of a library that call what the program gave them, as those of
/// std::function and of what std::bind answers: who looks at their declaration sees
/// nothing of what is called.
bool callsOurs(const clang::FunctionDecl &F);

/// True when what \p F answers may be the pointer that its parameter of type \p P
/// refers to: `const T &min(const T &, const T &)`, and `minmax`.
bool mayAnswerWith(const clang::FunctionDecl &F, clang::QualType P);

} // namespace pooltidy

#endif
