//===- All.cpp - the tests as one translation unit ----------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Most of the cost of a test is GoogleTest's headers and the instrumentation of
// what they bring, so each variant compiles them once.
//
//===----------------------------------------------------------------------===//
#include "Churn.cpp"
#include "Ending.cpp"
#include "Failing.cpp"
#include "Lending.cpp"
#include "Settings.cpp"
#include "Upkeep.cpp"
