// RUN: %clangxx -std=c++20 -Wall -Werror -fsyntax-only %s
// REQUIRES: libevent
// The functions that the built-in model libevent names, called with the arguments
// where the model says they are. A name or a place that is wrong does not compile.
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/listener.h>
#include <event2/util.h>

int close(evutil_socket_t Fd) { return evutil_closesocket(Fd); }

bufferevent *buffered(event_base *Base, evutil_socket_t Fd) {
  bufferevent *B = bufferevent_socket_new(Base, Fd, BEV_OPT_CLOSE_ON_FREE);
  bufferevent_setfd(B, Fd);
  return B;
}

evconnlistener *listening(event_base *Base, evconnlistener_cb Call,
                          evutil_socket_t Fd) {
  return evconnlistener_new(Base, Call, nullptr, LEV_OPT_CLOSE_ON_FREE, 8, Fd);
}

int served(evhttp *Http, evutil_socket_t Fd) {
  evhttp_accept_socket_with_handle(Http, Fd);
  return evhttp_accept_socket(Http, Fd);
}
