// RUN: %check %s --models %S/../models/setup-put.yaml
// Puts that only fill the pool at the start, functions that never return and
// functions that take their argument.

struct Conn {
  int fd = -1;
  bool ok() const;
};
class Manager {
public:
  Conn *Acquire(); // waits
  void Release(Conn *c);
  void PutResource(Conn *c); // at start only
};
Conn *make_conn(int i);
void adopt(Conn *c);
void give_up(const char *why);

void good_fill(Manager &m, int n) {
  for (int i = 0; i < n; ++i)
    m.PutResource(make_conn(i));
}

void good_use(Manager &m) {
  Conn *c = m.Acquire();
  if (!c->ok())
    give_up("broken");
  m.Release(c);
}

void good_gives_up_holding_it(Manager &m, bool broken) {
  Conn *c = m.Acquire();
  if (broken)
    give_up("broken");
  else
    m.Release(c);
}

void good_taken(Manager &m, bool keep) {
  Conn *c = m.Acquire();
  if (keep) {
    adopt(c);
    return;
  }
  m.Release(c);
}

void bad_leak(Manager &m, bool skip) {
  Conn *c = m.Acquire(); // expect: pool-resource-leak "'c' is not put back on some path"
  if (skip)
    return; // note: "returns here without putting it back"
  m.Release(c);
}
