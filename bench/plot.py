"""The picture of docs/performance.md: small charts side by side, written as SVG by hand."""

import math
from html import escape

WIDTH, HEIGHT, LEFT, TOP, BOTTOM, GAP = 210, 150, 44, 34, 36, 16
STYLE = ("text{font:11px sans-serif;fill:#444}.t{font-weight:bold}.a{stroke:#ccc}"
         ".l{fill:none;stroke:#0b62a4;stroke-width:2}.p{fill:#0b62a4}")


def short(number):
    return f"{number / 1e6:g}M" if number >= 1_000_000 else f"{number / 1e3:g}k" if number >= 1000 else str(number)


def chart(x0, title, points, top):
    """One of them; sizes on a logarithmic axis, costs from zero to `top`."""
    low, high = math.log(points[0][0]), math.log(points[-1][0])
    places = [(x0 + LEFT + (math.log(size) - low) / (high - low) * (WIDTH - LEFT - 12),
               TOP + (1 - cost / top) * HEIGHT, size) for size, cost in points]
    lines = [f'<text class="t" x="{x0 + LEFT}" y="{TOP - 14}">{escape(title)}</text>']
    for cost in (0, top // 2, top):
        y = TOP + (1 - cost / top) * HEIGHT
        lines.append(f'<line class="a" x1="{x0 + LEFT}" y1="{y:.1f}" x2="{x0 + WIDTH}" y2="{y:.1f}"/>'
                     f'<text x="{x0 + LEFT - 5}" y="{y + 4:.1f}" text-anchor="end">{cost}</text>')
    lines.append('<polyline class="l" points="' + " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in places) + '"/>')
    for x, y, size in places:
        lines.append(f'<circle class="p" cx="{x:.1f}" cy="{y:.1f}" r="3"/>'
                     f'<text x="{x:.1f}" y="{TOP + HEIGHT + 16}" text-anchor="middle">{short(size)}</text>')
    return lines


def svg(costs):
    """`costs`: by what grows, pairs of size and nanoseconds an attempt."""
    top = 200 * math.ceil(max(cost for points in costs.values() for _, cost in points) / 200)
    width, height = len(costs) * (WIDTH + GAP), TOP + HEIGHT + BOTTOM
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
             'aria-label="nanoseconds an attempt, as things grow">', f"<style>{STYLE}</style>",
             f'<rect width="{width}" height="{height}" fill="#fff"/>']
    for number, (title, points) in enumerate(costs.items()):
        lines += chart(number * (WIDTH + GAP), title, points, top)
    return "\n".join([*lines, "</svg>"]) + "\n"
