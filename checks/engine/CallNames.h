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

} // namespace pooltidy

#endif
