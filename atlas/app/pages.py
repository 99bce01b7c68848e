"""Paper: sizes and margins in millimetres, and the logical pixels a map has on them.

Floor: app; neighbours: refusal. A logical pixel is 1/96 inch on paper too, so that a page and a
window of the same size lay out alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from atlas.app.refusal import Refusal
from atlas.core.problems import near_misses
from atlas.core.viewport import SizePx

MM_PER_INCH: Final = 25.4
LOGICAL_DPI: Final = 96
MARGIN_MM: Final = 10.0
PORTRAIT: Final = "-portrait"

_SHEETS_MM: Final[dict[str, tuple[float, float]]] = {
    # long side, short side
    "a5": (210.0, 148.0),
    "a4": (297.0, 210.0),
    "a3": (420.0, 297.0),
    "letter": (279.4, 215.9),
    "a2": (594.0, 420.0),
    "a1": (841.0, 594.0),
    "a0": (1189.0, 841.0),
}


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet with an even margin; lengths in millimetres."""

    name: str
    width_mm: float
    height_mm: float
    margin_mm: float = MARGIN_MM

    @property
    def map_px(self) -> SizePx:
        """Width and height inside the margins, in logical pixels."""
        return (
            px_from_mm(self.width_mm - 2 * self.margin_mm),
            px_from_mm(self.height_mm - 2 * self.margin_mm),
        )


def px_from_mm(length_mm: float) -> int:
    """Return a length in whole logical pixels, rounded down so that nothing leaves the sheet."""
    return int(length_mm / MM_PER_INCH * LOGICAL_DPI)


def page_names() -> tuple[str, ...]:
    """Return the names `page_named` knows: ``a4``, ``a4-portrait`` and so on."""
    return tuple(f"{sheet}{turn}" for sheet in _SHEETS_MM for turn in ("", PORTRAIT))


def page_named(name: str) -> Page:
    """Return a page by name, landscape unless the name ends in ``-portrait``.

    Raises
    ------
    Refusal
        If there is no such page.
    """
    wanted = name.strip().lower()
    if wanted not in page_names():
        hint = near_misses(wanted, page_names()) or f"choose one of {', '.join(page_names())}"
        raise Refusal("--page", f"there is no page “{name}”", hint)
    long_mm, short_mm = _SHEETS_MM[wanted.removesuffix(PORTRAIT)]
    if wanted.endswith(PORTRAIT):
        return Page(wanted, short_mm, long_mm)
    return Page(wanted, long_mm, short_mm)


def page_of_px(size_px: SizePx) -> Page:
    """Return a sheet just as large as a picture of that many logical pixels."""
    width_mm, height_mm = (side * MM_PER_INCH / LOGICAL_DPI for side in size_px)
    return Page("custom", width_mm, height_mm, 0.0)
