//===- pool-false-sharing.cpp -------------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// In a pool with one part for each thread, CPU or shard: parts that share cache
// lines, so that each thread's atomics slow the others down.
//
//===----------------------------------------------------------------------===//
#include "../model/Names.h"
#include "../model/Shapes.h"
#include "Wording.h"
#include "clang/AST/RecordLayout.h"
#include "clang/AST/RecursiveASTVisitor.h"

using namespace clang;
using llvm::StringRef;

namespace pooltidy {

namespace {

bool anyWord(StringRef Name, std::initializer_list<StringRef> Of) {
  return llvm::any_of(model::splitWords(Name), [&](StringRef Word) {
    return llvm::is_contained(Of, Word);
  });
}

bool isAtomic(QualType T) {
  if (T->isAtomicType())
    return true;
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  return R && R->getIdentifier() &&
         (R->getName() == "atomic" || R->getName() == "atomic_flag" ||
          R->getName() == "__atomic_base");
}

/// By value, at any depth.
bool holdsAtomics(QualType T) {
  while (const auto *A = T->getAsArrayTypeUnsafe())
    T = A->getElementType();
  if (isAtomic(T))
    return true;
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  if (!R || !(R = R->getDefinition()))
    return false;
  return llvm::any_of(R->bases(),
                      [](const CXXBaseSpecifier &B) {
                        return holdsAtomics(B.getType());
                      }) ||
         llvm::any_of(R->fields(), [](const FieldDecl *F) {
           return holdsAtomics(F->getType());
         });
}

bool isPadding(const FieldDecl &F) {
  return !F.getIdentifier() ||
         llvm::any_of(model::splitWords(F.getName()), [](StringRef Word) {
           return Word.starts_with("pad") || Word == "reserved" ||
                  Word == "unused" || Word == "filler";
         });
}

/// From where to where, in bytes, the parts of an object begin that somebody
/// uses. Each is aligned, so that none lies in two lines.
struct Parts {
  int64_t First = -1, Last = -1;

  void add(QualType T, int64_t At, const ASTContext &Context) {
    if (const auto *A = Context.getAsConstantArrayType(T)) {
      int64_t Count = A->getSize().getZExtValue();
      QualType Of = A->getElementType();
      add(Of, At, Context);
      if (Count > 1)
        add(Of, At + (Count - 1) * Context.getTypeSizeInChars(Of).getQuantity(),
            Context);
      return;
    }
    const CXXRecordDecl *R = T->getAsCXXRecordDecl();
    if (R && (R = R->getDefinition()) && !isAtomic(T)) {
      const ASTRecordLayout &Layout = Context.getASTRecordLayout(R);
      for (const CXXBaseSpecifier &B : R->bases())
        if (const CXXRecordDecl *Base = model::recordOf(B.getType());
            Base && !B.isVirtual())
          add(B.getType(), At + Layout.getBaseClassOffset(Base).getQuantity(),
              Context);
      for (const FieldDecl *F : R->fields())
        if (!isPadding(*F))
          add(F->getType(),
              At + int64_t(Layout.getFieldOffset(F->getFieldIndex()) / 8), Context);
      return;
    }
    First = First < 0 ? At : std::min(First, At);
    Last = std::max(Last, At);
  }
};

/// The `data()` of a container leads to its elements, one beside the other.
bool givesData(const CXXRecordDecl *R, QualType Of) {
  if (!R || !(R = R->getDefinition()))
    return false;
  return llvm::any_of(R->methods(),
                      [&](const CXXMethodDecl *M) {
                        return M->getIdentifier() && M->getName() == "data" &&
                               M->getReturnType()->isPointerType() &&
                               M->getASTContext().hasSameType(
                                   M->getReturnType()->getPointeeType(), Of);
                      }) ||
         llvm::any_of(R->bases(), [&](const CXXBaseSpecifier &B) {
           return givesData(model::recordOf(B.getType()), Of);
         });
}

/// What an array, or a container that lays its elements side by side, holds.
QualType elementOf(QualType T, ASTContext &Context) {
  if (const auto *A = Context.getAsConstantArrayType(T))
    return A->getSize().ugt(1) ? A->getElementType() : QualType();
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  QualType Of = R ? model::templateArgument(T, 0) : QualType();
  if (Of.isNull())
    return {};
  if (model::isStd(*R, "unique_ptr") || model::isStd(*R, "shared_ptr")) {
    const auto *A = Context.getAsArrayType(Of);
    return A ? A->getElementType() : QualType();
  }
  bool Beside = model::isStd(*R, "array") || model::isStd(*R, "vector") ||
                model::isStd(*R, "deque") || givesData(R, Of);
  return Beside ? Of : QualType();
}

/// True when the elements are a part of the member itself.
bool elementsLieIn(QualType T, QualType Element, const ASTContext &Context) {
  return !T->isIncompleteType() &&
         Context.getTypeSize(T) >= 2 * Context.getTypeSize(Element);
}

/// Threads, CPUs and shards, by the name of what counts them.
bool namesThread(StringRef Name) {
  return anyWord(Name, {"thread", "threads", "tid", "cpu", "cpus", "core",
                        "cores", "shard", "shards", "stripe", "stripes",
                        "worker", "workers", "processor", "percpu",
                        "perthread"});
}

/// An enumerator: there is an element for each kind of something, as in
/// `worker_counts_[Idle]`, and all threads use all of them.
bool isKind(const Expr *Index) {
  Index = Index->IgnoreParenCasts();
  if (Index->getType()->isEnumeralType())
    return true;
  const auto *D = dyn_cast<DeclRefExpr>(Index);
  return D && isa<EnumConstantDecl>(D->getDecl());
}

/// Looks for `member[index]`, and what the index counts.
class Indexing : public RecursiveASTVisitor<Indexing> {
public:
  bool shouldVisitTemplateInstantiations() const { return true; }
  struct Uses {
    const Expr *ByThread = nullptr; ///< the first that counts threads
    bool ByKind = false, ByOther = false;
  };
  llvm::DenseMap<const ValueDecl *, Uses> Found;

  bool VisitArraySubscriptExpr(ArraySubscriptExpr *A) {
    index(A->getBase(), A->getIdx());
    return true;
  }
  bool VisitCXXOperatorCallExpr(CXXOperatorCallExpr *C) {
    if (C->getOperator() == OO_Subscript && C->getNumArgs() == 2)
      index(C->getArg(0), C->getArg(1));
    return true;
  }
  bool VisitCXXMemberCallExpr(CXXMemberCallExpr *C) {
    if (const CXXMethodDecl *M = C->getMethodDecl();
        M && M->getIdentifier() && M->getName() == "at" && C->getNumArgs() == 1)
      index(C->getImplicitObjectArgument(), C->getArg(0));
    return true;
  }

private:
  void index(const Expr *Array, const Expr *By) {
    Array = Array->IgnoreParenImpCasts();
    const ValueDecl *Of = nullptr;
    if (const auto *M = dyn_cast<MemberExpr>(Array))
      Of = M->getMemberDecl();
    else if (const auto *D = dyn_cast<DeclRefExpr>(Array))
      Of = D->getDecl();
    if (!Of)
      return;
    Uses &Each = Found[cast<ValueDecl>(Of->getCanonicalDecl())];
    if (counts(By, 0))
      Each.ByThread = Each.ByThread ? Each.ByThread : By;
    else if (isKind(By))
      Each.ByKind = true;
    else
      Each.ByOther |= !isCounter(By);
  }

  /// `for (int i = 0; …)` goes over all elements, whatever they are for.
  static bool isCounter(const Expr *By) {
    const auto *D = dyn_cast<DeclRefExpr>(By->IgnoreParenImpCasts());
    const auto *V = D ? dyn_cast<VarDecl>(D->getDecl()) : nullptr;
    return V && V->hasLocalStorage() && V->hasInit() &&
           isa<IntegerLiteral>(V->getInit()->IgnoreParenImpCasts());
  }

  /// What \p S returns counts threads.
  static bool answers(const Stmt *S, unsigned Depth) {
    if (!S || Depth > 4 || isa<LambdaExpr>(S))
      return false;
    if (const auto *R = dyn_cast<ReturnStmt>(S))
      return counts(R->getRetValue(), Depth);
    return llvm::any_of(S->children(), [&](const Stmt *Child) {
      return answers(Child, Depth);
    });
  }

  /// The index names a thread, or is made from what does.
  static bool counts(const Stmt *S, unsigned Depth) {
    if (!S || Depth > 4)
      return false;
    if (const auto *R = dyn_cast<DeclRefExpr>(S)) {
      const ValueDecl *D = R->getDecl();
      if (D->getIdentifier() && namesThread(D->getName()))
        return true;
      QualType T = D->getType().getNonReferenceType();
      const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
      if (Class && Class->getIdentifier() && Class->getName() == "id" &&
          model::modelName(*Class) == "std::thread::id")
        return true;
      const auto *V = dyn_cast<VarDecl>(D);
      // Each thread has its own.
      if (V && V->getTLSKind() != VarDecl::TLS_None && T->isIntegerType())
        return true;
      return V && V->hasInit() && counts(V->getInit(), Depth + 1);
    }
    if (const auto *M = dyn_cast<MemberExpr>(S))
      if (M->getMemberDecl()->getIdentifier() &&
          namesThread(M->getMemberDecl()->getName()))
        return true;
    if (const auto *C = dyn_cast<CallExpr>(S))
      if (const FunctionDecl *F = C->getDirectCallee()) {
        if (StringRef Name = F->getIdentifier() ? F->getName() : "";
            namesThread(Name) || Name == "sched_getcpu" ||
            Name == "pthread_self" || Name == "gettid" ||
            model::contextName(F->getDeclContext()) == "std::this_thread")
          return true;
        // `counts_[slot()]`
        if (const FunctionDecl *Body = nullptr;
            F->hasBody(Body) && answers(Body->getBody(), Depth + 1))
          return true;
      }
    return llvm::any_of(
        S->children(), [&](const Stmt *Child) { return counts(Child, Depth); });
  }
};

} // namespace

void checkFalseSharing(const Analysis &A, Reporter &Out) {
  // The pools, their parts, and what they have as members.
  llvm::SmallVector<const CXXRecordDecl *, 8> Pools;
  llvm::SmallPtrSet<const CXXRecordDecl *, 8> Seen;
  auto Add = [&](const CXXRecordDecl *R, auto &&Self) -> void {
    R = R ? R->getDefinition() : nullptr;
    if (!R || R->isDependentContext() || !Seen.insert(R).second ||
        A.context().getSourceManager().isInSystemHeader(R->getLocation()))
      return;
    Pools.push_back(R);
    for (const Decl *D : R->decls()) {
      if (const auto *Inner = dyn_cast<CXXRecordDecl>(D))
        Self(Inner, Self);
      else if (const auto *F = dyn_cast<FieldDecl>(D))
        Self(F->getType()->getAsCXXRecordDecl(), Self);
    }
  };
  for (const CXXRecordDecl *R : A.functions().PoolClasses)
    Add(R, Add);
  for (const CXXRecordDecl *R : A.functions().PoolInstances)
    Add(R, Add);
  for (const DeclaratorDecl *D : A.functions().Pools)
    Add(model::recordOf(D->getType().getNonReferenceType()), Add);
  if (Pools.empty())
    return;

  int64_t CacheLine = A.options().number("pool-false-sharing", "CacheLineSize");
  Indexing Indexed;
  bool Looked = false;
  std::set<SourceLocation> Places;
  for (const CXXRecordDecl *R : Pools)
    for (const Decl *D : R->decls()) {
      const auto *F = dyn_cast<DeclaratorDecl>(D);
      const auto *V = dyn_cast<VarDecl>(D);
      if (!F || isa<FunctionDecl>(F) || (V && V->getTLSKind() != VarDecl::TLS_None))
        continue;
      QualType Element = elementOf(F->getType(), A.context());
      if (Element.isNull() || Element->isIncompleteType() ||
          Element->isDependentType() || !holdsAtomics(Element))
        continue;
      TypeInfo Info = A.context().getTypeInfo(Element);
      int64_t Bytes = Info.Width / 8, Align = Info.Align / 8;
      if (Bytes >= CacheLine && Align >= CacheLine)
        continue;
      // The array begins a line, and each element fills some.
      if (elementsLieIn(F->getType(), Element, A.context()) && Bytes % CacheLine == 0 &&
          A.context().getDeclAlign(F).getQuantity() >= CacheLine)
        continue;
      // Padded: what one element uses is a line away from what the next does.
      Parts Used;
      Used.add(Element, 0, A.context());
      if (Bytes + Used.First - Used.Last >= CacheLine)
        continue;
      if (!Looked) {
        Looked = true;
        for (const FunctionDecl *Body : A.functions().Defined)
          Indexed.TraverseStmt(Body->getBody());
      }
      // What it is indexed by counts for more than what it is called.
      const Indexing::Uses Use =
          Indexed.Found.lookup(cast<ValueDecl>(F->getCanonicalDecl()));
      bool Named = namesThread(F->getName()) && (!Use.ByKind || Use.ByOther);
      if ((!Named && !Use.ByThread) || !Places.insert(F->getLocation()).second)
        continue;
      Report Found;
      Found.Loc = F->getLocation();
      Found.Types = {model::modelName(*R)};
      Found.Message = "elements of '" + F->getNameAsString() +
                      "' share cache lines, each holds atomics, has " +
                      std::to_string(Bytes) + " bytes and is aligned to " +
                      std::to_string(Align);
      if (const CXXRecordDecl *Class = Element->getAsCXXRecordDecl();
          Class && !Class->isInStdNamespace())
        Found.Notes.push_back(
            {Class->getLocation(), "'" + Class->getNameAsString() +
                                       "' is declared here without 'alignas(" +
                                       std::to_string(CacheLine) + ")'"});
      if (Use.ByThread)
        Found.Notes.push_back(
            {Use.ByThread->getBeginLoc(), "indexed by this here"});
      Out.report(Found);
    }
}

} // namespace pooltidy
