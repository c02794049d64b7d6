//===- ModelIndex.cpp - the model set by name -------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "ModelIndex.h"
#include "Names.h"
#include "llvm/ADT/STLExtras.h"

using llvm::StringRef;

namespace pooltidy::model {

namespace {

/// `ns::Class::name` as ("ns::Class", "name"). An operator's name may hold
/// neither `::` nor a wildcard, so the last `::` is the place.
std::pair<StringRef, StringRef> splitName(StringRef Full) {
  Full = Full.trim();
  Full.consume_front("::");
  size_t At = Full.rfind("::");
  if (At == StringRef::npos)
    return {"", Full};
  return {Full.take_front(At), Full.drop_front(At + 2)};
}

bool isWild(StringRef Name) {
  return Name.contains('*') && !Name.starts_with("operator");
}

/// The class in a model's `object`, without what makes it a type.
StringRef className(StringRef Object) {
  Object = Object.trim();
  while (Object.consume_front("const ") || Object.consume_front("struct ") ||
         Object.consume_front("class ") || Object.consume_front("::"))
    Object = Object.ltrim();
  return Object.rtrim("*& ");
}

} // namespace

ModelIndex::ModelIndex(const ModelSet &Models) : Models(Models) {
  for (const Pool &P : Models.Pools) {
    auto Add = [&](const std::vector<Operation> &From, Role What) {
      for (const Operation &Op : From) {
        auto [Owner, Name] = splitName(Op.Call);
        if (Owner.empty() && !StringRef(Op.Call).starts_with("::"))
          Owner = Op.Object.Where == Slot::This && !P.Object.empty()
                      ? className(P.Object)
                      : className(P.Type);
        Ops.push_back({&P, &Op, What, Owner.str(), Name.str()});
      }
    };
    Add(P.Acquire, Role::Acquire);
    Add(P.Put, Role::Put);
    Add(P.Reset, Role::Reset);
    Add(P.Use, Role::Use);
    if (!P.Type.empty())
      TypeNames.insert(splitName(P.Type).second);
    for (const Handle &H : P.Handles)
      TypeNames.insert(splitName(H.Type).second);
  }
  for (const FunctionRule &R : Models.Functions) {
    auto [Owner, Name] = splitName(R.Call);
    Rules.push_back({&R, Owner.str(), Name.str()});
  }
  for (const TypeRule &R : Models.Types) {
    if (StringRef(R.Type).contains('*'))
      WildTypes.push_back(R.Type);
    else
      TypeNames.insert(splitName(R.Type).second);
  }

  for (const OpEntry &E : Ops) {
    if (isWild(E.Name))
      WildOps.push_back(&E);
    else
      Exact[E.Name].Ops.push_back(&E);
  }
  for (const RuleEntry &E : Rules) {
    if (isWild(E.Name))
      WildRules.push_back(&E);
    else
      Exact[E.Name].Rules.push_back(&E);
  }
}

const ModelIndex::Named *ModelIndex::functions(StringRef SimpleName) const {
  auto It = Exact.find(SimpleName);
  const Named *Plain = It == Exact.end() ? nullptr : &It->second;
  if (WildOps.empty() && WildRules.empty())
    return Plain;
  auto [Known, New] = Wild.try_emplace(SimpleName);
  if (New) {
    Named Found;
    for (const OpEntry *E : WildOps)
      if (globMatch(E->Name, SimpleName))
        Found.Ops.push_back(E);
    for (const RuleEntry *E : WildRules)
      if (globMatch(E->Name, SimpleName))
        Found.Rules.push_back(E);
    if (!Found.Ops.empty() || !Found.Rules.empty()) {
      // Entries lie in reading order, so their addresses tell who is first.
      if (Plain) {
        Found.Ops.append(Plain->Ops);
        Found.Rules.append(Plain->Rules);
      }
      llvm::sort(Found.Ops);
      llvm::sort(Found.Rules);
      Known->second = std::make_unique<Named>(std::move(Found));
    }
  }
  return Known->second ? Known->second.get() : Plain;
}

bool ModelIndex::mayNameType(StringRef SimpleName) const {
  return !WildTypes.empty() || TypeNames.contains(SimpleName);
}

const Pool *ModelIndex::objectOf(StringRef FullName) const {
  for (const Pool &P : Models.Pools)
    if (!P.Object.empty() && className(P.Object) == FullName)
      return &P;
  return nullptr;
}

TypeMeaning ModelIndex::type(StringRef FullName) const {
  TypeMeaning M;
  auto Is = [&](StringRef Type) {
    Type = Type.trim();
    Type.consume_front("::");
    return Type == FullName;
  };
  for (const Pool &P : Models.Pools) {
    if (!M.PoolOf && !P.Type.empty() && Is(P.Type))
      M.PoolOf = &P;
    for (const Handle &H : P.Handles)
      if (!M.HandleOf && !isLibraryOwner(H.Type) && Is(H.Type)) {
        M.HandleOf = &H;
        M.HandleFamily = &P;
      }
  }
  TypeRule *Joined = nullptr;
  for (const TypeRule &R : Models.Types) {
    if (!Is(R.Type) && !globMatch(R.Type, FullName))
      continue;
    if (!M.Rule) {
      M.Rule = &R;
      continue;
    }
    if (!Joined) {
      Joined = &JoinedRules.emplace_back(*M.Rule);
      M.Rule = Joined;
    }
    Joined->NotAPool |= R.NotAPool;
    Joined->LongLived |= R.LongLived;
    Joined->ThreadSafe |= R.ThreadSafe;
    llvm::append_range(Joined->Reset, R.Reset);
    llvm::append_range(Joined->Keep, R.Keep);
  }
  return M;
}

} // namespace pooltidy::model
