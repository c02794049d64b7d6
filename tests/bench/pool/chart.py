# pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""chart.py JSON SVG: draws what `run --write` measured.

One panel for each column, one bar for each contestant, sorted; the scale is
logarithmic, for the slowest take a hundred times the fastest.
"""

import json
import math
import sys
from xml.sax.saxutils import escape

NAMES = {
    "new_delete": "glibc new/delete", "object_pool": "object_pool",
    "object_pool_checked": "object_pool, all checks",
    "mutex_vector": "mutex + vector", "thread_local_vector": "thread_local vector",
    "boost_object_pool": "boost::object_pool",
    "boost_singleton_pool": "boost::singleton_pool", "moodycamel": "moodycamel queue",
    "tbb_queue": "tbb queue", "go_sync_pool": "Go sync.Pool",
}
BAR, LABEL, WIDTH, GAP = 17, 150, 300, 30


def panel(title, bars, x, y, most):
    """One column's bars from (x, y), and where the next can begin."""
    least = 1.0
    yield f'<text class="title" x="{x}" y="{y - 8}">{escape(title)}</text>'
    for name, nanoseconds in sorted(bars.items(), key=lambda bar: bar[1]):
        length = WIDTH * max(math.log(nanoseconds / least), 0.02) / math.log(most / least)
        kind = "own" if name.startswith("object_pool") else "other"
        yield (f'<text class="name" x="{x + LABEL - 6}" y="{y + 12}">'
               f'{escape(NAMES.get(name, name))}</text>')
        yield (f'<rect class="{kind}" x="{x + LABEL}" y="{y + 1}" '
               f'width="{length:.0f}" height="{BAR - 4}"/>')
        yield (f'<text class="value" x="{x + LABEL + length + 5:.0f}" y="{y + 12}">'
               f'{nanoseconds:.1f}</text>')
        y += BAR


def draw(report, path):
    columns = {}
    for name, row in report["nanoseconds"].items():
        for column, nanoseconds in row.items():
            if name != "handover_alone":
                columns.setdefault(column, {})[name] = nanoseconds
    most = max(max(bars.values()) for bars in columns.values())
    across = LABEL + WIDTH + 60
    parts, y, height = [], 60, 0
    titles = [column for column in report["columns"] if column in columns]
    for i, column in enumerate(titles):
        bars = columns[column]
        parts += panel(report["columns"][column], bars, 10 + (i % 2) * across, y, most)
        height = max(height, len(bars) * BAR)
        if i % 2 or column == titles[-1]:
            y, height = y + height + GAP + 14, 0
    caption = (f'ns per get and put, logarithmic; {report["date"]}, '
               f'{report["cores"]} cores, g++ {report["compiler"]}')
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"""<svg xmlns="http://www.w3.org/2000/svg" \
width="{2 * across}" height="{y}" viewBox="0 0 {2 * across} {y}">
<style>
svg {{ background: #fff }}
text {{ font: 12px sans-serif; fill: #333 }}
.title {{ font-weight: bold }}
.name {{ text-anchor: end }}
.own {{ fill: #2a6fb0 }}
.other {{ fill: #c3c9d0 }}
</style>
<text x="10" y="22">{escape(caption)}</text>
""")
        file.write("\n".join(parts) + "\n</svg>\n")


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as measured:
        draw(json.load(measured), sys.argv[2])
