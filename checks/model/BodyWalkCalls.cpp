//===- BodyWalkCalls.cpp - what a call does to members ----*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "BodyWalk.h"
#include "Names.h"
#include "Shapes.h"
#include <optional>

using namespace clang;
using llvm::StringRef;

namespace pooltidy::model {

namespace {

bool isConst(QualType Pointer) {
  QualType To = Pointer->getPointeeType();
  return !To.isNull() && To.isConstQualified();
}

/// Members of library classes after which nothing of what was there is left.
bool isRenewing(const CXXMethodDecl &M) {
  return M.getOverloadedOperator() == OO_Equal || takesAway(M) ||
         isOneOf(nameOf(M), {"clear", "reset", "assign", "swap", "store",
                             "exchange", "release", "fill", "str"});
}

/// Functions of C that begin to write where their argument \p I leads.
bool fills(const FunctionDecl &F, unsigned I) {
  StringRef Name = nameOf(F);
  return (I == 0 &&
          isOneOf(Name, {"strncpy", "strlcpy", "stpcpy", "sprintf", "snprintf",
                         "vsprintf", "vsnprintf", "memmove", "wcscpy", "wcsncpy",
                         "fgets", "fread", "getcwd", "gethostname", "strftime",
                         "getentropy", "getrandom", "read", "getline"})) ||
         (I == 1 && isOneOf(Name, {"read", "recv", "pread", "recvfrom",
                                   "readlink", "realpath", "localtime_r",
                                   "gmtime_r"})) ||
         (I == 2 && Name == "inet_ntop");
}

/// Members of library classes after which more is there than was.
bool isAdding(const CXXMethodDecl &M) {
  OverloadedOperatorKind Op = M.getOverloadedOperator();
  StringRef Name = nameOf(M);
  return Op == OO_PlusEqual || Op == OO_LessLess || Name.starts_with("push") ||
         Name.starts_with("emplace") || Name.starts_with("try_emplace") ||
         Name.starts_with("insert") || Name.starts_with("append") ||
         isOneOf(Name, {"merge", "splice", "write", "put"});
}

bool isAllocation(StringRef Name) {
  return isOneOf(Name,
                 {"malloc", "calloc", "realloc", "aligned_alloc", "make_unique",
                  "make_unique_for_overwrite", "resize", "reserve", "allocate",
                  "strdup", "xmalloc", "xrealloc"});
}

/// `assign(n, value)` makes room for n; other forms copy.
bool isSizedAssign(const FunctionDecl &F) {
  return nameOf(F) == "assign" && F.getNumParams() == 2 &&
         F.getParamDecl(0)->getType()->isIntegerType();
}

bool isIterator(QualType T) {
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  return R && R->getIdentifier() &&
         R->getName().contains_insensitive("iter");
}

/// What a standard algorithm does to the range that its argument \p I, of
/// \p Of, begins or ends; null for those that are none.
std::optional<Touch> onRange(StringRef Name, unsigned I, unsigned Of) {
  if (isOneOf(Name, {"fill", "fill_n", "generate", "generate_n", "iota",
                     "swap_ranges", "destroy", "destroy_n"}) ||
      (Name.starts_with("uninitialized_") && !Name.contains("copy") &&
       !Name.contains("move")))
    return Touch::Overwrite;
  unsigned To = 0;
  if (isOneOf(Name, {"copy", "copy_if", "copy_n", "copy_backward", "move",
                     "move_backward", "partial_sum", "exclusive_scan",
                     "inclusive_scan", "adjacent_difference", "replace_copy",
                     "replace_copy_if", "remove_copy", "remove_copy_if",
                     "reverse_copy", "unique_copy", "sample",
                     "uninitialized_copy", "uninitialized_copy_n",
                     "uninitialized_move", "uninitialized_move_n"}))
    To = 2;
  else if (Name == "transform")
    To = Of - 2;
  else if (Name == "rotate_copy")
    To = 3;
  else if (isOneOf(Name, {"merge", "set_union", "set_intersection",
                          "set_difference", "set_symmetric_difference"}))
    To = 4;
  if (To != 0)
    return I == To ? Touch::Overwrite : Touch::Read;
  if (isOneOf(Name, {"sort", "stable_sort", "partial_sort", "nth_element",
                     "reverse", "rotate", "shuffle", "remove", "remove_if",
                     "unique", "partition", "stable_partition", "replace",
                     "replace_if", "iter_swap", "inplace_merge", "make_heap",
                     "push_heap", "pop_heap", "sort_heap",
                     "next_permutation", "prev_permutation"}))
    return Touch::Change;
  if (isOneOf(Name,
              {"accumulate", "reduce", "count", "count_if", "find", "find_if",
               "find_if_not", "find_end", "find_first_of", "all_of", "any_of",
               "none_of", "equal", "mismatch", "distance", "max_element",
               "min_element", "minmax_element", "binary_search", "lower_bound",
               "upper_bound", "equal_range", "is_sorted", "search",
               "adjacent_find", "lexicographical_compare", "inner_product",
               "transform_reduce", "includes", "is_permutation"}))
    return Touch::Read;
  return std::nullopt;
}

/// What the callable of a for_each does to each element.
Touch onEach(const Expr *Callable) {
  const CXXRecordDecl *R =
      Callable->getType().getNonReferenceType()->getAsCXXRecordDecl();
  const CXXMethodDecl *Op =
      R && R->isLambda() ? R->getLambdaCallOperator() : nullptr;
  if (!Op || Op->getNumParams() != 1)
    return Touch::Unsure;
  QualType T = Op->getParamDecl(0)->getType();
  return (T->isReferenceType() || T->isPointerType()) && !isConst(T)
             ? Touch::Change
             : Touch::Read;
}

/// What \p F of a library gets there is the pointer or owner, to keep or to pass
/// on: `free.emplace_back(t)`, `std::unique_ptr<T>(t)`, `std::swap(t, other)`.
/// What it leads to stays as it is.
bool takesHolder(const FunctionDecl &F, QualType T) {
  if (T->isReferenceType()) {
    QualType Of = T->getPointeeType();
    const CXXRecordDecl *R = Of->getAsCXXRecordDecl();
    return Of->isPointerType() ||
           (R && (isStd(*R, "unique_ptr") || isStd(*R, "shared_ptr")));
  }
  const auto *M = dyn_cast<CXXMethodDecl>(&F);
  const CXXRecordDecl *Of = M ? M->getParent() : nullptr;
  // allocator_traits and their like construct and destroy.
  return Of && Of->isInStdNamespace() && !nameOf(*Of).contains("alloc");
}

/// What const members of \p Class can set.
bool hasMutable(const CXXRecordDecl &Class) {
  const CXXRecordDecl *R = Class.getDefinition();
  return R && (llvm::any_of(R->fields(),
                            [](const FieldDecl *F) { return F->isMutable(); }) ||
               llvm::any_of(R->bases(), [](const CXXBaseSpecifier &B) {
                 const CXXRecordDecl *Base = recordOf(B.getType());
                 return Base && hasMutable(*Base);
               }));
}

bool isZero(const Expr *E) {
  const auto *L = dyn_cast<IntegerLiteral>(E->IgnoreParenImpCasts());
  return L && L->getValue() == 0;
}

} // namespace

void BodyWalk::call(const CallExpr &C, Touch Wanted) {
  const FunctionDecl *F = C.getDirectCallee();
  CalledAs = "";
  if (!F || F->getOverloadedOperator() == OO_Call) {
    const Expr *Of =
        withoutWraps((F && C.getNumArgs() ? C.getArg(0) : C.getCallee())
                         ->IgnoreParenImpCasts());
    if (const auto *M = dyn_cast<MemberExpr>(Of))
      CalledAs = nameOf(*M->getMemberDecl());
    else if (const auto *D = dyn_cast<DeclRefExpr>(Of))
      CalledAs = nameOf(*D->getDecl());
  }
  if (isa<CXXPseudoDestructorExpr>(C.getCallee()->IgnoreParenImpCasts()))
    return;
  if (!F) {
    visit(C.getCallee());
    for (const Expr *Arg : C.arguments()) {
      hand(nullptr, nullptr, Arg->getType(), Arg, C.getNumArgs() == 1);
      given(Arg, Arg->getType(), nullptr, nullptr);
    }
    return;
  }
  Out.Allocates |= isAllocation(nameOf(*F)) || isSizedAssign(*F);
  if (isa<CXXDestructorDecl>(F)) {
    if (const Expr *Object = objectOf(C))
      access(Object, Touch::Overwrite);
    return;
  }
  const Expr *Object = objectOf(C);
  if (Object)
    method(C, *cast<CXXMethodDecl>(F), Object, Wanted);
  unsigned Skip = Object && isa<CXXOperatorCallExpr>(C) ? 1 : 0;
  if (zeroesMore(C, *F) || algorithm(C, *F))
    return;
  arguments(*F, {C.getArgs() + Skip, C.getNumArgs() - Skip}, 0);
}

bool BodyWalk::algorithm(const CallExpr &C, const FunctionDecl &F) {
  if (isa<CXXMethodDecl>(F) || !F.isInStdNamespace() || C.getNumArgs() < 2)
    return false;
  StringRef Name = nameOf(F);
  auto Named = [&](const Expr *Arg) {
    Arg = withoutWraps(Arg);
    if (const auto *Copy = dyn_cast<CXXConstructExpr>(Arg);
        Copy && Copy->getNumArgs() == 1)
      Arg = withoutWraps(Copy->getArg(0)->IgnoreImplicit());
    QualType T = Arg->getType();
    return (T->isPointerType() || T->isArrayType() || isIterator(T)) &&
                   refOf(Arg).Known
               ? Arg
               : nullptr;
  };
  std::optional<Touch> Each;
  if (Name == "for_each" || Name == "for_each_n")
    Each = onEach(C.getArg(C.getNumArgs() - 1));
  if (!Each && !onRange(Name, 0, C.getNumArgs()))
    return false;
  for (unsigned I = 0; I < C.getNumArgs(); ++I) {
    const Expr *Range = Named(C.getArg(I));
    if (!Range) {
      visit(C.getArg(I));
      continue;
    }
    Touch How = Each ? *Each : *onRange(Name, I, C.getNumArgs());
    // `begin()` of what is const shows it to be read.
    const auto *Look = dyn_cast<CXXMemberCallExpr>(Range);
    if (Look && Look->getMethodDecl() && Look->getMethodDecl()->isConst())
      How = Touch::Read;
    access(Range, How);
  }
  return true;
}

/// memset(&first, 0, n) with more than the first member: whoever writes that
/// means the rest of the object.
bool BodyWalk::zeroesMore(const CallExpr &C, const FunctionDecl &F) {
  if (!isOneOf(nameOf(F),
               {"memset", "bzero", "explicit_bzero", "__builtin_memset"}) ||
      C.getNumArgs() < 2)
    return false;
  const Expr *Of = C.getArg(0)->IgnoreParenCasts();
  Ref R = refOf(Of);
  if (!R.Known || R.Behind)
    return false;
  Expr::EvalResult Bytes;
  const auto *A = dyn_cast<UnaryOperator>(Of);
  if (const Expr *Size = C.getArg(C.getNumArgs() - 1);
      A && A->getOpcode() == UO_AddrOf && !R.Path.empty() &&
      !Size->isValueDependent() && Size->EvaluateAsInt(Bytes, Reader.Context) &&
      Bytes.Val.getInt().ugt(
          Reader.Context.getTypeSizeInChars(A->getSubExpr()->getType())
              .getQuantity()))
    R.Path.clear();
  record(R, Touch::Overwrite, &C, nullptr);
  return true;
}

void BodyWalk::method(const CallExpr &C, const CXXMethodDecl &M,
                      const Expr *Object, Touch Wanted) {
  bool User = Reader.isUserCode(M);
  if (User) {
    Out.Called.push_back(&M);
    if (M.isInstance() && !M.isConst())
      Out.Handed.push_back({&M, nullptr, M.getParent(), C.getNumArgs() == 0,
                            isFresh(Object), isLocal(Object), ""});
  }
  if (M.getOverloadedOperator() == OO_Equal && C.getNumArgs() == 2)
    forget(Object, C.getArg(1));
  // What a const member is seen to do to mutable ones counts.
  if (!M.isInstance() ||
      (M.isConst() && !(User && Follow && M.hasBody() && hasMutable(*M.getParent()))))
    return access(Object, Touch::Read);
  if (!User) {
    if (isLook(M))
      return access(Object, Wanted);
    bool Number = M.getParent()->getIdentifier() &&
                  StringRef(M.getParent()->getName()).contains("atomic");
    bool Sized = isAllocation(nameOf(M)) || isSizedAssign(M);
    const Expr *Value =
        M.getOverloadedOperator() == OO_Equal && C.getNumArgs() == 2
            ? C.getArg(1)
            : nullptr;
    bool Emptied =
        (nameOf(M) == "resize" && C.getNumArgs() == 1 &&
         isZero(C.getArg(0))) ||
        (isOneOf(nameOf(M), {"clear", "reset"}) && C.getNumArgs() == 0);
    Manner Way = Emptied                   ? Empties
                 : Sized || isRenewing(M)  ? Plainly
                 : Number                  ? Steps
                 : isAdding(M)             ? Grows
                                           : Alters;
    return access(Object,
                  isRenewing(M) || Emptied ? Touch::Overwrite : Touch::Change,
                  Value, Way);
  }
  Ref R = refOf(Object);
  if (M.getOverloadedOperator() == OO_Equal) {
    return access(Object, Touch::Overwrite,
                  C.getNumArgs() == 2 ? C.getArg(1) : nullptr);
  }
  const CXXMethodDecl *Meant = &M;
  if (Follow && R.Known && R.OfThis && R.Path.empty()) {
    // As the object's own class has it, unless the call names another's.
    const auto *Named =
        dyn_cast<MemberExpr>(C.getCallee()->IgnoreParenImpCasts());
    if (M.isVirtual() && Dynamic && Named && !Named->hasQualifier())
      if (const auto *Over = M.getCorrespondingMethodInClass(Dynamic, true))
        Meant = Over;
    if (!Meant->isConst() || (Meant->hasBody() && !Reader.isTooDeep()))
      return follow(*Meant, nullptr);
  }
  if (M.isConst())
    return access(Object, Touch::Read);
  if (!R.Known || R.Path.empty())
    return chain(Object, Touch::Read);
  access(Object, Reader.Classes.isReset(M) ? Touch::Overwrite
                                           : Reader.effect(M, nullptr));
}

/// The object itself is given to \p F.
void BodyWalk::follow(const FunctionDecl &F, const ParmVarDecl *Object) {
  const FunctionDecl *Body = nullptr;
  if (!F.hasBody(Body) || !Reader.isUserCode(*Body) || Entered.size() > 64 ||
      Reader.isTooDeep()) {
    Out.Lost = true;
    return;
  }
  if (Object && Body != &F)
    Object = Body->getParamDecl(Object->getFunctionScopeIndex());
  if (Entered.count({Body, Object}))
    return;
  bool Returned = Out.Returns;
  ++Reader.Depth;
  enter(*Body, Object);
  --Reader.Depth;
  Out.Returns = Returned;
}

void BodyWalk::arguments(const FunctionDecl &F,
                         llvm::ArrayRef<const Expr *> Args, unsigned From) {
  for (unsigned I = From; I < Args.size(); ++I) {
    const ParmVarDecl *P = I < F.getNumParams() ? F.getParamDecl(I) : nullptr;
    // A callable of the library names nobody.
    bool Named = Reader.isUserCode(F);
    if (Named || F.getOverloadedOperator() == OO_Call)
      hand(Named ? &F : nullptr, Named ? P : nullptr,
           P ? P->getType() : Args[I]->getType(), Args[I], Args.size() == 1);
    bool Copies = I == 0 && Args.size() > 1 && P &&
                  isOneOf(nameOf(F), {"strcpy", "strncpy", "strlcpy", "stpcpy",
                                      "memcpy", "memmove"});
    given(Args[I], P ? P->getType() : Args[I]->getType(), &F, P,
          Copies ? Args[1] : nullptr);
  }
}

/// \p Arg goes to a parameter of type \p T of \p F, where that is known.
void BodyWalk::given(const Expr *Arg, QualType T, const FunctionDecl *F,
                     const ParmVarDecl *P, const Expr *From) {
  bool Changes = (T->isReferenceType() || T->isPointerType()) && !isConst(T);
  Ref R = Changes || T->isReferenceType() || T->isPointerType() ? refOf(Arg)
                                                                : Ref();
  // A user's function that goes over a member.
  if (!R.Known && isIterator(T) && F && Reader.isUserCode(*F) &&
      isa<CallExpr>(withoutWraps(Arg)) && refOf(Arg).Known) {
    const auto *Look = dyn_cast<CXXMemberCallExpr>(withoutWraps(Arg));
    bool Const = Look && Look->getMethodDecl()->isConst();
    return access(Arg, Const ? Touch::Read : Touch::Unsure);
  }
  if (!R.Known)
    return visit(Arg);
  if (!Changes)
    return access(Arg, Touch::Read);
  if (R.Path.empty()) {
    if (!Follow || !R.OfThis || R.Inside)
      return;
    if (F && P && Reader.isUserCode(*F))
      return follow(*F, P);
    if (F && takesHolder(*F, T))
      return;
    // memset(this, …), swap(*this, fresh): nothing is left as it was.
    return record(R, Touch::Overwrite, Arg, nullptr);
  }
  bool Frees = F && isOneOf(nameOf(*F), {"free", "kfree", "g_free"});
  Touch How = Touch::Unsure;
  if (T->isRValueReferenceType())
    How = Touch::Change;
  else if (F && !Reader.isUserCode(*F))
    How = isOneOf(nameOf(*F), {"swap", "exchange", "fill", "fill_n", "memset",
                               "memcpy", "copy", "copy_n", "strcpy"}) ||
                  (P && fills(*F, P->getFunctionScopeIndex()))
              ? Touch::Overwrite
              : Touch::Change;
  else if (F && P)
    How = Reader.effect(*F, P);
  access(Arg, How, From, Frees ? Deletes : Plainly);
}

} // namespace pooltidy::model
