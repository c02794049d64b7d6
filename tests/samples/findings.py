# pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""findings.py TOOL [--update]: the sample has the findings of findings.txt.

They are compared with their notes and the lines they show. --update writes what
is printed now.
"""

import difflib
import os
import sys

import sample

GOLDEN = os.path.join(sample.HERE, "findings.txt")


def main():
    code, said = sample.lint(sys.argv[1], sample.GATEWAY)
    if code != 1:
        return f"pool-tidy gave {code}, not 1:\n{said}"
    if "--update" in sys.argv[2:]:
        with open(GOLDEN, "w", encoding="utf-8") as file:
            file.write(said)
        return 0
    with open(GOLDEN, encoding="utf-8") as file:
        expected = file.read()
    if said == expected:
        return 0
    return "".join(difflib.unified_diff(
        expected.splitlines(True), said.splitlines(True), "findings.txt", "now"
    )) + "findings.py TOOL --update takes it over"


if __name__ == "__main__":
    sys.exit(main())
