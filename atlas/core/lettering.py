"""What a label says: long names cut to what a map can carry. Floor: core; no neighbours."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

_ASIDE: Final = re.compile(r"\s*[(\[][^)\]]*(?:[)\]]|$)")
_TAIL: Final = re.compile(r"\s*(?:[;:]|,\s|\s[–—]\s).*$")
_NUMBERED: Final = re.compile(r"Base Area (\d+)")
MAX_CHARS: Final = 52
LINE_CHARS: Final = 20


@cache
def short_label(name: str) -> str:
    """Return a feature's name without brackets and what follows a colon, semicolon or comma."""
    head = _TAIL.sub("", _ASIDE.sub("", name)).strip() or name
    if len(head) < 4:
        head = name
    if len(head) <= MAX_CHARS:
        return head
    cut = head[:MAX_CHARS].rsplit(" ", 1)[0]
    return f"{cut} …"


@cache
def numbered_label(name: str) -> str:
    """Return the number alone of what is known by one, as ``702`` of Base Area 702.

    On small scales such signs stand in a heap; what they are stands in the legend.
    """
    match = _NUMBERED.fullmatch(short_label(name))
    return match[1] if match else short_label(name)


def is_numbered(name: str) -> bool:
    """Tell whether what bears a name is known by a number."""
    return _NUMBERED.fullmatch(short_label(name)) is not None


@cache
def wrapped(text: str, line_chars: int = LINE_CHARS) -> tuple[str, ...]:
    """Break a label into lines of about equal length, none of a single short word's width."""
    words = text.split()
    if len(text) <= line_chars or len(words) < 2:
        return (text,)
    line_count = -(-len(text) // line_chars)
    target = len(text) / line_count
    lines: list[str] = []
    line = ""
    for word in words:
        longer = f"{line} {word}".strip()
        if line and len(lines) < line_count - 1 and len(longer) - target > target - len(line):
            lines.append(line)
            line = word
        else:
            line = longer
    return (*lines, line)
