//===- Tu.h - a small translation unit to ask about -------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef TESTS_MODEL_TU_H
#define TESTS_MODEL_TU_H

#include "model/Classifier.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Frontend/ASTUnit.h"
#include "clang/Tooling/Tooling.h"
#include <gtest/gtest.h>

namespace pooltidy::model {

/// Parses some code and finds its declarations and calls by name.
class Tu {
public:
  explicit Tu(llvm::StringRef Code, ModelSet Set = {},
              llvm::StringRef File = "input.cpp")
      : Models(std::move(Set)),
        Ast(clang::tooling::buildASTFromCodeWithArgs(
            Code,
            {File.ends_with(".c") ? "-std=c11" : "-std=c++20",
             "-Wno-everything"},
            File)) {
    EXPECT_FALSE(Ast->getDiagnostics().hasErrorOccurred());
    Classes = std::make_unique<Classifier>(Models, Ast->getASTContext());
  }

  Classifier &classes() { return *Classes; }

  /// The first declaration of a function of that name that has \p Parameters,
  /// or any number.
  const clang::FunctionDecl *function(llvm::StringRef Name,
                                      int Parameters = -1) {
    Finder Find;
    Find.Name = Name;
    Find.Parameters = Parameters;
    Find.TraverseDecl(Ast->getASTContext().getTranslationUnitDecl());
    EXPECT_TRUE(Find.Function) << "no function " << Name.str();
    return Find.Function;
  }

  const clang::CXXRecordDecl *record(llvm::StringRef Name) {
    Finder Find;
    Find.Name = Name;
    Find.TraverseDecl(Ast->getASTContext().getTranslationUnitDecl());
    EXPECT_TRUE(Find.Record) << "no class " << Name.str();
    return Find.Record;
  }

  const clang::FieldDecl *field(llvm::StringRef Class, llvm::StringRef Name) {
    for (const clang::FieldDecl *F : record(Class)->getDefinition()->fields())
      if (F->getName() == Name)
        return F;
    return nullptr;
  }

  /// What the calls in \p Function go to, in source order.
  std::vector<const clang::FunctionDecl *> calls(llvm::StringRef Function) {
    Finder Find;
    Find.TraverseStmt(this->function(Function)->getBody());
    return Find.Callees;
  }

  const CallMeaning &call(llvm::StringRef Name, int Parameters = -1) {
    return Classes->classify(*function(Name, Parameters));
  }
  const TypeMeaning &type(llvm::StringRef Name) {
    return Classes->classify(*record(Name));
  }
  bool isPoolCode(llvm::StringRef Name, const Pool *Of = nullptr) {
    return Classes->isPoolCode(*function(Name), Of);
  }

private:
  struct Finder : clang::RecursiveASTVisitor<Finder> {
    llvm::StringRef Name;
    int Parameters = -1;
    const clang::FunctionDecl *Function = nullptr;
    const clang::CXXRecordDecl *Record = nullptr;
    std::vector<const clang::FunctionDecl *> Callees;

    bool shouldVisitTemplateInstantiations() const { return true; }
    bool shouldVisitImplicitCode() const { return true; }
    bool VisitFunctionDecl(clang::FunctionDecl *F) {
      if (!Function && modelName(*F) == Name &&
          (Parameters < 0 || F->getNumParams() == unsigned(Parameters)))
        Function = F->isDefined() && !F->getDescribedFunctionTemplate()
                       ? F->getDefinition()
                       : F;
      return true;
    }
    bool VisitCXXRecordDecl(clang::CXXRecordDecl *R) {
      if (!Record && R->hasDefinition() && modelName(*R) == Name)
        Record = R;
      return true;
    }
    bool VisitCallExpr(clang::CallExpr *C) {
      if (const clang::FunctionDecl *F = C->getDirectCallee())
        Callees.push_back(F);
      return true;
    }
  };

  ModelSet Models;
  std::unique_ptr<clang::ASTUnit> Ast;
  std::unique_ptr<Classifier> Classes;
};

/// An operation whose object is the result (acquire) or an argument (put).
inline Operation gives(std::string Call) {
  Operation Op;
  Op.Call = std::move(Call);
  Op.Object = {Slot::Return, 0, false};
  return Op;
}
inline Operation takes(std::string Call, unsigned Index = 0) {
  Operation Op;
  Op.Call = std::move(Call);
  Op.Object = {Slot::Argument, Index, false};
  return Op;
}
inline Pool family(std::string Name, std::string Type = "",
                   std::vector<Operation> Acquire = {},
                   std::vector<Operation> Put = {}) {
  Pool P;
  P.Name = std::move(Name);
  P.Type = std::move(Type);
  P.Acquire = std::move(Acquire);
  P.Put = std::move(Put);
  P.Source = "test model";
  return P;
}

} // namespace pooltidy::model

#endif
