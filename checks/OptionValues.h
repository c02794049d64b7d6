//===- OptionValues.h - the options of the checks ---------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_OPTIONVALUES_H
#define POOLTIDY_OPTIONVALUES_H

#include "model/Model.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace pooltidy {

enum class OptionType { Number, List };

/// One line of Options.def.
struct OptionInfo {
  llvm::StringLiteral Check; ///< empty: every check has it
  llvm::StringLiteral Name;
  OptionType Type;
  llvm::StringLiteral Default, Summary;

  bool isOf(llvm::StringRef Slug) const {
    return Check.empty() || Check == Slug;
  }
};

/// All options in the order of Options.def.
llvm::ArrayRef<OptionInfo> optionTable();
/// The word used in lists: "number" or "list".
llvm::StringRef toWord(OptionType T);

/// In place of a slug: what is said of it holds for every check.
inline constexpr llvm::StringLiteral EveryCheck = "pool-*";

/// What is chosen for each option; what is not chosen has its default.
class OptionValues {
public:
  /// Both must be in Options.def, with that type.
  int64_t number(llvm::StringRef Check, llvm::StringRef Name) const;
  std::vector<std::string> list(llvm::StringRef Check,
                                llvm::StringRef Name) const;
  /// The value as a user would write it.
  std::string text(llvm::StringRef Check, llvm::StringRef Name) const;

  /// Takes a value over, in place of an earlier one. \p Check may be
  /// EveryCheck. Gives what is wrong with it, or nothing.
  std::string set(llvm::StringRef Check, llvm::StringRef Name,
                  llvm::ArrayRef<std::string> Values, bool IsList);

  /// True when IgnoredTypes of \p Check has one of \p Types.
  bool isIgnored(llvm::StringRef Check, llvm::ArrayRef<std::string> Types) const;

private:
  /// Text by check and option.
  std::map<std::pair<std::string, std::string>, std::string> Chosen;
};

/// Takes over what model files say below `checks`; what is wrong there goes to
/// \p Errors. The first file that says something of an option wins.
void takeOptions(const model::ModelSet &From, OptionValues &Into,
                 std::vector<model::ModelError> &Errors);

/// Makes the models know what the options say of code: ResetMethods.
void applyOptions(const OptionValues &Options, model::ModelSet &To);

} // namespace pooltidy

#endif
