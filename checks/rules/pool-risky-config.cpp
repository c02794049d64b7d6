//===- pool-risky-config.cpp --------------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Option values of pools that a model calls out of range or without effect.
// What is risky, and why, is data of the models (`configs`).
//
//===----------------------------------------------------------------------===//
#include "../engine/Configs.h"
#include "../model/Shapes.h"
#include "Wording.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"
#include <cmath>
#include <set>

using namespace clang;

namespace pooltidy {

namespace {

using model::Condition;

/// `50 ms`, `true`, `25`: as short as it is exact.
std::string toText(const Constant &C) {
  if (C.IsTruth)
    return C.Number ? "true" : "false";
  static constexpr std::pair<double, llvm::StringLiteral> Units[] = {
      {3600e9, " h"}, {60e9, " min"}, {1e9, " s"}, {1e6, " ms"}, {1e3, " us"}};
  double Number = C.Number;
  llvm::StringRef Unit = C.IsTime ? " ns" : "";
  if (C.IsTime && Number == 0)
    Unit = " s";
  else if (C.IsTime)
    for (const auto &[Scale, Name] : Units)
      if (std::fmod(Number, Scale) == 0) {
        Number /= Scale;
        Unit = Name;
        break;
      }
  std::string Text;
  llvm::raw_string_ostream(Text) << llvm::format("%.15g", Number);
  return Text + Unit.str();
}

/// The one value that setting \p At has in the end, or null.
const SettingValue *only(const Config &C, unsigned At) {
  const auto &Values = C.Values[At];
  return Values.size() == 1 && Values[0].Is ? &Values[0] : nullptr;
}

bool holds(Condition::Test How, const Constant &Is, const Constant &With) {
  if (Is.IsTime != With.IsTime && With.Number != 0)
    return false; // a number and a time
  switch (How) {
  case Condition::Below: return Is.Number < With.Number;
  case Condition::AtMost: return Is.Number <= With.Number;
  case Condition::Equals: return Is.Number == With.Number;
  case Condition::AtLeast: return Is.Number >= With.Number;
  case Condition::Above: return Is.Number > With.Number;
  case Condition::IsSet:
  case Condition::IsMissing: break;
  }
  return false;
}

/// The class that template argument \p At of \p Made names; null when it is not
/// known whole.
const CXXRecordDecl *policyOf(const CXXRecordDecl &Made, unsigned At) {
  QualType Policy = model::templateArgument(Made, At);
  const auto *R = Policy.isNull() ? nullptr : Policy->getAsCXXRecordDecl();
  return R && R->hasDefinition() && !R->hasAnyDependentBases()
             ? R->getDefinition()
             : nullptr;
}

/// Whether it is known of a pool that was made with these options that its
/// policy has no member of these names.
bool isWithout(const Config &C, unsigned Policy,
               const std::vector<std::string> &Names) {
  return llvm::any_of(C.Made, [&](const CXXRecordDecl *Made) {
    const CXXRecordDecl *R = policyOf(*Made, Policy);
    return R && llvm::none_of(Names, [&](const std::string &Name) {
             return R->hasMemberName(&R->getASTContext().Idents.get(Name));
           });
  });
}

bool isSet(const Config &C, unsigned At) {
  return llvm::any_of(C.Values[At],
                      [](const SettingValue &V) { return V.Explicit; });
}

/// Words a risk of one config and says it.
class Teller {
public:
  Teller(const Config &C, Reporter &Out) : C(C), Out(Out) {}

  void tell(const model::Risk &Risk) {
    std::vector<Report::Note> Notes;
    if (!Risk.Lacks.empty() && !isWithout(C, Risk.Policy, Risk.Lacks))
      return;
    if (!Risk.Has.empty() && isWithout(C, Risk.Policy, Risk.Has))
      return;
    for (const Condition &Also : Risk.When)
      if (!meets(Also, Notes))
        return;
    const Condition &Is = Risk.Is;
    if (Is.How == Condition::IsMissing) {
      if (C.Whole && !isSet(C, Is.Of))
        say(C.Loc, quoted(Is.Of) + " is not set", Risk, Notes);
      return;
    }
    const SettingValue *Other = nullptr;
    if (Is.With.Other >= 0 && !(Other = only(C, Is.With.Other)))
      return;
    const SettingValue *One = only(C, Is.Of);
    if (Other && !One)
      return; // compared only where both are sure
    for (const SettingValue &V : C.Values[Is.Of])
      if (Is.How == Condition::IsSet) {
        if (V.Explicit)
          say(V.Loc, quoted(Is.Of) + " is set", Risk, Notes);
      } else if (V.Is && (V.Explicit || (Other && Other->Explicit))) {
        Constant With = Other ? *Other->Is
                              : Constant{Is.With.Number, Is.With.IsTime};
        if (holds(Is.How, *V.Is, With))
          found(V, Other, Risk, Notes);
      }
  }

private:
  std::string quoted(unsigned At) const {
    return "'" + C.Rule->Settings[At].Name + "'";
  }

  /// True when another condition of a risk holds for sure; what the user said
  /// of it becomes a note.
  bool meets(const Condition &Is, std::vector<Report::Note> &Notes) const {
    if (Is.How == Condition::IsMissing)
      return C.Whole && !isSet(C, Is.Of);
    if (Is.How == Condition::IsSet)
      return isSet(C, Is.Of);
    const SettingValue *V = only(C, Is.Of);
    const SettingValue *Other =
        Is.With.Other >= 0 ? only(C, Is.With.Other) : nullptr;
    if (!V || (Is.With.Other >= 0 && !Other) ||
        !holds(Is.How, *V->Is,
               Other ? *Other->Is : Constant{Is.With.Number, Is.With.IsTime}))
      return false;
    if (V->Explicit)
      note(Is.Of, *V, Notes);
    return true;
  }

  void note(unsigned At, const SettingValue &V,
            std::vector<Report::Note> &Notes) const {
    // A setting may be asked for twice, in the rule and in its `when`.
    if (V.Loc.isInvalid() || llvm::any_of(Notes, [&](const Report::Note &N) {
          return N.Loc == V.Loc;
        }))
      return;
    Notes.push_back({V.Loc, quoted(At) + " is " + toText(*V.Is) +
                                (V.Explicit ? " here" : " by default")});
  }

  void found(const SettingValue &V, const SettingValue *Other,
             const model::Risk &Risk, std::vector<Report::Note> Notes) const {
    const Condition &Is = Risk.Is;
    if (!Other)
      return say(V.Loc, quoted(Is.Of) + " is " + toText(*V.Is), Risk, Notes);
    std::string Text = quoted(Is.Of) + " is " + toText(*V.Is) + " and " +
                       quoted(Is.With.Other) + " " + toText(*Other->Is);
    // At the value that the user gave, beside the other one.
    if (V.Explicit)
      note(Is.With.Other, *Other, Notes);
    else
      note(Is.Of, V, Notes);
    say(V.Explicit ? V.Loc : Other->Loc, Text, Risk, Notes);
  }

  void say(SourceLocation Loc, const std::string &What, const model::Risk &Risk,
           const std::vector<Report::Note> &Notes) const {
    if (Loc.isInvalid())
      return;
    Report R;
    R.Loc = Loc;
    R.Message = What + ": " + Risk.Because;
    for (const Report::Note &N : Notes)
      if (N.Loc != Loc) // the finding says it itself
        R.Notes.push_back(N);
    if (C.Type)
      R.Types.push_back(model::modelName(*C.Type));
    Out.report(R);
  }

  const Config &C;
  Reporter &Out;
};

/// Passes each report on once: instantiations meet on one line.
class Once : public Reporter {
public:
  explicit Once(std::vector<Report> &Into) : Into(Into) {}
  void report(const Report &R) override {
    if (Seen.emplace(R.Loc.getRawEncoding(), R.Message).second)
      Into.push_back(R);
  }

private:
  std::set<std::pair<unsigned, std::string>> Seen;
  std::vector<Report> &Into;
};

} // namespace

void checkRiskyConfig(const Analysis &A, Reporter &Out) {
  std::vector<Report> All;
  Once Each(All);
  for (const Config &C : collectConfigs(A.context(), A.models().Configs)) {
    Teller T(C, Each);
    for (const model::Risk &Risk : C.Rule->Risks)
      T.tell(Risk);
  }
  const SourceManager &Sources = A.context().getSourceManager();
  llvm::stable_sort(All, [&](const Report &X, const Report &Y) {
    if (X.Loc != Y.Loc)
      return Sources.isBeforeInTranslationUnit(X.Loc, Y.Loc);
    return X.Message < Y.Message;
  });
  for (const Report &R : All)
    Out.report(R);
}

} // namespace pooltidy
