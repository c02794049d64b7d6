//===- Load.cpp - what happens when clang-tidy loads the plugin -----------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A plugin made for one major version of LLVM crashes in another, so the first
// thing that runs here asks the host which one it is. Until that is known no
// symbol of LLVM may be called, which is why this speaks with stdio.
//
//===----------------------------------------------------------------------===//
#include "PoolTidyModule.h"
#include "llvm/Config/llvm-config.h"
#include <cstdio>
#include <dlfcn.h>

#if LLVM_VERSION_MAJOR >= 22
// Functions are looked up when they are called, but data when the plugin is
// loaded, and the loader's own message helps nobody. LLVM's headers refer to
// this datum, which older versions do not have. A host that has it comes first
// in the look-up, so this one is never used.
extern "C" __attribute__((weak, used)) const char
    PPCDoubleDouble[64] asm("_ZN4llvm11APFloatBase18semPPCDoubleDoubleE") = {};
#endif

namespace {

/// The host's major version of LLVM, 0 when it does not say.
unsigned hostMajor() {
  using GetVersion = void(unsigned *, unsigned *, unsigned *);
  auto *Ask =
      reinterpret_cast<GetVersion *>(dlsym(RTLD_DEFAULT, "LLVMGetVersion"));
  unsigned Major = 0;
  if (Ask)
    Ask(&Major, nullptr, nullptr);
  return Major;
}

struct OnLoad {
  OnLoad() {
    unsigned Host = hostMajor();
    if (Host == LLVM_VERSION_MAJOR) {
      pooltidy::plugin::registerModule();
      return;
    }
    if (Host)
      std::fprintf(stderr,
                   "pool-tidy: this plugin is for LLVM %d, but the program "
                   "that loads it is of LLVM %u: load PoolTidy-%u.so "
                   "instead; no pool checks are registered\n",
                   LLVM_VERSION_MAJOR, Host, Host);
    else
      std::fprintf(stderr,
                   "pool-tidy: this plugin is for clang-tidy of LLVM %d, but "
                   "the program that loads it does not use a shared LLVM; no "
                   "pool checks are registered\n",
                   LLVM_VERSION_MAJOR);
  }
};

// Before what any other file of the plugin initialises.
OnLoad Here __attribute__((init_priority(101)));

} // namespace
