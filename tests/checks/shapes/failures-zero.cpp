// RUN: %check %s --models %S/../models/failures.yaml --confidence possible
// Where -1 says that there is nothing, 0 is as good as any other handle.

int handle_or_minus_one();
void handle_put(int handle);
void show_number(int n);

void bad_zero_is_valid() {
  int h = handle_or_minus_one(); // expect: pool-resource-leak "'h' is not put back on some path"
  if (h > 0)
    handle_put(h);
}

void bad_zero_taken_for_failure() {
  int h = handle_or_minus_one(); // expect: pool-resource-leak "'h' is not put back on some path"
  if (!h)
    return;
  if (h == -1)
    return;
  handle_put(h);
}

void good_zero_included() {
  int h = handle_or_minus_one();
  if (h >= 0)
    handle_put(h);
}

void good_only_minus_one_excluded() {
  int h = handle_or_minus_one();
  if (h != -1) {
    show_number(h);
    handle_put(h);
  }
}
