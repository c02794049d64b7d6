# RUN: %python %s
# pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A file is opened in a directory with no configuration at all."""

import editor

TWICE = "6 pool-double-put 'r' is put back twice"
GUARD = "11 pool-double-put 'guard' is put back twice"
CHANGED = ("19 pool-put-without-reset 'r' is put back without a reset since it "
           "was changed (fix available)")


class NoConfiguration(editor.Case):
    def setUp(self):
        self.server = self.serve(self.project("records.h", "bodies.cpp"))
        self.server.open("bodies.cpp")

    def test_findings_with_their_notes(self):
        # The header's bodies tell that helper and guard put, and that of two
        # pools one resets.
        twice, guard, changed = self.shown(
            self.server, "bodies.cpp", [TWICE, GUARD, CHANGED])
        self.assertEqual(editor.notes(twice), [
            "bodies.cpp:4 Acquired here", "bodies.cpp:5 First put back here"])
        self.assertEqual(editor.notes(guard), [
            "bodies.cpp:10 Acquired here", "bodies.cpp:13 First put back here",
            "bodies.cpp:14 Put back again here"])
        self.assertEqual(editor.notes(changed), [
            "bodies.cpp:17 Acquired here", "bodies.cpp:18 Changed here"])
        for each in twice, guard, changed:
            self.assertEqual(each["severity"], 2)
            self.assertEqual(each["source"], "clang-tidy")

    def test_quick_fix(self):
        changed = self.server.diagnostics("bodies.cpp")[2]
        (title, text), = self.server.fixes("bodies.cpp", changed).items()
        self.assertIn("insert 'r->reset();", title)
        self.assertIn("  r->reset();\n  pool.release(r); // 19", text)
        self.server.change("bodies.cpp", text)
        self.shown(self.server, "bodies.cpp", [TWICE, GUARD])

    def test_no_fix_where_there_is_none(self):
        twice = self.server.diagnostics("bodies.cpp")[0]
        self.assertEqual(self.server.fixes("bodies.cpp", twice), {})

    def test_a_header_by_itself(self):
        text = self.server.text("bodies.cpp").replace('#include "records.h"', "")
        with open(self.server.path("records.h"), encoding="utf-8") as file:
            header = file.read()
        self.server.open("all.h", header + text)
        found = self.server.diagnostics("all.h")
        self.assertEqual([d["message"] for d in found][:2],
                         ["'r' is put back twice", "'guard' is put back twice"])


if __name__ == "__main__":
    editor.main()
