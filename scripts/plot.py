"""A chart of the benchmark as SVG: how many times as long as `env true` each command takes."""

import html
import math

WIDTH, ROW, LEFT, RIGHT, TOP = 760, 26, 230, 70, 46
OWN, OTHER, LINE, TEXT = "#2f6fde", "#9aa4b2", "#d5dae1", "#30363d"


def bars(ratios):
    """The text of the chart.

    - ratios: by command; those of portrun are told from the others by its name.
    """
    widest = max(ratios.values())
    decades = range(0, math.ceil(math.log10(widest)) + 1)
    span = WIDTH - LEFT - RIGHT
    lowest = 0.5

    def x(ratio):
        return LEFT + span * (math.log10(ratio / lowest) / math.log10(10 ** decades[-1] / lowest))

    height = TOP + ROW * len(ratios) + 14
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}"'
        f' font-family="sans-serif" font-size="13" fill="{TEXT}">',
        f'<rect width="{WIDTH}" height="{height}" fill="white"/>',
        '<text x="12" y="20" font-size="14" font-weight="bold">Time of a whole process, in multiples of `env true`</text>',
    ]
    for decade in decades:
        place = x(10 ** decade)
        lines.append(f'<path d="M{place:.1f} {TOP - 6}V{height - 10}" stroke="{LINE}"/>')
        lines.append(f'<text x="{place:.1f}" y="{TOP - 10}" text-anchor="middle" fill="#6b7480">{10 ** decade}</text>')
    for row, (command, ratio) in enumerate(ratios.items()):
        top = TOP + ROW * row
        color = OWN if "portrun" in command else OTHER
        width = max(2, x(ratio) - x(lowest))
        lines.append(f'<text x="{LEFT - 10}" y="{top + 17}" text-anchor="end">{html.escape(command)}</text>')
        lines.append(f'<rect x="{x(lowest):.1f}" y="{top + 4}" width="{width:.1f}" height="{ROW - 8}" fill="{color}"/>')
        lines.append(f'<text x="{x(lowest) + width + 6:.1f}" y="{top + 17}">{ratio:.2f}</text>')
    return "\n".join([*lines, "</svg>", ""])
