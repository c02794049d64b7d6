// RUN: %clangxx -std=c++20 -Wall -Werror -fsyntax-only %s
// The functions that the built-in model posix names, called with the arguments
// where the model says they are. A name or a place that is wrong does not
// compile.
#include <aio.h>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <fcntl.h>
#include <ifaddrs.h>
#include <mqueue.h>
#include <netdb.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

void descriptor() {
  char Name[] = "XXXXXX";
  int Fd = open("", 0);
  Fd = open64("", 0);
  Fd = openat(0, "", 0);
  Fd = openat64(0, "", 0);
  Fd = creat("", 0);
  Fd = creat64("", 0);
  Fd = mkstemp(Name);
  Fd = mkostemp(Name, 0);
  Fd = dup(0);
  int Ends[2];
  Fd = pipe(Ends);
  Fd = pipe2(Ends, 0);
  Fd = socketpair(0, 0, 0, Ends);
  Fd = socket(0, 0, 0);
  Fd = accept(0, nullptr, nullptr);
  Fd = accept4(0, nullptr, nullptr, 0);
  Fd = epoll_create(1);
  Fd = epoll_create1(0);
  Fd = eventfd(0, 0);
  Fd = timerfd_create(0, 0);
  Fd = inotify_init();
  Fd = inotify_init1(0);
  Fd = memfd_create("", 0);
  Fd = shm_open("", 0, 0);
  close(Fd);
}

void queue() {
  mqd_t Q = mq_open("", 0);
  mq_close(Q);
}

void mapping() {
  void *P = mmap(nullptr, 1, 0, 0, 0, 0);
  P = mmap64(nullptr, 1, 0, 0, 0, 0);
  munmap(P, 1);
}

void addresses() {
  addrinfo *List = nullptr;
  if (getaddrinfo("", "", nullptr, &List) == 0)
    freeaddrinfo(List);
  ifaddrs *Interfaces = nullptr;
  if (getifaddrs(&Interfaces) == 0)
    freeifaddrs(Interfaces);
}

// Taking the address is enough where nothing is said of arguments.
const void *Functions[] = {
    (const void *)&sleep,
    (const void *)&usleep,
    (const void *)&nanosleep,
    (const void *)&clock_nanosleep,
    (const void *)&poll,
    (const void *)&ppoll,
    (const void *)&select,
    (const void *)&pselect,
    (const void *)&epoll_wait,
    (const void *)&epoll_pwait,
    (const void *)&connect,
    (const void *)&recv,
    (const void *)&recvfrom,
    (const void *)&recvmsg,
    (const void *)&send,
    (const void *)&sendto,
    (const void *)&sendmsg,
    (const void *)&fsync,
    (const void *)&fdatasync,
    (const void *)&syncfs,
    (const void *)&msync,
    (const void *)&flock,
    (const void *)&lockf,
    (const void *)&wait,
    (const void *)&waitpid,
    (const void *)&waitid,
    (const void *)&getaddrinfo,
    (const void *)&timer_delete,
    (const void *)&inotify_rm_watch,
    (const void *)&timer_settime,
    (const void *)&timerfd_settime,
    (const void *)&setitimer,
    (const void *)&aio_read,
    (const void *)&aio_write,
};

void registered(epoll_event *event) { epoll_ctl(0, EPOLL_CTL_ADD, 0, event); }
