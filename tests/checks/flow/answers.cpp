// RUN: %check %s --level strict
// An answer goes with what became of the object on the way to it.

struct Task {
  int number;
};

class Series {
public:
  void good_while_there_is_more();
  void good_if_there_is_one();
  void good_asked_in_place();
  void bad_whatever_it_answers();
  void bad_if_there_is_none();

private:
  Task *take() {
    Task *task = last_;
    last_ = nullptr;
    if (!task)
      delete this;
    return task;
  }
  Task *last_ = nullptr;
  int rounds_ = 0;
};

void Series::good_while_there_is_more() {
  Task *task = take();
  while (task) {
    ++rounds_;
    task = take();
  }
}

void Series::good_if_there_is_one() {
  Task *task = take();
  if (task)
    last_ = task;
}

void Series::good_asked_in_place() {
  if (take())
    ++rounds_;
}

void Series::bad_whatever_it_answers() {
  take();
  ++rounds_; // expect: pool-use-after-put "'this' is used after it was put back"
}

void Series::bad_if_there_is_none() {
  Task *task = take();
  if (!task)
    ++rounds_; // expect: pool-use-after-put "'this' is used after it was put back"
}
