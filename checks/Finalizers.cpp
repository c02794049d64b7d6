//===- Finalizers.cpp - pooled types whose end does something -------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Finalizers.h"
#include "model/Names.h"
#include "model/Shapes.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <optional>

using namespace clang;

namespace pooltidy {

using model::Action;
using model::ActionKind;
using model::ActionReader;

bool keepsObjects(const model::Pool &Family) {
  return Family.What == model::Kind::Object &&
         Family.Resets != model::Convention::ConstructDestroy;
}

ActionReader actionReader(const Analysis &A) {
  return ActionReader(A.classifier(), A.functions().Direct.getArrayRef());
}

namespace {

class LeaseReader {
public:
  LeaseReader(const Analysis &A, const PooledType &P, ActionReader &Reader)
      : A(A), Classes(A.classifier()), P(P), Reader(Reader) {}

  LeaseEnd read() {
    resetsOf(*P.Object);
    freeResets();
    if (P.Pool)
      putsOf(*P.Pool);
    else
      for (const auto &[Callee, Callers] : A.functions().Callers)
        put(*Callee);
    callbacks();
    // Tables of functions have no order that stays.
    const SourceManager &Sources = A.context().getSourceManager();
    for (auto *All : {&End.Resets, &End.Puts}) {
      llvm::stable_sort(*All, [&](const FunctionDecl *X, const FunctionDecl *Y) {
        return Sources.isBeforeInTranslationUnit(X->getLocation(),
                                                 Y->getLocation());
      });
      All->erase(std::unique(All->begin(), All->end()), All->end());
    }
    return std::move(End);
  }

private:
  void take(const FunctionDecl &F, model::Actions &&Read,
            std::vector<const FunctionDecl *> &Seen) {
    const FunctionDecl *Definition = nullptr;
    if (Read.Seen && model::bodyOf(F, Definition))
      Seen.push_back(Definition);
    End.Unseen |= Read.Unseen;
    for (Action &Each : Read.All)
      End.Done.push_back(std::move(Each));
  }

  void resetsOf(const CXXRecordDecl &R) {
    for (const CXXMethodDecl *M : R.methods()) {
      if (M->isImplicit() || M->isDeleted() || M->isConst() || M->isStatic() ||
          isa<CXXConstructorDecl, CXXDestructorDecl>(M) || !Classes.isReset(*M) ||
          isReplaced(*M))
        continue;
      Nearest.push_back(M);
      model::Actions Read = Reader.method(*M);
      End.Unseen |= !Read.Seen && !M->isPureVirtual();
      take(*M, std::move(Read), End.Resets);
    }
    for (const CXXBaseSpecifier &B : R.bases())
      if (const CXXRecordDecl *Base = model::recordOf(B.getType()))
        if (Base = Base->getDefinition(); Base)
          resetsOf(*Base);
  }

  /// True when a class below has the same again: who means this one, says so.
  bool isReplaced(const CXXMethodDecl &M) const {
    return llvm::any_of(Nearest, [&](const CXXMethodDecl *Below) {
      return Below->getParent() != M.getParent() &&
             Below->getDeclName() == M.getDeclName() &&
             Below->getNumParams() == M.getNumParams();
    });
  }

  /// `void message_reset(Message *);` beside the type.
  void freeResets() {
    const DeclContext *Around = P.Object->getDeclContext();
    if (!Around->isFileContext())
      return;
    for (const Decl *D : Around->decls()) {
      const auto *F = dyn_cast<FunctionDecl>(D);
      if (!F || isa<CXXMethodDecl>(F) || F->getNumParams() != 1 ||
          F->getCanonicalDecl() != F || F->isDependentContext())
        continue;
      QualType To = F->getParamDecl(0)->getType()->getPointeeType();
      const CXXRecordDecl *R = To.isNull() ? nullptr : model::recordOf(To);
      if (!R || R->getDefinition() != P.Object || !Classes.isReset(*F))
        continue;
      model::Actions Read = Reader.function(*F, 0, *P.Object);
      End.Unseen |= !Read.Seen;
      take(*F, std::move(Read), End.Resets);
    }
  }

  void put(const FunctionDecl &F) {
    const model::CallMeaning &M = Classes.classify(F);
    if (M.What != model::Role::Put || !sameFamily(M.Family))
      return;
    const model::Slot &At = M.Op->Object;
    if (At.Where == model::Slot::Argument) {
      if (!M.Op->Id)
        take(F, Reader.function(F, At.Index, *P.Object), End.Puts);
    } else if (At.Where == model::Slot::This) {
      if (const auto *Method = dyn_cast<CXXMethodDecl>(&F))
        take(F, Reader.method(*Method), End.Puts);
    }
  }

  bool sameFamily(const model::Pool *Family) const {
    return Family == P.Family ||
           (!Family->Type.empty() && Family->Type == P.Family->Type);
  }

  void putsOf(const CXXRecordDecl &R) {
    const CXXRecordDecl *Pool = R.getDefinition();
    if (!Pool || !Entered.insert(Pool).second)
      return;
    for (const Decl *D : Pool->decls()) {
      const auto *F = dyn_cast<FunctionDecl>(D);
      if (const auto *T = dyn_cast<FunctionTemplateDecl>(D))
        F = T->getTemplatedDecl();
      if (!F)
        continue;
      put(*F);
      // The deleter or guard that an acquire gives puts too.
      if (Classes.classify(*F).What == model::Role::Acquire)
        if (model::Shape S = model::shapeOfResult(F->getReturnType()); S.Holder)
          handle(F->getReturnType(), *S.Holder);
    }
    if (const auto *S = dyn_cast<ClassTemplateSpecializationDecl>(Pool))
      for (const TemplateArgument &Each : S->getTemplateArgs().asArray())
        if (Each.getKind() == TemplateArgument::Type)
          policy(Each.getAsType());
    for (const CXXBaseSpecifier &B : Pool->bases())
      if (const CXXRecordDecl *Base = model::recordOf(B.getType()))
        putsOf(*Base);
  }

  /// What a pool is told to do with objects by a template argument:
  /// `Policy::reset(T &)`, `Traits::onRecycle(T *)`, a function object.
  void policy(QualType T) {
    const CXXRecordDecl *R = model::recordOf(T);
    R = R ? R->getDefinition() : nullptr;
    if (!R || R == P.Object || R->isInStdNamespace())
      return;
    for (const Decl *D : R->decls()) {
      if (const auto *Template = dyn_cast<FunctionTemplateDecl>(D))
        D = Template->getTemplatedDecl();
      const auto *M = dyn_cast<CXXMethodDecl>(D);
      if (!M || M->isImplicit() || M->getNumParams() == 0 ||
          !(M->getOverloadedOperator() == OO_Call ||
            (M->getIdentifier() && model::mentionsReset(M->getName()))))
        continue;
      // A library's own policy does no more than the object's reset, which was
      // looked at.
      if (A.context().getSourceManager().isInSystemHeader(M->getLocation()))
        continue;
      QualType Given = M->getParamDecl(0)->getType();
      const CXXRecordDecl *To =
          model::recordOf(model::shapeOfParameter(Given).Object);
      if (!Given->isDependentType() && (!To || To->getDefinition() != P.Object))
        continue;
      model::Actions Read = Reader.function(*M, 0, *P.Object);
      End.Unseen |= !Read.Seen;
      take(*M, std::move(Read), End.Puts);
    }
  }

  /// What all the functions do that pools of this family are given to reset
  /// objects with; one that nobody sees may do less.
  void callbacks() {
    std::optional<std::vector<Action>> All;
    for (const PoolCallback &C : A.callbacks()) {
      if (C.IsFactory || C.Family != P.Family)
        continue;
      for (unsigned I = 0; I < C.Function->getNumParams(); ++I) {
        const CXXRecordDecl *To = model::recordOf(
            model::shapeOfParameter(C.Function->getParamDecl(I)->getType()).Object);
        if (!To || To->getDefinition() != P.Object)
          continue;
        std::vector<Action> Does = Reader.function(*C.Function, I, *P.Object).All;
        if (All)
          llvm::erase_if(*All, [&](const Action &Each) {
            return llvm::none_of(Does, [&](const Action &Other) {
              return Other.Kind == Each.Kind && Other.Member == Each.Member;
            });
          });
        else
          All = std::move(Does);
      }
    }
    if (All)
      llvm::append_range(End.Done, *All);
  }

  void handle(QualType T, const CXXRecordDecl &Holder) {
    if (!Entered.insert(&Holder).second)
      return;
    if (!model::isStd(Holder, "unique_ptr")) {
      if (const CXXDestructorDecl *D =
              Holder.hasDefinition() ? Holder.getDestructor() : nullptr)
        take(*D, Reader.ownersEnd(Holder, *P.Object), End.Puts);
      return;
    }
    QualType Deleter = model::templateArgument(T, 1);
    const CXXRecordDecl *D = Deleter.isNull() ? nullptr : model::recordOf(Deleter);
    if (!D || !D->hasDefinition() || D->isInStdNamespace())
      return;
    for (const CXXMethodDecl *M : D->getDefinition()->methods())
      if (M->getOverloadedOperator() == OO_Call && M->getNumParams() == 1)
        take(*M, Reader.function(*M, 0, *P.Object), End.Puts);
  }

  const Analysis &A;
  model::Classifier &Classes;
  const PooledType &P;
  ActionReader &Reader;
  LeaseEnd End;
  llvm::SmallVector<const CXXMethodDecl *, 4> Nearest; ///< of the object
  llvm::SmallPtrSet<const CXXRecordDecl *, 4> Entered;
};

} // namespace

LeaseEnd leaseEnd(const Analysis &A, const PooledType &P, ActionReader &Reader) {
  return LeaseReader(A, P, Reader).read();
}

Confidence sureOf(const PooledType &P, const LeaseEnd &End) {
  if (P.Family->Possible || End.Unseen)
    return Confidence::Possible;
  // Of a pool of which nothing is seen, the object's reset says that it is
  // used again rather than destroyed.
  bool Known = P.Family->Resets != model::Convention::Unknown ||
               !End.Puts.empty() || !End.Resets.empty();
  return Known ? Confidence::Definite : Confidence::Possible;
}

std::vector<Finalizer> finalizers(const Analysis &A) {
  std::vector<Finalizer> Out;
  ActionReader Reader = actionReader(A);
  for (const PooledType &P : A.pooled()) {
    if (!keepsObjects(*P.Family) || P.Object->hasTrivialDestructor())
      continue;
    auto SamePlace = [&](const Finalizer &F) {
      return F.Of->Loc == P.Loc && F.Of->Object == P.Object;
    };
    if (llvm::any_of(Out, SamePlace))
      continue;
    Finalizer F;
    F.Of = &P;
    F.Actions = Reader.destruction(*P.Object).All;
    llvm::erase_if(F.Actions, [](const Action &Each) {
      return Each.Kind == ActionKind::Start || Each.Kind == ActionKind::Stop ||
             Each.Kind == ActionKind::Renew;
    });
    if (F.Actions.empty())
      continue;
    LeaseEnd End = leaseEnd(A, P, Reader);
    llvm::erase_if(F.Actions, [&](const Action &Each) {
      return model::isDoneBy(Each, End.Done);
    });
    if (F.Actions.empty())
      continue;
    F.Sure = sureOf(P, End);
    F.Blocks = llvm::any_of(F.Actions, [](const Action &Each) {
      return Each.Kind == ActionKind::Block;
    });
    Out.push_back(std::move(F));
  }
  return Out;
}

} // namespace pooltidy
