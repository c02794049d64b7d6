//===- Workers.cpp - many TUs in processes of their own -------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "cli/Workers.h"
#include "cli/Worker.h"
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace pooltidy::cli {
namespace {

using Clock = std::chrono::steady_clock;

struct Pipe {
  int Read = -1, Write = -1;
  bool open() {
    int Ends[2];
    if (pipe2(Ends, O_CLOEXEC) != 0)
      return false;
    Read = Ends[0];
    Write = Ends[1];
    return true;
  }
};

void closeFd(int &Fd) {
  if (Fd >= 0)
    close(Fd);
  Fd = -1;
}

std::string signalName(int Signal) {
  const char *Name = sigabbrev_np(Signal);
  return fmt::format("SIG{} ({})", Name ? Name : std::to_string(Signal),
                     strsignal(Signal));
}

/// A worker process and what it is at.
class Process {
public:
  Process() = default;
  Process(const Process &) = delete;
  Process &operator=(const Process &) = delete;
  ~Process() { stop(); }

  bool running() const { return Pid > 0; }
  bool busy() const { return Busy; }
  size_t request() const { return At; }
  Clock::time_point deadline() const { return Deadline; }
  int outFd() const { return Out; }
  int errFd() const { return Err; }

  bool start();
  /// Hands a request over; a worker that is gone shows at the next read.
  void give(size_t Index, const Request &R, unsigned Seconds);
  /// Reads what there is of a reply. True when the worker has ended.
  bool readOut();
  void readErr();
  /// The reply when it is complete; the worker is idle then.
  std::optional<Reply> take();
  /// Waits for a worker that has ended and says how, with its last words.
  std::string ending();
  void stop();

private:
  void reset();
  std::string lastWords() const;

  pid_t Pid = -1;
  int In = -1, Out = -1, Err = -1;
  bool Busy = false;
  size_t At = 0;
  Clock::time_point Deadline;
  std::string Answer, Said;
};

bool Process::start() {
  Pipe ToChild, FromChild, ErrChild;
  if (!ToChild.open() || !FromChild.open() || !ErrChild.open())
    return false;
  pid_t Parent = getpid();
  Pid = fork();
  if (Pid == 0) {
    // dup2 clears close-on-exec. The reply end goes first to a number that
    // none of the others has.
    int Reply = fcntl(FromChild.Write, F_DUPFD, 10);
    int Null = open("/dev/null", O_WRONLY);
    dup2(ToChild.Read, STDIN_FILENO);
    dup2(Null, STDOUT_FILENO);
    dup2(ErrChild.Write, STDERR_FILENO);
    dup2(Reply, ReplyFd);
    close(Reply);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGPIPE, SIG_DFL);
    if (getppid() != Parent)
      _exit(1);
    execl("/proc/self/exe", "pool-tidy", WorkerFlag, nullptr);
    _exit(127);
  }
  close(ToChild.Read);
  close(FromChild.Write);
  close(ErrChild.Write);
  In = ToChild.Write;
  Out = FromChild.Read;
  Err = ErrChild.Read;
  fcntl(Out, F_SETFL, O_NONBLOCK);
  fcntl(Err, F_SETFL, O_NONBLOCK);
  return Pid > 0;
}

void Process::give(size_t Index, const Request &R, unsigned Seconds) {
  Busy = true;
  At = Index;
  Deadline = Clock::now() + std::chrono::seconds(Seconds);
  Answer.clear();
  Said.clear();
  std::string Line = toLine(R);
  for (llvm::StringRef Rest = Line; !Rest.empty();) {
    ssize_t Done = write(In, Rest.data(), Rest.size());
    if (Done <= 0)
      return;
    Rest = Rest.drop_front(Done);
  }
}

/// Appends what can be read now; true at the end of the file.
bool drain(int Fd, std::string &Into) {
  char Block[65536];
  for (;;) {
    ssize_t Size = read(Fd, Block, sizeof Block);
    if (Size > 0)
      Into.append(Block, Size);
    else
      return Size == 0 || (errno != EAGAIN && errno != EINTR);
  }
}

bool Process::readOut() { return drain(Out, Answer); }

void Process::readErr() {
  if (drain(Err, Said))
    closeFd(Err);
  constexpr size_t Tail = 4096;
  if (Said.size() > Tail)
    Said.erase(0, Said.size() - Tail);
}

std::optional<Reply> Process::take() {
  if (Answer.empty() || Answer.back() != '\n')
    return std::nullopt;
  Busy = false;
  std::optional<Reply> R = readReply(Answer);
  if (!R) {
    R.emplace();
    R->NotAnalysed = "its worker's reply cannot be read; this is a defect of "
                     "pool-tidy";
  }
  return R;
}

std::string Process::lastWords() const {
  llvm::StringRef Last = llvm::StringRef(Said).rtrim().rsplit('\n').second;
  if (Last.empty())
    Last = llvm::StringRef(Said).rtrim();
  return Last.empty() ? "" : ": " + Last.str();
}

std::string Process::ending() {
  if (Err >= 0)
    readErr();
  int Status = 0;
  waitpid(Pid, &Status, 0);
  std::string How =
      WIFSIGNALED(Status)
          ? "the analysis crashed with " + signalName(WTERMSIG(Status))
          : fmt::format("the analysis ended with exit code {}",
                        WEXITSTATUS(Status));
  How += lastWords();
  reset();
  return How;
}

void Process::stop() {
  if (!running())
    return;
  kill(Pid, SIGKILL);
  waitpid(Pid, nullptr, 0);
  reset();
}

void Process::reset() {
  Pid = -1;
  Busy = false;
  closeFd(In);
  closeFd(Out);
  closeFd(Err);
}

/// Hands requests to workers until all have a reply.
class Scheduler {
public:
  Scheduler(llvm::ArrayRef<Request> Requests, unsigned Parallel,
            unsigned Seconds, llvm::function_ref<void(size_t, Reply)> OnReply)
      : Requests(Requests), Seconds(Seconds), OnReply(OnReply),
        Workers(std::min<size_t>(std::max(Parallel, 1u), Requests.size())) {}

  bool done() const { return Replied == Requests.size(); }

  void step() {
    for (Process &P : Workers)
      if (!P.busy() && Next < Requests.size())
        startNext(P);
    waitForNews();
    for (Process &P : Workers) {
      if (P.errFd() >= 0)
        P.readErr();
      if (P.busy())
        look(P);
    }
  }

private:
  void startNext(Process &P) {
    if (!P.running() && !P.start()) {
      fail(Next++, fmt::format("no worker process could be started: {}",
                               std::strerror(errno)));
      return;
    }
    P.give(Next, Requests[Next], Seconds);
    ++Next;
  }

  void waitForNews() {
    std::vector<pollfd> Fds;
    auto Until = Clock::now() + std::chrono::seconds(1);
    for (Process &P : Workers) {
      if (!P.busy())
        continue;
      Until = std::min(Until, P.deadline());
      Fds.push_back({P.outFd(), POLLIN, 0});
      if (P.errFd() >= 0)
        Fds.push_back({P.errFd(), POLLIN, 0});
    }
    auto Left =
        std::chrono::ceil<std::chrono::milliseconds>(Until - Clock::now());
    if (!Fds.empty())
      poll(Fds.data(), Fds.size(), std::max<long>(0, Left.count()));
  }

  void look(Process &P) {
    bool Ended = P.readOut();
    size_t Index = P.request();
    if (std::optional<Reply> R = P.take()) {
      ++Replied;
      OnReply(Index, std::move(*R));
      if (Ended)
        P.stop();
    } else if (Ended) {
      fail(Index, P.ending());
    } else if (Clock::now() >= P.deadline()) {
      P.stop();
      fail(Index, fmt::format("not done after {} s (--timeout)", Seconds));
    }
  }

  void fail(size_t Index, std::string Why) {
    Reply R;
    R.NotAnalysed = std::move(Why);
    ++Replied;
    OnReply(Index, std::move(R));
  }

  llvm::ArrayRef<Request> Requests;
  unsigned Seconds;
  llvm::function_ref<void(size_t, Reply)> OnReply;
  std::vector<Process> Workers;
  size_t Next = 0, Replied = 0;
};

} // namespace

void runWorkers(llvm::ArrayRef<Request> Requests, unsigned Parallel,
                unsigned Seconds,
                llvm::function_ref<void(size_t, Reply)> OnReply,
                llvm::function_ref<void()> OnWait) {
  // A worker that dies shows as the end of its output.
  signal(SIGPIPE, SIG_IGN);
  Scheduler S(Requests, Parallel, Seconds, OnReply);
  while (!S.done()) {
    S.step();
    OnWait();
  }
}

} // namespace pooltidy::cli
