# RUN: %python %s
# pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""--load=FILE adds the checks of another clang-tidy plugin."""

import os
import subprocess

import editor

SOURCE = """#include "records.h"
void twice(RecordPool &pool) {
  Record *r = pool.acquire();
  pool.release(r);
  pool.release(r);
  goto end;
end:;
}
"""


class Load(editor.Case):
    def test_a_plugin(self):
        # Checks of which clangd does not know the speed want asking for.
        directory = self.project("records.h", a__cpp=SOURCE, __clangd=(
            "Diagnostics: {ClangTidy: {Add: 'other-*', FastCheckFilter: Loose}}"))
        plugin = os.path.join(directory, "other.so")
        subprocess.run(
            ["clang++-22", "-std=c++17", "-fno-rtti", "-fPIC", "-shared",
             "-isystem", "/usr/lib/llvm-22/include", "-o", plugin,
             os.path.join(editor.HERE, "Inputs", "other_module.cpp")], check=True)
        server = self.serve(directory, "--load=" + plugin)
        server.open("a.cpp")
        self.shown(server, "a.cpp", ["5 pool-double-put 'r' is put back twice",
                                     "6 other-no-goto A goto"])

    def test_none(self):
        done = subprocess.run(
            [editor.hosts.pool_clangd_path(), "--load=./gone.so"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, check=False)
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("pool-clangd: error: --load: ./gone.so: ", done.stderr)


if __name__ == "__main__":
    editor.main()
