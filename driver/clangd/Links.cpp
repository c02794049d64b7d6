//===- Links.cpp - diagnostics lead to pages that exist -------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// clangd takes every check for one of clang-tidy's own and links to a page on
// its web site that there is none of. The link is put right in the JSON that
// goes to the editor, the only form of it that is no secret of clangd's.
//
//===----------------------------------------------------------------------===//
#include "Catalogue.h"
#include "clangd/ClangdVersion.h"
#include "clangd/Installed.h"
#include "llvm/Support/JSON.h"

namespace json = llvm::json;

// A type of clangd's: all we do is to pass it on.
namespace clang::clangd {
struct PublishDiagnosticsParams;
} // namespace clang::clangd

namespace pooltidy::clangd {

using Params = clang::clangd::PublishDiagnosticsParams;

json::Value clangdToJson(const Params &Diagnostics)
    POOLTIDY_ORIGINAL(POOLTIDY_DIAGNOSTICS_TO_JSON);
json::Value toJson(const Params &Diagnostics)
    POOLTIDY_WRAPPER(POOLTIDY_DIAGNOSTICS_TO_JSON);

static void relink(json::Object &Diagnostic) {
  auto Code = Diagnostic.getString("code");
  if (!Code)
    return;
  std::string Page;
  if (findCheck(*Code))
    Page = pageUri(*Code);
  else if (*Code != "clang-tidy-config") // an option's name, not a check's
    return;
  if (Page.empty())
    Diagnostic.erase("codeDescription");
  else
    Diagnostic["codeDescription"] = json::Object{{"href", std::move(Page)}};
}

json::Value toJson(const Params &Diagnostics) {
  json::Value Made = clangdToJson(Diagnostics);
  if (json::Object *Message = Made.getAsObject())
    if (json::Array *Each = Message->getArray("diagnostics"))
      for (json::Value &D : *Each)
        if (json::Object *O = D.getAsObject())
          relink(*O);
  return Made;
}

} // namespace pooltidy::clangd
