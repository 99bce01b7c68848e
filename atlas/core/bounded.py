"""Text from files nobody vouches for, read as TOML or JSON within bounds of size and time.

Floor: core; neighbours: story, and whoever reads a person's files. Python's own readers fail in
several ways on hostile text (too deep, too long a number) and take time squared on long dotted
keys: here every failure is one `BoundsError` in words. `tamed` takes out of a text what would
disturb its neighbours on the screen.
"""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any, Final

MAX_TEXT: Final = 1_000_000
MOST_DOTS: Final = 500
"""In one line of TOML: a key of many dots takes time squared."""
_DIRECTION: Final = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_UNSEEN: Final = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufff9-\ufffc{_DIRECTION}]")
_HALF: Final = re.compile("[\ud800-\udfff]")
ID: Final = re.compile(r"\w[\w.-]{0,79}")
"""Ids stand in links and in the names of files: no blanks, no slashes, no dot in front."""


class BoundsError(ValueError):
    """A text is not what it should be, or too much of it; the message says why."""


def read_toml(text: str, most: int = MAX_TEXT) -> dict[str, Any]:
    """Return what a TOML text says.

    Raises
    ------
    BoundsError
        If it is none, has more than `most` characters, is nested too deep, or has a line with
        more than `MOST_DOTS` dots.
    """
    if len(text) > most:
        raise BoundsError(f"it has more than {most:,} characters")
    for number, line in enumerate(text.split("\n"), start=1):
        if line.count(".") > MOST_DOTS:
            raise BoundsError(f"line {number} has more than {MOST_DOTS} dots")
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise BoundsError("it is nested too deep") from error
    except ValueError as error:
        raise BoundsError(_said(error)) from error


def read_json(text: str) -> Any:
    """Return what a JSON text says.

    Raises
    ------
    BoundsError
        If it is none, or nested too deep, or has a number of thousands of digits.
    """
    try:
        return json.loads(text)
    except RecursionError as error:
        raise BoundsError("it is nested too deep") from error
    except json.JSONDecodeError as error:
        raise BoundsError(f"line {error.lineno}: {error.msg}") from error
    except ValueError as error:
        raise BoundsError(_said(error)) from error


def _said(error: ValueError) -> str:
    # The one other thing Python's readers raise tells of a switch of Python's.
    long = not isinstance(error, tomllib.TOMLDecodeError)
    return "a number in it has thousands of digits" if long else str(error)[:200]


def tamed(text: str) -> str:
    """Return a text without control characters, marks of direction and halves of characters.

    Marks of direction would turn round what is printed beside the text; joiners and breaks of no
    width stay, for Khmer and Indic scripts are written with them.
    """
    return _HALF.sub("\ufffd", _UNSEEN.sub("", text))


def line_of(text: str, longest: int) -> str:
    """Return a text tamed and on one line, cut where it is longer than `longest` letters."""
    words = " ".join(tamed(text).split())
    return words if len(words) <= longest else words[: longest - 1] + "…"
