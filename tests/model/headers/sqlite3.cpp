// RUN: %clangxx -std=c++20 -Wall -Werror -fsyntax-only %s
// REQUIRES: sqlite3
// The functions that the built-in model sqlite3 names, called with the
// arguments where the model says they are. A name or a place that is wrong does
// not compile.
#include <sqlite3.h>

int connection() {
  sqlite3 *Db = nullptr;
  int Rc = sqlite3_open("", &Db);
  Rc = sqlite3_open16(u"", &Db);
  Rc = sqlite3_open_v2("", &Db, 0, nullptr);
  Rc = sqlite3_close(Db);
  Rc = sqlite3_close_v2(Db);
  return Rc;
}

int statement(sqlite3 *Db) {
  sqlite3_stmt *S = nullptr;
  int Rc = sqlite3_prepare(Db, "", -1, &S, nullptr);
  Rc = sqlite3_prepare_v2(Db, "", -1, &S, nullptr);
  Rc = sqlite3_prepare_v3(Db, "", -1, 0, &S, nullptr);
  Rc = sqlite3_prepare16(Db, u"", -1, &S, nullptr);
  Rc = sqlite3_prepare16_v2(Db, u"", -1, &S, nullptr);
  Rc = sqlite3_prepare16_v3(Db, u"", -1, 0, &S, nullptr);
  sqlite3_finalize(S);
  return Rc;
}

int blob(sqlite3 *Db) {
  sqlite3_blob *B = nullptr;
  int Rc = sqlite3_blob_open(Db, "", "", "", 0, 0, &B);
  sqlite3_blob_close(B);
  return Rc;
}

void backup(sqlite3 *Db) {
  sqlite3_backup *B = sqlite3_backup_init(Db, "", Db, "");
  sqlite3_backup_finish(B);
}

void value(sqlite3_value *V) {
  sqlite3_value *Copy = sqlite3_value_dup(V);
  sqlite3_value_free(Copy);
}

int table(sqlite3 *Db) {
  char **Cells = nullptr;
  int Rc = sqlite3_get_table(Db, "", &Cells, nullptr, nullptr, nullptr);
  sqlite3_free_table(Cells);
  return Rc;
}

int text(sqlite3 *Db, sqlite3_stmt *S) {
  char *Error = nullptr;
  int Rc = sqlite3_exec(Db, "", nullptr, nullptr, &Error);
  char *Sql = sqlite3_expanded_sql(S);
  sqlite3_free(Sql);
  sqlite3_free(Error);
  void *P = nullptr;
  P = sqlite3_realloc(P, 1);
  P = sqlite3_realloc64(P, 1);
  return Rc;
}

void block(sqlite3_stmt *S) { sqlite3_step(S); }

// sqlite3_column_* and sqlite3_value_text*
void views(sqlite3 *C, sqlite3_stmt *T, sqlite3_value *V) {
  const void *P = sqlite3_column_text(T, 0);
  P = sqlite3_column_blob(T, 0);
  P = sqlite3_column_name(T, 0);
  P = sqlite3_column_value(T, 0);
  P = sqlite3_sql(T);
  P = sqlite3_bind_parameter_name(T, 1);
  P = sqlite3_value_text(V);
  P = sqlite3_value_text16(V);
  P = sqlite3_value_blob(V);
  P = sqlite3_errmsg(C);
  P = sqlite3_errmsg16(C);
  P = sqlite3_db_filename(C, "main");
  (void)P;
}
