# RUN: %python %s
# pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Clang's own headers and the pages of the checks are found from wherever the
program was put."""

import os
import shutil
import subprocess

import editor

SOURCE = """#include <stddef.h>
#include "records.h"
size_t size;
void twice(RecordPool &pool) {
  Record *r = pool.acquire();
  pool.release(r);
  pool.release(r);
}
"""
TWICE = "7 pool-double-put 'r' is put back twice"


class Copied(editor.Case):
    def setUp(self):
        self.directory = self.project("records.h", a__cpp=SOURCE)
        self.prefix = self.project()
        os.mkdir(os.path.join(self.prefix, "bin"))
        self.program = os.path.join(self.prefix, "bin", "pool-clangd")
        shutil.copy(editor.hosts.pool_clangd_path(), self.program)

    def resource_directory(self, *arguments, environment=None):
        """What the copy takes for clang's own headers, by its own word."""
        done = subprocess.run(
            [self.program, "--check=" + os.path.join(self.directory, "a.cpp"),
             *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, errors="replace",
            env=dict(os.environ, **(environment or {})), check=False)
        self.assertEqual(done.returncode, 0, done.stdout)
        words = done.stdout.replace('"', " ").split()
        return words[words.index("-resource-dir") + 1]

    def test_of_the_clang_it_was_built_with(self):
        found = self.resource_directory()
        self.assertTrue(os.path.exists(os.path.join(found, "include", "stddef.h")))
        server = self.serve(self.directory, program=self.program)
        server.open("a.cpp")
        self.shown(server, "a.cpp", [TWICE])

    def test_beside_it(self):
        built_with = self.resource_directory()
        beside = os.path.join(self.prefix, "lib", "clang")
        os.makedirs(beside)
        mine = os.path.join(beside, os.path.basename(built_with))
        os.symlink(built_with, mine)
        self.assertEqual(self.resource_directory(), mine)

    def test_through_a_link(self):
        link = os.path.join(self.directory, "clangd")
        os.symlink(self.program, link)
        self.program = link
        self.test_beside_it()

    def test_the_users_word_counts(self):
        given = self.resource_directory()
        moved = os.path.join(self.prefix, "elsewhere")
        os.symlink(given, moved)
        self.assertEqual(self.resource_directory("--resource-dir=" + moved), moved)
        self.assertEqual(self.resource_directory(environment={
            "CLANGD_FLAGS": "--resource-dir=" + moved}), moved)

    # ---- pages

    def page(self):
        server = self.serve(self.directory, program=self.program)
        server.open("a.cpp")
        twice, = self.shown(server, "a.cpp", [TWICE])
        path = editor.lsp.to_path(twice["codeDescription"]["href"])
        with open(path, encoding="utf-8") as file:
            self.assertIn("pool-double-put", file.readline())
        return path

    def test_page_of_the_sources(self):
        docs = os.path.join(editor.hosts.ROOT, "docs", "checks")
        self.assertEqual(self.page(), os.path.join(docs, "pool-double-put.md"))

    def test_page_beside_it(self):
        mine = os.path.join(self.prefix, "share", "doc", "pool-tidy", "docs")
        shutil.copytree(os.path.join(editor.hosts.ROOT, "docs"), mine)
        self.assertEqual(self.page(),
                         os.path.join(mine, "checks", "pool-double-put.md"))


if __name__ == "__main__":
    editor.main()
