//===- FillLevel.h - who asks how full a pool is ----------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_ENGINE_FILLLEVEL_H
#define POOLTIDY_ENGINE_FILLLEVEL_H

#include "Transfer.h"
#include "llvm/ADT/DenseSet.h"

namespace pooltidy {

/// What is known of how full one pool is, and which branches ask it.
class FillLevel {
public:
  /// \p Pools are the names of the one pool.
  FillLevel(Transfer &T, const FunctionFacts &Function, PlaceTable &Places,
            llvm::ArrayRef<PlaceId> Pools);

  /// All names of the pool that are known here.
  llvm::ArrayRef<PlaceId> names() const { return Pools; }

  /// True when in each round from \p Start on a branch asks the pool before
  /// control comes to \p Put, and one of its answers leads past it, or a call waits
  /// until the pool answers so.
  bool decides(BlockId Start, FactRef Put) const;

  /// True when after each \p Put in the loop of \p Header a branch asks the pool
  /// before the next round begins, and one of its answers leaves the loop.
  bool ends(BlockId Header, BlockId Put,
            llvm::function_ref<bool(BlockId)> InLoop) const;

private:
  bool tells(PlaceId P) const;
  bool asks(BlockId B) const;
  bool waits(BlockId B, FactRef Put) const;
  bool isPool(const Operand &O) const;
  void named(PlaceId P);
  void alias(const Fact &F);
  PlaceId behindOf(PlaceId P, PlaceId Pointer) const;
  void note(const Fact &F);
  bool leads(BlockId From, BlockId To, BlockId Start, BlockId Test) const;

  Transfer &T;
  const FunctionFacts &Function;
  PlaceTable &Places;
  llvm::SmallVector<PlaceId, 4> Pools;
  llvm::DenseSet<PlaceId> Told;
};

} // namespace pooltidy

#endif
