//===- Arguments.h - other compilers' arguments for clang -------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_CLI_ARGUMENTS_H
#define POOLTIDY_CLI_ARGUMENTS_H

#include <string>
#include <vector>

namespace pooltidy::cli {

/// \p Arguments (the compiler's name first) such that this clang parses what
/// the project's own compiler compiles: what it does not know is dropped,
/// warnings stay warnings, and clang's own headers are found.
std::vector<std::string> adapt(std::vector<std::string> Arguments);

} // namespace pooltidy::cli

#endif
