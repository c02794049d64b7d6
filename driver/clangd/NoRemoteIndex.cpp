//===- NoRemoteIndex.cpp - clangd without gRPC ----------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// clangd can ask an index on another machine, for which it needs gRPC, protobuf
// and some fifty libraries more. This stands in for the one function that it
// asks, as clangd does itself where it is built without: null is `no index`.
//
//===----------------------------------------------------------------------===//
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"
#include <memory>

namespace clang::clangd {

/// Only the virtual destructor is ours to know, and clangd has its body.
class SymbolIndex {
public:
  virtual ~SymbolIndex();
};

namespace remote {

std::unique_ptr<SymbolIndex> getClient(llvm::StringRef Address,
                                       llvm::StringRef) {
  llvm::errs() << "pool-clangd: no index is asked at " << Address
               << ": this clangd has no support for remote indexes\n";
  return nullptr;
}

} // namespace remote
} // namespace clang::clangd
