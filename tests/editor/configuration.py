# RUN: %python %s
# pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the user configured wins over what is on by default."""

import editor

SOURCE = """#include "records.h"
void twice(RecordPool &pool) {
  Record *r = pool.acquire();
  pool.release(r);
  pool.release(r);
}
void changed(RecordPool &pool) {
  Record *r = pool.acquire();
  r->add("x");
  pool.release(r);
}
void unknown(Record &);
void guess(RecordPool &pool) {
  Record *r = pool.acquire();
  unknown(*r);
  pool.release(r);
}
"""
TWICE = "5 pool-double-put 'r' is put back twice"
CHANGED = ("10 pool-put-without-reset 'r' is put back without a reset since it "
           "was changed (fix available)")
GUESS = ("16 pool-put-without-reset 'r' is put back without a reset since it "
         "was changed (possible) (fix available)")


class Configuration(editor.Case):
    def check(self, expected, configuration="", name="", source=SOURCE):
        directory = self.project("records.h", a__cpp=source)
        if name:
            self.write(directory, name, configuration)
        server = self.serve(directory)
        server.open("a.cpp")
        return self.shown(server, "a.cpp", expected)

    def test_none(self):
        self.check([TWICE, CHANGED, GUESS])

    # ---- .clang-tidy

    def test_clang_tidy_turns_a_check_off(self):
        self.check([CHANGED, GUESS], "Checks: '-pool-double-put'", ".clang-tidy")

    def test_clang_tidy_turns_all_checks_off(self):
        self.check([], "Checks: '-*,bugprone-use-after-move'", ".clang-tidy")

    def test_clang_tidy_turns_one_check_on(self):
        self.check([TWICE], "Checks: '-*,pool-double-put'", ".clang-tidy")

    def test_clang_tidy_about_other_checks(self):
        self.check([TWICE, CHANGED, GUESS], "Checks: 'bugprone-*'", ".clang-tidy")

    def test_clang_tidy_sets_an_option(self):
        self.check([TWICE, CHANGED],
                   "CheckOptions: {PoolConfidence: definite}", ".clang-tidy")

    def test_clang_tidy_sets_an_option_of_one_check(self):
        self.check([TWICE, CHANGED], "CheckOptions: "
                   "{pool-put-without-reset.PoolConfidence: definite}",
                   ".clang-tidy")

    def test_clang_tidy_makes_errors(self):
        twice, changed, _ = self.check(
            [TWICE, CHANGED, GUESS], "WarningsAsErrors: 'pool-double-put'",
            ".clang-tidy")
        self.assertEqual((twice["severity"], changed["severity"]), (1, 2))

    # ---- .clangd

    def test_clangd_turns_a_check_off(self):
        self.check([CHANGED, GUESS], "Diagnostics: {ClangTidy: "
                   "{Remove: pool-double-put}}", ".clangd")

    def test_clangd_turns_all_checks_off(self):
        self.check([], "Diagnostics: {ClangTidy: {Remove: 'pool-*'}}", ".clangd")

    def test_clangd_sets_an_option(self):
        self.check([TWICE, CHANGED], "Diagnostics: {ClangTidy: "
                   "{CheckOptions: {PoolConfidence: definite}}}", ".clangd")

    def test_clangd_suppresses(self):
        self.check([CHANGED, GUESS],
                   "Diagnostics: {Suppress: pool-double-put}", ".clangd")

    # ---- comments

    def test_nolint(self):
        lines = SOURCE.splitlines(keepends=True)
        lines[4] = "  pool.release(r); // NOLINT(pool-double-put)\n"
        lines[9] = "  pool.release(r); // NOLINT(pool-*)\n"
        lines[15] = "  pool.release(r); // NOLINT(other-check)\n"
        self.check([GUESS], source="".join(lines))

    def test_nolint_blocks(self):
        lines = SOURCE.splitlines(keepends=True)
        lines[3] = "  pool.release(r); // NOLINTNEXTLINE\n"
        lines[8] = '  r->add("x"); // NOLINTBEGIN(pool-put-without-reset)\n'
        lines[10] = "} // NOLINTEND(pool-put-without-reset)\n"
        self.check([GUESS], source="".join(lines))


if __name__ == "__main__":
    editor.main()
