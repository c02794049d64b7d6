//===- Finalizers.h - pooled types whose end does something -----*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_FINALIZERS_H
#define POOLTIDY_FINALIZERS_H

#include "Analysis.h"
#include "model/Actions.h"

namespace pooltidy {

/// What happens to an object of a pool when a lease ends: what its resets do,
/// and what the pool's put does with it.
struct LeaseEnd {
  std::vector<model::Action> Done;
  /// Whose bodies were read.
  std::vector<const clang::FunctionDecl *> Resets, Puts;
  bool Unseen = false;    ///< there is a reset whose body is elsewhere
};
LeaseEnd leaseEnd(const Analysis &A, const PooledType &P,
                  model::ActionReader &Reader);

/// Reads actions of the objects in the pools of \p A.
model::ActionReader actionReader(const Analysis &A);

/// True for pools whose objects live longer than a lease and that own nothing
/// but values: objects of pools that construct and destroy each time have no
/// finalizer question, nor have resources and memory.
bool keepsObjects(const model::Pool &Family);

/// How sure a finding about the end of objects is, for a lease that ends as
/// \p End.
Confidence sureOf(const PooledType &P, const LeaseEnd &End);

/// A pooled type whose destruction does what no end of a lease does.
struct Finalizer {
  const PooledType *Of = nullptr;
  std::vector<model::Action> Actions; ///< in the order in which they were met
  Confidence Sure = Confidence::Definite;
  bool Blocks = false; ///< one of them does
};
std::vector<Finalizer> finalizers(const Analysis &A);

} // namespace pooltidy

#endif
