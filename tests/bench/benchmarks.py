# pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""How the scripts of pool/ and effects/ build with Google Benchmark, and put
what they measured into docs/."""

import datetime
import json
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DOCS = os.path.join(ROOT, "docs")


def build(source, where, compiler, *libraries):
    """The program, optimised, against the bundled pools."""
    program = os.path.join(where, "benchmarks")
    command = [compiler, "-std=c++20", "-O2", "-DNDEBUG", "-pthread",
               "-I" + os.path.join(ROOT, "tests", "reference_pool", "include"),
               source, "-o", program, "-lbenchmark", *libraries]
    # On many Intel processors a loop is slower by half when one of its branches
    # crosses 32 bytes: nobody shall win or lose by where the linker put him.
    if os.uname().machine == "x86_64":
        flag = "-mbranches-within-32B-boundaries"
        command.append(flag if "clang" in compiler else "-Wa," + flag)
    subprocess.run(command, check=True)
    return program


def repetitions(command, where, *arguments, environment=None):
    """Each repetition's entry of the library's report, all in random order."""
    out = os.path.join(where, "out.json")
    ran = subprocess.run(
        [*command, *arguments, "--benchmark_enable_random_interleaving=true",
         f"--benchmark_out={out}", "--benchmark_out_format=json"],
        env=environment, capture_output=True, text=True, check=False)
    if ran.returncode != 0:
        sys.exit(f"{ran.stderr}{command[-1]} ended with {ran.returncode}")
    with open(out, encoding="utf-8") as file:
        report = json.load(file)
    return [one for one in report["benchmarks"] if one["run_type"] == "iteration"]


def heading(compiler):
    """When, on how many cores and with what it was measured."""
    version = subprocess.run([compiler, "-dumpfullversion"], capture_output=True,
                             text=True, check=True).stdout.strip()
    return {"date": datetime.date.today().isoformat(), "cores": os.cpu_count(),
            "compiler": version}


def caption(report):
    return f"{report['date']}, {report['cores']} cores, g++ {report['compiler']}"


def write_json(report, name):
    with open(os.path.join(DOCS, name), "w", encoding="utf-8") as file:
        json.dump(report, file, indent=1)
        file.write("\n")


def fill_page(script, lines):
    """Puts lines where docs/reference-pool.md says that `script` does."""
    path = os.path.join(DOCS, "reference-pool.md")
    with open(path, encoding="utf-8") as file:
        page = file.read()
    begin = f"<!-- tests/bench/{script} --write fills in from here -->\n"
    before, rest = page.split(begin)
    end = rest.index("<!-- to here -->")
    with open(path, "w", encoding="utf-8") as file:
        file.write(before + begin + "\n" + "\n".join(lines) + "\n\n" + rest[end:])
