"""Groups what Qt wrote into an SVG by the layers of the map, under their names.

Floor: app, standard library only; neighbours: watched_painter (whose marks tell layers apart),
vector_files. Qt writes one flat row of groups, each of one pen and brush.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from atlas.app.images.xml_text import escaped, quoted

_GROUP: Final = re.compile(r"(<g [^>]*>\n)(.*?)</g>\n", re.DOTALL)
_INKSCAPE: Final = ' xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"'


class Layer(NamedTuple):
    """A layer in a part of the drawing, which lies over the parts of lower numbers."""

    part: int
    name: str


_Piece = tuple[Layer, str]
"""Drawings of one pen and brush in one layer."""


def layered(drawing: str, layers: Sequence[Layer], mark_px: int) -> str:
    """Return a drawing with one group for each layer of each part, without marks.

    Raises
    ------
    ValueError
        If the drawing is not as Qt writes it.
    """
    start = drawing.index("</defs>\n") + len("</defs>\n")
    outer = re.compile(r"<g [^>]*>\n\n?").match(drawing, start)
    end = drawing.rindex("</g>")
    if outer is None:
        raise ValueError("this drawing has no outer group")
    pieces = _pieces(drawing[outer.end() : end], layers, mark_px)
    body = "\n".join(_groups(pieces))
    head = drawing[:start].replace("<svg ", f"<svg{_INKSCAPE} ", 1)
    return f"{head}{outer[0]}{body}\n{drawing[end:]}"


def _pieces(body: str, layers: Sequence[Layer], mark_px: int) -> list[_Piece]:
    """Return what is drawn, cut where a mark stands; empty groups are left out."""
    mark = re.compile(rf'<[^<>]*points="{mark_px},(\d+) [^<>]*>\n')
    pieces, layer = [], layers[0]
    for group in _GROUP.finditer(body):
        parts = mark.split(group[2])
        for index, part in enumerate(parts):
            if index % 2:
                layer = layers[int(part)]
            elif part.strip():
                pieces.append((layer, f"{group[1]}{part}</g>\n"))
    return pieces


def _groups(pieces: list[_Piece]) -> list[str]:
    """Return a group for each layer of each part; ids tell apart those of one name."""
    seen: dict[str, int] = {}
    groups = []
    for layer, run in groupby(_rows(pieces), key=lambda row: row[0]):
        name = re.sub(r"[^a-z0-9]+", "-", layer.lower()).strip("-") or "map"
        seen[name] = seen.get(name, 0) + 1
        key = f"layer-{name}" + (f"-{seen[name]}" if seen[name] > 1 else "")
        inside = "".join(svg for _, svg in run)
        groups.append(
            f'<g id="{key}" inkscape:groupmode="layer" inkscape:label={quoted(layer)}>\n'
            f"<title>{escaped(layer)}</title>\n{inside}</g>\n"
        )
    return groups


def _rows(pieces: list[_Piece]) -> Iterator[tuple[str, str]]:
    """Yield the layers of each part with their drawings, from the ground up."""
    for _, run in groupby(pieces, key=lambda piece: piece[0].part):
        yield from _together(list(run)).items()


def _together(pieces: list[_Piece]) -> dict[str, str]:
    """Return the drawings of each layer of one part, in the order in which they end."""
    made: dict[str, str] = {}
    for layer, svg in pieces:
        made[layer.name] = made.pop(layer.name, "") + svg
    return made
