//===- FieldTraits.cpp - what a member can hold -----------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "FieldTraits.h"
#include "Names.h"
#include "Shapes.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;
using llvm::StringRef;

namespace pooltidy::model {

namespace {

bool anyWord(StringRef Name, std::initializer_list<StringRef> Of) {
  return llvm::any_of(splitWords(Name),
                      [&](StringRef Word) { return isOneOf(Word, Of); });
}

StringRef stdName(QualType T) {
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  return R && R->getIdentifier() && R->isInStdNamespace() ? R->getName() : "";
}

/// `m_name_` and `name` are the same words.
Words fieldWords(StringRef Name) {
  Words W = splitWords(Name);
  if (W.size() > 1 && (W[0] == "m" || W[0] == "my"))
    W.erase(W.begin());
  return W;
}

/// Locks, conditions and their like are there to stay.
bool isSynchronisation(QualType T) {
  while (const auto *A = T->getAsArrayTypeUnsafe())
    T = A->getElementType();
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  std::string Name = R && R->getIdentifier() ? R->getName().str() : "";
  // pthread_mutex_t and others are unions or numbers under a name.
  if (const auto *Alias = T->getAs<TypedefType>())
    Name += "_" + Alias->getDecl()->getName().str();
  return anyWord(Name, {"mutex", "lock", "spinlock", "spin", "rwlock", "futex",
                        "cond", "condition", "condvar", "once", "semaphore",
                        "sem", "latch", "barrier"});
}

} // namespace

bool isPlain(QualType T) {
  while (const auto *A = T->getAsArrayTypeUnsafe())
    T = A->getElementType();
  if (T->isArithmeticType() || T->isEnumeralType())
    return true;
  const RecordDecl *R = T->getAsRecordDecl();
  if (!R || !(R = R->getDefinition()))
    return false;
  if (const auto *C = dyn_cast<CXXRecordDecl>(R))
    if (!C->isTriviallyCopyable() || C->getNumBases() != 0 || C->isLambda())
      return false;
  return llvm::all_of(R->fields(),
                      [](const FieldDecl *F) { return isPlain(F->getType()); });
}

bool isTrivialStorage(QualType T) {
  if (T->isArrayType())
    return isPlain(T);
  return stdName(T) == "array" && isPlain(templateArgument(T, 0));
}

bool boundsStorage(QualType T) {
  return T->isIntegerType() || T->isPointerType();
}

static bool isStdArray(QualType T) { return stdName(T) == "array"; }

bool isPlainElsewhere(QualType T) {
  while (!T.isNull() && (T->isArrayType() || isStdArray(T)))
    T = T->isArrayType() ? T->getAsArrayTypeUnsafe()->getElementType()
                         : templateArgument(T, 0);
  if (T.isNull())
    return false;
  if (T->isPointerType())
    return T->isVoidPointerType() || isPlain(T->getPointeeType());
  StringRef Name = stdName(T);
  if (Name == "basic_string")
    return true;
  if (Name != "vector" && Name != "unique_ptr" && Name != "valarray" &&
      Name != "shared_ptr")
    return false;
  QualType Element = templateArgument(T, 0);
  return !Element.isNull() && isPlain(Element) &&
         (Name == "vector" || Name == "valarray" || Element->isArrayType());
}

bool ownsOne(QualType T) {
  return isOneOf(stdName(T), {"unique_ptr", "optional", "any", "variant"});
}

const RecordDecl *ownedAlone(QualType T) {
  QualType To = stdName(T) == "unique_ptr" ? templateArgument(T, 0) : QualType();
  const RecordDecl *R = To.isNull() ? nullptr : To->getAsRecordDecl();
  return R ? R->getDefinition() : nullptr;
}

bool ownsOrPoints(QualType T) {
  if (T->isPointerType() && !T->isFunctionPointerType())
    return true;
  return isOneOf(stdName(T), {"basic_string",
                              "vector",
                              "deque",
                              "list",
                              "forward_list",
                              "map",
                              "multimap",
                              "set",
                              "multiset",
                              "unordered_map",
                              "unordered_set",
                              "unordered_multimap",
                              "unordered_multiset",
                              "queue",
                              "stack",
                              "priority_queue",
                              "unique_ptr",
                              "shared_ptr",
                              "weak_ptr",
                              "optional",
                              "any",
                              "function",
                              "move_only_function",
                              "basic_string_view",
                              "span"});
}

bool isNoState(const FieldDecl &F) {
  QualType T = F.getType();
  if (T.isConstQualified() || T->isReferenceType() || F.isUnnamedBitField() ||
      isSynchronisation(T))
    return true;
  StringRef Name = F.getName();
  if (anyWord(Name, {"pad", "padding", "reserved", "magic", "unused", "canary",
                     "mutex"}))
    return true;
  bool Number = T->isIntegralOrEnumerationType() || stdName(T) == "atomic";
  // Counts of references, and what tells one life of the object from the next.
  if (Number && anyWord(Name, {"ref", "refs", "refcount", "refcnt", "rc",
                               "generation", "epoch", "pooled", "leased"}))
    return true;
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  return R && R->hasDefinition() && R->isEmpty();
}

/// What an iterator shows: an element, or the value of a map's.
static QualType shownBy(const CXXRecordDecl &Iterator) {
  const CXXRecordDecl *D = Iterator.getDefinition();
  for (const CXXMethodDecl *M : D ? D->methods() : CXXRecordDecl::method_range(
                                        CXXRecordDecl::method_iterator(),
                                        CXXRecordDecl::method_iterator()))
    if (M->getOverloadedOperator() == OO_Star && M->getNumParams() == 0) {
      QualType T = M->getReturnType().getNonReferenceType();
      return stdName(T) == "pair" ? templateArgument(T, 1) : T;
    }
  return {};
}

static bool isSame(QualType T, const RecordDecl &Object) {
  const RecordDecl *R = T.isNull() ? nullptr : T->getAsRecordDecl();
  return R && R->getCanonicalDecl() == Object.getCanonicalDecl();
}

/// An iterator to the object's own place among others.
static bool isOwnPlace(const CXXRecordDecl &R, const RecordDecl &Object) {
  if (!R.getName().contains_insensitive("iter"))
    return false;
  QualType To = shownBy(R);
  if (To.isNull())
    return false;
  if (To->isPointerType())
    To = To->getPointeeType();
  else if (isOneOf(stdName(To), {"shared_ptr", "unique_ptr", "weak_ptr"}))
    To = templateArgument(To, 0);
  return isSame(To, Object);
}

bool isBackLink(const FieldDecl &F, const RecordDecl &Object) {
  QualType T = F.getType();
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  // Hooks of intrusive lists, and iterators to the object's own place in one.
  if (R && R->getIdentifier() &&
      (anyWord(R->getName(), {"hook", "link", "links", "linkage"}) ||
       isOwnPlace(*R, Object)))
    return true;
  QualType To = T->getPointeeType();
  // `Job **pprev`: the link that leads here.
  if (!To.isNull() && To->isPointerType() &&
      isSame(To->getPointeeType(), Object))
    return true;
  if (To.isNull() && isOneOf(stdName(T), {"shared_ptr", "weak_ptr"}))
    To = templateArgument(T, 0);
  if (To.isNull())
    return false;
  const RecordDecl *Pointee = To->getAsRecordDecl();
  if (Pointee && Pointee->getIdentifier() &&
      (poolWord(Pointee->getName()) != PoolWord::None ||
       anyWord(Pointee->getName(), {"list", "queue"})))
    return true;
  if (anyWord(F.getName(), {"pool", "owner", "home", "arena", "allocator"}))
    return true;
  const auto *Base = dyn_cast_or_null<CXXRecordDecl>(Pointee);
  const auto *Class = dyn_cast<CXXRecordDecl>(&Object);
  bool ToOwnKind =
      Pointee && (Pointee->getCanonicalDecl() == Object.getCanonicalDecl() ||
                  (Base && Class && Base->hasDefinition() &&
                   Class->isDerivedFrom(Base)));
  return (ToOwnKind || To->isVoidType()) &&
         anyWord(F.getName(), {"next", "prev", "previous", "link", "flink",
                               "blink", "nextfree", "sibling"});
}

bool saysHowMuch(StringRef Name, StringRef Of) {
  Words Mine = fieldWords(Name), Theirs = fieldWords(Of);
  if (Theirs.empty()) // what has no name is counted by nobody
    return false;
  bool Says = false;
  size_t Same = 0;
  for (StringRef Word : Mine) {
    if (Same < Theirs.size() &&
        (Word == Theirs[Same] || (Word + "s").str() == Theirs[Same]))
      ++Same;
    else if (isOneOf(Word, {"has", "have", "is", "valid", "set", "present",
                            "num", "n", "count", "len", "length", "size", "pos",
                            "used", "end", "top", "nr", "no"}))
      Says = true;
  }
  return Says && Same == Theirs.size();
}

bool saysWhether(StringRef Name) {
  Words W = fieldWords(Name);
  llvm::erase_if(W, [](StringRef Word) {
    return isOneOf(Word, {"is", "has", "have"});
  });
  return !W.empty() && llvm::all_of(W, [](StringRef Word) {
    return isOneOf(Word, {"valid", "value", "values", "set", "present", "empty",
                          "filled", "initialized", "initialised", "inited",
                          "known", "defined", "loaded", "engaged", "ready"});
  });
}

bool saysWhich(StringRef Name) {
  return anyWord(Name, {"kind", "type", "tag", "which", "discriminator",
                        "variant", "alternative", "valid", "set", "active",
                        "present"});
}

} // namespace pooltidy::model
