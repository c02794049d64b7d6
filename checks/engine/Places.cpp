//===- Places.cpp - where values live -------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Places.h"

namespace pooltidy {

PlaceId PlaceTable::root(PlaceKind Kind, SymbolId Symbol,
                         llvm::StringRef Name) {
  return step(Kind, NoPlace, Symbol, Name);
}

PlaceId PlaceTable::step(PlaceKind Kind, PlaceId Parent, SymbolId Symbol,
                         llvm::StringRef Name) {
  uint64_t Key = (uint64_t(Parent) << 32) | (uint64_t(Symbol) << 4) |
                 uint64_t(Kind);
  std::vector<PlaceId> &Slot = Index[Key >> 1];
  for (PlaceId P : Slot)
    if (Places[P].Kind == Kind && Places[P].Parent == Parent &&
        Places[P].Symbol == Symbol)
      return P;
  Places.push_back({Kind, Parent, Symbol, false});
  Names.push_back(Name.str());
  Slot.push_back(Places.size() - 1);
  return Places.size() - 1;
}

PlaceId PlaceTable::opaque(SymbolId Hash, llvm::ArrayRef<PlaceId> From) {
  PlaceId P = root(PlaceKind::Opaque, Hash, "");
  Reads[P].assign(From.begin(), From.end());
  return P;
}

llvm::ArrayRef<PlaceId> PlaceTable::readsOf(PlaceId Opaque) const {
  auto It = Reads.find(Opaque);
  if (It == Reads.end())
    return {};
  return It->second;
}

PlaceId PlaceTable::rootOf(PlaceId P) const {
  while (Places[P].Parent != NoPlace)
    P = Places[P].Parent;
  return P;
}

bool PlaceTable::isOneOfMany(PlaceId P) const {
  for (; P != NoPlace; P = Places[P].Parent)
    if (Places[P].Kind == PlaceKind::Element && Places[P].Symbol == AnyElement)
      return true;
  return false;
}

SymbolId PlaceTable::slotOf(PlaceId P) const {
  const Place &Here = Places[P];
  if (Here.Kind == PlaceKind::Field)
    return Here.Symbol;
  if (Here.Kind == PlaceKind::Deref &&
      (Places[Here.Parent].Kind == PlaceKind::Param || isCaptured(P)))
    return Places[Here.Parent].Symbol;
  return AnySymbol;
}

PlaceId PlaceTable::outOfMany(PlaceId P) const {
  while (isOneOfMany(P))
    P = Places[P].Parent;
  return P;
}

bool PlaceTable::isCaptured(PlaceId P) const {
  if (P != NoPlace && Places[P].Kind == PlaceKind::Deref)
    P = Places[P].Parent;
  return P != NoPlace && Places[P].Kind == PlaceKind::Field &&
         Fields[Places[P].Symbol].Capture;
}

bool PlaceTable::isWithin(PlaceId P, PlaceId Of) const {
  for (; P != NoPlace; P = Places[P].Parent)
    if (P == Of)
      return true;
  return false;
}

PlaceId PlaceTable::rebase(PlaceId P, PlaceId From, PlaceId To) {
  if (P == From)
    return To;
  Place Here = Places[P];
  std::string Name = Names[P];
  return step(Here.Kind, rebase(Here.Parent, From, To), Here.Symbol, Name);
}

bool PlaceTable::isShared(PlaceId P) const {
  bool Behind = false;
  for (; Places[P].Parent != NoPlace; P = Places[P].Parent)
    Behind |= Places[P].Kind == PlaceKind::Deref;
  return Behind || Places[P].Kind == PlaceKind::Global;
}

bool PlaceTable::isNamedObject(PlaceId P) const {
  while (P != NoPlace && Places[P].Kind == PlaceKind::Field && !isCaptured(P))
    P = Places[P].Parent;
  if (P == NoPlace)
    return false;
  if (Places[P].Kind == PlaceKind::Deref)
    return Places[Places[P].Parent].Kind == PlaceKind::This;
  return (Places[P].Kind == PlaceKind::Local ||
          Places[P].Kind == PlaceKind::Global) &&
         !Places[P].Reference;
}

std::string PlaceTable::spell(PlaceId P) const {
  const Place &Here = Places[P];
  switch (Here.Kind) {
  case PlaceKind::This:
    return "this";
  case PlaceKind::Deref:
    return spell(Here.Parent);
  case PlaceKind::Field: {
    const Place &Above = Places[Here.Parent];
    if (Above.Kind == PlaceKind::Deref) {
      const Place &Pointer = Places[Above.Parent];
      if (Pointer.Kind == PlaceKind::This || isCaptured(P))
        return Names[P];
      std::string Base = spell(Above.Parent);
      if (Base.empty() && Places[Above.Parent].Parent == NoPlace)
        return Names[P]; // a structured binding
      return Base + (Pointer.Reference ? "." : "->") + Names[P];
    }
    std::string Base = spell(Here.Parent);
    return Base.empty() ? Names[P] : Base + "." + Names[P];
  }
  case PlaceKind::Element:
    if (Here.Symbol >= KeptElement)
      return spell(Here.Parent);
    if (std::string Base = spell(Here.Parent); !Base.empty() || Names[P].empty())
      return Base + "[" + std::to_string(Here.Symbol) + "]";
    return Names[P]; // a structured binding
  case PlaceKind::Query:
    return spell(Here.Parent) + "." + Names[P] + "()";
  default:
    return Names[P];
  }
}

} // namespace pooltidy
