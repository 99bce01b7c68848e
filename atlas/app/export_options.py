"""How a picture is laid out: size, page, dots, title, furniture, and whether that can be had.

Floor: app; neighbours: pages, refusal. Shared by the dialog, the command line and `export`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from atlas.app.pages import LOGICAL_DPI, page_named
from atlas.app.refusal import Refusal
from atlas.core.state import FURNITURE
from atlas.core.viewport import SizePx

FORMATS: Final = ("png", "jpg", "webp", "tif", "pdf", "svg")
ALIASES: Final = {"jpeg": "jpg", "tiff": "tif"}
DOTTED: Final = ("png", "jpg", "webp", "tif")
"""Formats made of dots; the others are lines and text at any size."""
STREAMED: Final = ("png", "tif")
CLEAR: Final = ("png", "webp", "tif")
"""Formats that can do without a ground."""
MIN_SIDE_PX: Final = 120
MAX_SIDE_PX: Final = 16_000
MAX_PIXELS_WHOLE: Final = 100_000_000
"""Formats that are not `STREAMED` are packed in one piece, which takes more memory."""
DPI_RANGE: Final = (24, 1200)
LONGEST: Final = 300
"""Letters a title or caption may have."""
FORMAT_LIST: Final = ".png, .jpg, .webp, .tif, .pdf or .svg"


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How a picture is laid out.

    `size_px` is the layout in logical pixels (1/96 inch), the state's own if None; `page` names a
    sheet (`pages.page_names`) instead. `dpi` is how many dots of a picture make an inch: 192
    doubles the dots of the same layout. `title` replaces the panel's, `caption` stands below the
    map. `transparent` leaves out sea and paper; `georeference` tells programs of maps where the
    picture lies; `archival` makes a PDF one to keep, PDF/A;
    `outlines` makes the letters of an SVG shapes.
    """

    size_px: SizePx | None = None
    dpi: int = LOGICAL_DPI
    page: str = ""
    title: str = ""
    caption: str = ""
    furniture: frozenset[str] = frozenset(FURNITURE)
    transparent: bool = False
    georeference: bool = False
    archival: bool = False
    outlines: bool = False

    @property
    def dots_per_px(self) -> float:
        """Dots of a picture per logical pixel."""
        return self.dpi / LOGICAL_DPI


def format_of(path: Path) -> str:
    """Return one of `FORMATS` by the file's name.

    Raises
    ------
    Refusal
        If the name ends in none of these.
    """
    ending = path.suffix.lower().removeprefix(".")
    kind = ALIASES.get(ending, ending)
    if kind not in FORMATS:
        what = f"“.{ending}” is no picture the atlas writes" if ending else "has no ending"
        raise Refusal(str(path), what, f"end the name in {FORMAT_LIST}")
    return kind


def check_format(kind: str, options: ExportOptions, size_px: SizePx) -> None:
    """Refuse what a format cannot carry.

    Raises
    ------
    Refusal
        If it has no transparency, no dots whose place could be told, is no PDF or SVG where
        one is asked for, or is too large for it.
    """
    if options.transparent and kind not in CLEAR:
        raise Refusal("--transparent", f"{kind.upper()} has no transparency", "choose PNG or TIFF")
    if options.georeference and kind not in DOTTED:
        what = f"{kind.upper()} has no dots to tell the place of"
        raise Refusal("--georeference", what, "choose TIFF or PNG")
    if options.archival and kind != "pdf":
        raise Refusal("--pdf-a", f"{kind.upper()} is no PDF", "end the name in .pdf")
    if options.outlines and kind != "svg":
        raise Refusal("--outlines", f"{kind.upper()} is no SVG", "end the name in .svg")
    width, height = (round(side * options.dots_per_px) for side in size_px)
    if kind in DOTTED and kind not in STREAMED and width * height > MAX_PIXELS_WHOLE:
        what = f"{width} x {height} pixels is too large for {kind.upper()}"
        most = MAX_PIXELS_WHOLE // 1_000_000
        raise Refusal("--size", what, f"at most {most} million pixels, or PNG or TIFF")


def layout_px(default_px: SizePx, options: ExportOptions) -> SizePx:
    """Return the picture's size in logical pixels, `default_px` if the options name none.

    Raises
    ------
    Refusal
        If it, or the dots it would take as PNG, are out of bounds, or the page is unknown.
    """
    page = page_named(options.page) if options.page else None
    size_px = page.map_px if page else options.size_px or default_px
    low, high = DPI_RANGE
    if not low <= options.dpi <= high:
        raise Refusal("--dpi", f"{options.dpi} is out of bounds", f"choose {low} to {high}")
    dots = tuple(round(side * options.dots_per_px) for side in size_px)
    said = f"{dots[0]} x {dots[1]} pixels"
    if min(size_px) < MIN_SIDE_PX:
        raise Refusal("--size", f"{said} is too small for a map", f"at least {MIN_SIDE_PX} a side")
    if max(dots) > MAX_SIDE_PX:
        raise Refusal("--size", f"{said} is too large", f"at most {MAX_SIDE_PX} a side")
    return size_px
