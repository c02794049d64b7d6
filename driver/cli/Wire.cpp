//===- Wire.cpp - what parent and workers say to each other ---------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "cli/Wire.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"

namespace json = llvm::json;

namespace pooltidy::render {

// llvm::json finds these by argument-dependent look-up.

static std::string text(const std::string &S) {
  return json::isUTF8(S) ? S : json::fixUTF8(S);
}

/// json::ObjectMapper knows no unsigned.
static bool number(json::ObjectMapper &M, llvm::StringLiteral Key,
                   unsigned &Out) {
  int64_t Wide = 0;
  if (!M.map(Key, Wide))
    return false;
  Out = static_cast<unsigned>(Wide);
  return true;
}

static json::Value toJSON(const Remark &R) {
  return json::Object{{"file", text(R.File)},
                      {"line", R.Line},
                      {"column", R.Column},
                      {"message", text(R.Message)}};
}
static bool fromJSON(const json::Value &V, Remark &R, json::Path P) {
  json::ObjectMapper M(V, P);
  return M && M.map("file", R.File) && number(M, "line", R.Line) &&
         number(M, "column", R.Column) && M.map("message", R.Message);
}

static json::Value toJSON(const Fix &F) {
  return json::Object{{"file", text(F.File)},
                      {"offset", F.Offset},
                      {"length", F.Length},
                      {"text", text(F.Text)}};
}
static bool fromJSON(const json::Value &V, Fix &F, json::Path P) {
  json::ObjectMapper M(V, P);
  return M && M.map("file", F.File) && number(M, "offset", F.Offset) &&
         number(M, "length", F.Length) && M.map("text", F.Text);
}

static json::Value toJSON(const Finding &F) {
  return json::Object{{"check", F.Check},       {"what", F.What},
                      {"possible", F.Possible}, {"cwe", F.Cwe},
                      {"notes", F.Notes},       {"fixes", F.Fixes}};
}
static bool fromJSON(const json::Value &V, Finding &F, json::Path P) {
  json::ObjectMapper M(V, P);
  return M && M.map("check", F.Check) && M.map("what", F.What) &&
         M.map("possible", F.Possible) && number(M, "cwe", F.Cwe) &&
         M.map("notes", F.Notes) && M.map("fixes", F.Fixes);
}

static json::Value toJSON(const SkippedFunction &S) {
  return json::Object{{"function", text(S.Function)}, {"what", S.What}};
}
static bool fromJSON(const json::Value &V, SkippedFunction &S, json::Path P) {
  json::ObjectMapper M(V, P);
  return M && M.map("function", S.Function) && M.map("what", S.What);
}

} // namespace pooltidy::render

namespace pooltidy::cli {

static bool fromJSON(const json::Value &V, Request &R, json::Path P) {
  json::ObjectMapper M(V, P);
  LintOptions &O = R.Options;
  return M && M.map("file", R.Command.Filename) &&
         M.map("directory", R.Command.Directory) &&
         M.map("arguments", R.Command.CommandLine) &&
         M.map("checks", O.Checks) && M.map("models", O.Models) &&
         M.map("level", O.Level) && M.map("confidence", O.Confidence) &&
         M.map("header_filter", O.HeaderFilter);
}

static bool fromJSON(const json::Value &V, Reply &R, json::Path P) {
  json::ObjectMapper M(V, P);
  return M && M.map("findings", R.Findings) && M.map("skipped", R.Skipped) &&
         M.map("model_errors", R.ModelErrors) &&
         M.map("warnings", R.Warnings) &&
         M.map("not_analysed", R.NotAnalysed) &&
         render::number(M, "functions", R.Functions);
}

static std::vector<std::string> utf8(std::vector<std::string> Lines) {
  for (std::string &L : Lines)
    if (!json::isUTF8(L))
      L = json::fixUTF8(L);
  return Lines;
}

static std::string line(json::Value V) {
  return llvm::formatv("{0}\n", V).str();
}

std::string toLine(const Request &R) {
  const LintOptions &O = R.Options;
  return line(json::Object{{"file", R.Command.Filename},
                           {"directory", R.Command.Directory},
                           {"arguments", R.Command.CommandLine},
                           {"checks", O.Checks},
                           {"models", O.Models},
                           {"level", O.Level},
                           {"confidence", O.Confidence},
                           {"header_filter", O.HeaderFilter}});
}

std::string toLine(const Reply &R) {
  std::string Reason = R.NotAnalysed;
  if (!json::isUTF8(Reason))
    Reason = json::fixUTF8(Reason);
  return line(json::Object{{"findings", R.Findings},
                           {"skipped", R.Skipped},
                           {"model_errors", utf8(R.ModelErrors)},
                           {"warnings", utf8(R.Warnings)},
                           {"not_analysed", std::move(Reason)},
                           {"functions", R.Functions}});
}

template <typename T> static std::optional<T> read(llvm::StringRef Line) {
  llvm::Expected<json::Value> V = json::parse(Line);
  if (!V) {
    llvm::consumeError(V.takeError());
    return std::nullopt;
  }
  T Read;
  json::Path::Root Root;
  if (!fromJSON(*V, Read, Root))
    return std::nullopt;
  return Read;
}

std::optional<Request> readRequest(llvm::StringRef Line) {
  return read<Request>(Line);
}
std::optional<Reply> readReply(llvm::StringRef Line) {
  return read<Reply>(Line);
}

} // namespace pooltidy::cli
