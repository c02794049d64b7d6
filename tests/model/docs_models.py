# pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs the examples of docs/models.md.

Each example is a ```yaml block and the ```cpp block right behind it. They go to
.pool-tidy.yaml and ex.cpp of an empty directory; `pool-tidy check` must find
there what the comments `// expect: <slug>` say, and nothing else. Code that begins
with `// --ARGUMENTS` is checked with those. After `// becomes: <text>` the fixes must
leave a line that holds the text. Every key of the tables occurs in an example.

    docs_models.py POOL_TIDY docs/models.md
"""

import json
import os
import re
import subprocess
import sys
import tempfile

import yaml

PAIR = re.compile(r"^```yaml\n(.*?)^```\n```cpp\n(.*?)^```$", re.S | re.M)
EXPECT = re.compile(r"//\s*expect:\s*([\w-]+)")
BECOMES = re.compile(r"//\s*becomes:\s*(.*)")
TABLE = re.compile(r"^(?:An? \*\*(\w+)\*\*|A model file)[^|]*?\n\n"
                   r"\| key .*\n\|---.*\n((?:\|.*\n)+)", re.M)
KEY = re.compile(r"`(\w+)`")
# Which table tells of the mappings below a key.
BELOW = {"pools": "pool", "acquire": "operation", "put": "operation",
         "reset": "operation", "use": "operation", "handles": "handle",
         "factory": "callback", "reset_callback": "callback",
         "functions": "function", "types": "type", "configs": "config",
         "settings": "setting", "rules": "rule", "when": "rule"}


def examples(text):
    """Gives (line in the page, model, code) for each pair."""
    for pair in PAIR.finditer(text):
        yield text.count("\n", 0, pair.start()) + 1, pair[1], pair[2]


def expected(code):
    return sorted((number, slug)
                  for number, line in enumerate(code.splitlines(), 1)
                  for slug in EXPECT.findall(line))


def found(tool, model, code):
    """What the tool finds, or a text that tells what went wrong."""
    with tempfile.TemporaryDirectory(prefix="pool-tidy-docs-") as directory:
        for name, text in ((".pool-tidy.yaml", model), ("ex.cpp", code)):
            with open(os.path.join(directory, name), "w", encoding="utf-8") as file:
                file.write(text)
        more = re.match(r"// (--.*)\n", code)
        run = subprocess.run([tool, "check", "ex.cpp", "--format", "json",
                              *(more[1].split() if more else [])],
                             cwd=directory, capture_output=True, text=True,
                             timeout=120, check=False)
    # 0: nothing found, 1: findings; the rest is no answer.
    if run.returncode not in (0, 1):
        return f"exit code {run.returncode}: {run.stderr.strip()}"
    try:
        findings = json.loads(run.stdout)["findings"]
    except (ValueError, KeyError) as error:
        return f"no JSON with findings ({error}): {run.stderr.strip()}"
    return sorted((finding["line"], finding["check"]) for finding in findings)


def becomes(tool, model, code):
    """The texts that no line holds after --fix."""
    texts = [text.strip() for text in BECOMES.findall(code)]
    if not texts:
        return []
    with tempfile.TemporaryDirectory(prefix="pool-tidy-docs-") as directory:
        for name, text in ((".pool-tidy.yaml", model), ("ex.cpp", code)):
            with open(os.path.join(directory, name), "w", encoding="utf-8") as file:
                file.write(text)
        subprocess.run([tool, "check", "--fix", "ex.cpp"], cwd=directory,
                       capture_output=True, timeout=120, check=False)
        with open(os.path.join(directory, "ex.cpp"), encoding="utf-8") as file:
            lines = [line for line in file if not BECOMES.search(line)]
    return [text for text in texts if not any(text in line for line in lines)]


def said(node, kind="file"):
    """(kind, key) of each key in a model."""
    if isinstance(node, list):
        for each in node:
            yield from said(each, kind)
    elif isinstance(node, dict):
        for key, value in node.items():
            yield kind, key
            if key in BELOW:
                yield from said(value, BELOW[key])


def listed(text):
    """(kind, key) of each row of the tables."""
    for table in TABLE.finditer(text):
        for row in table[2].splitlines():
            for key in KEY.findall(row.split("|")[1]):
                yield table[1] or "file", key


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    tool, page = os.path.abspath(sys.argv[1]), sys.argv[2]
    with open(page, encoding="utf-8") as file:
        text = file.read()
    passed = failed = 0
    for line, model, code in examples(text):
        want, got = expected(code), found(tool, model, code)
        wrong = []
        if not want:
            wrong.append("the example expects nothing; mark its misuse")
        if isinstance(got, str):
            wrong.append(got)
        else:
            wrong += [f"ex.cpp:{at}: {slug} is expected and not found"
                      for at, slug in want if (at, slug) not in got]
            wrong += [f"ex.cpp:{at}: {slug} is found and not expected"
                      for at, slug in got if (at, slug) not in want]
            wrong += [f"ex.cpp: no line becomes '{text}'"
                      for text in becomes(tool, model, code)]
        passed, failed = passed + (not wrong), failed + bool(wrong)
        for message in wrong:
            print(f"{page}:{line}: {message}")
    # A page in which no example is recognised must not pass.
    blocks = len(re.findall(r"^```cpp$", text, re.M))
    if passed + failed != blocks:
        print(f"{page}: {blocks} C++ blocks, but {passed + failed} examples")
        failed += 1
    shown = {each for _, model, _ in examples(text)
             for each in said(yaml.safe_load(model))}
    keys = list(listed(text))
    if {kind for kind, _ in keys} != {"file", *BELOW.values()}:
        print(f"{page}: a table of keys is missing")
        failed += 1
    for kind, key in keys:
        if (kind, key) not in shown:
            print(f"{page}: no example has the key '{key}' of a {kind}")
            failed += 1
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()
