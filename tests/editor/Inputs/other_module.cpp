// A clang-tidy plugin of somebody else's: one check, which finds gotos.
#include "clang-tidy/ClangTidyCheck.h"
#include "clang-tidy/ClangTidyModule.h"
#include "clang/ASTMatchers/ASTMatchers.h"

using namespace clang::tidy;

namespace {

class NoGoto : public ClangTidyCheck {
public:
  using ClangTidyCheck::ClangTidyCheck;
  void registerMatchers(clang::ast_matchers::MatchFinder *Finder) override {
    Finder->addMatcher(clang::ast_matchers::gotoStmt().bind("goto"), this);
  }
  void check(const clang::ast_matchers::MatchFinder::MatchResult &Match) override {
    diag(Match.Nodes.getNodeAs<clang::GotoStmt>("goto")->getBeginLoc(), "a goto");
  }
};

class OtherModule : public ClangTidyModule {
public:
  void addCheckFactories(ClangTidyCheckFactories &Factories) override {
    Factories.registerCheck<NoGoto>("other-no-goto");
  }
};

ClangTidyModuleRegistry::Add<OtherModule> Entry("other-module", "for a test");

} // namespace
