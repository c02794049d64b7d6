# pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The programs that run the checks, and their answers in one form."""

import json
import os
import re
import subprocess
import tempfile
from typing import NamedTuple

import lsp

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def build_dir(major):
    """Where the build for one LLVM stands; the runner may say otherwise."""
    return os.environ.get(
        f"POOL_TIDY_BUILD_{major}", os.path.join(ROOT, "build", f"llvm{major}")
    )


class Note(NamedTuple):
    file: str
    line: int
    column: int
    message: str


class Finding(NamedTuple):
    file: str
    line: int
    column: int
    slug: str
    message: str
    notes: tuple


def checks_of(level):
    """The checks of a level and those below it, as a glob for clang-tidy."""
    wanted = ["Default", "Strict", "Perf"][: ["default", "strict", "all"].index(level) + 1]
    with open(os.path.join(ROOT, "checks", "Checks.def"), encoding="utf-8") as table:
        lines = re.findall(r'^POOL_CHECK\(\w+,\s*"([\w-]+)",\s*\w+,\s*(\w+),',
                           table.read(), re.M)
    return ",".join(["-*", *(slug for slug, at in lines if at in wanted)])


class Job(NamedTuple):
    """What to lint and how."""

    source: str
    flags: list
    checks: str
    models: str = ""
    level: str = "default"
    confidence: str = "definite"


class Answer(NamedTuple):
    findings: list  # sorted
    errors: list  # lines
    output: str  # all that was printed


DIAGNOSTIC = re.compile(
    r"^(?:(?P<file>/[^:]*):(?P<line>\d+):(?P<column>\d+): )?"
    r"(?P<level>warning|error|note): (?P<message>.*?)(?: \[(?P<slug>[\w.,-]+)\])?$"
)


def parse(text):
    """The findings and the error lines in clang-tidy's output."""
    findings, errors = [], []
    for line in text.splitlines():
        found = DIAGNOSTIC.match(line)
        if not found:
            continue
        slug = (found["slug"] or "").split(",")[0]
        place = (
            os.path.realpath(found["file"]) if found["file"] else "",
            int(found["line"] or 0),
            int(found["column"] or 0),
        )
        if found["level"] == "note":
            if findings and findings[-1] is not None:
                findings[-1][2].append(Note(*place, found["message"]))
        elif slug.startswith("pool-"):
            findings.append((place, (slug, found["message"]), []))
        else:
            findings.append(None)  # its notes are not ours
            if found["level"] == "error" or slug == "clang-tidy-config":
                errors.append(line)
    made = [Finding(*f[0], *f[1], tuple(f[2])) for f in findings if f]
    return sorted(made), errors


def clang_tidy(major, job, extra=()):
    """Stock clang-tidy with the plugin."""
    config = {
        "CheckOptions": {
            "PoolModels": job.models,
            "PoolLevel": "default" if job.level == "default" else "strict",
            "PoolConfidence": job.confidence,
        }
    }
    plugin = os.path.join(build_dir(major), "lib", f"PoolTidy-{major}.so")
    command = [
        f"clang-tidy-{major}",
        f"--load={plugin}",
        f"--checks={job.checks}",
        "--header-filter=.*",
        "--config=" + json.dumps(config),
        "--quiet",
        *extra,
        job.source,
        "--",
        *job.flags,
    ]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, errors="replace", check=False,
    )
    findings, errors = parse(done.stdout)
    if done.returncode != 0 and not errors:
        errors = [f"clang-tidy-{major} gave {done.returncode}: {done.stderr[-2000:]}"]
    return Answer(findings, errors, done.stdout + done.stderr)


def pool_tidy(job, extra=()):
    """The command."""
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        command = [
            os.path.join(build_dir(22), "bin", "pool-tidy"), "check", job.source,
            "--format=json", f"--output={out.name}", f"--checks={job.checks}",
            f"--level={job.level}", f"--confidence={job.confidence}",
            "--fail-on=never", *extra,
        ]
        for model in filter(None, job.models.split(";")):
            command.append(f"--models={model}")
        command += ["--", *job.flags]
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, errors="replace", check=False,
        )
        with open(out.name, encoding="utf-8") as file:
            text = file.read()
    errors = [] if done.returncode == 0 else [
        f"pool-tidy gave {done.returncode}: {done.stdout[-2000:]}"
    ]
    said = json.loads(text) if text.strip() else {"findings": []}
    findings = []
    for f in said["findings"]:
        notes = tuple(
            Note(os.path.realpath(n["file"]) if n["file"] else "", n["line"],
                 n["column"], n["message"])
            for n in f["notes"]
        )
        suffix = " (possible)" if f["confidence"] == "possible" else ""
        findings.append(
            Finding(os.path.realpath(f["file"]), f["line"], f["column"],
                    f["check"], f["message"] + suffix, notes)
        )
    return Answer(sorted(findings), errors, done.stdout)


def pool_clangd_path():
    return os.path.join(build_dir(22), "bin", "pool-clangd")


def clangd_config(job):
    """The job's options as clangd's configuration: one document for each glob,
    since a document's `Remove` comes after its `Add`."""
    globs = [("Remove", g[1:]) if g.startswith("-") else ("Add", g)
             for g in job.checks.split(",")]
    documents = [{what: [glob]} for what, glob in globs]
    documents.append({"CheckOptions": {
        "PoolModels": job.models, "PoolLevel": job.level,
        "PoolConfidence": job.confidence}})
    return "---\n".join([lsp.NO_INDEX] + [
        json.dumps({"Diagnostics": {"ClangTidy": d}}) + "\n" for d in documents])


def decapitalised(message):
    """clangd's messages begin like a sentence."""
    return message[:1].lower() + message[1:]


def pool_clangd(job):
    """The language server, which shows what stands in the file itself."""
    source = os.path.realpath(job.source)
    compiler = "clang" if source.endswith(".c") else "clang++"
    command = {"workingDirectory": os.getcwd(),
               "compilationCommand": [compiler, *job.flags, "-c", source]}
    with tempfile.TemporaryDirectory() as settings:
        os.mkdir(os.path.join(settings, "clangd"))
        config = os.path.join(settings, "clangd", "config.yaml")
        with open(config, "w", encoding="utf-8") as file:
            file.write(clangd_config(job))
        try:
            with lsp.Server(
                    [pool_clangd_path(), "--log=error"], os.path.dirname(source),
                    {"XDG_CONFIG_HOME": settings},
                    {"compilationDatabaseChanges": {source: command}}) as server:
                server.open(source)
                found = server.diagnostics(source)
                logged = server.logged()
        except lsp.Gone as why:
            return Answer([], [f"the server is gone: {why}"], "")
    errors = [f"pool-clangd: {line}" for line in logged.splitlines()
              if line.startswith("E[")]
    findings = []
    for d in found:
        code, start = d.get("code", ""), d["range"]["start"]
        if not code.startswith("pool-"):
            if d["severity"] == 1:
                errors.append(f"{start['line'] + 1}: {d['message']}")
            continue
        notes = tuple(
            Note(os.path.realpath(lsp.to_path(r["location"]["uri"])),
                 r["location"]["range"]["start"]["line"] + 1,
                 r["location"]["range"]["start"]["character"] + 1,
                 decapitalised(r["message"]))
            for r in d["relatedInformation"])
        message = d["message"].removesuffix(" (fix available)")
        findings.append(Finding(source, start["line"] + 1, start["character"] + 1,
                                code, decapitalised(message), notes))
    return Answer(sorted(findings), errors, json.dumps(found) + logged)


def all_hosts(job):
    """Every program that is built here, by name."""
    hosts = {"clang-tidy-22": lambda: clang_tidy(22, job),
             "pool-tidy": lambda: pool_tidy(job)}
    if os.path.exists(pool_clangd_path()):
        hosts["pool-clangd"] = lambda: pool_clangd(job)
    if os.path.exists(os.path.join(build_dir(19), "lib", "PoolTidy-19.so")):
        hosts["clang-tidy-19"] = lambda: clang_tidy(19, job)
    return {name: ask() for name, ask in hosts.items()}
