# RUN: %python %s
# pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Headers are edited while a file that includes them is open."""

import editor

SOURCE = """#include "records.h"
void changed(CleanPool &pool) {
  Record *r = pool.acquire();
  r->add("x");
  pool.release(r);
}
"""
CHANGED = ("5 pool-put-without-reset 'r' is put back without a reset since it "
           "was changed (fix available)")


class Headers(editor.Case):
    def setUp(self):
        self.server = self.serve(self.project("records.h", a__cpp=SOURCE))
        self.server.open("records.h")
        self.server.open("a.cpp")
        self.shown(self.server, "a.cpp", [])

    def edit(self, old, new):
        text = self.server.text("records.h")
        self.assertIn(old, text)
        self.server.change("records.h", text.replace(old, new))
        self.server.save("records.h")

    def test_a_body_in_the_header_changes(self):
        self.edit("    r->reset();\n    free_.push_back(r);",
                  "    free_.push_back(r);")
        self.becomes(self.server, "a.cpp", [CHANGED])
        self.edit("  void release(Record *r) {\n    free_.push_back(r);",
                  "  void release(Record *r) {\n    r->reset();\n"
                  "    free_.push_back(r);")
        self.becomes(self.server, "a.cpp", [])

    def test_a_system_header_is_no_evidence(self):
        # As in every other host, so that findings do not depend on the host.
        directory = self.server.directory
        self.write(directory, "system/clean.h", self.server.text("records.h"))
        self.write(directory, "b.cpp", SOURCE.replace('"records.h"', "<clean.h>"))
        self.write(directory, "compile_flags.txt", "-isystem\nsystem\n")
        server = self.serve(directory)
        server.open("b.cpp")
        found = server.diagnostics("b.cpp")
        self.assertTrue(all("(possible)" in d["message"] for d in found), found)


if __name__ == "__main__":
    editor.main()
