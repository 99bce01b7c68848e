"""Checks of text: every character a reader meets can be drawn with the bundled fonts.

Duty: note texts that would show as boxes. Names in scripts no bundled font has (Chinese, Korean,
Bengali, ...) and endonyms are let be: the map falls back to their Latin form. Floor: geodata,
standard library only; neighbours: faults, font_coverage.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from geodata.faults import Faults
from geodata.font_coverage import undrawable

_BUNDLED_LANGUAGES: Final = frozenset({"en", "fr", "vi", "km", "lo", "my", "th"})
_FREE_COLUMNS: Final = frozenset({"endonym"})


def check_text(name: str, value: Any, faults: Faults, covered: frozenset[int] | None) -> None:
    """Note every text inside `value` that has characters no font in `covered` can draw."""
    if covered is None:
        return
    for field, text in _texts(name, value):
        missing = undrawable(text, covered)
        if missing:
            shown = " ".join(f"“{c}” U+{ord(c):04X}" for c in missing[:3])
            faults.error(field, f"no bundled font can draw {shown}")


def check_row_text(row: dict[str, str], faults: Faults, covered: frozenset[int] | None) -> None:
    """Check the texts of a table's row, leaving out names in scripts without a bundled font."""
    free = row.get("language", "en") not in _BUNDLED_LANGUAGES
    for name, text in row.items():
        if isinstance(text, str) and name not in _FREE_COLUMNS and not (free and name == "name"):
            check_text(name, text, faults, covered)


def _texts(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """Yield every text with the field it stands in."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, dict):
        if value.get("lang", "en") not in _BUNDLED_LANGUAGES:
            return
        for key, part in value.items():
            yield from _texts(name if name and name != "properties" else str(key), part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(name, part)
