//===- Constants.cpp - values that are known at compile time --------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Constants.h"
#include "../model/Classifier.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace pooltidy {

const Expr *bare(const Expr &From) {
  const Expr *E = &From;
  while (true) {
    E = E->IgnoreParens();
    if (const auto *C = dyn_cast<ImplicitCastExpr>(E);
        C && C->getCastKind() != CK_LValueToRValue)
      E = C->getSubExpr();
    else if (const auto *F = dyn_cast<FullExpr>(E))
      E = F->getSubExpr();
    else if (const auto *M = dyn_cast<MaterializeTemporaryExpr>(E))
      E = M->getSubExpr();
    else if (const auto *B = dyn_cast<CXXBindTemporaryExpr>(E))
      E = B->getSubExpr();
    else if (const auto *F = dyn_cast<CXXFunctionalCastExpr>(E);
             F && F->getType()->isRecordType())
      E = F->getSubExpr(); // `T{…}`
    else if (const auto *D = dyn_cast<CXXDefaultArgExpr>(E))
      E = D->getExpr();
    else if (const auto *D = dyn_cast<CXXDefaultInitExpr>(E)) {
      if (!D->getExpr())
        return E;
      E = D->getExpr();
    } else
      return E;
  }
}

namespace {

/// The variable that \p E reads, or null.
const VarDecl *variable(const Expr &E) {
  const Expr *B = bare(E);
  if (const auto *C = dyn_cast<ImplicitCastExpr>(B))
    B = bare(*C->getSubExpr());
  const auto *R = dyn_cast<DeclRefExpr>(B);
  return R ? dyn_cast<VarDecl>(R->getDecl()) : nullptr;
}

/// What \p V was initialised with, where it still holds that.
const Expr *initialiser(const VarDecl *V, IsUnchanged Holds) {
  if (!V || V->getType()->isReferenceType())
    return nullptr;
  const Expr *Init = V->getAnyInitializer();
  if (!Init || Init->isValueDependent())
    return nullptr;
  return V->getType().isConstQualified() || Holds(*V) ? Init : nullptr;
}

/// Nanoseconds in one tick of a std::chrono::duration; 0 for other types.
double tick(QualType T) {
  const auto *D = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      T->getAsCXXRecordDecl());
  if (!D || D->getName() != "duration" ||
      model::modelName(*D) != "std::chrono::duration" ||
      D->getTemplateArgs().size() != 2 ||
      D->getTemplateArgs()[1].getKind() != TemplateArgument::Type)
    return 0;
  const auto *Ratio = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      D->getTemplateArgs()[1].getAsType()->getAsCXXRecordDecl());
  if (!Ratio || Ratio->getTemplateArgs().size() != 2)
    return 0;
  double Parts[2];
  for (unsigned I : {0, 1}) {
    const TemplateArgument &A = Ratio->getTemplateArgs()[I];
    if (A.getKind() != TemplateArgument::Integral)
      return 0;
    Parts[I] = A.getAsIntegral().roundToDouble(/*isSigned=*/true);
  }
  return Parts[1] ? 1e9 * Parts[0] / Parts[1] : 0;
}

/// No name of APFloat's tables here: they are data, which a plugin in the wrong
/// clang-tidy would miss before it can say so.
std::optional<double> scalar(const APValue &V) {
  if (V.isInt())
    return V.getInt().roundToDouble(V.getInt().isSigned());
  return V.isFloat() ? std::optional(V.getFloat().convertToDouble())
                     : std::nullopt;
}

std::optional<Constant> evaluate(const Expr &E, ASTContext &Context) {
  QualType T = E.getType();
  double Tick = tick(T);
  // A long double need not fit into a double.
  bool IsReal = T->isSpecificBuiltinType(BuiltinType::Double) ||
                T->isSpecificBuiltinType(BuiltinType::Float);
  if (!Tick && !T->isIntegralOrEnumerationType() && !IsReal)
    return std::nullopt;
  Expr::EvalResult R;
  if (E.isGLValue() || !E.EvaluateAsRValue(R, Context) || R.HasSideEffects)
    return std::nullopt;
  const APValue *V = &R.Val;
  if (Tick) {
    if (!V->isStruct() || V->getStructNumFields() != 1)
      return std::nullopt;
    V = &V->getStructField(0);
  }
  std::optional<double> Number = scalar(*V);
  if (!Number)
    return std::nullopt;
  return Constant{Tick ? *Number * Tick : *Number, Tick != 0,
                  T->isBooleanType()};
}

} // namespace

std::optional<Constant> numberOf(const Expr &E, ASTContext &Context,
                                 IsUnchanged Holds) {
  if (E.isValueDependent() || E.isTypeDependent())
    return std::nullopt;
  // As it is used first: conversions change values.
  const Expr *Used = &E;
  while (const auto *M = dyn_cast<MaterializeTemporaryExpr>(Used->IgnoreParens()))
    Used = M->getSubExpr();
  if (auto Found = evaluate(*Used, Context))
    return Found;
  const Expr *Inner = bare(E);
  if (Inner != Used)
    if (auto Found = evaluate(*Inner, Context))
      return Found;
  if (const Expr *Init = initialiser(variable(E), Holds))
    return numberOf(*Init, Context, Holds);
  // A copy of a duration that has a name, or a conversion of one.
  if (const auto *C = dyn_cast<CXXConstructExpr>(Inner);
      C && C->getNumArgs() == 1 && tick(C->getType()) &&
      tick(C->getArg(0)->getType()))
    return numberOf(*C->getArg(0), Context, Holds);
  return std::nullopt;
}

const StringLiteral *textOf(const Expr &E, IsUnchanged Holds) {
  const Expr *B = bare(E);
  if (const auto *S = dyn_cast<StringLiteral>(B))
    return S->getCharByteWidth() == 1 ? S : nullptr;
  if (const auto *C = dyn_cast<CastExpr>(B))
    return textOf(*C->getSubExpr(), Holds);
  if (const auto *U = dyn_cast<UserDefinedLiteral>(B))
    return U->getLiteralOperatorKind() == UserDefinedLiteral::LOK_String
               ? textOf(*U->getCookedLiteral(), Holds)
               : nullptr;
  if (const auto *C = dyn_cast<CXXConstructExpr>(B)) {
    // The first argument is the text; what a caller adds may shorten it.
    for (unsigned I = 1; I < C->getNumArgs(); ++I)
      if (!isa<CXXDefaultArgExpr>(C->getArg(I)))
        return nullptr;
    return C->getNumArgs() ? textOf(*C->getArg(0), Holds) : nullptr;
  }
  if (const auto *L = dyn_cast<InitListExpr>(B))
    return L->getNumInits() == 1 ? textOf(*L->getInit(0), Holds) : nullptr;
  if (const auto *C = dyn_cast<CallExpr>(B))
    if (const FunctionDecl *F = C->getDirectCallee();
        F && F->isInStdNamespace() && C->getNumArgs() == 1 &&
        F->getIdentifier() && F->getName() == "move")
      return textOf(*C->getArg(0), Holds);
  if (const Expr *Init = initialiser(variable(*B), Holds))
    return textOf(*Init, Holds);
  return nullptr;
}

namespace {

/// Reads JSON that is well formed and gives up on the rest. llvm::json knows no
/// offsets.
class JsonScanner {
public:
  JsonScanner(llvm::StringRef Text, std::vector<TextEntry> &Into)
      : Text(Text), Into(Into) {}

  bool object(const std::string &Prefix, unsigned Depth) {
    if (Depth > MaxDepth || !eat('{'))
      return false;
    if (eat('}'))
      return true;
    do {
      auto Key = string();
      if (!Key || !eat(':') || !value(Prefix + Key->str(), Depth))
        return false;
    } while (eat(','));
    return eat('}');
  }

  bool atEnd() {
    skip();
    return At == Text.size();
  }

private:
  static constexpr unsigned MaxDepth = 16;

  bool value(const std::string &Key, unsigned Depth) {
    skip();
    size_t Start = At;
    if (Text.substr(At, 1) == "{")
      return object(Key + ".", Depth + 1);
    if (Text.substr(At, 1) == "[")
      return false; // no option of a pool is a list
    if (Text.substr(At, 1) == "\"") {
      auto Value = string();
      if (Value)
        Into.push_back({Key, Value->str(), unsigned(Start)});
      return Value.has_value();
    }
    llvm::StringRef Word = Text.drop_front(At).take_while([](char C) {
      return llvm::isAlnum(C) || C == '-' || C == '+' || C == '.';
    });
    At += Word.size();
    if (!Word.empty())
      Into.push_back({Key, Word.str(), unsigned(Start)});
    return !Word.empty();
  }

  std::optional<llvm::StringRef> string() {
    if (!eat('"'))
      return std::nullopt;
    size_t End = Text.find('"', At);
    llvm::StringRef Inside = Text.slice(At, End);
    if (End == llvm::StringRef::npos || Inside.contains('\\'))
      return std::nullopt;
    At = End + 1;
    return Inside;
  }

  void skip() {
    At = std::min(Text.size(), Text.find_first_not_of(" \t\r\n", At));
  }
  bool eat(char C) {
    skip();
    if (At == Text.size() || Text[At] != C)
      return false;
    ++At;
    return true;
  }

  llvm::StringRef Text;
  std::vector<TextEntry> &Into;
  size_t At = 0;
};

} // namespace

std::vector<TextEntry> jsonEntries(llvm::StringRef Text) {
  std::vector<TextEntry> All;
  JsonScanner Scan(Text, All);
  if (!Scan.object("", 0) || !Scan.atEnd())
    All.clear();
  return All;
}

std::vector<TextEntry> uriEntries(llvm::StringRef Text) {
  std::vector<TextEntry> All;
  for (size_t At = Text.find('?'); At != llvm::StringRef::npos;
       At = Text.find('&', At)) {
    ++At;
    auto [Key, Value] = Text.drop_front(At).split('&').first.split('=');
    if (!Key.empty())
      All.push_back({Key.str(), Value.str(), unsigned(At + Key.size() + 1)});
  }
  return All;
}

std::optional<Constant> numberIn(llvm::StringRef Value, double Unit) {
  if (Value == "true" || Value == "false")
    return Constant{Value == "true" ? 1.0 : 0.0, false, true};
  llvm::StringRef Digits = Value.take_while([](char C) {
    return llvm::isDigit(C) || C == '.' || C == '-' || C == '+';
  });
  llvm::StringRef Suffix = Value.drop_front(Digits.size());
  Constant C;
  if (Digits.getAsDouble(C.Number))
    return std::nullopt;
  if (!Suffix.empty()) {
    Unit = llvm::StringSwitch<double>(Suffix)
               .Case("ms", 1e6)
               .Case("s", 1e9)
               .Case("m", 60e9)
               .Default(-1);
    if (Unit < 0)
      return std::nullopt;
  }
  C.IsTime = Unit > 0;
  if (C.IsTime)
    C.Number *= Unit;
  return C;
}

} // namespace pooltidy
