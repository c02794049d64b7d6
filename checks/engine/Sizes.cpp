//===- Sizes.cpp - what makes containers larger, and what asks ------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Which calls of the standard library grow a string or vector, by how much, and
// which of them keep the storage that it has: clear(), assign(), `s = {}` and,
// in libstdc++, a string's move from a short one keep it; shrink_to_fit(), swap()
// and a vector's move from a fresh one give it back.
//
//===----------------------------------------------------------------------===//
#include "CallNames.h"
#include "Generator.h"
#include "Types.h"
#include "../model/Names.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace pooltidy {

using model::isOneOf;
using model::nameOf;

namespace {

/// Containers that keep their storage when they are emptied.
bool keepsStorage(const CXXRecordDecl &R) {
  return R.isInStdNamespace() && isOneOf(nameOf(&R), {"basic_string", "vector"});
}

/// A class of the project that says so itself.
bool isGrowable(const CXXRecordDecl &R) {
  if (R.isInStdNamespace())
    return keepsStorage(R);
  const CXXRecordDecl *D = R.getDefinition();
  return D && llvm::any_of(D->methods(), [](const CXXMethodDecl *M) {
    return isOneOf(nameOf(M), {"capacity", "Capacity", "reserve", "Reserve",
                               "shrink_to_fit"});
  });
}

bool addsByName(StringRef Name) {
  return isOneOf(Name, {"append", "push_back", "emplace_back", "insert",
                        "emplace", "push", "append_range", "insert_range"});
}

bool isSizeName(StringRef Name) {
  return isOneOf(Name, {"size", "length", "capacity", "count", "Size", "Length",
                        "Capacity", "max_size", "bytes", "size_bytes"});
}

bool isCapacityName(StringRef Name) {
  return isOneOf(Name, {"capacity", "Capacity", "GetCapacity", "getCapacity"});
}

/// `fits_in_pool(b)`, `b.too_large()`: whoever asks means to act on it.
bool asksForSize(StringRef Name) {
  return llvm::any_of(model::splitWords(Name), [](StringRef W) {
    return isOneOf(W, {"capacity", "oversize", "oversized", "large", "big", "huge",
                       "fits", "exceeds", "shrink", "trim", "bloated"});
  });
}

/// What is read gives at most what was asked for.
bool readsAtMost(StringRef Name) {
  return isOneOf(Name, {"read", "recv", "recvfrom", "pread", "fread", "readsome",
                        "gcount", "read_some", "receive", "min", "clamp", "strlen",
                        "strnlen", "write", "send"});
}

/// Numbers that somebody outside of the program wrote.
bool readsNumber(StringRef Name) {
  return isOneOf(Name, {"ntohl", "ntohll", "be32toh", "be64toh", "le32toh",
                        "le64toh", "stoi", "stol", "stoll", "stoul", "stoull",
                        "strtol", "strtoll", "strtoul", "strtoull", "atoi", "atol",
                        "atoll"});
}

bool isStreamIterator(const Expr *E) {
  const CXXRecordDecl *R = E->getType()->getAsCXXRecordDecl();
  return R && R->isInStdNamespace() &&
         isOneOf(nameOf(R), {"istreambuf_iterator", "istream_iterator"});
}

const Expr *bare(const Expr *E) {
  while (true) {
    E = spelled(E);
    const auto *K = dyn_cast<CXXConstructExpr>(E);
    if (const auto *C = dyn_cast<ExplicitCastExpr>(E))
      E = C->getSubExpr();
    else if (K && K->getNumArgs() == 1 &&
             (K->isElidable() || K->getConstructor()->isCopyOrMoveConstructor()))
      E = K->getArg(0);
    else
      return E;
  }
}

/// A place nobody wrote: what a comparison or call told of \p P.
PlaceId told(PlaceTable &Places, PlaceId P, SymbolId What) {
  return Places.step(PlaceKind::Query, P, What);
}

} // namespace

/// One look at the tree before: whether sizes matter here at all.
void FactsGenerator::noteSizes(const Stmt *S) {
  if (const auto *For = dyn_cast<ForStmt>(S)) {
    const auto *C = dyn_cast_or_null<BinaryOperator>(For->getCond());
    if (!C || !C->isRelationalOp() || !For->getInc())
      return;
    for (const Expr *Side : {C->getLHS(), C->getRHS()})
      if (const auto *D = dyn_cast<DeclRefExpr>(Side->IgnoreParenImpCasts()))
        if (const auto *V = dyn_cast<VarDecl>(D->getDecl());
            V && !V->getType()->isRecordType())
          Rounds.insert(C);
    return;
  }
  const auto *Call = dyn_cast<CallExpr>(S);
  const FunctionDecl *F = Call && !GrowsAnything ? Call->getDirectCallee() : nullptr;
  if (!F)
    return;
  StringRef Name = nameOf(F);
  GrowsAnything =
      addsByName(Name) || isOneOf(Name, {"resize", "reserve", "assign"}) ||
      (Name == "write" && isWithinStd(*F)) ||
      F->getOverloadedOperator() == OO_PlusEqual ||
      (T.isUserCode(*F) && F->hasBody() &&
       llvm::any_of(F->parameters(), [](const ParmVarDecl *P) {
         QualType Ty = P->getType();
         return Ty->isIntegerType() || Ty->isReferenceType();
       }));
}

bool FactsGenerator::movesStorage(const CXXRecordDecl &R) {
  if (!keepsStorage(R) &&
      !(R.isInStdNamespace() &&
        isOneOf(nameOf(&R), {"basic_ostringstream", "basic_stringstream"})))
    return false;
  if (nameOf(&R) == "vector")
    return true;
  // libc++'s strings let go of what they had; libstdc++'s copy short ones.
  const auto *N = dyn_cast<NamespaceDecl>(R.getDeclContext());
  return N && N->isInline() && N->getName() == "__1";
}

/// The numbers that \p E is made of, as far as they can make it large.
void FactsGenerator::sizesIn(const Expr *E, SmallVectorImpl<Operand> &Out) {
  E = bare(E);
  QualType Ty = E->getType();
  if (!Ty->isIntegralOrEnumerationType() || Ty->isBooleanType() ||
      T.Context.getIntWidth(Ty) <= 16)
    return;
  // A smaller number is small, however wide it has been made.
  Operand O = operand(E);
  if (O.Is == Operand::Constant) {
    Out.push_back(O);
    return;
  }
  if (const auto *B = dyn_cast<BinaryOperator>(E)) {
    switch (B->getOpcode()) {
    case BO_Add:
    case BO_Mul:
      sizesIn(B->getLHS(), Out);
      sizesIn(B->getRHS(), Out);
      return;
    case BO_Sub:
    case BO_Shl:
    case BO_Shr:
    case BO_Div:
      if (B->getLHS()->getType()->isPointerType())
        return; // last - first: what is there already
      sizesIn(B->getLHS(), Out);
      return;
    default:
      return;
    }
  }
  // `n < max ? n : max`, and whoever writes another one means it too.
  if (isa<ConditionalOperator>(E))
    return;
  if (const auto *C = dyn_cast<CallExpr>(E)) {
    const FunctionDecl *F = C->getDirectCallee();
    if (!F || readsAtMost(nameOf(F)) || isSizeName(nameOf(F)))
      return;
    if (isa<CXXOperatorCallExpr>(C))
      return;
  }
  if (isa<UnaryExprOrTypeTraitExpr>(E))
    return;
  if (O.Is == Operand::Value)
    Out.push_back(O);
}

/// Facts for a container \p Of that is made \p Count elements large, or longer
/// by so many.
void FactsGenerator::sized(PlaceId Of, const Expr *Count,
                           const CXXRecordDecl &Container, const Stmt *At) {
  SmallVector<Operand, 4> Sizes;
  sizesIn(Count, Sizes);
  uint32_t Bytes = 1;
  if (const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(&Container);
      Spec && Spec->isInStdNamespace() && Spec->getTemplateArgs().size() > 0 &&
      Spec->getTemplateArgs()[0].getKind() == TemplateArgument::Type)
    if (QualType Element = Spec->getTemplateArgs()[0].getAsType();
        !Element->isIncompleteType() && !Element->isDependentType())
      Bytes = T.Context.getTypeSizeInChars(Element).getQuantity();
  // A constant among others scales them; by itself it is what is asked for.
  if (Sizes.size() > 1)
    llvm::erase_if(Sizes, [](const Operand &O) { return O.Is == Operand::Constant; });
  for (const Operand &O : Sizes) {
    Fact &F = emit(FactKind::Grow, At);
    F.Dst = Of;
    F.Src = O;
    F.Index = Bytes;
  }
}

/// Somebody asks how large what \p O speaks of is.
void FactsGenerator::asked(const Operand &O, bool Compared, const Stmt *At) {
  PlaceId P = O.Is == Operand::Truth ? O.Test.Place : O.Place;
  if (P == NoPlace || O.Is == Operand::Constant)
    return;
  auto Ask = [&](PlaceId Q) {
    if (T.Places[Q].Kind != PlaceKind::Query || T.Places[Q].Symbol == AtMost ||
        T.Places[Q].Symbol == Outside)
      return;
    StringRef Name = nameOf(dyn_cast_or_null<NamedDecl>(T.declOf(T.Places[Q].Symbol)));
    if (isCapacityName(Name) || (Compared && isSizeName(Name)))
      emit(FactKind::Bound, At).Dst = T.Places[Q].Parent;
  };
  if (T.Places[P].Kind == PlaceKind::Opaque)
    for (PlaceId Q : SmallVector<PlaceId, 4>(T.Places.readsOf(P)))
      Ask(Q);
  else
    Ask(P);
}

/// `b->size() > limit`: a comparison with anything but nothing.
void FactsGenerator::comparing(const BinaryOperator &B) {
  if (!B.isRelationalOp() || Rounds.count(&B))
    return;
  for (const Expr *Side : {B.getLHS(), B.getRHS()}) {
    const Expr *Other = Side == B.getLHS() ? B.getRHS() : B.getLHS();
    Operand With = operand(bare(Other));
    if (With.Is == Operand::Constant && With.Number <= 1)
      continue;
    SmallVector<PlaceId, 4> Reads;
    readsOf(Side, Reads);
    for (PlaceId P : Reads)
      asked(Operand::value(P), true, &B);
    if (PlaceId P = streamAsked(Side); P != NoPlace)
      emit(FactKind::Bound, &B).Dst = P;
  }
}

/// What each way of a branch on \p Cond knows to be at most something.
void FactsGenerator::atMost(const Expr *Cond, Edge &Then, Edge &Else) {
  bool Turned = false;
  Cond = bare(Cond);
  while (const auto *U = dyn_cast<UnaryOperator>(Cond)) {
    if (U->getOpcode() != UO_LNot)
      return;
    Turned = !Turned;
    Cond = bare(U->getSubExpr());
  }
  const auto *B = dyn_cast<BinaryOperator>(Cond);
  if (!B || !(B->isRelationalOp() || B->isEqualityOp()))
    return;
  const Expr *L = B->getLHS(), *R = B->getRHS();
  // Of a number that is compared with a constant its range tells more.
  auto Mark = [&](const Expr *Side, Edge &On) {
    bool Constant =
        operand(bare(Side == L ? R : L)).Is == Operand::Constant;
    SmallVector<PlaceId, 4> Reads;
    readsOf(Side, Reads);
    for (PlaceId P : Reads) {
      PlaceKind K = T.Places[P].Kind;
      if (K == PlaceKind::Query && isSizeName(nameOf(dyn_cast_or_null<NamedDecl>(
                                         T.declOf(T.Places[P].Symbol)))))
        P = T.Places[P].Parent;
      else if (Constant || K == PlaceKind::Opaque || K == PlaceKind::Temp)
        continue;
      On.Assume.push_back({told(T.Places, P, AtMost), Cmp::EQ, 1});
    }
  };
  Edge &Yes = Turned ? Else : Then, &No = Turned ? Then : Else;
  switch (B->getOpcode()) {
  case BO_LT:
  case BO_LE:
    Mark(L, Yes);
    Mark(R, No);
    break;
  case BO_GT:
  case BO_GE:
    Mark(L, No);
    Mark(R, Yes);
    break;
  case BO_EQ:
  case BO_NE:
    Mark(L, B->getOpcode() == BO_EQ ? Yes : No);
    Mark(R, B->getOpcode() == BO_EQ ? Yes : No);
    break;
  default:
    break;
  }
}

/// `n = m % 64`, `n = small ? 1 : 2`: a number that cannot become large.
void FactsGenerator::assignedSize(PlaceId Dst, const Expr *E, const Stmt *At) {
  if (!GrowsAnything || Dst == NoPlace || !E ||
      !E->getType()->isIntegralOrEnumerationType() || E->isValueDependent())
    return;
  SmallVector<Operand, 4> Sizes;
  sizesIn(E, Sizes);
  if (llvm::any_of(Sizes, [](const Operand &O) { return O.Is != Operand::Constant; }))
    return;
  if (Operand O = operand(E); O.Is == Operand::Constant)
    return;
  Fact &F = emit(FactKind::Assign, At, Scalar);
  F.Dst = told(T.Places, Dst, AtMost);
  F.Src = Operand::constant(1);
}

/// What a call says of sizes, behind its other facts.
void FactsGenerator::growth(const CallShape &S) {
  const FunctionDecl *F = S.Callee;
  if (!F || streamGrowth(S))
    return;
  StringRef Name = nameOf(F);
  auto Grow = [&](PlaceId P, uint32_t Flags) {
    if (P != NoPlace)
      emit(FactKind::Grow, S.Expr, Flags).Dst = P;
  };
  auto GivesBack = [&](PlaceId P) {
    if (P != NoPlace)
      emit(FactKind::Bound, S.Expr).Dst = P;
  };
  bool FromStream = llvm::any_of(S.Args, isStreamIterator);
  const auto *M = dyn_cast<CXXMethodDecl>(F);
  if (!M || M->isStatic()) {
    bool Std = F->isInStdNamespace();
    if (S.Ret != NoPlace && readsNumber(Name) &&
        (Std || F->isExternC() || F->getBuiltinID())) {
      Fact &A = emit(FactKind::Assign, S.Expr, Scalar);
      A.Dst = told(T.Places, S.Ret, Outside);
      A.Src = Operand::constant(1);
    }
    if (Std && Name == "getline" && S.Args.size() >= 2)
      return Grow(place(S.Args[1]), FromOutside | SetsSize);
    if (Std && F->getOverloadedOperator() == OO_GreaterGreater &&
        S.Args.size() == 2)
      if (const auto *R = recordAt(S.Args[1]->getType()); R && keepsStorage(*R))
        return Grow(place(S.Args[1]), FromOutside | SetsSize);
    if (Std && Name == "back_inserter" && S.Args.size() == 1)
      return Grow(place(S.Args[0]), NoFlags);
    if (Std && Name == "swap" && S.Args.size() == 2) {
      GivesBack(place(S.Args[0]));
      return GivesBack(place(S.Args[1]));
    }
    if (FromStream)
      for (const Expr *A : S.Args)
        if (const auto *C = dyn_cast<CallExpr>(bare(A)))
          if (C->getDirectCallee() && nameOf(C->getDirectCallee()) == "back_inserter" &&
              C->getNumArgs() == 1)
            Grow(place(C->getArg(0)), FromOutside);
    if (!T.isUserCode(*F) || !asksForSize(Name))
      return;
    for (const Expr *A : S.Args)
      GivesBack(A->getType()->isPointerType() ? behind(operand(A)) : place(A));
    return;
  }
  if (S.This == NoPlace)
    return;
  const CXXRecordDecl *R = M->getParent();
  if (S.ThisExpr)
    if (const auto *Static = recordAt(S.ThisExpr->getType()))
      R = Static;
  OverloadedOperatorKind Op = M->getOverloadedOperator();
  if (isCapacityName(Name) || Name == "shrink_to_fit" ||
      (!R->isInStdNamespace() && asksForSize(Name)))
    return GivesBack(S.This);
  if (!isGrowable(*R))
    return;
  if (Name == "swap" && S.Args.size() == 1) {
    GivesBack(S.This);
    return GivesBack(place(S.Args[0]));
  }
  if (Op == OO_Equal) {
    if (M->isMoveAssignmentOperator() && movesStorage(*R))
      return GivesBack(S.This);
    return Grow(S.This, SetsSize);
  }
  bool Sets = Name == "resize" || Name == "assign" || Name == "resize_and_overwrite";
  bool Adds = addsByName(Name) || Op == OO_PlusEqual;
  if (!Sets && !Adds && Name != "reserve")
    return;
  if (FromStream)
    return Grow(S.This, FromOutside | (Sets ? SetsSize : NoFlags));
  const Expr *Count = nullptr;
  if (Name != "push_back" && Name != "emplace_back" && Op != OO_PlusEqual)
    for (unsigned I = 0; I < S.Args.size() && I < M->getNumParams(); ++I) {
      QualType P = M->getParamDecl(I)->getType();
      if (!isa<CXXDefaultArgExpr>(S.Args[I]) && P->isUnsignedIntegerType() &&
          T.Context.getIntWidth(P) > 16)
        Count = S.Args[I];
    }
  // `insert(at, d, d + n)`: as many as stand between the two.
  if (const unsigned N = S.Args.size(); !Count && N >= 2)
    if (const auto *Last = dyn_cast<BinaryOperator>(bare(S.Args[N - 1]));
        Last && Last->getOpcode() == BO_Add && Last->getType()->isPointerType()) {
      bool Left = Last->getLHS()->getType()->isPointerType();
      Operand From = operand(S.Args[N - 2]),
              Start = operand(Left ? Last->getLHS() : Last->getRHS());
      if (From.Is != Operand::None && From.Is == Start.Is && From.Place == Start.Place)
        Count = Left ? Last->getRHS() : Last->getLHS();
    }
  bool More = false;
  if (Count) {
    sized(S.This, Count, *R, S.Expr);
    SmallVector<PlaceId, 4> Reads;
    readsOf(Count, Reads);
    for (PlaceId P : Reads)
      More |= T.Places[P].Kind == PlaceKind::Query && T.Places[P].Parent == S.This;
  }
  if (Name != "reserve")
    Grow(S.This, Sets && !More ? SetsSize : NoFlags);
}

/// What a reset that somebody wrote does to the storage of the object; and what a
/// pool's own put does, which also clears for whoever puts.
void FactsGenerator::resetStorage(const CallShape &S, PlaceId Object) {
  const model::CallMeaning &Means = T.Classes.classify(*S.Callee);
  bool IsPut = Means.What == model::Role::Put;
  const Summary *Sum =
      T.isUserCode(*S.Callee) ? T.summary(*S.Callee) : nullptr;
  if (!Sum) {
    if (!IsPut && T.isUserCode(*S.Callee) &&
        !isOneOf(nameOf(S.Callee), {"clear", "Clear"}))
      emit(FactKind::Bound, S.Expr, Unsure).Dst = Object;
    return;
  }
  CallSite C;
  C.Callee = Sum;
  bindCall(S, C);
  auto Part = [&](SymbolId Field) {
    return Field == WholeObject ? Object
                                : T.Places.step(PlaceKind::Field, Object, Field,
                                                T.Places.field(Field).Name);
  };
  for (const EntitySummary &E : Sum->Entities) {
    if (T.Places[E.Entity].Parent != NoPlace)
      continue;
    if (behind(substitute(Operand::value(E.Entity), C)) != Object)
      continue;
    // A way on which nothing of it is left asks for nothing.
    SmallVector<const Outcome *, 4> Ways;
    for (const Outcome &O : E.Outcomes)
      if (!O.Thrown && !(IsPut && O.Put && O.Family < T.FamilyOf.size() &&
                         T.FamilyOf[O.Family]->What == model::Kind::Memory))
        Ways.push_back(&O);
    if (Ways.empty())
      continue;
    auto All = [&](auto Holds) { return llvm::all_of(Ways, Holds); };
    for (SymbolId Field : Ways.front()->Bounded)
      if (All([&](auto *O) { return llvm::is_contained(O->Bounded, Field); }))
        emit(FactKind::Bound, S.Expr).Dst = Part(Field);
    // What is said of who resets goes before what bodies do.
    if (!IsPut || Means.Family->Resets != model::Convention::Unknown)
      continue;
    if (All([](auto *O) { return O->Reset; }))
      emit(FactKind::Reset, S.Expr, ResetsSelf).Dst = Object;
    for (SymbolId Field : Ways.front()->Cleared)
      if (All([&](auto *O) { return llvm::is_contained(O->Cleared, Field); }))
        emit(FactKind::Reset, S.Expr, ResetsSelf).Dst = Part(Field);
  }
}

/// `*b = Buffer()`: member for member.
void FactsGenerator::freshStorage(PlaceId Object, const CXXMethodDecl &Assign,
                                  const Stmt *At) {
  if (!Assign.isMoveAssignmentOperator())
    return;
  for (const FieldDecl *F : Assign.getParent()->fields())
    if (const auto *R = F->getType()->getAsCXXRecordDecl(); R && movesStorage(*R))
      emit(FactKind::Bound, At).Dst = field(Object, *F);
}

} // namespace pooltidy
