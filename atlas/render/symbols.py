"""The atlas's symbols as paths in a unit square, read from ``resources/symbols/symbols.toml``.

Floor: render; no neighbours. Coordinates run from -1 to 1, y down; each symbol has an outline
that is filled with the actor's ink and edged in paper, and keeps its meaning without colour. The
file is read when the first symbol is drawn, each outline when it is first wanted.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

from PySide6.QtGui import QPainterPath

from atlas.core.resources import resources_dir

PLAIN: Final = "ring"
"""What stands for a name the set does not hold."""
_STEP: Final = re.compile(r"\s*([MLCZ])([^MLCZ]*)")
_NUMBERS_OF: Final = {"M": 2, "L": 2, "C": 6, "Z": 0}


class SymbolError(ValueError):
    """The outline of a symbol cannot be read; the message quotes it."""


@cache
def symbol_path(name: str) -> QPainterPath:
    """Return a symbol's outline, the plain ring for a name the set does not hold."""
    table = _table()
    return path_of(table.get(name, table[PLAIN])["path"])


@cache
def is_thin(name: str) -> bool:
    """Tell whether a symbol's hollow form is hard to tell at small sizes: doubt is ringed then."""
    return bool(_table().get(name, {}).get("thin"))


def symbol_names() -> tuple[str, ...]:
    """Return the names of all symbols."""
    return tuple(_table())


def path_of(outline: str) -> QPainterPath:
    """Return the path of an outline in SVG's language: absolute M, L, C and Z.

    Raises
    ------
    SymbolError
        If it holds anything else.
    """
    path, at = QPainterPath(), 0
    while match := _STEP.match(outline, at):
        at = match.end()
        command, numbers = match[1], _numbers(match[2], outline)
        if len(numbers) != _NUMBERS_OF[command] or (at and not match.start() and command != "M"):
            raise SymbolError(f"a symbol’s outline: “{match[0].strip()}” is no step")
        match command:
            case "M":
                path.moveTo(*numbers)
            case "L":
                path.lineTo(*numbers)
            case "C":
                path.cubicTo(*numbers)
            case _:
                path.closeSubpath()
    if outline[at:].strip():
        raise SymbolError(f"a symbol’s outline: “{outline[at:]}” is not understood")
    return path


def _numbers(text: str, outline: str) -> list[float]:
    try:
        return [float(number) for number in text.split()]
    except ValueError:
        raise SymbolError(f"a symbol’s outline: “{text}” in “{outline}” is no number") from None


@cache
def _table(folder: Path | None = None) -> dict[str, Any]:
    file = (folder or resources_dir() / "symbols") / "symbols.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
