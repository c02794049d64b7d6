# pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""checks_def.py ROOT: a check is four artefacts with one slug; the sets are
equal, and the index of the docs names them all."""

import os
import re
import sys

root = sys.argv[1]


def read(*path):
    with open(os.path.join(root, *path), encoding="utf-8") as file:
        return file.read()


def slugs(folder, suffix):
    names = os.listdir(os.path.join(root, folder))
    return {n[: -len(suffix)] for n in names
            if n.startswith("pool-") and n.endswith(suffix)}


defined = set(re.findall(r'^POOL_CHECK\(\w+,\s*"([a-z-]+)"',
                         read("checks", "Checks.def"), re.M))
sets = {
    "rules (checks/rules/<slug>.cpp)": slugs("checks/rules", ".cpp"),
    "pages (docs/checks/<slug>.md)": slugs("docs/checks", ".md"),
    "tests (tests/checks/<slug>.cpp)": slugs("tests/checks", ".cpp"),
    "links (docs/checks/README.md)": set(
        re.findall(r"\((pool-[a-z-]+)\.md\)", read("docs", "checks", "README.md"))),
}
wrong = [] if defined else ["no POOL_CHECK line in checks/Checks.def"]
for name, there in sets.items():
    wrong += [f"{name}: none for {s}" for s in sorted(defined - there)]
    wrong += [f"{name}: {s} is not in checks/Checks.def" for s in sorted(there - defined)]
print("\n".join(wrong))
sys.exit(bool(wrong))
