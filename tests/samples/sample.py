# pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Where the sample is, and how it is linted."""

import os
import subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
HERE = os.path.join(ROOT, "tests", "samples")
GATEWAY = os.path.join("tests", "samples", "gateway")
# As if they were installed: what is below is not linted.
POOLS = os.path.join("tests", "reference_pool", "include")


def lint(tool, where, *options, pools=POOLS):
    """Exit code and what is printed; as driver/quickstart does it."""
    done = subprocess.run(
        [tool, "check", "--level=strict", "--timeout=900", *options, where,
         "--", "-std=c++20", "-isystem", pools],
        cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, check=False,
    )
    return done.returncode, done.stdout
