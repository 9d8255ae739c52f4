"""The named boundaries at which `harmed.py` can end a process: before and after each step of a page's path."""

STEPS = (
    "lease",
    "request",
    "hand-off",
    "publish",
    "hand-over",
    "release",
    "take",
    "parse",
    "admit",
    "remember",
    "commit",
    "store",
    "settle",
    "tell",
    "drop",
    "ack",
)
POINTS = [f"{when} {step}" for step in STEPS for when in ("before", "after")]
