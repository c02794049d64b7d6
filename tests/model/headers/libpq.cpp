// RUN: %clangxx -std=c++20 -Wall -Werror -fsyntax-only %s
// REQUIRES: libpq
// The functions that the built-in model libpq names, called with the arguments
// where the model says they are. A name or a place that is wrong does not
// compile.
#include <postgresql/libpq-fe.h>

const char *const *Words = nullptr;

void connection() {
  PGconn *C = PQconnectdb("");
  C = PQconnectdbParams(Words, Words, 0);
  C = PQconnectStart("");
  C = PQconnectStartParams(Words, Words, 0);
  C = PQsetdbLogin("", "", "", "", "", "", "");
  PQfinish(C);
}

void result(PGconn *C) {
  PGresult *R = PQexec(C, "");
  R = PQexecParams(C, "", 0, nullptr, nullptr, nullptr, nullptr, 0);
  R = PQexecPrepared(C, "", 0, nullptr, nullptr, nullptr, 0);
  R = PQprepare(C, "", "", 0, nullptr);
  R = PQgetResult(C);
  R = PQdescribePrepared(C, "");
  R = PQdescribePortal(C, "");
  R = PQfn(C, 0, nullptr, nullptr, 0, nullptr, 0);
  R = PQmakeEmptyPGresult(C, PGRES_COMMAND_OK);
  R = PQcopyResult(R, 0);
  PQclear(R);
}

void cancel(PGconn *C) {
  PGcancel *H = PQgetCancel(C);
  PQfreeCancel(H);
}

void options(PGconn *C) {
  PQconninfoOption *O = PQconndefaults();
  O = PQconninfo(C);
  O = PQconninfoParse("", nullptr);
  PQconninfoFree(O);
}

void memory(PGconn *C) {
  size_t N = 0;
  PGnotify *Notify = PQnotifies(C);
  PQfreemem(Notify);
  char *S = PQescapeLiteral(C, "", 0);
  S = PQescapeIdentifier(C, "", 0);
  S = PQencryptPassword("", "");
  S = PQencryptPasswordConn(C, "", "", nullptr);
  PQfreemem(S);
  unsigned char *B = PQescapeByteaConn(C, nullptr, 0, &N);
  B = PQescapeBytea(nullptr, 0, &N);
  B = PQunescapeBytea(nullptr, &N);
  PQfreemem(B);
}

void block(PGconn *C) {
  PGresult *R = PQgetResult(C);
  PQclear(R);
  PQreset(C);
}

void views(PGresult *R, PGconn *C) {
  const char *S = PQgetvalue(R, 0, 0);
  S = PQfname(R, 0);
  S = PQcmdStatus(R);
  S = PQcmdTuples(R);
  S = PQresultErrorMessage(R);
  S = PQresultErrorField(R, 0);
  S = static_cast<const char *>(PQresultAlloc(R, 1));
  S = PQerrorMessage(C);
  S = PQparameterStatus(C, "");
  S = PQdb(C);
  S = PQuser(C);
  S = PQpass(C);
  S = PQhost(C);
  S = PQhostaddr(C);
  S = PQport(C);
  S = PQoptions(C);
  (void)S;
}
