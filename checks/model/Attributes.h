//===- Attributes.h - what attributes say -----------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Reads `[[clang::annotate("pool::…")]]` and clang's own attributes for
// handles, ownership and reinitialisation off one declaration.
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_MODEL_ATTRIBUTES_H
#define POOLTIDY_MODEL_ATTRIBUTES_H

#include "Classifier.h"
#include <optional>

namespace pooltidy::model {

/// The `pool::` annotations of one declaration.
struct Marks {
  bool Acquire = false, Put = false, Reset = false, Keep = false;
  bool IsPool = false, NotAPool = false, LongLived = false;
  std::optional<Kind> What; ///< of `pool::pool("kind")`
  std::optional<Convention> Resets; ///< of `pool::convention("word")`
};
/// All redeclarations and the template that \p D was made from count.
Marks readMarks(const clang::Decl &D);

/// An operation that attributes tell of, and what puts it into a family.
struct AttributeOp {
  Role What = Role::None;
  Operation Op;
  enum Source {
    Annotation, ///< the class, or for a free function the object's type
    Handle,     ///< the tag of acquire_handle and its like
    Ownership   ///< the module of ownership_returns and its like
  } From = Annotation;
  std::string Tag;
  clang::QualType Object; ///< canonical type of the object; null when unknown
};
std::optional<AttributeOp> readOperation(const clang::FunctionDecl &F);

/// The argument (from 0) that `ownership_holds` says \p F takes, else -1.
int readHolds(const clang::FunctionDecl &F);
/// True when \p F or its pattern has the `reinitializes` attribute.
bool readReinitializes(const clang::FunctionDecl &F);

} // namespace pooltidy::model

#endif
