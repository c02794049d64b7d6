# pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""tally.py DIR: adds up what the test runners wrote into DIR.

Says why what was skipped was skipped; the last line is the sum. Exits with 1
unless something passed and nothing failed.
"""

import glob
import json
import os
import sys


def read_gtest(report, count, skipped):
    for suite in report["testsuites"]:
        for test in suite["testsuite"]:
            if test.get("failures"):
                count["failed"] += 1
            elif test["result"] == "COMPLETED":
                count["passed"] += 1
            else:
                skipped.append(f"{suite['name']}.{test['name']}: skips itself")


def read_lit(report, count, skipped):
    for test in report["tests"]:
        if test["code"] in ("PASS", "FLAKYPASS", "XFAIL"):
            count["passed"] += 1
        elif test["code"] in ("UNSUPPORTED", "SKIPPED", "EXCLUDED"):
            reason = test["output"].strip().splitlines() or ["no reason given"]
            skipped.append(f"{test['name']}: {reason[-1].strip()}")
        else:
            count["failed"] += 1


def main():
    directory = sys.argv[1]
    count, skipped = {"passed": 0, "failed": 0}, []
    for path in sorted(glob.glob(os.path.join(directory, "*.json"))):
        with open(path, encoding="utf-8") as file:
            report = json.load(file)
        read = read_lit if "tests" in report and "testsuites" not in report else read_gtest
        read(report, count, skipped)
    crashed = os.path.join(directory, "crashed")
    if os.path.exists(crashed):
        with open(crashed, encoding="utf-8") as file:
            for name in file:
                print(f"{name.strip()}: ended without a report")
                count["failed"] += 1
    for line in skipped:
        print(f"skipped: {line}")
    tail = f", {len(skipped)} skipped" if skipped else ""
    print(f"{count['passed']} passed, {count['failed']} failed{tail}")
    return 0 if count["passed"] and not count["failed"] else 1


if __name__ == "__main__":
    sys.exit(main())
