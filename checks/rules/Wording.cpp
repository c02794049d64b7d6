//===- Wording.cpp - how findings are told --------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Wording.h"
#include "llvm/ADT/STLExtras.h"

namespace pooltidy {

std::string quoted(const Finding &F) {
  if (!F.What.Object.empty())
    return "'" + F.What.Object + "'";
  if (F.Family && !F.Family->Name.empty())
    return "the " + F.Family->Name;
  return "the object";
}

llvm::StringRef putWord(const model::Pool *Family) {
  // A connection goes back to its pool; only what has none is closed.
  return Family && Family->What == model::Kind::Resource && Family->Type.empty()
             ? "closed"
             : "put back";
}

llvm::StringRef putWord(const Finding &F) { return putWord(F.Family); }

std::string listed(const std::vector<std::string> &Names) {
  std::string Out;
  for (size_t I = 0; I < Names.size(); ++I) {
    if (I)
      Out += I + 1 == Names.size() ? " and " : ", ";
    Out += "'" + Names[I] + "'";
  }
  return Out;
}

std::vector<Report::Note> pathNotes(const Finding &F) {
  std::vector<Report::Note> Notes;
  bool Closes = putWord(F) == "closed";
  bool SecondPut = F.What.Kind == FindingKind::DoublePut;
  for (size_t I = 0; I < F.What.Path.size(); ++I) {
    const Step &S = F.What.Path[I];
    clang::SourceLocation Loc = F.Path[I].Loc;
    bool Last = I + 1 == F.What.Path.size();
    if (Loc.isInvalid())
      continue;
    std::string Text;
    switch (S.Kind) {
    case StepKind::Acquired:
      // Where it was opened on its parent says the same, and more.
      if (Loc == F.Loc || F.What.Kind == FindingKind::NestedClose)
        continue;
      Text = F.What.Kind == FindingKind::UncheckedAcquire
                 ? "acquired here, which may fail"
                 : "acquired here";
      break;
    case StepKind::Changed:
      if (F.What.Kind != FindingKind::PutWithoutReset ||
          (!F.What.Dirty.empty() && !S.What.empty() &&
           !llvm::is_contained(F.What.Dirty, S.What)))
        continue;
      Text = "changed here";
      break;
    case StepKind::Branch:
      if (S.What == "leave" || F.What.OnEveryPath)
        continue;
      Text = "taking the " + S.What + " branch here";
      break;
    case StepKind::Put:
      if (Loc == F.Loc && (Last || F.What.Kind == FindingKind::ForeignPut))
        continue; // the diagnostic itself
      Text = (SecondPut ? std::string("first ") : std::string()) +
             putWord(F).str() + " here";
      if (SecondPut && Last)
        Text = putWord(F).str() + " again here";
      break;
    case StepKind::PutAtScopeEnd:
      Text = (SecondPut && Last ? putWord(F).str() + " again" : putWord(F).str()) +
             " here, at the end of its scope";
      break;
    case StepKind::PutFailed:
      Text = "not " + putWord(F).str() + " when this fails";
      break;
    case StepKind::Lost:
      Text = "goes out of scope here";
      break;
    case StepKind::Overwritten:
      Text = "overwritten here";
      break;
    case StepKind::Returned:
      if (F.What.Kind != FindingKind::Leak)
        continue;
      Text = Closes ? "returns here without closing it"
                    : "returns here without putting it back";
      break;
    case StepKind::Thrown:
      Text = "an exception leaves here";
      break;
    case StepKind::Stored:
      if (F.What.Kind != FindingKind::Retained || Loc == F.Loc)
        continue;
      Text = "kept in '" + S.What + "' here";
      break;
    case StepKind::OpenedWithin:
      if (F.What.Kind != FindingKind::NestedClose || S.What != F.What.Other)
        continue;
      Text = "opened on '" + S.What + "' here";
      break;
    case StepKind::HandedToTask:
      if (F.What.Kind != FindingKind::SharedAcross)
        continue;
      Text = F.What.Other.empty() ? "a thread or task gets it here"
                                  : "'" + F.What.Other + "' gets it here";
      break;
    case StepKind::Grown:
      if (F.What.Kind != FindingKind::OversizedPut)
        continue;
      Text = S.What.empty() ? "grows here" : "'" + S.What + "' grows here";
      Text += ", and nothing limits it";
      break;
    case StepKind::Viewed:
      if (F.What.Kind != FindingKind::DanglingView || S.What != F.What.Other ||
          Loc == F.Loc)
        continue;
      Text = "'" + S.What + "' looks into it from here on";
      break;
    case StepKind::Discarded:
      if (Loc == F.Loc)
        continue;
      Text = "its last name is gone here";
      break;
    }
    if (!Notes.empty() && Notes.back().Loc == Loc && Notes.back().Message == Text)
      continue;
    Notes.push_back({Loc, std::move(Text)});
  }
  return Notes;
}

Report reportOf(const Finding &F) {
  Report R;
  R.Loc = F.Loc;
  R.Sure = F.What.Sure;
  R.Notes = pathNotes(F);
  if (F.ObjectType)
    R.Types.push_back(model::modelName(*F.ObjectType));
  if (F.Family)
    for (const std::string &Type : {F.Family->Type, F.Family->Object})
      if (!Type.empty())
        R.Types.push_back(Type);
  return R;
}

} // namespace pooltidy
