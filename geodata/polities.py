"""Polities through time: rows of polities.csv to unions of atoms, with places for their labels.

Duty: cut the rows so that on every day each atom belongs to one fill only, and find label anchors.
Floor: geodata, build time only. The smaller of two polities that hold an atom wins it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import shapely

from atlas.core.projection import ATLAS_PROJECTION
from geodata.alignments import bloc_records
from geodata.bibliography import Works, cell_in_words, cell_sources
from geodata.circles import label_circles
from geodata.projection import Geometries
from geodata.spans import SpanDays, span_days

_SIDE_BY_SIDE: Final = 6
_MAX_ANCHORS: Final = 60
_LAKE_SHARE: Final = 0.005
_POINT_RADIUS_M: Final = 20_000.0


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    record: dict[str, str]
    kind: str
    atoms: frozenset[str]
    span: SpanDays

    @property
    def start(self) -> int:
        return self.span[0]

    @property
    def end(self) -> int:
        return self.span[3]


class PolityError(ValueError):
    """A row of polities.csv names a unit that atoms.toml does not know."""


def polity_records(
    table: list[dict[str, str]],
    rules: dict[str, Any],
    atom_ids: tuple[str, ...],
    areas: Geometries,
    works: Works,
    lakes: list[Any],
) -> list[dict[str, Any]]:
    """Return the pack's polities; `areas` are the atoms' areas in map metres, at any level.

    Labels keep off `lakes`, areas in map metres.
    """
    table = [_told(record, works) for record in table]
    rows = [_row(number, record, rules, atom_ids) for number, record in enumerate(table)]
    shape_of = dict(zip(atom_ids, areas, strict=True))
    anchors = Anchors(shape_of, lakes)
    records: list[dict[str, Any]] = []
    for row in rows:
        for span, atoms in _pieces(row, rows):
            records.append(_record(row, span, atoms, rules, rows, shape_of, anchors))
    return records


def _told(record: dict[str, str], works: Works) -> dict[str, str]:
    """Return a row of the table with its source in words, and the keys beside it."""
    cell = record["source"]
    return {**record, "source": cell_in_words(cell, works), "source_keys": cell}


def _row(
    number: int, record: dict[str, str], rules: dict[str, Any], atom_ids: tuple[str, ...]
) -> _Row:
    unit = record["unit"]
    names = rules["units"].get(unit, [unit])
    missing = [name for name in names if name not in atom_ids]
    if missing:
        raise PolityError(f"polities.csv row {number + 2}: no atom {', '.join(missing)}")
    kind = rules["kinds"].get(unit, "fill")
    span = span_days(record["valid_from"], record["valid_to"])
    return _Row(number, record, kind, frozenset(names), span)


def _pieces(row: _Row, rows: list[_Row]) -> list[tuple[SpanDays, frozenset[str]]]:
    """Cut a fill wherever a smaller polity takes or gives back some of its atoms."""
    rivals = [
        other
        for other in rows
        if row.kind == other.kind == "fill"
        and other.atoms < row.atoms
        and other.start < row.end
        and row.start < other.end
    ]
    if not rivals:
        return [(row.span, row.atoms)]
    days = {row.start, row.end}
    days |= {d for r in rivals for d in (r.start, r.end) if row.start < d < row.end}
    cuts = sorted(days)
    pieces: list[tuple[SpanDays, frozenset[str]]] = []
    for start, end in pairwise(cuts):
        taken = [r.atoms for r in rivals if r.start <= start and end <= r.end]
        atoms = row.atoms.difference(*taken)
        first, last = start == row.start, end == row.end
        span = [
            start,
            row.span[1] if first else start,
            row.span[2] if last else end,
            end,
        ]
        if pieces and pieces[-1][1] == atoms:
            earlier = pieces.pop()[0]
            span = [earlier[0], earlier[1], span[2], span[3]]
        pieces.append((span, atoms))
    return pieces


def _record(
    row: _Row,
    span: SpanDays,
    atoms: frozenset[str],
    rules: dict[str, Any],
    rows: list[_Row],
    shape_of: dict[str, Any],
    anchors: Anchors,
) -> dict[str, Any]:
    text = row.record
    state = text["label"] if text["label"] in rules["one_label"] else ""
    label_atoms = _label_atoms(row, atoms, state, span, rows)
    points = rules["label_points"].get(text["unit"])
    return {
        "id": f"{text['unit']}@{span[0]}",
        "unit": text["unit"],
        "row": row.number,
        "kind": row.kind,
        "atoms": sorted(atoms),
        "state": state or f"row-{row.number}",
        "label": text["label"],
        "official_name": text["official_name"],
        "endonym": text["endonym"],
        "status": text["status"],
        "alignment": text["alignment"],
        "blocs": bloc_records(
            text["unit"], text["alignment"], text["valid_from"], text["valid_to"]
        ),
        "span": span,
        "from": text["valid_from"],
        "to": text["valid_to"],
        "source": text["source"],
        "source_keys": [source["key"] for source in cell_sources(text["source_keys"])],
        "confidence": text["confidence"],
        "note": text["note"],
        "geometry_note": _geometry_note(atoms, rules),
        "anchors": _point_anchors(points) if points else anchors.of(label_atoms),
        "area_m2": round(sum(float(shape_of[a].area) for a in atoms)),
    }


def _label_atoms(
    row: _Row, atoms: frozenset[str], state: str, span: SpanDays, rows: list[_Row]
) -> frozenset[str]:
    """Return the atoms one label stands for; none if another row of the state carries it."""
    if not state:
        return atoms
    same = [r for r in rows if r.record["label"] == state and r.start <= span[0] < r.end]
    if same[0].number != row.number:
        return frozenset()
    return atoms.union(*(r.atoms for r in same))


def _geometry_note(atoms: frozenset[str], rules: dict[str, Any]) -> str:
    notes = [
        part["note"]
        for split in rules["split"]
        for part in split["part"]
        if part["atom"] in atoms and split["rest"] not in atoms
    ]
    return " ".join(notes)


def _point_anchors(points: list[list[float]]) -> list[list[float]]:
    anchors = []
    for lon, lat in points:
        x_m, y_m = ATLAS_PROJECTION.forward(lon, lat)
        anchors.append([round(x_m), round(y_m), _POINT_RADIUS_M])
    return anchors


class Anchors:
    """Label anchors of unions of atoms: centres of circles on dry land, biggest first."""

    def __init__(self, shape_of: dict[str, Any], lakes: list[Any]) -> None:
        self._shape_of = shape_of
        self._lakes = lakes
        self._known: dict[frozenset[str], list[list[float]]] = {}

    def of(self, atoms: frozenset[str]) -> list[list[float]]:
        """Return up to sixty [x_m, y_m, radius_m], of which the first choice is six far apart."""
        if atoms not in self._known:
            shapes = [self._shape_of[a] for a in sorted(atoms)]
            area = self._dry(shapely.coverage_union_all(shapes))
            self._known[atoms] = label_circles(area, _SIDE_BY_SIDE, _MAX_ANCHORS) if shapes else []
        return self._known[atoms]

    def _dry(self, area: Any) -> Any:
        """Return an area without the lakes that are large for it."""
        large = [lake for lake in self._lakes if lake.area > _LAKE_SHARE * area.area]
        return shapely.difference(area, shapely.union_all(large)) if large else area
