//===- ActionWords.cpp - what names say of actions --------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "ActionWords.h"
#include "Classifier.h"
#include "Names.h"
#include "llvm/ADT/STLExtras.h"

using llvm::StringRef;

namespace pooltidy::model {

bool saysUnregister(StringRef Name) {
  Words W = splitWords(Name);
  if (W.empty())
    return false;
  if (isOneOf(W[0], {"unregister", "deregister", "unsubscribe", "unobserve",
                     "unlisten"}))
    return true;
  return isOneOf(W[0], {"remove", "erase", "detach", "disconnect", "unhook",
                        "del", "delete"}) &&
         llvm::any_of(W, [](StringRef Word) {
           return isOneOf(Word, {"observer", "listener", "subscriber",
                                 "subscription", "handler", "callback",
                                 "watcher", "hook", "watch"});
         });
}

bool maySayUnregister(StringRef Name) {
  Words W = splitWords(Name);
  return !W.empty() &&
         isOneOf(W[0], {"remove", "erase", "detach", "unlink", "disconnect",
                        "forget", "leave", "unbind", "unwatch"});
}

bool saysNotify(StringRef Name) {
  Words W = splitWords(Name);
  if (W.empty())
    return false;
  return isOneOf(W.front(), {"on", "notify", "handle", "did", "will", "emit",
                             "fire", "signal", "invoke", "dispatch", "raise",
                             "publish", "callback"}) ||
         isOneOf(W.back(), {"closed", "destroyed", "deleted", "finished",
                            "released", "removed", "done", "gone", "ended",
                            "disconnected", "dropped", "completed"});
}

bool saysFree(StringRef Name) {
  Words All = splitWords(Name);
  if (llvm::any_of(All, [](StringRef W) {
        return isOneOf(W, {"on", "cb", "callback", "hook", "handler",
                           "listener", "notify"});
      }))
    return false;
  return llvm::any_of(All, [](StringRef W) {
    return isOneOf(W, {"free", "delete", "deleter", "dealloc", "deallocate",
                       "deallocator", "destroy", "destructor", "dtor",
                       "release", "releaser", "dispose", "disposer"});
  });
}

bool saysStop(StringRef Name) {
  Words W = splitWords(Name);
  return !W.empty() &&
         isOneOf(W[0], {"stop", "cancel", "join", "shutdown", "abort", "kill",
                        "terminate", "interrupt", "disarm", "quit", "halt",
                        "finish", "close", "shut", "request", "expire"});
}

bool saysRenew(StringRef Name) {
  return isResetName(Name) || isOneOf(Name, {"close", "release", "stop", "swap",
                                             "disconnect", "erase", "pop_back"});
}

bool saysOnce(StringRef Name) {
  return isOneOf(Name, {"call_once", "pthread_once"});
}

bool isStopFlag(StringRef Member) {
  return llvm::any_of(splitWords(Member), [](StringRef W) {
    return isOneOf(W, {"stop", "stopped", "stopping", "quit", "done",
                       "running", "run", "alive", "cancel", "cancelled",
                       "canceled", "exit", "shutdown", "active",
                       "terminate", "abort", "generation", "epoch"});
  });
}

} // namespace pooltidy::model
