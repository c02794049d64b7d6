//===- Asserts.cpp - what assertions say ----------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// With NDEBUG, and with a project's own macros, an assertion leaves `(void)0` or
// an empty statement in the tree. What it asks stands in the source all the same:
// it is read there, so that a build with assertions and one without know the
// same. Understood are names, their members and comparisons with constants, one
// or several joined by `&&`.
//
//===----------------------------------------------------------------------===//
#include "Generator.h"
#include "../model/Names.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;
using llvm::StringRef;

namespace pooltidy {

namespace {

bool isAssertName(StringRef Macro) {
  if (Macro.contains_insensitive("assert"))
    return true;
  return llvm::any_of(model::splitWords(Macro), [](StringRef W) {
    return llvm::StringSwitch<bool>(W)
        .Cases("check", "dcheck", "qcheck", "expect", "expects", true)
        .Cases("ensure", "ensures", "require", "requires", "verify", true)
        .Cases("precondition", "invariant", "assume", "fail", true)
        .Default(false);
  });
}

struct Word {
  tok::TokenKind Kind;
  std::string Text;
};
using Words = llvm::ArrayRef<Word>;

std::vector<Word> lexed(StringRef Text, const LangOptions &Language) {
  std::string Ended = Text.str();
  Lexer Raw(SourceLocation(), Language, Ended.data(), Ended.data(),
            Ended.data() + Ended.size());
  std::vector<Word> Out;
  Token T;
  while (!Raw.LexFromRawLexer(T)) {
    const char *At = Ended.data() + Raw.getCurrentBufferOffset() - T.getLength();
    Out.push_back({T.getKind(), std::string(At, T.getLength())});
  }
  if (T.isNot(tok::eof) && T.getLength()) {
    const char *At = Ended.data() + Raw.getCurrentBufferOffset() - T.getLength();
    Out.push_back({T.getKind(), std::string(At, T.getLength())});
  }
  return Out;
}

/// \p Of cut at each \p At that no bracket holds.
std::vector<Words> cut(Words Of, llvm::function_ref<bool(const Word &)> At) {
  std::vector<Words> Out;
  size_t Start = 0;
  int Depth = 0;
  for (size_t I = 0; I < Of.size(); ++I) {
    tok::TokenKind K = Of[I].Kind;
    if (K == tok::l_paren || K == tok::l_square || K == tok::l_brace)
      ++Depth;
    else if (K == tok::r_paren || K == tok::r_square || K == tok::r_brace)
      --Depth;
    else if (Depth == 0 && At(Of[I])) {
      Out.push_back(Of.slice(Start, I - Start));
      Start = I + 1;
    }
  }
  Out.push_back(Of.drop_front(Start));
  return Out;
}

bool has(Words Of, llvm::function_ref<bool(const Word &)> At) {
  return cut(Of, At).size() > 1;
}

/// Where the bracket at \p Open is closed; past the end where it is not.
size_t closing(Words Of, size_t Open) {
  int Depth = 0;
  for (size_t I = Open; I < Of.size(); ++I) {
    Depth += Of[I].Kind == tok::l_paren;
    Depth -= Of[I].Kind == tok::r_paren;
    if (Depth == 0)
      return I;
  }
  return Of.size();
}

/// \p Of without brackets around all of it.
Words bare(Words Of) {
  while (Of.size() > 1 && Of.front().Kind == tok::l_paren &&
         closing(Of, 0) + 1 == Of.size())
    Of = Of.drop_front().drop_back();
  return Of;
}

std::optional<Cmp> comparison(tok::TokenKind K) {
  switch (K) {
  case tok::equalequal: return Cmp::EQ;
  case tok::exclaimequal: return Cmp::NE;
  case tok::less: return Cmp::LT;
  case tok::lessequal: return Cmp::LE;
  case tok::greater: return Cmp::GT;
  case tok::greaterequal: return Cmp::GE;
  default: return std::nullopt;
  }
}

std::optional<int64_t> constant(Words W) {
  W = bare(W);
  bool Minus = W.size() == 2 && W[0].Kind == tok::minus;
  if (Minus)
    W = W.drop_front();
  while (W.size() > 1 && (W[0].Text == "std" || W[0].Kind == tok::coloncolon))
    W = W.drop_front();
  if (W.size() != 1)
    return std::nullopt;
  if (W[0].Kind == tok::numeric_constant) {
    int64_t N = 0;
    if (StringRef(W[0].Text).rtrim("uUlL").getAsInteger(0, N))
      return std::nullopt;
    return Minus ? -N : N;
  }
  return llvm::StringSwitch<std::optional<int64_t>>(W[0].Text)
      .Cases("nullptr", "NULL", "nullopt", "false", 0)
      .Case("true", 1)
      .Default(std::nullopt);
}

} // namespace

/// Reads the text of one macro's call into the tests that it makes.
class AssertReader {
public:
  AssertReader(const std::vector<const VarDecl *> &Visible, const FunctionDecl &F,
               FactsGenerator::Assertion &Out)
      : Visible(Visible), Fn(F), Out(Out) {}

  void read(Words Call) {
    Words Name = Call.take_front(1), Inside = Call.drop_front(2).drop_back();
    std::vector<Words> Args =
        cut(Inside, [](const Word &W) { return W.Kind == tok::comma; });
    llvm::SmallVector<std::string, 4> Said = model::splitWords(Name[0].Text);
    Counts = llvm::is_contained(Said, "expect");
    StringRef Last = Said.empty() ? StringRef() : StringRef(Said.back());
    // ASSERT_NE(a, b), CHECK_GE(n, 0), ASSERT_FALSE(p), CHECK_NOTNULL(p)
    auto Op = llvm::StringSwitch<std::optional<Cmp>>(Last)
                  .Cases("ne", "neq", Cmp::NE)
                  .Case("eq", Cmp::EQ)
                  .Case("ge", Cmp::GE)
                  .Case("gt", Cmp::GT)
                  .Case("le", Cmp::LE)
                  .Case("lt", Cmp::LT)
                  .Default(std::nullopt);
    if (Op && Args.size() >= 2)
      return compare(Args[0], *Op, Args[1]);
    condition(Args[0], Last == "false" || Last == "null");
  }

private:
  void condition(Words W, bool Not) {
    W = bare(W);
    while (!W.empty() && W[0].Kind == tok::exclaim) {
      Words Rest = bare(W.drop_front());
      if (has(Rest, [](const Word &T) { return comparison(T.Kind) || isLogic(T); }))
        return mentions(W);
      W = Rest;
      Not = !Not;
    }
    auto IsAnd = [](const Word &T) { return T.Kind == tok::ampamp || T.Text == "and"; };
    if (has(W, [](const Word &T) {
          return T.Kind == tok::pipepipe || T.Kind == tok::question || T.Text == "or";
        }))
      return mentions(W);
    if (has(W, IsAnd)) {
      if (Not)
        return mentions(W);
      for (Words Each : cut(W, IsAnd))
        condition(Each, false);
      return;
    }
    if (auto N = constant(W)) {
      // One that only counts failures goes on.
      Out.Never |= (*N == 0) != Not && !Counts;
      return;
    }
    for (size_t I = 0, Depth = 0; I < W.size(); ++I) {
      Depth += W[I].Kind == tok::l_paren;
      Depth -= W[I].Kind == tok::r_paren;
      if (auto Op = comparison(W[I].Kind); Op && Depth == 0)
        return compare(W.take_front(I), Not ? negate(*Op) : *Op, W.drop_front(I + 1));
    }
    test(W, Not ? Cmp::EQ : Cmp::NE, 0);
  }

  static bool isLogic(const Word &T) {
    return T.Kind == tok::ampamp || T.Kind == tok::pipepipe ||
           T.Kind == tok::question || T.Text == "and" || T.Text == "or";
  }

  void compare(Words L, Cmp Op, Words R) {
    auto Left = constant(L), Right = constant(R);
    if (Right && !Left)
      return test(bare(L), Op, *Right);
    if (Left && !Right)
      return test(bare(R), mirrored(Op), *Left);
    mentions(L);
    mentions(R);
  }

  void test(Words W, Cmp Op, int64_t N) {
    FactsGenerator::AssertedTest T;
    if (!path(W, T) || (T.Op = Op, T.Number = N, T.Known = true, !W.empty()))
      return mentions(W);
    Out.Tests.push_back(std::move(T));
  }

  /// Every variable that is named by itself, not for what is behind it.
  void mentions(Words W) {
    while (!W.empty()) {
      FactsGenerator::AssertedTest T;
      Words Rest = W;
      bool Through = W.size() > 1 && (W[1].Kind == tok::arrow ||
                                      W[1].Kind == tok::l_square ||
                                      W[1].Kind == tok::l_paren);
      if (W[0].Kind == tok::raw_identifier && !Through && path(Rest, T))
        Out.Tests.push_back(std::move(T));
      W = W.drop_front();
    }
  }

  /// `name`, `name->member`, `name.get()`; what is left of \p W is behind it.
  bool path(Words &W, FactsGenerator::AssertedTest &Out) {
    if (W.empty() || W[0].Kind != tok::raw_identifier)
      return false;
    QualType Ty;
    if (W[0].Text == "this") {
      if (W.size() < 3 || W[1].Kind != tok::arrow ||
          !member(owner(), W[2].Text, true, Out, Ty))
        return false;
      W = W.drop_front(3);
    } else if (const VarDecl *V = variable(W[0].Text)) {
      Out.Var = V;
      Ty = V->getType();
      W = W.drop_front();
    } else if (member(owner(), W[0].Text, true, Out, Ty)) {
      W = W.drop_front();
    } else {
      return false;
    }
    while (W.size() > 1 && (W[0].Kind == tok::period || W[0].Kind == tok::arrow)) {
      bool Arrow = W[0].Kind == tok::arrow;
      if (W.size() == 4 && !Arrow && W[2].Kind == tok::l_paren &&
          (W[1].Text == "get" || W[1].Text == "has_value" || W[1].Text == "ok")) {
        W = W.drop_front(4);
        return true;
      }
      QualType Of = Ty.getNonReferenceType();
      if (Of->isPointerType())
        Of = Of->getPointeeType();
      if (!member(Of->getAsRecordDecl(), W[1].Text, Arrow, Out, Ty))
        return false;
      W = W.drop_front(2);
    }
    return true;
  }

  const VarDecl *variable(StringRef Name) const {
    for (const VarDecl *V : llvm::reverse(Visible))
      if (V->getIdentifier() && V->getName() == Name)
        return V;
    for (const ParmVarDecl *P : Fn.parameters())
      if (P->getIdentifier() && P->getName() == Name)
        return P;
    if (const auto *M = dyn_cast<CXXMethodDecl>(&Fn); M && M->getParent()->isLambda())
      for (const LambdaCapture &C : M->getParent()->captures())
        if (C.capturesVariable() && C.getCapturedVar()->getIdentifier() &&
            C.getCapturedVar()->getName() == Name)
          return dyn_cast<VarDecl>(C.getCapturedVar());
    return nullptr;
  }

  const RecordDecl *owner() const {
    const auto *M = dyn_cast<CXXMethodDecl>(&Fn);
    return M && !M->isStatic() && !M->getParent()->isLambda() ? M->getParent()
                                                              : nullptr;
  }

  static bool member(const RecordDecl *Of, StringRef Name, bool Arrow,
                     FactsGenerator::AssertedTest &Out, QualType &Ty) {
    if (!Of || !(Of = Of->getDefinition()))
      return false;
    for (const FieldDecl *F : Of->fields())
      if (F->getIdentifier() && F->getName() == Name) {
        Out.Path.push_back({F, Arrow});
        Ty = F->getType();
        return true;
      }
    if (const auto *R = dyn_cast<CXXRecordDecl>(Of))
      for (const CXXBaseSpecifier &B : R->bases())
        if (member(B.getType()->getAsRecordDecl(), Name, Arrow, Out, Ty))
          return true;
    return false;
  }

  const std::vector<const VarDecl *> &Visible;
  const FunctionDecl &Fn;
  FactsGenerator::Assertion &Out;
  bool Counts = false;
};

namespace {
/// The calls of assert-like macros in \p Text, one after the other.
std::vector<Words> calls(Words Text) {
  std::vector<Words> Out;
  for (size_t I = 0; I + 1 < Text.size(); ++I) {
    if (Text[I].Kind == tok::hash)
      return {}; // what stands there may be left out
    if (Text[I].Kind != tok::raw_identifier || Text[I + 1].Kind != tok::l_paren)
      continue;
    size_t End = closing(Text, I + 1);
    if (End == Text.size())
      return Out;
    if (isAssertName(Text[I].Text) && End > I + 2)
      Out.push_back(Text.slice(I, End + 1 - I));
    I = End;
  }
  return Out;
}

const Stmt *withoutLabels(const Stmt *S) {
  while (true)
    if (const auto *C = dyn_cast_or_null<SwitchCase>(S))
      S = C->getSubStmt();
    else if (const auto *L = dyn_cast_or_null<LabelStmt>(S))
      S = L->getSubStmt();
    else
      return S;
}
} // namespace

/// Statement \p Index of \p In, which has been surveyed, when an assert-like
/// macro made it, or made it empty.
void FactsGenerator::findAssertion(const CompoundStmt &In, unsigned Index) {
  const SourceManager &Sources = T.Context.getSourceManager();
  const LangOptions &Language = T.Context.getLangOpts();
  const Stmt *S = withoutLabels(*(In.body_begin() + Index));
  const auto *Null = dyn_cast_or_null<NullStmt>(S);
  SourceLocation From, To;
  if (!S || (Null && (!Null->hasLeadingEmptyMacro() || Null->getSemiLoc().isMacroID())))
    return;
  const Stmt *Before = Index ? *(In.body_begin() + Index - 1) : nullptr;
  if (Null) {
    From = Before ? Before->getEndLoc() : In.getLBracLoc();
    From = Sources.getExpansionRange(From).getEnd();
    From = Lexer::getLocForEndOfToken(From, 0, Sources, Language);
    To = Null->getSemiLoc();
  } else {
    if (!S->getBeginLoc().isMacroID())
      return;
    CharSourceRange R = Sources.getExpansionRange(S->getBeginLoc());
    From = R.getBegin();
    To = R.isTokenRange() ? Lexer::getLocForEndOfToken(R.getEnd(), 0, Sources, Language)
                          : R.getEnd();
  }
  bool Invalid = false;
  StringRef Text = Lexer::getSourceText(CharSourceRange::getCharRange(From, To),
                                        Sources, Language, &Invalid);
  if (Invalid || Text.empty() || Text.size() > 4096 || (!Null && !isAssertName(Text.take_until([](char C) { return C == '('; }))))
    return;
  std::vector<Word> All = lexed(Text, Language);
  Assertion A;
  for (Words Call : calls(All))
    AssertReader(Visible, Fn, A).read(Call);
  if (A.Tests.empty() && !A.Never)
    return;
  A.At = S;
  unsigned Which = Assertions.size();
  Assertions.push_back(std::move(A));
  if (!Null)
    return assertBefore(S, Which);
  // Nothing of it is left: it is told behind what was evaluated last, or before
  // what comes first.
  for (unsigned I = Index; Before && isa<NullStmt>(Before); --I)
    Before = I > 1 ? *(In.body_begin() + I - 2) : nullptr;
  Before = withoutLabels(Before);
  if (const auto *E = dyn_cast_or_null<Expr>(Before)) {
    while (const auto *F = dyn_cast<FullExpr>(E))
      E = F->getSubExpr();
    AssertsAfter.try_emplace(E->IgnoreParens(), Which);
  } else if (isa_and_nonnull<DeclStmt>(Before)) {
    AssertsAfter.try_emplace(Before, Which);
  } else {
    for (const Stmt *Next : llvm::drop_begin(In.body(), Index + 1)) {
      Next = withoutLabels(Next);
      if (isa<NullStmt>(Next))
        continue;
      if (isa<Expr, DeclStmt, ReturnStmt>(Next))
        assertBefore(Next, Which);
      else if (const auto *If = dyn_cast<IfStmt>(Next))
        assertBefore(If->getInit() ? If->getInit() : If->getCond(), Which);
      break;
    }
  }
}

/// Tells it once, before whatever of \p S is evaluated first.
void FactsGenerator::assertBefore(const Stmt *S, unsigned Which) {
  if (!S)
    return;
  AssertsBefore.try_emplace(S, Which);
  for (const Stmt *C : S->children())
    assertBefore(C, Which);
}

void FactsGenerator::tellAsserted(
    const llvm::DenseMap<const Stmt *, unsigned> &Where, const Stmt *S) {
  if (Where.empty())
    return;
  if (auto It = Where.find(S); It != Where.end())
    tellAssertion(Assertions[It->second]);
}

void FactsGenerator::tellAssertion(Assertion &A) {
  if (A.Told)
    return;
  A.Told = true;
  for (const AssertedTest &Test : A.Tests) {
    PlaceId P;
    QualType Ty;
    if (Test.Var) {
      P = variable(*Test.Var);
      Ty = Test.Var->getType();
    } else {
      P = thisPlace();
    }
    for (const auto &[Field, Arrow] : Test.Path) {
      if (Arrow && (Ty.isNull() || Ty.getNonReferenceType()->isPointerType() ||
                    handleOf(Ty, P).Is))
        P = T.Places.step(PlaceKind::Deref, P);
      P = field(P, *Field);
      Ty = Field->getType();
      if (Ty->isReferenceType())
        P = T.Places.step(PlaceKind::Deref, P);
    }
    Fact &F = emit(FactKind::Assert, A.At);
    if (Test.Known)
      F.Test = {P, Test.Op, Test.Number};
    else
      F.Dst = P;
  }
  if (A.Never)
    emit(FactKind::Stop, A.At);
}

} // namespace pooltidy
