//===- Sentinels.h - what a value is compared with ---------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// `if (f != stdout) fclose(f);`: a way out of a function that is taken only where
// the value it was given is that of another place, or that place's address. It
// stands in Outcome::Given like other conditions, under a place of its own, and
// the caller, who knows where the value comes from, says whether that can be.
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_ENGINE_SENTINELS_H
#define POOLTIDY_ENGINE_SENTINELS_H

#include "Places.h"

namespace pooltidy {

/// Bits of the symbols of such places, beyond those of other opaque ones.
inline constexpr SymbolId ComparedWith = 1u << 30, ComparedWithAddress = 1u << 31;
static_assert(((ComparedWith | ComparedWithAddress) & (Difference | InFlight)) == 0);

struct FunctionFacts;
struct PathState;

/// What the value that is followed was compared with.
struct Sentinel {
  PlaceId Place = NoPlace;
  bool Address = false; ///< of Place; else what is in it
  explicit operator bool() const { return Place != NoPlace; }
};

/// The place that is 0 where the value that is followed was \p S, and anything else
/// where it was not. Nothing that happens later changes that.
inline PlaceId sentinelPlace(PlaceTable &Places, Sentinel S) {
  return Places.opaque(ComparedWith | (S.Address ? ComparedWithAddress : 0) | S.Place,
                       {});
}

/// What \p P asks about, when it is such a place.
inline Sentinel sentinelOf(const PlaceTable &Places, PlaceId P) {
  const Place &Here = Places[P];
  if (Here.Kind != PlaceKind::Opaque || !(Here.Symbol & ComparedWith))
    return {};
  return {Here.Symbol & (ComparedWith - 1), bool(Here.Symbol & ComparedWithAddress)};
}

/// True when \p Asked is, in \p S, what the caller sees there before the call.
bool isGiven(const PlaceTable &Places, const FunctionFacts &Function,
             const PathState &S, Sentinel Asked);

} // namespace pooltidy

#endif
