# pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""json_shape.py FILE: the JSON of `pool-tidy check` has the fields it is said
to have, and its summary adds up."""

import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    run = json.load(file)
assert list(run) == ["version", "tool", "findings", "not_analysed",
                     "skipped_functions", "summary"], list(run)
place = ["file", "line", "column"]
for finding in run["findings"]:
    assert list(finding) == ["check", *place, "message", "confidence", "cwe",
                             "notes", "fixes"], finding
    assert finding["confidence"] in ("definite", "possible"), finding
    for note in finding["notes"]:
        assert list(note) == [*place, "message"], note
    for fix in finding["fixes"]:
        assert list(fix) == ["file", "offset", "length", "text"], fix
for missing in run["not_analysed"]:
    assert list(missing) == ["file", "reason"], missing
for skipped in run["skipped_functions"]:
    assert list(skipped) == ["function", *place, "reason"], skipped
summary = run["summary"]
assert summary["findings"] == len(run["findings"]), summary
assert summary["analysed"] + len(run["not_analysed"]) == summary["translation_units"], summary
assert summary["functions_skipped"] == len(run["skipped_functions"]), summary
