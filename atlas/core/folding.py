"""Words as they are compared in a search: without case, without the marks of Latin letters.

Floor: core; neighbours: search. Other scripts keep their marks, for there they are letters.
"""

from __future__ import annotations

import re
from typing import Final
from unicodedata import combining, normalize

_JOINERS: Final = frozenset("'’‘ʼʻ`\u00ad\u200c\u200d")
_JOINERS_GONE: Final = str.maketrans(dict.fromkeys(_JOINERS, ""))
_LETTERS: Final = str.maketrans(
    {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ħ": "h", "þ": "th"}
)
_GAPS: Final = re.compile(r"[\s!-/:-@\[-`{-~\u00a0-\u00bf\u2000-\u206f\u3000-\u303f]+")


def fold(text: str) -> str:
    """Return `text` as it is compared: ``Sài Gòn`` as ``sai gon``, ``Đà Nẵng`` as ``da nang``."""
    if text.isascii():
        return text.casefold().translate(_JOINERS_GONE)
    kept = []
    after_latin = False
    for char in normalize("NFKD", normalize("NFKD", text).casefold()):
        if char in _JOINERS or (after_latin and combining(char)):
            continue
        after_latin = after_latin if combining(char) else _is_latin(char)
        kept.append(char)
    return normalize("NFC", "".join(kept).translate(_LETTERS))


def words_of(text: str) -> tuple[str, ...]:
    """Return the folded words of a text, in order; a text without gaps is one word."""
    return tuple(word for word in _GAPS.split(fold(text)) if word)


def _is_latin(char: str) -> bool:
    return char < "\u0250" or "\u1e00" <= char < "\u1f00" or "\ua720" <= char < "\ua800"
