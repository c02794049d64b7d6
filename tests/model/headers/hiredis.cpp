// RUN: %clangxx -std=c++20 -Wall -Werror -fsyntax-only %s
// REQUIRES: hiredis
// The functions that the built-in model hiredis names, called with the
// arguments where the model says they are. A name or a place that is wrong does
// not compile.
#include <cstdarg>
#include <hiredis/hiredis.h>

void connection() {
  timeval Time = {};
  redisContext *C = redisConnect("", 0);
  C = redisConnectWithTimeout("", 0, Time);
  C = redisConnectNonBlock("", 0);
  C = redisConnectBindNonBlock("", 0, "");
  C = redisConnectUnix("");
  C = redisConnectUnixWithTimeout("", Time);
  C = redisConnectUnixNonBlock("");
  C = redisConnectFd(0);
  redisFreeKeepFd(C);
  redisFree(C);
}

int reply(redisContext *C, va_list Arguments) {
  void *R = redisCommand(C, "");
  R = redisvCommand(C, "", Arguments);
  R = redisCommandArgv(C, 0, nullptr, nullptr);
  int Rc = redisGetReply(C, &R);
  freeReplyObject(R);
  return Rc;
}
