//===- Places.h - where values live -----------------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Access paths: a root (variable, parameter, `this`, temporary, result) and
// steps from it (field, dereference, element, query). Interned once per TU, so
// a place is a number and callers and callees speak of the same fields. No AST
// in here: symbols are numbers that the generator hands out.
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_ENGINE_PLACES_H
#define POOLTIDY_ENGINE_PLACES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace pooltidy {

using PlaceId = uint32_t;
inline constexpr PlaceId NoPlace = ~0u;
/// Names a declaration (variable, field, method) or an element's index.
using SymbolId = uint32_t;
/// The index of an element nobody knows: one of many.
inline constexpr SymbolId AnyElement = 0xffffff;
/// A query that nobody wrote: 1 where a comparison told that the number, or the
/// size of the container, is at most something.
inline constexpr SymbolId AtMost = 0xfffffd;
/// Likewise: 1 where the number was read from outside of the program.
inline constexpr SymbolId Outside = 0xfffffc;
/// Of an Opaque place that reads nothing: how many exceptions are on their way
/// that were not when the object or function in question came to be.
inline constexpr SymbolId InFlight = 1u << 29;
/// Marks the symbol of an Opaque place that is the difference of the two places
/// which it reads, the first less the second.
inline constexpr SymbolId Difference = 1u << 28;
/// What was put into a container and has not been taken out again.
inline constexpr SymbolId KeptElement = 0xfffffe;
/// Any symbol, and none in particular.
inline constexpr SymbolId AnySymbol = ~0u;

enum class PlaceKind : uint8_t {
  Local,  ///< a variable of the function, by-value parameters included
  Param,  ///< a parameter, seen from inside its function
  This,   ///< the pointer `this`
  Global, ///< static storage, or thread storage
  Temp,   ///< the result of one expression
  Result, ///< what the function returns
  Field,  ///< parent.symbol
  Deref,  ///< *parent
  Element, ///< parent[symbol], for constant indices
  Query,   ///< parent.symbol() for a const function without arguments
  Opaque,  ///< the truth of a condition that has no simpler form
};

struct Place {
  PlaceKind Kind;
  PlaceId Parent = NoPlace;
  SymbolId Symbol = 0;
  bool AddressTaken = false; ///< a root whose address may be known elsewhere
  bool Array = false;        ///< a root of array type
  bool Reference = false;    ///< a root of reference type: spelled without `->`
};

/// What the engine must know of a field to judge whether it is state.
struct FieldFacts {
  std::string Name;
  bool TrivialStorage = false; ///< array of plain values, bounded by a length
  bool Bounds = false;         ///< an integer or pointer that can bound storage
  bool Kept = false;           ///< reset may leave it
  bool Capture = false;        ///< a captured variable in its closure
  bool Array = false;          ///< it is an array
  bool Link = false;           ///< a pointer to its own type, as lists have
  bool Overlaid = false;       ///< a pointer in a union: it stands for others too
  /// What a new object has there, if not 0.
  std::optional<int64_t> Initial = std::nullopt;
};

class PlaceTable {
public:
  PlaceId root(PlaceKind Kind, SymbolId Symbol, llvm::StringRef Name);
  PlaceId step(PlaceKind Kind, PlaceId Parent, SymbolId Symbol = 0,
               llvm::StringRef Name = "");

  /// A condition that means the same wherever it is written, as long as nothing
  /// in \p Reads changes. \p Hash tells it from others.
  PlaceId opaque(SymbolId Hash, llvm::ArrayRef<PlaceId> Reads);
  llvm::ArrayRef<PlaceId> readsOf(PlaceId Opaque) const;
  bool isInFlight(PlaceId P) const {
    return Places[P].Kind == PlaceKind::Opaque && Places[P].Symbol == InFlight;
  }

  const Place &operator[](PlaceId P) const { return Places[P]; }
  void takeAddress(PlaceId P) { Places[P].AddressTaken = true; }
  void markArray(PlaceId P) { Places[P].Array = true; }
  void markReference(PlaceId P) { Places[P].Reference = true; }
  PlaceId rootOf(PlaceId P) const;
  /// True when \p P lies in one of many elements, so that it names nothing.
  bool isOneOfMany(PlaceId P) const;
  /// True for some element of a container or array: one that was put there.
  bool isKept(PlaceId P) const {
    return Places[P].Kind == PlaceKind::Element &&
           Places[P].Symbol == KeptElement;
  }
  /// \p P itself, or the outermost array or container that it is one of.
  PlaceId outOfMany(PlaceId P) const;
  /// The symbol by which PathState::Written knows \p P: a field's own, or that of
  /// the parameter or capture which leads to it; AnySymbol for other places.
  SymbolId slotOf(PlaceId P) const;
  /// True for a captured variable, seen from its closure's body: unknown code
  /// does not change it, although it is reached through `this`.
  bool isCaptured(PlaceId P) const;
  /// True when \p P is \p Of or reached from it by any steps.
  bool isWithin(PlaceId P, PlaceId Of) const;
  /// \p P with its prefix \p From replaced by \p To; P must be within From.
  PlaceId rebase(PlaceId P, PlaceId From, PlaceId To);
  /// True when \p P can be reached by code outside the function: a global, or
  /// anything behind a pointer whose target is not known to be a local.
  bool isShared(PlaceId P) const;
  /// True for a variable, or a member of one or of `this`: no other such place
  /// is the same object.
  bool isNamedObject(PlaceId P) const;
  /// The place as its reader would write it: `b`, `b->next`, `this->buf`.
  std::string spell(PlaceId P) const;

  SymbolId addField(FieldFacts F) {
    Fields.push_back(std::move(F));
    return Fields.size() - 1;
  }
  const FieldFacts &field(SymbolId S) const { return Fields[S]; }

private:
  std::vector<Place> Places;
  std::vector<std::string> Names; ///< of roots and steps, parallel to Places
  std::vector<FieldFacts> Fields;
  llvm::DenseMap<PlaceId, std::vector<PlaceId>> Reads; ///< of opaque places
  llvm::DenseMap<uint64_t, std::vector<PlaceId>> Index;
};

} // namespace pooltidy

#endif
