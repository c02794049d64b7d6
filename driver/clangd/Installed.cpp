//===- Installed.cpp - the files that the server needs --------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "clangd/Installed.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;
using Text = llvm::SmallString<128>;

namespace pooltidy::clangd {
namespace {

/// \p Relative below the directory that holds `bin/` and this program.
Text installed(const llvm::Twine &Relative) {
  // By address: the name in argv[0] may be a link or relative.
  static const std::string Program = fs::getMainExecutable(
      nullptr, reinterpret_cast<void *>(&resourceDirectory));
  Text Path = path::parent_path(path::parent_path(Program));
  path::append(Path, Relative);
  return Path;
}

std::string toUri(llvm::StringRef Path) {
  std::string Uri = "file://";
  for (unsigned char C : Path)
    if (llvm::isAlnum(C) || llvm::StringRef("/-._~").contains(C))
      Uri += C;
    else
      Uri += "%" + llvm::utohexstr(C, /*LowerCase=*/false, /*Width=*/2);
  return Uri;
}

} // namespace

std::string resourceDirectory() {
  Text Beside = installed("lib/clang/" + llvm::Twine(LLVM_VERSION_MAJOR));
  for (llvm::StringRef Each : {Beside.str(), llvm::StringRef(POOL_TIDY_RESOURCE_DIR)})
    if (fs::is_directory(Each + "/include"))
      return Each.str();
  return {};
}

std::string pageUri(llvm::StringRef Slug) {
  static const std::string Pages = [] {
    Text Beside = installed(POOL_TIDY_DOC_DIR "/docs/checks");
    return fs::is_directory(Beside) ? Beside.str().str()
                                    : POOL_TIDY_SOURCE_DIR "/docs/checks";
  }();
  std::string Page = Pages + "/" + Slug.str() + ".md";
  return fs::exists(Page) ? toUri(Page) : std::string();
}

} // namespace pooltidy::clangd
