# RUN: %python %s
# pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Files that are open together are analysed together, each for itself."""

import editor

BODY = """
void twice(RecordPool &pool) {
  Record *%s = pool.acquire();
  pool.release(%s);
  pool.release(%s);
}
"""
COUNT = 12


class SeveralFiles(editor.Case):
    def test_each_its_own_findings(self):
        directory = self.project("records.h")
        server = self.serve(directory, "-j=4")
        for i in range(COUNT):
            text = '#include "records.h"\n' + "\n" * i + BODY % ((f"r{i}",) * 3)
            self.write(directory, f"f{i}.cpp", text)
            server.open(f"f{i}.cpp")
        for i in range(COUNT):
            self.shown(server, f"f{i}.cpp",
                       [f"{i + 6} pool-double-put 'r{i}' is put back twice"])

    def test_a_directory_with_its_own_models(self):
        directory = self.project("records.h")
        self.write(directory, "quiet/.pool-tidy.yaml", editor.NO_POOL)
        for name in ("quiet/a.cpp", "loud/a.cpp"):
            self.write(directory, name,
                       '#include "../records.h"\n' + BODY % (("r",) * 3))
        server = self.serve(directory)
        server.open("quiet/a.cpp")
        server.open("loud/a.cpp")
        self.shown(server, "quiet/a.cpp", [])
        self.shown(server, "loud/a.cpp", ["6 pool-double-put 'r' is put back twice"])

    def test_closed_and_opened_again(self):
        directory = self.project("records.h", a__c="int a;\n", b__cpp=(
            '#include "records.h"\n' + BODY % (("r",) * 3)))
        server = self.serve(directory)
        for _ in range(2):
            server.open("a.c")
            server.open("b.cpp")
            self.shown(server, "a.c", [])
            self.shown(server, "b.cpp", ["6 pool-double-put 'r' is put back twice"])
            server.close("b.cpp")
            server.close("a.c")


if __name__ == "__main__":
    editor.main()
