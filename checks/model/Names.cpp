//===- Names.cpp - what names say -------------------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "Names.h"
#include "Classifier.h"
#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;
using llvm::StringRef;

namespace pooltidy::model {

StringRef nameOf(DeclarationName N) {
  const IdentifierInfo *I = N.getAsIdentifierInfo();
  return I ? I->getName() : StringRef();
}

StringRef nameOf(const NamedDecl &D) { return nameOf(D.getDeclName()); }

StringRef nameOf(const NamedDecl *D) { return D ? nameOf(*D) : StringRef(); }

Words splitWords(StringRef Name) {
  Words Out;
  std::string Word;
  auto End = [&] {
    if (!Word.empty())
      Out.push_back(std::move(Word));
    Word.clear();
  };
  for (size_t I = 0, E = Name.size(); I != E; ++I) {
    char C = Name[I];
    if (!llvm::isAlnum(C)) {
      End();
      continue;
    }
    if (llvm::isUpper(C) && I != 0) {
      bool AfterLower = !llvm::isUpper(Name[I - 1]);
      bool BeforeLower = I + 1 != E && llvm::isLower(Name[I + 1]);
      if (AfterLower || BeforeLower)
        End();
    }
    Word += llvm::toLower(C);
  }
  End();
  return Out;
}

std::string simpleName(const NamedDecl &D) {
  // The printed name of a template's constructor carries its arguments.
  if (isa<CXXConstructorDecl>(D) || isa<CXXDestructorDecl>(D)) {
    const auto *R = cast<CXXRecordDecl>(D.getDeclContext());
    std::string Class = R->getName().str();
    return isa<CXXDestructorDecl>(D) ? "~" + Class : Class;
  }
  return D.getNameAsString();
}

std::string contextName(const DeclContext *Context) {
  llvm::SmallVector<StringRef, 8> Parts;
  for (; Context; Context = Context->getParent()) {
    if (const auto *N = dyn_cast<NamespaceDecl>(Context)) {
      if (!N->isInline() && !N->isAnonymousNamespace())
        Parts.push_back(N->getName());
    } else if (const auto *T = dyn_cast<TagDecl>(Context)) {
      StringRef Name = T->getName();
      if (Name.empty())
        if (const TypedefNameDecl *Alias = T->getTypedefNameForAnonDecl())
          Name = Alias->getName();
      Parts.push_back(Name);
    } else if (const auto *F = dyn_cast<FunctionDecl>(Context)) {
      Parts.push_back(F->getIdentifier() ? F->getName() : "operator");
    }
  }
  return llvm::join(llvm::reverse(Parts), "::");
}

std::string modelName(const NamedDecl &D) {
  const auto *F = dyn_cast<FunctionDecl>(&D);
  if (F && !isa<CXXMethodDecl>(F) && F->isExternC())
    return simpleName(D);
  std::string Name = contextName(D.getDeclContext());
  if (!Name.empty())
    Name += "::";
  return Name + simpleName(D);
}

bool globMatch(StringRef Pattern, StringRef Text) {
  auto [Head, Tail] = Pattern.split('*');
  if (Head.size() == Pattern.size())
    return Pattern == Text;
  if (!Text.consume_front(Head))
    return false;
  for (size_t I = 0; I <= Text.size(); ++I)
    if (globMatch(Tail, Text.drop_front(I)))
      return true;
  return false;
}

namespace {

bool isPoolEnd(StringRef Word) {
  return Word.ends_with("pool") && Word != "spool" && Word != "whirlpool" &&
         Word != "carpool";
}

/// Words that, right before "pool", make it something else.
bool isOtherPool(StringRef Before) {
  return isOneOf(Before, {"thread", "threads", "worker", "workers", "task",
                       "tasks", "executor", "job", "jobs", "process", "fiber",
                       "coro", "string", "strings", "str", "literal", "symbol",
                       "name", "identifier", "intern", "atom", "token",
                       "constant", "constants", "const", "descriptor",
                       "entropy", "random", "rand", "seed", "query",
                       "liquidity", "mining", "tx", "transaction", "orphan"});
}

bool isNumber(StringRef Word) {
  return !Word.empty() && llvm::all_of(Word, llvm::isDigit);
}

/// `Pool2`, `PoolV2`, `Pool_2_1`: the same, of another version.
void dropVersion(Words &W) {
  while (W.size() > 1 && (isNumber(W.back()) ||
                          (W.back()[0] == 'v' && isNumber(StringRef(W.back()).drop_front()))))
    W.pop_back();
  if (StringRef Bare = StringRef(W.back()).rtrim("0123456789"); isPoolEnd(Bare))
    W.back() = Bare.str();
}

bool isResetWord(StringRef Word) {
  return isOneOf(Word, {"clear", "reset", "reuse", "recycle", "reinit",
                       "reinitialize", "reinitialise", "renew", "wipe", "clean",
                       "cleanup", "zero", "zeroize"});
}

} // namespace

bool mayNamePool(StringRef ClassName) {
  return ClassName.contains_insensitive("pool") ||
         ClassName.contains_insensitive("recycler") ||
         ClassName.contains_insensitive("free");
}

PoolWord poolWord(StringRef ClassName, StringRef Object) {
  if (!mayNamePool(ClassName)) // almost every class name ends here
    return PoolWord::None;
  Words W = splitWords(ClassName), Of = splitWords(Object);
  if (!W.empty())
    dropVersion(W);
  PoolWord Found = PoolWord::None;
  for (size_t I = 0; I != W.size(); ++I) {
    StringRef Word = W[I];
    if (Word == "cache" || Word == "semaphore" || Word == "pooled")
      return PoolWord::None;
    if (Word == "recycler" || Word == "freelist" ||
        (Word == "list" && I > 0 && W[I - 1] == "free"))
      Found = std::max(Found, PoolWord::Contains);
    if (!isPoolEnd(Word) && Word != "pools")
      continue;
    StringRef Before = Word == "pool" ? (I > 0 ? StringRef(W[I - 1]) : "")
                                      : Word.drop_back(4);
    if (isOtherPool(Before) && (Of.empty() || Of.back() != Before))
      return PoolWord::None;
    Found = I + 1 == W.size() && Word != "pools" ? PoolWord::Ends
                                                 : PoolWord::Contains;
  }
  return Found;
}

bool isTryName(StringRef Name) {
  Words W = splitWords(Name);
  return W.size() > 1 && W[0] == "try";
}

bool isAcquireName(StringRef Name) {
  Words W = splitWords(Name);
  size_t I = W.size() > 1 && W[0] == "try";
  if (I >= W.size())
    return false;
  if (W[I] == "check")
    return I + 1 < W.size() && W[I + 1] == "out";
  return isOneOf(W[I], {"get", "acquire", "borrow", "lease", "fetch", "alloc",
                       "allocate", "malloc", "reserve", "take", "checkout",
                       "new", "construct", "create", "make", "obtain", "rent",
                       "request", "claim", "grab", "begin", "pop"});
}

bool isLendName(StringRef Name) {
  Words W = splitWords(Name);
  size_t I = W.size() > 1 && W[0] == "try";
  return I < W.size() &&
         isOneOf(W[I], {"acquire", "borrow", "lease", "alloc", "allocate",
                        "checkout", "obtain", "rent"});
}

bool isPutName(StringRef Name) {
  Words W = splitWords(Name);
  if (W.empty())
    return false;
  if (W[0] == "give" || W[0] == "hand")
    return W.size() > 1 && W[1] == "back";
  if (W[0] == "check")
    return W.size() > 1 && W[1] == "in";
  return isOneOf(W[0], {"put", "release", "return", "giveback", "putback",
                       "free", "dealloc", "deallocate", "recycle", "back",
                       "destroy", "restore", "reclaim", "checkin", "delete",
                       "dispose", "unborrow", "unreserve", "end", "push"});
}

bool isResetName(StringRef Name) {
  Words W = splitWords(Name);
  if (W.empty())
    return false;
  if (W[0] == "zero" && W.size() > 1) // zero_copy_send() is not a reset
    return W[1] == "out" || W[1] == "fill" || W[1] == "all" ||
           W[1] == "memory" || W[1] == "initialize";
  if (W[0] == "re" && W.size() > 1)
    return W[1] == "init" || W[1] == "initialize" || W[1] == "set";
  return isResetWord(W[0]);
}

bool mentionsReset(StringRef Name) {
  return llvm::any_of(splitWords(Name), [](StringRef Word) {
    return isResetWord(Word) || Word == "recycled" || Word == "deactivate" ||
           Word == "resetter" || Word == "cleaner" || Word == "passivate";
  });
}

bool isResourceName(StringRef TypeName) {
  return llvm::any_of(splitWords(TypeName), [](StringRef Word) {
    return isOneOf(Word, {"connection", "conn", "session", "socket", "channel",
                       "handle", "client", "file", "statement", "stmt", "curl",
                       "pipe", "stream", "descriptor", "device", "transport",
                       "database", "db", "cursor"});
  });
}

bool isMemoryName(StringRef TypeName) {
  return llvm::any_of(splitWords(TypeName), [](StringRef Word) {
    return isOneOf(Word, {"memory", "mem", "mempool", "block", "chunk", "slab",
                       "arena", "raw", "storage", "allocator"});
  });
}

} // namespace pooltidy::model
