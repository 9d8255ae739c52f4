"""A bar chart as SVG, written by hand: readable in light and dark."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

_WIDTH, _LEFT, _STEP, _BAR, _TOP = 860, 380, 30, 18, 50


def bars(title: str, values: Sequence[tuple[str, float]]) -> str:
    """One bar for each value, ours in another colour; shorter is better."""
    longest = max(value for _, value in values) or 1.0
    height = _TOP + _STEP * len(values) + 10
    rows = [_bar(place, name, value, longest) for place, (name, value) in enumerate(values)]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" '
            f'height="{height}" font-family="sans-serif" font-size="14" role="img" aria-label="{escape(title)}">',
            f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>',
            f'<text x="16" y="28" font-size="17" fill="#222">{escape(title)} (less is better)</text>',
            *rows,
            "</svg>\n",
        ]
    )


def _bar(place: int, name: str, value: float, longest: float) -> str:
    y = _TOP + place * _STEP
    width = max(1.0, (_WIDTH - _LEFT - 70) * value / longest)
    colour = "#1d6fb8" if name.startswith("Wireroom") else "#9aa5b1"
    return (
        f'<text x="{_LEFT - 8}" y="{y + 14}" text-anchor="end" fill="#222">{escape(name)}</text>'
        f'<rect x="{_LEFT}" y="{y}" width="{width:.0f}" height="{_BAR}" fill="{colour}"/>'
        f'<text x="{_LEFT + width + 6:.0f}" y="{y + 14}" fill="#222">{value:.2f}</text>'
    )
