//===- Dump.cpp - facts as text, for whoever works on the engine ----------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Dump.h"
#include "Summary.h"

namespace pooltidy {

namespace {

const char *name(FactKind K) {
  static const char *const Names[] = {
      "acquire", "childof", "put",     "reset",    "write",     "read",   "use",
      "copy",    "move",    "swap",     "assign",    "store",  "take",
      "clobber", "apply",   "tempsend", "scopeend",  "throw", "leave", "return",
      "derive",  "capture", "wait",     "grow",      "bound",  "again",
      "make",    "assert",  "stop",     "point"};
  return Names[unsigned(K)];
}

void print(PlaceId P, const PlaceTable &Places, llvm::raw_ostream &Out) {
  if (P == NoPlace) {
    Out << '-';
    return;
  }
  const Place &Here = Places[P];
  switch (Here.Kind) {
  case PlaceKind::Deref:
    Out << "*(";
    print(Here.Parent, Places, Out);
    Out << ')';
    return;
  case PlaceKind::Field:
  case PlaceKind::Element:
  case PlaceKind::Query:
    print(Here.Parent, Places, Out);
    Out << '.' << Here.Symbol;
    return;
  case PlaceKind::Temp:
    Out << 't' << Here.Symbol;
    return;
  case PlaceKind::Result:
    Out << "result";
    return;
  default:
    Out << Places.spell(P) << '#' << P;
  }
}

void print(const Predicate &T, const PlaceTable &Places, llvm::raw_ostream &Out) {
  static const char *const Ops[] = {"==", "!=", "<", "<=", ">", ">="};
  print(T.Place, Places, Out);
  Out << ' ' << Ops[unsigned(T.Op)] << ' ' << T.Constant;
}

void print(const Operand &O, const PlaceTable &Places, llvm::raw_ostream &Out) {
  switch (O.Is) {
  case Operand::None:
    Out << '?';
    return;
  case Operand::Address:
    Out << '&';
    [[fallthrough]];
  case Operand::Value:
    print(O.Place, Places, Out);
    return;
  case Operand::Constant:
    Out << O.Number;
    return;
  case Operand::Truth:
    print(O.Test, Places, Out);
    return;
  }
}

} // namespace

void dump(const FunctionFacts &F, const PlaceTable &Places,
          llvm::raw_ostream &Out) {
  Out << "function " << F.Name << " entry " << F.Entry << " exit " << F.Exit
      << " throw " << F.ThrowExit << '\n';
  for (BlockId B = 0; B < F.Blocks.size(); ++B) {
    Out << " block " << B << '\n';
    for (const Fact &X : F.Blocks[B].Facts) {
      Out << "  " << name(X.Kind) << ' ';
      print(X.Dst, Places, Out);
      Out << " <- ";
      print(X.Src, Places, Out);
      if (X.Test) {
        Out << " if ";
        print(X.Test, Places, Out);
      }
      if (X.Flags)
        Out << " flags " << X.Flags;
      if (X.Kind == FactKind::MayThrow)
        Out << " to " << X.Index;
      if (X.Kind == FactKind::Apply) {
        const CallSite &C = F.Calls[X.Index];
        for (const auto &[Root, Actual] : C.Bindings) {
          Out << "\n     with ";
          print(Root, Places, Out);
          Out << " = ";
          print(Actual, Places, Out);
        }
        for (const EntitySummary &E : C.Callee->Entities)
          for (const Outcome &O : E.Outcomes) {
            Out << "\n     outcome ";
            print(E.Entity, Places, Out);
            Out << (O.Put ? " put" : "") << (O.PutFresh ? " fresh" : "")
                << (O.Used ? " used" : "")
                << (O.Unchecked ? " unchecked" : "") << (O.Escaped ? " escaped" : "")
                << (O.Unsure ? " unsure" : "") << " state " << unsigned(O.State)
                << " result [" << O.Result.Low << ',' << O.Result.High << "] names";
            for (PlaceId N : O.Names) {
              Out << ' ';
              print(N, Places, Out);
            }
          }
      }
      Out << '\n';
    }
    for (const Edge &E : F.Blocks[B].Out) {
      if (E.To == NoBlock)
        continue;
      Out << "  -> " << E.To;
      for (const Predicate &P : E.Assume) {
        Out << " when ";
        print(P, Places, Out);
      }
      Out << '\n';
    }
  }
}

} // namespace pooltidy
