// RUN: %check %s --models %S/../models/async-streams.yaml
// A pool that answers later, by a callback; whoever is called gets a stream, and
// gives it back by ending it.

class Stream {
public:
  void encodeData(const char *data, bool end);
  void resetStream();
  int id() const;
};
class Callbacks {
public:
  virtual ~Callbacks() = default;
  virtual void onPoolReady(Stream &stream) = 0;
  virtual void onPoolFailure(const char *reason) = 0;
};
class Cancellable {
public:
  virtual void cancel() = 0;
};
class StreamPool {
public:
  // Null when the callback has run already.
  Cancellable *newStream(Callbacks &callbacks);
};
void log_number(int id);

class Request : public Callbacks {
public:
  explicit Request(StreamPool &pool) { pending_ = pool.newStream(*this); }
  // Nothing is owed for what may be cancelled.
  void good_give_up() {
    if (pending_)
      pending_->cancel();
    pending_ = nullptr;
  }
  void onPoolReady(Stream &stream) override {
    pending_ = nullptr;
    stream.encodeData("hello", true);
    stream_ = &stream;
  }
  void onPoolFailure(const char *) override { pending_ = nullptr; }

  void good_end() {
    log_number(stream_->id());
    stream_->resetStream();
    stream_ = nullptr;
  }

private:
  Cancellable *pending_ = nullptr;
  Stream *stream_ = nullptr;
};

class Hasty : public Callbacks {
public:
  void onPoolReady(Stream &stream) override {
    stream.resetStream();          // note: "put back here"
    stream.encodeData("too late", true); // expect: pool-use-after-put "'stream' is used after it was put back"
  }
  void onPoolFailure(const char *) override {}
};

void bad_end_twice(Stream &stream, bool failed) {
  if (failed)
    stream.resetStream(); // note: "first put back here"
  stream.resetStream();   // expect: pool-double-put "'stream' is put back twice"
}

int bad_ask_after_end(Stream *stream) {
  stream->resetStream(); // note: "put back here"
  return stream->id();   // expect: pool-use-after-put "'stream' is used after it was put back"
}
