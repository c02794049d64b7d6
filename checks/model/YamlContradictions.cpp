//===- YamlContradictions.cpp - what cannot all be so in a model ----------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// The first answer wins, so of two that differ the second would be left out in
// silence. Whoever wrote both is told instead.
//
//===----------------------------------------------------------------------===//
#include "YamlParts.h"
#include "llvm/ADT/STLExtras.h"
#include <set>

using namespace llvm;

namespace pooltidy::model {

namespace {

/// The class that an unqualified call of \p P is a member of; empty for none.
StringRef classOf(const Pool &P, const SaidCall &C) {
  if (StringRef(C.Call).contains("::"))
    return "";
  if (!P.Type.empty())
    return P.Type;
  return C.OnThis ? StringRef(P.Object) : "";
}

/// True when one of the parents of \p From, or of theirs, is \p To.
bool leadsTo(const ModelSet &Read, ArrayRef<SaidParent> Parents, StringRef From,
             StringRef To, std::set<std::string> &Seen) {
  if (From == To)
    return true;
  if (!Seen.insert(From.str()).second)
    return false;
  return any_of(Parents, [&](const SaidParent &P) {
    return Read.Pools[P.Child].Name == From &&
           leadsTo(Read, Parents, P.Parent, To, Seen);
  });
}

} // namespace

void contradictions(YamlReader &R, const ModelSet &Read, ArrayRef<SaidCall> Calls,
                    ArrayRef<SaidParent> Parents) {
  for (const SaidCall &C : Calls)
    if (const Pool &P = Read.Pools[C.Pool];
        C.OnThis && !StringRef(C.Call).contains("::") && classOf(P, C).empty())
      R.error(*C.At, "'" + C.Call +
                         "' is no member of a class, so there is no 'this'; "
                         "give the pool a 'type' or an 'object', or the call its "
                         "qualified name");
  for (size_t I = 0; I < Calls.size(); ++I)
    for (const SaidCall &Before : Calls.take_front(I)) {
      const SaidCall &C = Calls[I];
      const Pool &P = Read.Pools[C.Pool], &First = Read.Pools[Before.Pool];
      if (C.Call != Before.Call || classOf(P, C) != classOf(First, Before))
        continue;
      bool Other = C.Pool != Before.Pool && C.Acquires && Before.Acquires;
      bool Both = C.Pool == Before.Pool &&
                  (C.Puts || Before.Puts) && (C.Acquires || Before.Acquires) &&
                  C.Acquires != Before.Acquires;
      if (!Other && !Both)
        continue;
      R.error(*C.At, "'" + C.Call + "' is " + (Before.Acquires ? "an acquire" : "a put") +
                         " of the pool '" + First.Name + "' already (line " +
                         Twine(R.line(*Before.At)) +
                         (Both ? "); it cannot be both"
                               : "); it hands out what one pool has"));
      break;
    }
  for (const SaidParent &P : Parents) {
    // One of a kind within another, as nested transactions, is no mistake.
    StringRef Child = Read.Pools[P.Child].Name;
    std::set<std::string> Seen;
    if (Child == P.Parent || !leadsTo(Read, Parents, P.Parent, Child, Seen))
      continue;
    R.error(*P.At, "'" + P.Parent + "' is itself a child of '" + Child.str() +
                       "', so neither could be closed first");
    return; // the others of the ring say the same
  }
}

} // namespace pooltidy::model
