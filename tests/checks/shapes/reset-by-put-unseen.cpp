// RUN: %check %s --checks=pool-incomplete-reset --confidence=possible
// The put calls something on the object whose body is in another file.

#include <deque>
#include <string>
#include <vector>

struct Job {
  std::string text;
  std::deque<int> queue; // note: "'queue' is left, 'Job::add' changes it"
  void add(int n) {
    text += "x";
    queue.push_back(n);
  }
  void finish();
  void reset() { text.clear(); } // expect: pool-incomplete-reset "'Job::reset' leaves members of the pooled 'Job' as they were (possible)"
};
class JobPool {
public:
  Job *acquire() {
    if (free_.empty())
      return new Job;
    Job *j = free_.back();
    free_.pop_back();
    return j;
  }
  void release(Job *j) {
    j->finish();
    j->reset();
    free_.push_back(j);
  }

private:
  std::vector<Job *> free_;
};
