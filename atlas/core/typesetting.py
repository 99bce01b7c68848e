"""Sets text as a printer would: curly quotes, dashes in ranges, dates that stay on one line.

Floor: core; neighbours: every view that shows prose. Stories and evidence are typed plainly; a sign
always stands for one sign, so that places in a text stay what they were.
"""

from __future__ import annotations

import re
from typing import Final

NO_BREAK_SPACE: Final = "\u00a0"
_MONTHS: Final = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)"
)
_JOINED: Final = re.compile(
    rf"(?<=\d) (?=(?:{_MONTHS}|million|billion|km|kilometres)\b)"
    r"|(?<=\bpp\.) (?=\d)|(?<=\bp\.) (?=\d)"
)
# Two numbers only: of three, as in 1979-01-07, nothing is a range.
_RANGE: Final = re.compile(
    rf"(?<![\w-])(\d{{1,4}})-(?=\d{{1,4}}(?![\d-]))|\b({_MONTHS})-(?={_MONTHS}\b)|(?<= )()-(?= )"
)
# After a number of minutes or seconds of arc a straight mark is meant as one.
_MARK: Final = re.compile(r"(?<![°'′]\d\d)(?<!\.\d{4})[\"']")
_OPENS_AFTER: Final = frozenset(" \t\n\u00a0([{-\u2013\u2014/\u201c\u2018")
_PLAIN: Final = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", NO_BREAK_SPACE: " "}
)


def typeset(text: str) -> str:
    """Return `text` with printers' signs, as long as it was."""
    text = _JOINED.sub(NO_BREAK_SPACE, text)
    text = _RANGE.sub(lambda range_: f"{range_[1] or range_[2] or ''}–", text)
    return _MARK.sub(_quote, text)


def typed(text: str) -> str:
    """Return `text` as it would be typed, to compare it; as long as it was."""
    return text.translate(_PLAIN)


def _quote(mark: re.Match[str]) -> str:
    before = mark.string[mark.start() - 1 : mark.start()]
    opens = not before or before in _OPENS_AFTER or (before in "\"'" and _begins(mark))
    if mark[0] == '"':
        return "“" if opens else "”"
    return "‘" if opens else "’"


def _begins(mark: re.Match[str]) -> bool:
    """Tell whether a mark beside another one opens: only those at a word's start do."""
    start = max(0, mark.start() - 3)
    before = mark.string[start : mark.start()].rstrip("\"'")
    return before[-1] in _OPENS_AFTER if before else start == 0
