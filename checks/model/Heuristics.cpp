//===- Heuristics.cpp - classes that look like pools ------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "Heuristics.h"
#include "Names.h"
#include "Shapes.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;
using llvm::StringRef;

namespace pooltidy::model {

namespace {

struct Acquirer {
  const FunctionDecl *F;
  Shape What;
  Operation Op;
  bool Sized = false; ///< asks for a number of bytes or objects
  bool Keyed = false; ///< asks for one by name
};

std::vector<const CXXMethodDecl *> ownMethods(const CXXRecordDecl &R) {
  std::vector<const CXXMethodDecl *> Out;
  for (const Decl *D : R.decls()) {
    if (const auto *T = dyn_cast<FunctionTemplateDecl>(D))
      D = T->getTemplatedDecl();
    const auto *M = dyn_cast<CXXMethodDecl>(D);
    if (M && M->getIdentifier() && !M->isImplicit() && !M->isDeleted())
      Out.push_back(M);
  }
  return Out;
}

bool isCallable(QualType T) {
  T = T.getNonReferenceType();
  if (T->isFunctionPointerType() || T->isFunctionType() ||
      T->isMemberFunctionPointerType() || T->isTemplateTypeParmType())
    return true;
  if (isa<PackExpansionType>(T))
    return true;
  const CXXRecordDecl *R = recordOf(T);
  if (!R || !R->getIdentifier())
    return false;
  if (R->isLambda())
    return true;
  return llvm::any_of(splitWords(R->getName()), [](StringRef W) {
    return isOneOf(W, {"function", "task", "job", "callable", "callback",
                       "runnable", "work", "closure", "operation"});
  });
}

/// Habits of what is called a pool but lends nothing: running tasks, pinning
/// pages.
bool hasOtherHabits(llvm::ArrayRef<const CXXMethodDecl *> Methods) {
  return llvm::any_of(Methods, [](const CXXMethodDecl *M) {
    Words W = splitWords(M->getName());
    if (W.empty())
      return false;
    if (isOneOf(W[0], {"pin", "unpin"}))
      return true;
    return isOneOf(W[0], {"submit", "enqueue", "post", "schedule", "execute",
                          "dispatch", "spawn", "async", "run", "add", "start",
                          "defer"}) &&
           llvm::any_of(M->parameters(), [](const ParmVarDecl *P) {
             return isCallable(P->getType());
           });
  });
}

bool isIndexName(StringRef Name) {
  Words W = splitWords(Name);
  return !W.empty() &&
         isOneOf(W.back(), {"index", "idx", "i", "id", "pos", "position",
                            "slot", "n", "key", "nr", "no", "offset", "rid"});
}

bool isSizeParameter(const ParmVarDecl &P) {
  QualType T = P.getType().getNonReferenceType();
  if ((!T->isIntegerType() && !T->isDependentType()) || T->isBooleanType())
    return false;
  if (P.getName().empty())
    return T->isUnsignedIntegerType();
  return llvm::any_of(splitWords(P.getName()), [](StringRef W) {
    return isOneOf(W, {"size", "sz", "n", "bytes", "count", "num", "len",
                       "length", "nbytes", "capacity"});
  });
}

bool isKeyParameter(const ParmVarDecl &P) {
  QualType T = P.getType().getNonReferenceType();
  if (T->isPointerType())
    return T->getPointeeType()->isAnyCharacterType();
  const CXXRecordDecl *R = recordOf(T);
  return R && (isStd(*R, "basic_string") || isStd(*R, "basic_string_view"));
}

bool isRawType(QualType T) {
  if (T->isVoidType() || T->isAnyCharacterType())
    return true;
  const auto *E = T->getAs<EnumType>();
  return E && T.getAsString().find("byte") != std::string::npos;
}

/// `bool tryGet(T *&)`, `int get(T **)`, `std::error_code get(T **)`: the object
/// comes out of a parameter.
bool findOutParameter(const CXXMethodDecl &M, Acquirer &A) {
  QualType Result = M.getReturnType();
  if (!Result->isVoidType() && !Result->isIntegralOrEnumerationType() &&
      !isStatusClass(Result))
    return false;
  for (unsigned I = 0; I != M.getNumParams(); ++I) {
    Shape S = shapeOfParameter(M.getParamDecl(I)->getType());
    bool Out = S.Indirect ||
               (M.getParamDecl(I)->getType()->isLValueReferenceType() &&
                (S.As == Shape::Smart || S.As == Shape::Reference));
    if (!Out || S.Object->isFunctionType())
      continue;
    A.What = S;
    A.Op.Object = {Slot::Argument, I, true};
    A.Op.Fails = Result->isBooleanType() ? Failure::False
                 : Result->isVoidType()  ? Failure::Never
                                         : Failure::NonZero;
    // Nothing says that a number is an error code.
    if (A.Op.Fails == Failure::NonZero)
      A.Op.FailsBy = Operation::Named;
    return true;
  }
  return false;
}

bool readAcquirer(const CXXMethodDecl &M, Acquirer &A) {
  StringRef Name = M.getName();
  if (!isAcquireName(Name) || M.isConst())
    return false;
  A.F = &M;
  A.Op.Call = Name.str();
  A.Op.FailsBy = Operation::Seen;
  for (const ParmVarDecl *P : M.parameters()) {
    A.Sized |= isSizeParameter(*P);
    A.Keyed |= isKeyParameter(*P);
  }
  if (findOutParameter(M, A))
    return true;
  A.What = shapeOfResult(M.getReturnType());
  A.Op.Object = {Slot::Return, 0, false};
  if (!A.What)
    return false;
  std::string First = splitWords(Name)[isTryName(Name)];
  if (A.What.As == Shape::Integer) {
    A.Op.Id = true;
    // `get_count()` gives a number, `lease()` an id.
    return isOneOf(First, {"acquire", "lease", "borrow", "alloc", "allocate",
                           "obtain", "reserve", "take", "claim"});
  }
  // `Get(i)` looks, it does not lend.
  return !llvm::any_of(M.parameters(), [&](const ParmVarDecl *P) {
    return P->getType()->isIntegerType() && isIndexName(P->getName()) &&
           !(isSizeParameter(*P) && First != "get");
  });
}

bool sameObject(QualType A, QualType B) {
  A = A.getCanonicalType().getUnqualifiedType();
  B = B.getCanonicalType().getUnqualifiedType();
  if (A == B)
    return true;
  const CXXRecordDecl *From = recordOf(A), *To = recordOf(B);
  return From && To && From->hasDefinition() && To->hasDefinition() &&
         !From->isDependentContext() && From->isDerivedFrom(To);
}

bool agree(const Shape &Acquired, const Shape &Put) {
  if (!Put || !sameObject(Acquired.Object, Put.Object))
    return false;
  switch (Acquired.As) {
  case Shape::Pointer:
  case Shape::Reference:
    return Put.As == Shape::Pointer || Put.As == Shape::Reference;
  case Shape::Smart: // a raw pointer is what the handle puts
    return Put.As == Shape::Smart || Put.As == Shape::Pointer ||
           Put.As == Shape::Reference;
  case Shape::Value:
    return Put.As == Shape::Value || Put.As == Shape::Reference;
  case Shape::Integer:
    return Put.As == Shape::Integer;
  case Shape::None:
    break;
  }
  return false;
}

bool readPut(const CXXMethodDecl &M, const Shape &Acquired, FoundMember &Out) {
  if (!isPutName(M.getName()))
    return false;
  for (unsigned I = 0; I != M.getNumParams(); ++I) {
    Shape S = shapeOfParameter(M.getParamDecl(I)->getType());
    if (!agree(Acquired, S))
      continue;
    Out.Function = &M;
    Out.What = Role::Put;
    Out.Op.Call = M.getName().str();
    Out.Op.Object = {Slot::Argument, I, S.Indirect};
    Out.Op.Nulls = S.Indirect;
    Out.Op.Id = S.As == Shape::Integer;
    answersPut(M, Out.Op);
    return true;
  }
  return false;
}

bool isSharedPtr(const Shape &S) {
  return S.Holder && isStd(*S.Holder, "shared_ptr");
}

std::string sourceText(StringRef Class, const Acquirer &A,
                       const FoundMember *Put) {
  std::string Object = A.What.As == Shape::Integer
                           ? "an id"
                           : familyName(A.What.Object);
  if (A.What.Object->isVoidType())
    Object = "void";
  if (A.What.As == Shape::Pointer)
    Object += "*";
  else if (A.What.As == Shape::Reference)
    Object += "&";
  std::string Text = "heuristic: class '" + Class.str() + "' has acquire '" +
                     A.Op.Call + "'";
  if (Put)
    return Text + " and put '" + Put->Op.Call + "' of " + Object;
  return Text + " of a handle to " + Object;
}

/// What the name of class \p R says, with what \p A gives known.
PoolWord wordOf(const CXXRecordDecl &R, const Acquirer &A) {
  const CXXRecordDecl *Object =
      A.What.Object.isNull() ? nullptr : recordOf(A.What.Object);
  bool Lends = A.What.As != Shape::Integer && isLendName(A.Op.Call);
  return poolWord(R.getName(), Lends && Object ? nameOf(Object) : "");
}

/// One family: the acquires of one object type and the puts that agree.
std::optional<FoundPool> join(const CXXRecordDecl &R,
                              llvm::ArrayRef<Acquirer> Same,
                              llvm::ArrayRef<const CXXMethodDecl *> Methods,
                              bool Forced) {
  FoundPool Found;
  const Acquirer &First = Same.front();
  bool ByHandle = false;
  for (const Acquirer &A : Same) {
    Found.Members.push_back({A.F, Role::Acquire, A.Op});
    if (auto H = findHandle(A.F->getReturnType())) {
      ByHandle = true;
      Found.Handles.push_back(std::move(*H));
    }
  }
  size_t Acquires = Found.Members.size();
  bool WholePut = false; // takes what acquire gives, not what a handle holds
  size_t Public = Acquires;
  for (const CXXMethodDecl *M : Methods) {
    FoundMember Put;
    if (llvm::none_of(Same, [&](const Acquirer &A) { return A.F == M; }) &&
        llvm::any_of(Same, [&](const Acquirer &A) {
          return readPut(*M, A.What, Put);
        })) {
      WholePut |= shapeOfParameter(
                      M->getParamDecl(Put.Op.Object.Index)->getType())
                      .As == First.What.As ||
                  First.What.As != Shape::Smart;
      bool First = M->getAccess() == AS_public;
      Found.Members.insert(First ? Found.Members.begin() + Public
                                 : Found.Members.end(),
                           std::move(Put));
      Public += First;
    }
  }
  bool HasPut = Found.Members.size() > Acquires;
  PoolWord Word = wordOf(R, First);
  if (!HasPut && !(ByHandle && (Forced || Word == PoolWord::Ends)))
    return std::nullopt;
  // A shared_ptr or a plain owner that no put takes back goes back by its
  // deleter, which cannot be seen in its type.
  if (First.What.As == Shape::Smart && !WholePut && !ByHandle)
    return std::nullopt;

  Pool &P = Found.Family;
  P.Name = familyName(First.What.Object);
  P.Type = modelName(R);
  if (const CXXRecordDecl *Object = recordOf(First.What.Object);
      Object && First.What.As != Shape::Integer)
    P.Object = modelName(*Object);
  P.What = kindOf(First.What.Object, R.getName());
  std::string Verb = splitWords(First.Op.Call)[isTryName(First.Op.Call)];
  bool Allocates = First.Sized && isOneOf(Verb, {"alloc", "allocate", "malloc"});
  if (Allocates || (First.Sized && isRawType(First.What.Object)))
    P.What = Kind::Memory;
  P.Source = sourceText(R.getName(), First,
                        HasPut ? &Found.Members[Acquires] : nullptr);

  bool FreeList = readBodies(Found);
  bool Typed = (First.What.As == Shape::Pointer &&
                !First.What.Object->isVoidType()) ||
               ByHandle;
  bool Weak = Word != PoolWord::Ends || !Typed || isSharedPtr(First.What) ||
              (First.Keyed && Verb == "get") || Verb == "pop" ||
              (Allocates && !First.What.Object->isVoidType());
  P.Possible = Weak && !FreeList && !Forced;
  return Found;
}

bool isRaw(const Shape &S) {
  return S.As == Shape::Pointer || S.As == Shape::Reference;
}

/// `T *acquire()` and `Lease lease()` beside one `release(T *)` are two ways into
/// one pool: what is got by either comes back by the same put.
void joinWays(std::vector<std::vector<Acquirer>> &Groups,
              llvm::ArrayRef<const CXXMethodDecl *> Methods) {
  for (size_t I = 0; I < Groups.size(); ++I) {
    const Shape What = Groups[I].front().What;
    FoundMember Put;
    if (!isRaw(What) || llvm::none_of(Methods, [&](const CXXMethodDecl *M) {
          return readPut(*M, What, Put);
        }))
      continue;
    for (size_t J = 0; J < Groups.size(); ++J) {
      const Acquirer &Other = Groups[J].front();
      bool Handle = Other.What.As == Shape::Smart &&
                    llvm::any_of(Groups[J], [](const Acquirer &A) {
                      return findHandle(A.F->getReturnType()).has_value();
                    });
      if (J == I || Other.What.Object != What.Object ||
          !(Handle || isRaw(Other.What)))
        continue;
      llvm::move(Groups[J], std::back_inserter(Groups[I]));
      Groups.erase(Groups.begin() + J);
      I -= J < I;
      --J;
    }
  }
}

} // namespace

void answersPut(const FunctionDecl &F, Operation &Op) {
  QualType Result = F.getReturnType();
  if (!Result->isIntegralOrEnumerationType())
    return;
  bool IsBool = Result->isBooleanType();
  Op.FailsBy = IsBool ? Operation::Seen : Operation::Named;
  Op.Fails = IsBool ? Failure::False : Failure::NonZero;
}

Kind kindOf(QualType Object, StringRef PoolClass) {
  if (Object.isNull())
    return isResourceName(PoolClass) ? Kind::Resource : Kind::Object;
  if (const CXXRecordDecl *R = recordOf(Object); R && R->getIdentifier())
    return isResourceName(R->getName()) ? Kind::Resource : Kind::Object;
  if (Object->isVoidType() && isMemoryName(PoolClass))
    return Kind::Memory;
  return isResourceName(PoolClass) ? Kind::Resource : Kind::Object;
}

std::string familyName(QualType Object) {
  if (Object.isNull())
    return "object";
  if (const CXXRecordDecl *R = recordOf(Object); R && R->getIdentifier())
    return R->getName().str();
  if (isRawType(Object))
    return "block";
  if (Object->isIntegralOrEnumerationType())
    return "id";
  return Object->isDependentType() ? "object" : Object.getAsString();
}

std::vector<FoundPool> findPools(const CXXRecordDecl &R, bool Forced) {
  std::vector<FoundPool> Out;
  std::vector<const CXXMethodDecl *> Methods = ownMethods(R);
  if (!Forced &&
      (!mayNamePool(R.getName()) || hasOtherHabits(Methods)))
    return Out;

  // By object type, in the order of declaration.
  // What is not public counts only where nothing else is: for friends.
  std::vector<Acquirer> Acquirers;
  for (bool Public : {true, false}) {
    for (const CXXMethodDecl *M : Methods)
      if (Acquirer A; (M->getAccess() == AS_public) == Public &&
                      readAcquirer(*M, A) &&
                (Forced || wordOf(R, A) != PoolWord::None))
        Acquirers.push_back(std::move(A));
    if (!Acquirers.empty())
      break;
  }
  std::vector<std::vector<Acquirer>> Groups;
  for (Acquirer &A : Acquirers) {
    auto Group = llvm::find_if(Groups, [&](const std::vector<Acquirer> &G) {
      return G.front().What.Object == A.What.Object &&
             G.front().What.As == A.What.As;
    });
    if (Group == Groups.end())
      Groups.push_back({std::move(A)});
    else
      Group->push_back(std::move(A));
  }
  joinWays(Groups, Methods);
  size_t Sure = 0;
  for (const auto &Group : Groups)
    if (auto Found = join(R, Group, Methods, Forced)) {
      bool First = !Found->Family.Possible;
      Out.insert(First ? Out.begin() + Sure : Out.end(), std::move(*Found));
      Sure += First;
    }
  return Out;
}

} // namespace pooltidy::model
