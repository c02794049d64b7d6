# pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""How the scripts of this directory run programs and measure them.

Times differ between machines and from minute to minute, so what the scripts
print are ratios between things that ran in turns in one run.
"""

import os
import re
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
from typing import NamedTuple

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import hosts  # noqa: E402

STRICT = "{CheckOptions: {PoolLevel: strict, PoolConfidence: possible}}"


class Ran(NamedTuple):
    """One run of a program."""

    status: int  # exit code, or minus the signal
    cpu: float  # user and system seconds
    rss: int  # peak resident set, KiB
    output: str  # both streams
    timed_out: bool


def run(command, timeout=None, memory=None):
    """Runs `command` to its end, or kills it after `timeout` CPU seconds.

    Waiting counts too, but a busy machine shall not be taken for a hang: ten
    times as long. `memory` bounds the address space, in bytes."""
    def bound():
        if timeout:
            resource.setrlimit(resource.RLIMIT_CPU, (int(timeout), int(timeout)))
        if memory:
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

    # llvm-symbolizer takes longer than what crashed; exported names suffice.
    environment = dict(os.environ, LLVM_DISABLE_SYMBOLIZATION="1")
    # A file, not a pipe: wait4() must be what waits for the program.
    with tempfile.TemporaryFile() as both:
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=both,
            stderr=subprocess.STDOUT, env=environment, preexec_fn=bound)
        late = threading.Event()

        def stop():
            late.set()
            os.kill(child.pid, signal.SIGKILL)

        clock = threading.Timer(10 * timeout, stop) if timeout else None
        if clock:
            clock.start()
        _, status, usage = os.wait4(child.pid, 0)
        if clock:
            clock.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
        both.seek(0)
        text = both.read().decode(errors="replace")
    cpu = usage.ru_utime + usage.ru_stime
    timed_out = late.is_set() or bool(
        timeout and child.returncode < 0 and cpu >= int(timeout) - 0.5)
    return Ran(child.returncode, cpu, usage.ru_maxrss, text, timed_out)


def perf_count(command):
    """The instructions that `command` takes, by the processor's own counter;
    None where there is none, as on most virtual machines."""
    if not shutil.which("perf"):
        return None
    with tempfile.NamedTemporaryFile(mode="r") as out:
        run(["perf", "stat", "-x,", "-e", "instructions:u", "-o", out.name,
             *command])
        found = re.search(r"^(\d+),", out.read(), re.M)
    return int(found[1]) if found else None


def instructions(command):
    """The number of instructions that `command` takes, by the processor's
    counter, or by valgrind, which takes fifty times as long."""
    if count := perf_count(command):
        return count
    with tempfile.TemporaryDirectory() as scratch:
        profile = os.path.join(scratch, "profile")
        done = run(["valgrind", "--tool=callgrind", "--error-limit=no",
                    "--trace-children=yes",
                    f"--callgrind-out-file={profile}.%p", *command])
    found = re.findall(r"Collected : (\d+)", done.output)
    if not found:
        sys.exit(f"valgrind gave no count for {command[0]}:\n{done.output[-2000:]}")
    return sum(map(int, found))


def in_turns(commands, rounds):
    """CPU seconds of each of the named commands, run A B C A B C …

    The first round warms the caches and does not count."""
    times = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            done = run(command)
            if done.status:
                sys.exit(f"{name} gave {done.status}:\n{done.output[-2000:]}")
            if number:
                times[name].append(done.cpu)
    return times


def paired(times, name, base):
    """Median of the ratios within each round, and the middle half of them."""
    ratios = sorted(a / b for a, b in zip(times[name], times[base]))
    quarter = len(ratios) // 4
    return statistics.median(ratios), ratios[quarter], ratios[-1 - quarter]


def add_common_arguments(parser):
    parser.add_argument("--llvm", type=int, default=22, choices=(22, 19),
                        help="major version of LLVM (default 22)")
    parser.add_argument("--plugin", help="the .so; by default the one of the "
                        "build directory for that LLVM")


def plugin(arguments):
    """The plugin to measure, or a message that says how to build it."""
    path = arguments.plugin or os.path.join(
        hosts.build_dir(arguments.llvm), "lib", f"PoolTidy-{arguments.llvm}.so")
    if not os.path.exists(path):
        sys.exit(f"{path} is not there: build it with `cmake --preset "
                 f"llvm{arguments.llvm} && cmake --build --preset "
                 f"llvm{arguments.llvm} --target PoolTidy`, or name another "
                 "with --plugin")
    for program in (f"clang-tidy-{arguments.llvm}", f"clang++-{arguments.llvm}"):
        if not shutil.which(program):
            sys.exit(f"{program} is not installed")
    return os.path.abspath(path)


def tidy(arguments, module, source, flags, checks="-*,pool-*", options=(),
         config=None):
    """The command line of clang-tidy with the plugin, and nothing of the
    user's configuration."""
    return [f"clang-tidy-{arguments.llvm}", f"--load={module}",
            f"--checks={checks}", f"--config={config or '{}'}", "--quiet",
            *options, source, "--", *flags]


def table(head, rows):
    """Prints columns: the first to the left, the others to the right."""
    rows = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in [head, *rows])
              for i in range(len(head))]
    for row in [head, *rows]:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]
        print("  ".join(cells).rstrip(), flush=True)
