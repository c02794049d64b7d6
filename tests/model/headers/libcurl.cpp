// RUN: %clangxx -std=c++20 -Wall -Werror -fsyntax-only %s
// REQUIRES: curl
// The functions that the built-in model libcurl names, called with the
// arguments where the model says they are. A name or a place that is wrong does
// not compile.
#include <curl/curl.h>

void easy() {
  CURL *H = curl_easy_init();
  H = curl_easy_duphandle(H);
  curl_easy_cleanup(H);
}

void multi() {
  CURLM *H = curl_multi_init();
  curl_multi_cleanup(H);
}

CURLSHcode share() {
  CURLSH *H = curl_share_init();
  return curl_share_cleanup(H);
}

void strings() {
  curl_slist *L = curl_slist_append(nullptr, "");
  curl_slist_free_all(L);
}

void mime(CURL *H, curl_mimepart *Part) {
  curl_mime *M = curl_mime_init(H);
  curl_mime_subparts(Part, M);
  curl_mime_free(M);
}

void url(CURL *H) {
  CURLU *U = curl_url();
  U = curl_url_dup(U);
  char *S = nullptr;
  curl_url_get(U, CURLUPART_URL, &S, 0);
  S = curl_easy_escape(H, "", 0);
  S = curl_easy_unescape(H, "", 0, nullptr);
  curl_free(S);
  curl_url_cleanup(U);
}

void block(CURL *C) { curl_easy_perform(C); }
