# RUN: %python %s
# pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Model files count, and what is wrong with them is told in the editor."""

import editor

SOURCE = """#include "records.h"
void twice(RecordPool &pool) {
  Record *r = pool.acquire();
  pool.release(r);
  pool.release(r);
}
"""
TWICE = "5 pool-double-put 'r' is put back twice"


class Models(editor.Case):
    def serve_with(self, **files):
        server = self.serve(self.project("records.h", a__cpp=SOURCE, **files))
        server.open("a.cpp")
        return server

    def test_beside_the_source(self):
        server = self.serve_with(**{"__pool-tidy__yaml": editor.NO_POOL})
        self.shown(server, "a.cpp", [])

    def told(self, server, severity):
        """What is said of models and options, before the one finding."""
        *told, twice = server.diagnostics("a.cpp")
        self.assertEqual(editor.first_line(twice), TWICE)
        for each in told:
            self.assertEqual(each["severity"], severity)
            self.assertEqual(each["code"], "clang-tidy-config")
            self.assertEqual(each["range"]["start"], {"line": 0, "character": 0})
            self.assertNotIn("codeDescription", each)
        return [each["message"] for each in told]

    def test_wrong(self):
        server = self.serve_with(**{"__pool-tidy__yaml": "pools:\n  - nane: x\n"})
        unknown = self.told(server, 1)[0]
        self.assertIn(server.path(".pool-tidy.yaml") + ":2:5: ", unknown)
        self.assertIn("'nane'", unknown)

    def test_put_right(self):
        server = self.serve_with(**{"__pool-tidy__yaml": "pools:\n  - nane: x\n"})
        self.assertNotEqual(self.told(server, 1), [])
        self.write(server.directory, ".pool-tidy.yaml", "pools: []\n")
        server.change("a.cpp", SOURCE + "\n")
        self.assertEqual(self.told(server, 1), [])

    def test_missing(self):
        server = self.serve_with(
            **{"__clang-tidy": "CheckOptions: {PoolModels: 'gone.yaml'}\n"})
        missing, = self.told(server, 1)
        self.assertIn("'gone.yaml': there is no such model file", missing)

    def test_unknown_value_of_an_option(self):
        server = self.serve_with(
            **{"__clang-tidy": "CheckOptions: {PoolLevel: lax}\n"})
        unknown, = self.told(server, 2)
        self.assertIn("Unknown value 'lax' of option 'PoolLevel'", unknown)


if __name__ == "__main__":
    editor.main()
