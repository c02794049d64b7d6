# pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Functions of any size for tests/bench/growth.

Each shape is a generator of the lines of one function's body. Whatever its
size, the function has one mistake, near its end: a finding for each function
is the proof that the whole of it was analysed.
"""

PRELUDE = """\
struct Buffer {
  char data[64];
  unsigned len = 0;
  Buffer *next = nullptr;
  void append(int c) { data[len++ & 63] = static_cast<char>(c); }
  void clear() { len = 0; next = nullptr; }
};
class BufferPool {
public:
  Buffer *acquire() {
    Buffer *b = free_;
    if (!b)
      return new Buffer;
    free_ = b->next;
    return b;
  }
  void release(Buffer *b) {
    b->next = free_;
    free_ = b;
  }
private:
  Buffer *free_ = nullptr;
};
class Guard {
public:
  explicit Guard(BufferPool &pool) : pool_(pool), b_(pool.acquire()) {}
  Guard(const Guard &) = delete;
  ~Guard() {
    b_->clear();
    pool_.release(b_);
  }
  Buffer *operator->() const { return b_; }
private:
  BufferPool &pool_;
  Buffer *b_;
};
bool ask(int);
int work(int) noexcept;
"""

TAKE = "  Buffer *b = pool.acquire();"
# The mistake, and the put that the other paths reach.
END = ["  b->clear();", "  if (ask(-1))", "    return 1;", "  pool.release(b);",
       "  return 0;"]


def ifs(n):
    """independent ifs, one lease"""
    yield TAKE
    for i in range(n):
        yield f"  if (ask({i}))"
        yield f"    work({i});"
    yield from END


def changing_ifs(n):
    """ifs that change the lease or reset it"""
    yield TAKE
    for i in range(n):
        yield f"  if (ask({i}))"
        yield f"    b->append({i});" if i % 3 else "    b->clear();"
    yield from END


def chain(n):
    """one if / else if … else"""
    yield TAKE
    for i in range(n):
        yield f"  {'else ' if i else ''}if (ask({i}))"
        yield f"    work({i});"
    yield "  else"
    yield "    work(-2);"
    yield from END


def arms(n):
    """if / else with work on both arms"""
    yield TAKE
    for i in range(n):
        yield f"  if (ask({i}))"
        yield f"    b->append({i});"
        yield "  else"
        yield f"    work({i});"
    yield from END


def early_returns(n):
    """n early returns that put"""
    yield TAKE
    for i in range(n):
        yield f"  if (ask({i})) {{"
        yield "    pool.release(b);"
        yield f"    return {i};"
        yield "  }"
    yield from END


def loops(n):
    """loops nested four deep, one nest after the other"""
    yield TAKE
    for i in range(max(1, n // 4)):
        for depth in range(4):
            pad = "  " * (depth + 1)
            v = f"i{depth}"
            yield f"{pad}for (int {v} = 0; {v} < k; ++{v})"
        yield f"          work({i});"
    yield from END


def deep_loops(n):
    """all loops nested in each other (at most 60 deep), in rows"""
    yield TAKE
    deep = min(60, n)
    for i in range(max(1, n // deep)):
        for depth in range(deep):
            yield f"  while (ask({depth})) {{"
        yield f"    b->append({i});"
        yield "  " + "}" * deep
    yield from END


def cases(n):
    """one switch with n cases"""
    yield TAKE
    yield "  switch (k) {"
    for i in range(n):
        yield f"  case {i}:"
        yield f"    b->append({i});"
        yield "    break;"
    yield "  default:"
    yield "    break;"
    yield "  }"
    yield from END


def fall_through(n):
    """a switch in a loop, cases that fall through"""
    yield TAKE
    yield "  while (ask(0))"
    yield "  switch (work(k)) {"
    for i in range(n):
        yield f"  case {i}:"
        yield f"    work({i});"
        if i % 4 == 3:
            yield "    break;"
    yield "  default:"
    yield "    break;"
    yield "  }"
    yield from END


def flags(n):
    """n local flags, each asked twice"""
    yield TAKE
    half = max(1, n // 2)
    for i in range(half):
        yield f"  bool f{i} = ask({i});"
    for i in range(half):
        yield f"  if (f{i})"
        yield f"    b->append({i});"
    for i in range(half):
        yield f"  if (f{i})"
        yield "    b->clear();"
    yield from END


def parameter_bits(n):
    """tests of one parameter against n values, twice"""
    yield TAKE
    for i in range(max(1, n // 2)):
        yield f"  if (k == {i})"
        yield f"    b->append({i});"
    for i in range(max(1, n // 2)):
        yield f"  if (k == {i})"
        yield "    b->clear();"
    yield from END


def state_machine(n):
    """labels and gotos, forwards and backwards"""
    yield TAKE
    for i in range(n):
        yield f"L{i}:"
        yield f"  if (ask({i}))"
        yield f"    goto L{(i * 7 + 3) % n};"
    yield from END


def one_after_another(n):
    """n leases, each put before the next"""
    for i in range(n):
        yield f"  Buffer *b{i} = pool.acquire();"
        yield f"  b{i}->append({i});"
        yield f"  b{i}->clear();"
        if i + 1 == n:
            yield "  if (ask(-1))"
            yield "    return 1;"
        yield f"  pool.release(b{i});"
    yield "  return 0;"


def all_held(n):
    """n leases, all held to the end"""
    for i in range(n):
        yield f"  Buffer *b{i} = pool.acquire();"
    for i in range(n):
        yield f"  work(static_cast<int>(b{i}->len));"
    for i in range(n - 1):
        yield f"  pool.release(b{i});"
    yield "  if (ask(-1))"
    yield "    return 1;"
    yield f"  pool.release(b{n - 1});"
    yield "  return 0;"


def optional_leases(n):
    """n leases, each under a condition of its own, all put at the end"""
    for i in range(n):
        yield f"  Buffer *b{i} = nullptr;"
        yield f"  if (ask({i}))"
        yield f"    b{i} = pool.acquire();"
    for i in range(n - 1):
        yield f"  if (b{i})"
        yield f"    pool.release(b{i});"
    yield "  if (ask(-1))"
    yield "    return 1;"
    yield f"  if (b{n - 1})"
    yield f"    pool.release(b{n - 1});"
    yield "  return 0;"


def error_ladder(n):
    """n leases, each failure puts all of those before by goto"""
    for i in range(n):
        yield f"  Buffer *b{i} = nullptr;"
    yield "  int failed = 0;"
    for i in range(n):
        yield f"  b{i} = pool.acquire();"
        yield f"  if (ask({i})) {{"
        yield f"    failed = {i};"
        yield f"    goto out{i};"
        yield "  }"
    for i in reversed(range(n)):
        yield f"out{i}:"
        yield f"  pool.release(b{i});"
    yield "  if (failed)"
    yield "    return failed;"
    yield TAKE
    yield from END


def guards(n):
    """n RAII handles, with early returns"""
    for i in range(n):
        yield f"  Guard g{i}(pool);"
        yield f"  g{i}->append({i});"
        if i % 8 == 7:
            yield f"  if (ask({i}))"
            yield f"    return {i};"
    yield TAKE
    yield from END


def guarded_calls(n):
    """n leases held across calls that may throw, in try blocks"""
    for i in range(n):
        yield f"  Buffer *b{i} = pool.acquire();"
        yield "  try {"
        yield f"    ask({i});"
        yield f"    pool.release(b{i});"
        yield "  } catch (...) {"
        yield f"    pool.release(b{i});"
        yield "  }"
    yield TAKE
    yield from END


BRANCHES = [ifs, changing_ifs, chain, arms, early_returns, loops, deep_loops,
            cases, fall_through, flags, parameter_bits, state_machine]
LEASES = [one_after_another, all_held, optional_leases, error_ladder, guards,
          guarded_calls]


def program(shape, n, copies):
    """A TU with `copies` functions of `n` branches or leases."""
    lines = [PRELUDE]
    for copy in range(copies):
        lines.append(f"int f{copy}(BufferPool &pool, int k) {{")
        lines.append("  (void)k;")
        lines.extend(shape(n))
        lines.append("}")
    return "\n".join(lines) + "\n"
