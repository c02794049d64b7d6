// RUN: %check %s --checks=pool-dangling-view,pool-resource-leak,pool-use-after-put
// What a coroutine hands out, and what it awaits.

#include "documents.h"
#include <coroutine>
#include <optional>

namespace {

struct Start {
  std::suspend_never initial_suspend() { return {}; }
  std::suspend_always final_suspend() noexcept { return {}; }
  void unhandled_exception() {}
};
struct Task {
  struct promise_type : Start {
    Task get_return_object() { return {}; }
    void return_void() {}
  };
};
/// Keeps what it is given.
template <typename T> struct Answer {
  struct promise_type : Start {
    T value{};
    Answer get_return_object() { return {}; }
    void return_value(T given) { value = std::move(given); }
  };
};
/// Makes it in storage of its own, as libraries do.
template <typename T> struct Placed {
  struct promise_type : Start {
    std::optional<T> value;
    Placed get_return_object() { return {}; }
    template <typename U> void return_value(U &&given) { value.emplace(std::forward<U>(given)); }
  };
};
/// Is given a view, and keeps the text.
struct Text {
  struct promise_type : Start {
    std::string value;
    Text get_return_object() { return {}; }
    void return_value(std::string_view given) { value = std::string(given); }
  };
};
template <typename T> struct Stream {
  struct promise_type : Start {
    T value{};
    Stream get_return_object() { return {}; }
    std::suspend_always yield_value(T given) {
      value = std::move(given);
      return {};
    }
    void return_void() {}
  };
};
/// Yields some and answers with one more.
struct Lines {
  struct promise_type : Start {
    std::string_view value;
    Lines get_return_object() { return {}; }
    std::suspend_always yield_value(std::string_view given) {
      value = given;
      return {};
    }
    void return_value(std::string_view given) { value = given; }
  };
};

// --- co_return

Answer<std::string_view> bad_answer(DocumentPool &pool) {
  DocumentPtr d = make_document(pool);
  co_return d->title; // expect: dangling-view "a view of 'd' is returned, and 'd' is put back by then"
}
Answer<const std::string *> bad_answer_address(DocumentPool &pool) {
  DocumentPtr d = make_document(pool);
  co_return &d->title; // expect: dangling-view "a view of 'd' is returned, and 'd' is put back by then"
}
Answer<std::string_view> bad_answer_on_one_way(DocumentPool &pool, bool named) {
  DocumentPtr d = make_document(pool);
  if (!named)
    co_return "none";
  co_return d->title; // expect: dangling-view "a view of 'd' is returned"
}
Answer<std::string_view> bad_answer_put_before(DocumentPool &pool) {
  std::string_view title;
  {
    DocumentPtr d = make_document(pool);
    title = d->title;
  }
  co_return title; // expect: dangling-view "is returned"
}
Lines bad_last_line(DocumentPool &pool) {
  DocumentPtr d = make_document(pool);
  for (const std::string &line : d->lines)
    co_yield line;
  co_return d->title; // expect: dangling-view "a view of 'd' is returned"
}

Answer<std::string> good_answer_copied(DocumentPool &pool) {
  DocumentPtr d = make_document(pool);
  co_return d->title;
}
Placed<std::string> good_answer_made_of_view(DocumentPool &pool) {
  DocumentPtr d = make_document(pool);
  std::string_view title = d->title;
  co_return title;
}
Text good_answer_kept_as_text(DocumentPool &pool) {
  DocumentPtr d = make_document(pool);
  co_return d->title;
}
Answer<std::string_view> good_answer_interned(DocumentPool &pool) {
  DocumentPtr d = make_document(pool);
  std::string_view title = interned(d->title);
  co_return title;
}
Answer<std::string_view> good_answer_of_callers(Document &d) { co_return d.title; }
Answer<std::size_t> good_answer_size(DocumentPool &pool) {
  DocumentPtr d = make_document(pool);
  co_return d->title.size();
}
Lines good_last_line_elsewhere(DocumentPool &pool) {
  DocumentPtr d = make_document(pool);
  for (const std::string &line : d->lines)
    co_yield line;
  co_return "end";
}

// --- co_yield: whoever gets it asks for the next when he is done

Stream<std::string_view> good_yielded(DocumentPool &pool) {
  DocumentPtr d = make_document(pool);
  for (const std::string &line : d->lines)
    co_yield line;
}
Stream<std::string_view> good_yielded_before_put(DocumentPool &pool) {
  for (int i = 0; i < 3; ++i) {
    Document *d = pool.acquire();
    co_yield d->title;
    pool.release(d);
  }
}
Stream<std::string_view> bad_yielded_behind_put(DocumentPool &pool) {
  std::string_view title;
  {
    DocumentPtr d = make_document(pool);
    title = d->title;
  }
  co_yield title; // expect: dangling-view "a view of 'd' is used after it was put back"
}

// --- the object itself

Answer<Document *> good_handed_out(DocumentPool &pool) {
  Document *d = pool.acquire();
  co_return d;
}
Answer<DocumentPtr> good_owner_handed_out(DocumentPool &pool) {
  DocumentPtr d = make_document(pool);
  co_return std::move(d);
}
Stream<Document *> good_all_yielded(DocumentPool &pool) {
  for (;;)
    co_yield pool.acquire();
}
Stream<Document *> good_lent(DocumentPool &pool) {
  Document *d = pool.acquire();
  co_yield d;
  pool.release(d);
}
Answer<int> bad_lost(DocumentPool &pool) {
  Document *d = pool.acquire(); // expect: resource-leak "'d' is never put back"
  co_return d->number;
}
/// Gives what the pool gave when it is awaited.
struct Acquiring {
  DocumentPool &pool;
  bool await_ready() { return true; }
  void await_suspend(std::coroutine_handle<>) {}
  Document *await_resume() { return pool.acquire(); }
};
Task good_awaited(DocumentPool &pool) {
  Document *d = co_await Acquiring{pool};
  show(d->title);
  pool.release(d);
}
Task bad_awaited_lost(DocumentPool &pool) {
  Document *d = co_await Acquiring{pool}; // expect: resource-leak "'d' is never put back"
  show(d->title);
}

// --- co_await

/// Nobody sees what it does with the text.
struct Write {
  std::string_view text;
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
struct Framed {
  int id;
  Write body;
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
/// Looks at the text in its own body, or only at how long it is.
struct Print {
  std::string_view text;
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<>) { show(text); }
  void await_resume() {}
};
struct Measure {
  std::string_view text;
  bool await_ready() { return text.empty(); }
  void await_suspend(std::coroutine_handle<>) {}
  std::size_t await_resume() { return text.size(); }
};

Task bad_write_behind_put(DocumentPool &pool) {
  DocumentPtr d = make_document(pool);
  Write w{d->title};
  d.reset();
  co_await w; // expect: dangling-view "'w.text' looks into 'd', which was put back"
}
Task bad_write_at_once(DocumentPool &pool) {
  DocumentPtr d = make_document(pool);
  std::string_view title = d->title;
  d.reset();
  co_await Write{title}; // expect: dangling-view "a view of 'd' is used after it was put back"
}
Task bad_write_framed(DocumentPool &pool) {
  DocumentPtr d = make_document(pool);
  Framed w{1, {d->title}};
  d.reset();
  co_await w; // expect: dangling-view "'w.body.text' looks into 'd'"
}
Task bad_print_behind_put(DocumentPool &pool) {
  DocumentPtr d = make_document(pool);
  Print p{d->title};
  d.reset();
  co_await p; // expect: dangling-view "'p.text' looks into 'd'"
}
Task good_written_before(DocumentPool &pool) {
  DocumentPtr d = make_document(pool);
  Write w{d->title};
  co_await w;
  d.reset();
}
Task good_written_anew(DocumentPool &pool) {
  DocumentPtr d = make_document(pool);
  Write w{d->title};
  co_await w;
  d.reset();
  w.text = "end";
  co_await w;
}
Task good_measured(DocumentPool &pool) {
  DocumentPtr d = make_document(pool);
  Measure m{d->title};
  d.reset();
  co_await m;
}
Task good_waits_for_something_else(DocumentPool &pool, Write &other) {
  DocumentPtr d = make_document(pool);
  Write w{d->title};
  co_await w;
  d.reset();
  co_await other;
}

} // namespace
