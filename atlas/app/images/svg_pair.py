"""Puts the drawings of two dates into one SVG file, each cut off at its side of the line.

Floor: app; neighbours: export. Each drawing becomes an `svg` element of its own inside the whole:
its view box is the part that shows, which every reader of SVG 1.1 cuts off cleanly.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from PySide6.QtGui import QColor

from atlas.core.panes import Pane
from atlas.core.viewport import SizePx

_WHOLE: Final = re.compile(r"(.*?<svg\b[^>]*>)(.*)</svg>\s*", re.DOTALL)
_TOLD: Final = re.compile(r"<(title|desc)>.*?</\1>\s*", re.DOTALL)
_NAMED: Final = re.compile(r"""(\bid="|url\(#|href="#)""")


def paired(drawings: Sequence[str], shown: Sequence[Pane], size_px: SizePx, line: QColor) -> str:
    """Return one drawing of several, each of a whole scene; head and title are the first one's.

    Raises
    ------
    ValueError
        If a text is no SVG drawing.
    """
    parts = []
    for number, (drawing, pane) in enumerate(zip(drawings, shown, strict=True)):
        (left, right), height = pane.clip_px, size_px[1]
        body = _NAMED.sub(rf"\g<1>date{number}-", _TOLD.sub("", _split(drawing)[1]))
        parts.append(
            f'<svg x="{left:g}" y="0" width="{right - left:g}" height="{height}" '
            f'viewBox="{left - pane.left_px:g} 0 {right - left:g} {height}">\n{body}</svg>\n'
        )
    head, first = _split(drawings[0])
    told = "".join(match.group(0) for match in _TOLD.finditer(first))
    cuts = "".join(
        f'<line x1="{pane.clip_px[0]:g}" y1="0" x2="{pane.clip_px[0]:g}" y2="{size_px[1]}" '
        f'stroke="{line.name()}" stroke-width="2"/>\n'
        for pane in shown[1:]
    )
    sized = _sized(head, size_px)
    return f"{sized}\n{told}{''.join(parts)}{cuts}</svg>\n"


def _split(drawing: str) -> tuple[str, str]:
    match = _WHOLE.fullmatch(drawing)
    if match is None:
        raise ValueError("this is no SVG drawing")
    return match[1], match[2]


def _sized(head: str, size_px: SizePx) -> str:
    """Return the opening of a drawing with the size of the whole, in pixels of 1/96 inch."""
    width, height = size_px
    head = re.sub(r'\bwidth="[^"]*"', f'width="{width}"', head, count=1)
    head = re.sub(r'\bheight="[^"]*"', f'height="{height}"', head, count=1)
    head = re.sub(r'viewBox="[^"]*"', f'viewBox="0 0 {width} {height}"', head, count=1)
    return head.replace('version="1.2" baseProfile="tiny"', 'version="1.1"')
