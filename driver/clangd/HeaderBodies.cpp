//===- HeaderBodies.cpp - function bodies of the user's headers -----------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// clangd compiles the headers that a file begins with once, into a preamble,
// and skips the bodies of their functions. Whether a pool resets what it takes
// back, or what a helper does with an object, stands in such bodies, so those
// outside system headers are kept. Of system headers no front end looks at
// bodies.
//
//===----------------------------------------------------------------------===//
#include "clangd/ClangdVersion.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/PrecompiledPreamble.h"
#include "llvm/Support/VirtualFileSystem.h"

using namespace clang;

namespace pooltidy::clangd {
namespace {

/// Does what clangd does, except that it wants bodies.
class WithBodies : public PreambleCallbacks {
public:
  explicit WithBodies(PreambleCallbacks &Clangds) : Clangds(Clangds) {}

  bool shouldSkipFunctionBody(Decl *D) override {
    const SourceManager &Sources = D->getASTContext().getSourceManager();
    return Sources.isInSystemHeader(D->getLocation()) &&
           Clangds.shouldSkipFunctionBody(D);
  }

  void BeforeExecute(CompilerInstance &CI) override {
    Clangds.BeforeExecute(CI);
  }
  void AfterExecute(CompilerInstance &CI) override { Clangds.AfterExecute(CI); }
  void AfterPCHEmitted(ASTWriter &Writer) override {
    Clangds.AfterPCHEmitted(Writer);
  }
  void HandleTopLevelDecl(DeclGroupRef Group) override {
    Clangds.HandleTopLevelDecl(Group);
  }
  std::unique_ptr<PPCallbacks> createPPCallbacks() override {
    return Clangds.createPPCallbacks();
  }
  CommentHandler *getCommentHandler() override {
    return Clangds.getCommentHandler();
  }

private:
  PreambleCallbacks &Clangds;
};

} // namespace

using Files = llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>;
using Containers = std::shared_ptr<PCHContainerOperations>;

llvm::ErrorOr<PrecompiledPreamble>
clangdBuild(const CompilerInvocation &Invocation,
            const llvm::MemoryBuffer *MainFile, PreambleBounds Bounds,
            PreambleDiagnostics Diagnostics, Files In, Containers Operations,
            bool StoreInMemory, llvm::StringRef StoragePath,
            PreambleCallbacks &Callbacks)
    POOLTIDY_ORIGINAL(POOLTIDY_BUILD_PREAMBLE);

llvm::ErrorOr<PrecompiledPreamble>
build(const CompilerInvocation &Invocation, const llvm::MemoryBuffer *MainFile,
      PreambleBounds Bounds, PreambleDiagnostics Diagnostics, Files In,
      Containers Operations, bool StoreInMemory, llvm::StringRef StoragePath,
      PreambleCallbacks &Callbacks) POOLTIDY_WRAPPER(POOLTIDY_BUILD_PREAMBLE);

llvm::ErrorOr<PrecompiledPreamble>
build(const CompilerInvocation &Invocation, const llvm::MemoryBuffer *MainFile,
      PreambleBounds Bounds, PreambleDiagnostics Diagnostics, Files In,
      Containers Operations, bool StoreInMemory, llvm::StringRef StoragePath,
      PreambleCallbacks &Callbacks) {
  WithBodies Ours(Callbacks);
  return clangdBuild(Invocation, MainFile, Bounds,
                     static_cast<PreambleDiagnostics &&>(Diagnostics),
                     std::move(In), std::move(Operations), StoreInMemory,
                     StoragePath, Ours);
}

} // namespace pooltidy::clangd
