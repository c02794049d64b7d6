//===- Fixes.cpp - writes fixes into the sources --------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "cli/Fixes.h"
#include "clang/Tooling/Core/Replacement.h"
#include "llvm/Support/FileOutputBuffer.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"
#include <map>

using clang::tooling::Replacement;
using clang::tooling::Replacements;

namespace pooltidy::cli {
namespace {

using Changes = std::map<std::string, Replacements>;

/// Adds the fixes of one finding; false, and nothing added, when one of them
/// overlaps what is there.
bool add(const render::Finding &F, Changes &All) {
  Changes With;
  for (const render::Fix &Fix : F.Fixes) {
    auto [At, New] = With.try_emplace(Fix.File);
    if (New)
      At->second = All[Fix.File];
    if (llvm::Error E = At->second.add(
            Replacement(Fix.File, Fix.Offset, Fix.Length, Fix.Text))) {
      llvm::consumeError(std::move(E));
      return false;
    }
  }
  for (auto &[File, Replaced] : With)
    All[File] = std::move(Replaced);
  return true;
}

/// Writes one changed file, over a new one so that it is never half there.
std::string rewrite(const std::string &File, const Replacements &Changed) {
  auto Before = llvm::MemoryBuffer::getFile(File);
  if (!Before)
    return File + ": " + Before.getError().message();
  auto After =
      clang::tooling::applyAllReplacements((*Before)->getBuffer(), Changed);
  if (!After)
    return File + ": " + llvm::toString(After.takeError());
  // A link is written through, not replaced.
  llvm::SmallString<256> Real;
  if (llvm::sys::fs::real_path(File, Real))
    Real = File;
  llvm::Error E = llvm::writeToOutput(Real, [&](llvm::raw_ostream &Out) {
    Out << *After;
    return llvm::Error::success();
  });
  return E ? File + ": " + llvm::toString(std::move(E)) : "";
}

} // namespace

FixResult applyFixes(llvm::ArrayRef<render::Finding> Findings) {
  FixResult Result;
  Changes All;
  for (const render::Finding &F : Findings)
    if (!F.Fixes.empty())
      ++(add(F, All) ? Result.Applied : Result.Conflicts);
  for (const auto &[File, Changed] : All)
    if (!Changed.empty())
      if (std::string Why = rewrite(File, Changed); !Why.empty())
        Result.Errors.push_back(std::move(Why));
  return Result;
}

} // namespace pooltidy::cli
