"""Text that steers what shows it, and how to show it all the same."""

from __future__ import annotations

import json
import re

# Characters that steer what shows text instead of being text: controls, line and paragraph separators, bidirectional
# embeddings, overrides and isolates, lone surrogates, interlinear marks, tags.
STEERING = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\u061c\\u2028-\\u202e\\u2066-\\u2069\\ud800-\\udfff\\ufff9-\\ufffb\\U000e0000-\\U000e007f]"
)


def visible(text: str) -> str:
    """The text on one line, with what would steer a terminal or the direction of writing as visible escapes."""
    return STEERING.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def json_line(value: object) -> str:
    """A value as JSON on one line, its letters as they are; nothing in it can steer a terminal."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return STEERING.sub(lambda found: json.dumps(found[0])[1:-1], text)
