# pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""fixes.py TOOL: the sample without its faults, and what they cost.

Applies the automatic fixes to a copy, then gateway.patch for what wants a
decision; that leaves no finding. Both programs take the same load, and their
figures are those that follow from the faults: counts, no times.
"""

import os
import shutil
import subprocess
import sys
import tempfile

import sample

REQUESTS, SESSIONS, EACH_BATCH, EACH_BROKEN = 240, 8, 5, 60


def requests():
    """The load: (method, path, headers, body, whether it is well formed)."""
    for i in range(REQUESTS):
        method = "BATCH" if i % EACH_BATCH == 0 else "LOG"
        body = "started|stopped|ready" if method == "BATCH" else f"message {i}"
        headers = {"Session": f"user-{i % SESSIONS}", f"Trace-{i % 7}": str(i)}
        yield method, f"/app/{i % 3}", headers, body, i % EACH_BROKEN != EACH_BROKEN - 1


def as_text():
    text = ""
    for method, path, headers, body, good in requests():
        lines = [f"{name}: {value}" for name, value in headers.items()]
        lines += [] if good else ["no header"]
        text += "\n".join([f"{method} {path}", *lines, "", body, ""])
    return text


def figures(faulty):
    """What a gateway should tell of the load, by what is right or wrong in it."""
    taken = length = seen = records = 0
    kept, line, longest = {}, "", 0
    for method, path, headers, body, good in requests():
        if not good:
            # A request that was lost took its headers with it, and the answer
            # cleared the buffer.
            kept, line = {}, ""
            continue
        # Headers of an earlier request are still there ...
        kept = {**(kept if faulty else {}), **headers}
        # ... and so are the lines before this one.
        line = (line if faulty else "") + f"{path} {body}"
        for name in sorted(kept):
            line += f" {name}={kept[name]}"
        taken += 1
        length += len(line)
        seen += len(kept)
        longest = max(longest, len(line))
        records += body.count("|") + 1 if method == "BATCH" else 0
    refused = REQUESTS - taken
    return {
        "requests": taken,
        "refused": refused,
        "sessions": SESSIONS,
        "bytes per request": length // taken,
        "headers per request": seen // taken,
        "requests outstanding": refused if faulty else 0,
        "open statements": SESSIONS if faulty else 0,
        # The callback that stores them runs when the pool gives up a batch.
        "records stored": 0 if faulty else records,
    }, longest


def build(directory):
    """Builds the gateway there, as one translation unit: that is fastest."""
    sources = sorted(f for f in os.listdir(directory) if f.endswith(".cpp"))
    done = subprocess.run(
        ["clang++-22", "-std=c++20", "-DNDEBUG", "-Wall", "-Wextra", "-Werror",
         "-pthread", "-I.", "-isystem", os.path.join(sample.ROOT, sample.POOLS),
         "-x", "c++", "-", "-lsqlite3", "-o", "gateway"],
        cwd=directory, input="".join(f'#include "{f}"\n' for f in sources),
        stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"the gateway does not build:\n{done.stderr}")


def run(directory):
    """The figures that the gateway there tells."""
    done = subprocess.run(["./gateway", "sessions.db"], cwd=directory,
                          input=as_text(), capture_output=True, text=True,
                          timeout=60, check=False)
    if done.returncode != 0:
        sys.exit(f"{directory}/gateway gave {done.returncode}: {done.stderr}")
    rows = (row.rsplit(" ", 1) for row in done.stderr.splitlines())
    return {name: int(value) for name, value in rows}


def fix(tool, directory):
    """Takes the faults out."""
    pools = os.path.join(sample.ROOT, sample.POOLS)
    code, said = sample.lint(tool, directory, "--fix",
                             "--checks=-*,pool-put-without-reset", pools=pools)
    if code not in (0, 1) or "fixed 2 findings" not in said:
        sys.exit(f"--fix gave {code}:\n{said}")
    patch = os.path.join(sample.HERE, "gateway.patch")
    done = subprocess.run(["patch", "--batch", "-p1", "-i", patch], cwd=directory,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, check=False)
    if done.returncode != 0 or "fuzz" in done.stdout:
        sys.exit(f"gateway.patch does not fit:\n{done.stdout}")
    code, said = sample.lint(tool, directory, "--confidence=possible",
                             "--fail-on=possible", pools=pools)
    if code != 0:
        sys.exit(f"the fixed sample is not clean:\n{said}")


def main():
    tool = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as work:
        was, now = os.path.join(work, "was"), os.path.join(work, "now")
        shutil.copytree(os.path.join(sample.ROOT, sample.GATEWAY), was)
        shutil.copytree(was, now)
        fix(tool, now)
        build(was)
        build(now)
        told = [run(was), run(now)]

    print(f"{'':24}{'as it was':>12}{'fixed':>12}")
    for name in told[0]:
        print(f"{name:24}{told[0][name]:12}{told[1][name]:12}")
    wrong = []
    for which, faulty in zip(told, (True, False)):
        expected, longest = figures(faulty)
        wrong += [f"{name}: {which[name]}, not {value}"
                  for name, value in expected.items() if which[name] != value]
        # A string grows by doubling.
        if not longest <= which["retained bytes"] <= 2 * longest:
            wrong.append(f"retained bytes: {which['retained bytes']}, "
                         f"the longest line had {longest}")
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
