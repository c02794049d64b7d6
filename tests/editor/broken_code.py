# RUN: %python %s
# pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Code that is being written does not compile most of the time; the server must
live through every state of it and be right at the end."""

import editor

TWICE = "6 pool-double-put 'r' is put back twice"
GUARD = "11 pool-double-put 'guard' is put back twice"


class BrokenCode(editor.Case):
    def setUp(self):
        self.server = self.serve(self.project("records.h", "bodies.cpp"))
        self.server.open("bodies.cpp")
        self.before = self.server.diagnostics("bodies.cpp")
        self.text = self.server.text("bodies.cpp")

    def show(self, text):
        self.server.change("bodies.cpp", text)
        return self.server.diagnostics("bodies.cpp")

    def test_cut_off_anywhere(self):
        for end in range(0, len(self.text), 7):
            self.show(self.text[:end])
        self.assertEqual(self.show(self.text), self.before)

    def test_a_piece_missing_anywhere(self):
        for start in range(0, len(self.text), 11):
            self.show(self.text[:start] + self.text[start + 11:])
        self.assertEqual(self.show(self.text), self.before)

    def test_the_rest_of_the_file_is_still_analysed(self):
        found = self.show(self.text.replace("pool.release(r); // 19",
                                            "pool.release(undeclared);"))
        lines = [editor.first_line(d) for d in found]
        self.assertIn(TWICE, lines)
        self.assertIn(GUARD, lines)


if __name__ == "__main__":
    editor.main()
