# pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Charts of bars, in panels two abreast, on one logarithmic scale."""

import math
from typing import NamedTuple
from xml.sax.saxutils import escape

BAR, LABEL, WIDTH, GAP = 17, 205, 300, 30
STYLE = """\
svg { background: #fff }
text { font: 12px sans-serif; fill: #333 }
.title { font-weight: bold }
.name { text-anchor: end }
.own { fill: #2a6fb0 }
.other { fill: #c3c9d0 }"""


class Bar(NamedTuple):
    name: str
    value: float
    text: str  # what stands at its end
    own: bool  # the one that the chart is about


def panel(title, bars, x, y, least, most):
    """One panel's bars, downwards from (x, y)."""
    yield f'<text class="title" x="{x}" y="{y - 8}">{escape(title)}</text>'
    for bar in bars:
        part = math.log(max(bar.value, least) / least) / math.log(most / least)
        length = WIDTH * max(part, 0.01)
        yield (f'<text class="name" x="{x + LABEL - 6}" y="{y + 12}">'
               f'{escape(bar.name)}</text>')
        yield (f'<rect class="{"own" if bar.own else "other"}" x="{x + LABEL}" '
               f'y="{y + 1}" width="{length:.0f}" height="{BAR - 4}"/>')
        yield (f'<text class="value" x="{x + LABEL + length + 5:.0f}" y="{y + 12}">'
               f'{escape(bar.text)}</text>')
        y += BAR


def draw(path, caption, panels, least):
    """Writes an SVG of panels, [(title, bars)]; bars begin at `least`."""
    most = max(bar.value for _, bars in panels for bar in bars)
    across = LABEL + WIDTH + 60
    parts, y, height = [], 60, 0
    for i, (title, bars) in enumerate(panels):
        parts += panel(title, bars, 10 + (i % 2) * across, y, least, most)
        height = max(height, len(bars) * BAR)
        if i % 2 or i + 1 == len(panels):
            y, height = y + height + GAP + 14, 0
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"""<svg xmlns="http://www.w3.org/2000/svg" \
width="{2 * across}" height="{y}" viewBox="0 0 {2 * across} {y}">
<style>
{STYLE}
</style>
<text x="10" y="22">{escape(caption)}</text>
""")
        file.write("\n".join(parts) + "\n</svg>\n")
