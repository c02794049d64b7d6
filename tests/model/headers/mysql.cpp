// RUN: %clangxx -std=c++20 -Wall -Werror -fsyntax-only %s
// REQUIRES: mariadb
// The functions that the built-in model mysql names, called with the arguments
// where the model says they are. A name or a place that is wrong does not
// compile.
#include <mariadb/mysql.h>

void connection() {
  MYSQL *M = mysql_init(nullptr);
  M = mysql_real_connect(M, "", "", "", "", 0, "", 0);
  mysql_close(M);
}

void result(MYSQL *M, MYSQL_STMT *S) {
  MYSQL_RES *R = mysql_store_result(M);
  R = mysql_use_result(M);
  R = mysql_list_dbs(M, "");
  R = mysql_list_tables(M, "");
  R = mysql_list_fields(M, "", "");
  R = mysql_list_processes(M);
  R = mysql_stmt_result_metadata(S);
  R = mysql_stmt_param_metadata(S);
  mysql_free_result(R);
}

void statement(MYSQL *M) {
  MYSQL_STMT *S = mysql_stmt_init(M);
  mysql_stmt_close(S);
}

void block(MYSQL *M) {
  mysql_query(M, "");
  mysql_real_query(M, "", 0);
  mysql_ping(M);
}

void views(MYSQL *C, MYSQL_RES *R, MYSQL_STMT *T) {
  MYSQL_ROW Row = mysql_fetch_row(R);
  unsigned long *L = mysql_fetch_lengths(R);
  MYSQL_FIELD *F = mysql_fetch_field(R);
  F = mysql_fetch_fields(R);
  F = mysql_fetch_field_direct(R, 0);
  const char *S = mysql_error(C);
  S = mysql_sqlstate(C);
  S = mysql_info(C);
  S = mysql_get_host_info(C);
  S = mysql_get_server_info(C);
  S = mysql_stmt_error(T);
  S = mysql_stmt_sqlstate(T);
  (void)Row, (void)L, (void)F, (void)S;
}
