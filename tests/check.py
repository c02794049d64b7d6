# pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares what the checks say about a file with what the file expects.

    // RUN: %check %s [--models FILE] [--level strict|all] [--confidence possible]
    // RUN:           [--checks=GLOB] [--fix] [--std=c++20] [-- extra flags]

Expectations stand in comments of the file and of the headers beside it, on
the line that they are about, or `@-1`, `@+2` lines from it:

    pool.put(b); // expect: pool-put-without-reset "'b' is put back"
    // note@-3: "changed here"

Every finding must be expected and every expectation met; notes may be more
than those asked for. --fix applies the fixes to a copy, which must equal
FILE.fixed if there is one, compile, no longer have the findings that were
fixed, and, where the file says RUN-FIXED, run and exit with 0.
--all-hosts asks every program and wants equal answers; --suite DIR does that
for each %check line of the tests below DIR.
"""

import argparse
import concurrent.futures
import difflib
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

import hosts

EXPECTATION = re.compile(
    r'\b(?P<what>expect|note)(?:@(?P<offset>[+-]\d+))?:\s*'
    r'(?P<slug>[a-z][\w-]*)?\s*"(?P<text>(?:[^"\\]|\\.)*)"'
)
INCLUDE = os.path.join(hosts.ROOT, "tests", "checks", "include")


def expectations(path):
    """(line, slug or None for a note, text) of each expectation in a file."""
    found = []
    with open(path, encoding="utf-8", errors="replace") as file:
        for number, line in enumerate(file, 1):
            start = re.search(r"//|/\*", line)
            for e in EXPECTATION.finditer(line, start.end()) if start else ():
                slug = e["slug"]
                if (e["what"] == "expect") != bool(slug):
                    sys.exit(f"{path}:{number}: an expectation is written "
                             '`expect: slug "text"` or `note: "text"`')
                if slug and not slug.startswith("pool-"):
                    slug = "pool-" + slug
                text = re.sub(r"\\(.)", r"\1", e["text"])
                found.append((number + int(e["offset"] or 0), slug, text))
    return found


def user_headers(job):
    """The headers of the file that may hold expectations of their own."""
    done = subprocess.run(
        ["clang++-22" if not job.source.endswith(".c") else "clang-22", "-MM",
         *job.flags, job.source],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False,
    )
    names = done.stdout.replace("\\\n", " ").split()[2:]
    tests = os.path.join(hosts.ROOT, "tests") + os.sep
    paths = sorted({os.path.realpath(n) for n in names})
    return [p for p in paths if p.startswith(tests)]


def compare(job, answer):
    """What differs between the answer and the expectations, as lines."""
    wrong = []
    findings = list(answer.findings)
    notes = [n for f in findings for n in f.notes]
    for path in [os.path.realpath(job.source), *user_headers(job)]:
        name = os.path.relpath(path, hosts.ROOT)
        for line, slug, text in expectations(path):
            here = lambda d: d.file == path and d.line == line and text in d.message
            if slug is None:
                if not any(here(n) for n in notes):
                    wrong.append(f'- {name}:{line}: note: "{text}"')
                continue
            met = [f for f in findings if here(f) and f.slug == slug]
            if met:
                findings.remove(met[0])
            else:
                wrong.append(f'- {name}:{line}: {slug} "{text}"')
    for f in findings:
        name = os.path.relpath(f.file, hosts.ROOT)
        wrong.append(f'+ {name}:{f.line}: {f.slug} "{f.message}"')
    if wrong:
        wrong.insert(0, "expected (-) and not found, found (+) and not expected:")
    return wrong


def show(finding):
    """A finding and its notes as lines, for a diff."""
    place = lambda d: f"{os.path.relpath(d.file, hosts.ROOT) if d.file else ''}:{d.line}:{d.column}"
    return [f"{place(finding)}: {finding.message} [{finding.slug}]",
            *(f"    {place(n)}: {n.message}" for n in finding.notes)]


def compare_hosts(answers, source):
    """What differs between the programs, as lines."""
    (first, base), *others = answers.items()
    wrong = [f"{name}: {e}" for name, a in answers.items() for e in a.errors]
    for name, answer in others:
        # An editor shows a header's findings in the header.
        shown = [f for f in base.findings
                 if name != "pool-clangd" or f.file == os.path.realpath(source)]
        left = [line for f in shown for line in show(f)]
        right = [line for f in answer.findings for line in show(f)]
        wrong += difflib.unified_diff(left, right, first, name, lineterm="")
    return wrong


def without_fix(exported):
    """How many findings of each check in clang-tidy's YAML have no fix."""
    import yaml  # Debian's clang-tidy depends on it

    counts = {}
    for d in (yaml.safe_load(exported) or {}).get("Diagnostics", []):
        if not d["DiagnosticMessage"]["Replacements"]:
            counts[d["DiagnosticName"]] = counts.get(d["DiagnosticName"], 0) + 1
    return counts


def check_fixes(job):
    """Applies the fixes to a copy; what is wrong with it, as lines."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = os.path.join(scratch, os.path.basename(job.source))
        shutil.copy(job.source, copy)
        on_copy = job._replace(
            source=copy, flags=[*job.flags, "-I", os.path.dirname(job.source)])
        exported = os.path.join(scratch, "fixes.yaml")
        before = hosts.clang_tidy(22, on_copy, [f"--export-fixes={exported}"])
        left = {}
        if os.path.exists(exported):
            with open(exported, encoding="utf-8") as file:
                left = without_fix(file.read())
        if sum(left.values()) == len(before.findings):
            return ["--fix: no finding has a fix"]
        hosts.clang_tidy(22, on_copy, ["--fix"])
        with open(copy, encoding="utf-8") as file:
            fixed = file.read()
        wrong = fix_with_command(on_copy, job.source, fixed)
        if os.path.exists(job.source + ".fixed"):
            with open(job.source + ".fixed", encoding="utf-8") as file:
                wrong += difflib.unified_diff(
                    file.read().splitlines(), fixed.splitlines(),
                    job.source + ".fixed", "after --fix", lineterm="")
        after = hosts.clang_tidy(22, on_copy)
        wrong += [f"after --fix: {e}" for e in after.errors]
        for f in after.findings:
            if left.get(f.slug, 0):
                left[f.slug] -= 1
            else:
                wrong.append(f"still there after --fix: {f.line}: {f.message} [{f.slug}]")
        if not wrong and "RUN-FIXED" in fixed:
            wrong += run(on_copy, os.path.join(scratch, "fixed"))
        return wrong


def fix_with_command(job, original, fixed):
    """The command must make the same of the file as clang-tidy did."""
    shutil.copy(original, job.source)
    done = hosts.pool_tidy(job, ["--fix"])
    with open(job.source, encoding="utf-8") as file:
        same = list(difflib.unified_diff(
            fixed.splitlines(), file.read().splitlines(),
            "clang-tidy --fix", "pool-tidy --fix", lineterm=""))
    with open(job.source, "w", encoding="utf-8") as file:
        file.write(fixed)
    return [*done.errors, *same]


def run(job, program):
    """Compiles and runs a file; what went wrong, as lines."""
    compiler = "clang-22" if job.source.endswith(".c") else "clang++-22"
    steps = [[compiler, *job.flags, "-o", program, job.source], [program]]
    for step in steps:
        done = subprocess.run(step, stdout=subprocess.PIPE, text=True, timeout=60,
                              stderr=subprocess.STDOUT, check=False)
        if done.returncode:
            return [f"after --fix: {step[0]} gave {done.returncode}: {done.stdout}"]
    return []


def check(arguments):
    """One %check line; what is wrong, as lines."""
    parser = argparse.ArgumentParser(prog="check.py", allow_abbrev=False)
    parser.add_argument("source")
    parser.add_argument("--models", action="append", default=[])
    parser.add_argument("--level", default="default",
                        choices=["default", "strict", "all"])
    parser.add_argument("--confidence", default="definite")
    parser.add_argument("--checks", help="globs; else the checks of the level")
    parser.add_argument("--std")
    parser.add_argument("--fix", action="store_true")
    parser.add_argument("--allow-errors", action="store_true",
                        help="the file is meant not to compile")
    parser.add_argument("--all-hosts", action="store_true")
    flags = []
    if "--" in arguments:
        cut = arguments.index("--")
        arguments, flags = arguments[:cut], arguments[cut + 1:]
    given = parser.parse_args(arguments)
    source = os.path.abspath(given.source)
    beside = os.path.dirname(source)
    standard = given.std or (None if source.endswith(".c") else "c++20")
    job = hosts.Job(
        source=source,
        flags=[*([f"-std={standard}"] if standard else []), "-I", INCLUDE, *flags],
        checks=f"-*,{given.checks}" if given.checks else hosts.checks_of(given.level),
        models=";".join(os.path.join(beside, m) for m in given.models),
        level=given.level,
        confidence=given.confidence,
    )
    if given.all_hosts:
        # The command does not analyse what does not compile.
        return [] if given.allow_errors else compare_hosts(
            hosts.all_hosts(job), job.source)
    answer = hosts.clang_tidy(22, job)
    wrong = [] if given.allow_errors else list(answer.errors)
    wrong += compare(job, answer)
    if given.fix and not wrong:
        wrong += check_fixes(job)
    return wrong


def suite(directory):
    """Parity: every %check line below the directory, in every program."""
    lines = []
    for folder, _, names in sorted(os.walk(os.path.abspath(directory))):
        for name in sorted(names):
            if not name.endswith((".cpp", ".c")):
                continue
            path = os.path.join(folder, name)
            with open(path, encoding="utf-8") as file:
                for found in re.finditer(r"RUN:\s*%check\s+(.*)", file.read()):
                    line = shlex.split(found[1].replace("%s", path)
                                       .replace("%S", folder)
                                       .replace("%root", hosts.ROOT))
                    lines.append(["--all-hosts", *line])
    if not lines:
        return [f"no %check line below {directory}"]
    wrong = []
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for line, differs in zip(lines, pool.map(check, lines)):
            if differs:
                wrong += [" ".join(line), *differs]
    print(f"{len(lines)} runs compared")
    return wrong


def main():
    if sys.argv[1:2] == ["--suite"]:
        wrong = suite(sys.argv[2])
    else:
        wrong = check(sys.argv[1:])
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
