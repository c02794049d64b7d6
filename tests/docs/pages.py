# pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""pages.py TOOL [--update]: the docs say what the tool does.

In the pages of docs/ (models.md has a test of its own) and in README.md:

- a ```cpp block is example.cpp. It compiles. One that begins with `// NAME.h` is
  that header, for the blocks that follow on the page.
- a block that begins with `$ pool-tidy ...` shows what that command prints,
  run beside the latest example; in README.md at the root of the project.
  --update writes what is printed now into the pages.
- a cpp block that no such block follows gives no finding.
- below `Use instead` the code also builds, without warnings, and runs where it
  has a main().

Pages of checks have the headings of HEADINGS, and show a finding below Example; docs/checks/README.md has the
table of `pool-tidy list`; the options that it lists are told of; links between
pages lead somewhere.
"""

import functools
import glob
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from typing import NamedTuple

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
HEADINGS = ["What it does", "Why is this bad", "Example", "Use instead",
            "Fix safety", "Options", "Known limits", "References"]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
COMMAND = re.compile(r"\$ pool-tidy (.*)\n")
LINK = re.compile(r"\]\(([^)#\s]*)(?:#([\w-]+))?\)")

# As if the bundled pools were installed.
os.environ["CPATH"] = os.path.join(ROOT, "tests", "reference_pool", "include")
tool = os.path.abspath(sys.argv[1])
update = "--update" in sys.argv[2:]
wrong = []


class Block(NamedTuple):
    """A fenced block."""

    language: str
    text: str
    start: int  # of the text, in the page
    heading: str
    place: str  # PAGE:LINE


def read(name):
    with open(os.path.join(ROOT, name), encoding="utf-8") as file:
        return file.read()


def blocks(name, page):
    """The fenced blocks of a page."""
    headings = [(h.start(), h[1]) for h in re.finditer(r"^##+ (.*)$", page, re.M)]
    for found in FENCE.finditer(page):
        above = [text for start, text in headings if start < found.start()]
        line = page.count("\n", 0, found.start()) + 1
        yield Block(found[1], found[2], found.start(2),
                    above[-1] if above else "", f"{name}:{line}")


def run(command, directory):
    """Exit code and everything that is printed."""
    done = subprocess.run(command, cwd=directory, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, timeout=120, check=False)
    return done.returncode, done.stdout


def must_succeed(block, command, directory):
    code, said = run(command, directory)
    if code:
        wrong.append(f"{block.place}: {command[0]} gave {code}:\n{said}")
    return code == 0


@functools.cache
def listed():
    """What `pool-tidy list` says of each check."""
    return json.loads(run([tool, "list", "--format=json"], ROOT)[1])


def not_default():
    """Checks that run only when they are asked for."""
    return {c["check"] for c in listed() if c["level"] != "default"}


def try_code(block, directory, is_shown):
    """A cpp block."""
    header = re.match(r"// (\w+\.h)\b", block.text)
    name = os.path.join(directory, header[1] if header else "example.cpp")
    with open(name, "w", encoding="utf-8") as file:
        file.write(block.text)
    if header:
        return
    compiler = ["clang++-22", "-std=c++20", "-Wall", "-Wextra", "-Werror"]
    if not block.heading.startswith("Use instead"):
        compiler = ["clang++-22", "-std=c++20", "-fsyntax-only"]
    has_main = re.search(r"^int main\(", block.text, re.M)
    if "-fsyntax-only" in compiler or not has_main:
        target = ["-c", "-o", "example.o"] if "-Wall" in compiler else []
    else:
        target = ["-o", "example"]
    if must_succeed(block, [*compiler, *target, "example.cpp"], directory):
        if target == ["-o", "example"]:
            must_succeed(block, ["./example"], directory)
    if not is_shown:
        must_succeed(block, [tool, "check", "example.cpp"], directory)
        slug = os.path.basename(block.place).split(".md:")[0]
        if slug in not_default():
            must_succeed(block, [tool, "check", f"--checks={slug}",
                                 "example.cpp"], directory)


def anchors(page):
    """The names that GitHub gives the headings of a page."""
    return {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-")
            for h in re.findall(r"^#+ (.*)$", FENCE.sub("", page), re.M)}


def try_links(name, page):
    """Links to other pages and their headings."""
    for to, anchor in LINK.findall(FENCE.sub("", page)):
        if "://" in to:
            continue
        target = os.path.normpath(os.path.join(os.path.dirname(name), to)) if to else name
        if not os.path.exists(target):
            wrong.append(f"{name}: a link to {target}, which is not there")
        elif anchor and anchor not in anchors(read(target)):
            wrong.append(f"{name}: a link to {target}#{anchor}, a heading that is not there")


def try_page(name):
    """All blocks of a page; gives the page as it should be."""
    page = new = read(name)
    all_blocks = list(blocks(name, page))
    shows = [COMMAND.match(b.text) for b in all_blocks]
    moved = 0
    with tempfile.TemporaryDirectory() as directory:
        for i, block in enumerate(all_blocks):
            if block.language == "cpp":
                try_code(block, directory,
                         i + 1 < len(all_blocks) and shows[i + 1])
            if not shows[i]:
                continue
            where = ROOT if name == "README.md" else directory
            _, said = run([tool, *shlex.split(shows[i][1])], where)
            told = block.text[shows[i].end():]
            if said == told:
                continue
            if not update:
                wrong.append(f"{block.place}: the tool prints\n{said}"
                             "(pages.py TOOL --update takes it over)")
            at = block.start + shows[i].end() + moved
            new = new[:at] + said + new[at + len(told):]
            moved += len(said) - len(told)
    if update and new != page:
        with open(os.path.join(ROOT, name), "w", encoding="utf-8") as file:
            file.write(new)
        print(f"updated {name}")
    try_links(name, page)


def try_headings(name):
    """A page of a check: its headings, and one example each."""
    page = read(name)
    slug = os.path.basename(name)[: -len(".md")]
    if not page.startswith(f"# {slug}\n"):
        wrong.append(f"{name}: does not begin with `# {slug}`")
    there = re.findall(r"^## (.*)$", page, re.M)
    if there != HEADINGS:
        wrong.append(f"{name}: the headings are {there}, not {HEADINGS}")
    for heading in ("Example", "Use instead"):
        if not any(b.language == "cpp" and b.heading == heading
                   for b in blocks(name, page)):
            wrong.append(f"{name}: no code below {heading}")
    if not any(COMMAND.match(b.text) and f"[{slug}]" in b.text
               for b in blocks(name, page) if b.heading == "Example"):
        wrong.append(f"{name}: no finding of {slug} is shown below Example")


def try_options():
    """Each page names its check's own options, README.md those of every check."""
    names = [{o["name"] for o in c["options"]} for c in listed()]
    common = set.intersection(*names)
    for check, has in zip(listed(), names):
        page = f"docs/checks/{check['check']}.md"
        for place, wanted in ((page, has - common),
                              ("docs/checks/README.md", common)):
            text = read(place).split("\n## Options\n")[-1].split("\n## ")[0]
            for name in sorted(wanted):
                if f"`{name}`" not in text:
                    wrong.append(f"{place}: nothing about `{name}` below Options")


def try_index():
    """docs/checks/README.md has one row for each check, as the tool lists it."""
    page = read("docs/checks/README.md")
    rows = [[cell.strip() for cell in row.strip("|").split("|")]
            for row in re.findall(r"^\|.*\|$", page, re.M)][2:]
    expected = [
        [f"[{c['check']}]({c['check']}.md)", c["category"], c["level"], c["fix"],
         f"[CWE-{c['cwe']}](https://cwe.mitre.org/data/definitions/{c['cwe']}.html)"
         if c["cwe"] else "-", c["summary"]]
        for c in listed()
    ]
    table = "\n".join("| " + " | ".join(row) + " |" for row in expected)
    if rows == expected:
        return
    if update:
        head, rule, *_ = re.findall(r"^\|.*\|$", page, re.M)
        page = re.sub(r"(?:^\|.*\|\n)+", lambda _: f"{head}\n{rule}\n{table}\n", page,
                      count=1, flags=re.M)
        with open("docs/checks/README.md", "w", encoding="utf-8") as file:
            file.write(page)
    else:
        wrong.append("docs/checks/README.md: the table should be\n" + table)


def main():
    os.chdir(ROOT)
    checks = sorted(glob.glob("docs/checks/pool-*.md"))
    others = sorted(set(glob.glob("docs/*.md")) - {"docs/models.md"})
    for name in checks:
        try_headings(name)
    for name in ["README.md", "docs/checks/README.md", *others, *checks]:
        try_page(name)
    try_index()
    try_options()
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
