"""Which names are wanted where: requests for the placement, in order of importance.

Floor: render; neighbours: letters, style, frame; placement itself is `core.labels`. Order:
capitals, the selected feature, countries, features on the overlays, towns, zones, seas.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import sqrt
from typing import Final

from atlas.core.labels import BoxPx, Occupied, Request, around_point, centred, place
from atlas.core.lettering import short_label, wrapped
from atlas.core.scene import Area, Mark, PlaceName, PolityName, Scene, SeaName
from atlas.render.frame import Frame
from atlas.render.letters import Lettering, measured, size_of
from atlas.render.marks import SYMBOL_PX
from atlas.render.style import Style

DOT_PX: Final = 2.6
_LEAST_LABEL_INK: Final = 0.45


@dataclass(frozen=True, slots=True)
class Name:
    """A lettering with the boxes it could fill, and the town's dot drawn with it, if any."""

    letters: Lettering
    boxes: tuple[BoxPx, ...]
    dot_px: tuple[float, float] | None = None
    capital: bool = False
    insists: bool = False


@dataclass(frozen=True, slots=True)
class PlacedName:
    """A name with the corner it is drawn at."""

    name: Name
    x_px: float
    y_px: float


def placed_names(
    scene: Scene, style: Style, frame: Frame, occupied: Occupied, avoided: Occupied
) -> list[PlacedName]:
    """Return every name that finds room; `occupied` holds symbols and furniture.

    `avoided` holds arrows, which only the most important names may cross.
    """
    names = list(_names(scene, style, frame))
    requests = [Request(index, name.boxes, name.insists) for index, name in enumerate(names)]
    width, height = frame.size_px
    found = place(requests, occupied, (3, 3, width - 3, height - 3), avoided=avoided)
    placed = []
    for index, choice in found.items():
        box = names[index].boxes[choice]
        placed.append(PlacedName(names[index], box[0], box[1]))
    return placed


def _names(scene: Scene, style: Style, frame: Frame) -> Iterator[Name]:
    capitals = [p for p in scene.place_names if p.capital]
    towns = [p for p in scene.place_names if not p.capital]
    marks = sorted(
        (m for m in scene.marks if m.ink >= _LEAST_LABEL_INK or m.feature_id == scene.selection),
        key=lambda m: (m.feature_id != scene.selection, m.label_rank, -m.ink, m.feature_id),
    )
    for town in capitals:
        yield _place_name(town, style, frame)
    chosen = [m for m in marks if m.feature_id == scene.selection]
    for mark in chosen:
        yield replace(_mark_name(mark, style, frame), insists=True)
    for polity in scene.polity_names:
        if (country := _polity_name(polity, style, frame)) is not None:
            yield country
    for mark in marks:
        if mark not in chosen:
            yield _mark_name(mark, style, frame)
    for town in towns:
        yield _place_name(town, style, frame)
    for area in scene.areas:
        yield _area_name(area, style, frame)
    for sea in scene.sea_names:
        yield _sea_name(sea, style, frame)


def _place_name(town: PlaceName, style: Style, frame: Frame) -> Name:
    x, y = frame.to_px(town.x_m, town.y_m)
    size = 14.5 if town.capital else 12.5 if town.rank <= 3 else 11.5
    letters = Lettering(
        (town.text,),
        "label_bold" if town.capital else "label",
        size,
        style.color("place_text").name(),
        style.color("halo").name(),
        centred=False,
    )
    size_px = size_of(letters)
    boxes = around_point(x, y, DOT_PX + 3.5, *size_px)
    # Further out, where a symbol stands on the town itself.
    boxes += around_point(x, y, SYMBOL_PX + 5.0, *size_px)
    return Name(letters, boxes, (x, y), town.capital, insists=town.capital)


def _mark_name(mark: Mark, style: Style, frame: Frame) -> Name:
    x, y = frame.to_px(mark.x_m, mark.y_m)
    letters = Lettering(
        wrapped(short_label(mark.label)),
        "label_italic" if mark.doubt or mark.hatched else "label_bold",
        11.5,
        style.actor(mark.actor).name(),
        style.color("halo").name(),
        centred=False,
    )
    width, height = size_of(letters)
    if mark.hatched:
        return Name(letters, (centred(x, y, width, height),))
    return Name(letters, around_point(x, y, SYMBOL_PX + 3.5, width, height))


def _polity_name(polity: PolityName, style: Style, frame: Frame) -> Name | None:
    """Return a country's name sized to the room its anchors offer, or None if none holds it."""
    text = polity.text.upper()
    lines = wrapped(text, 13)
    best: tuple[float, Lettering] | None = None
    boxes: list[BoxPx] = []
    for x_m, y_m, radius_m in polity.anchors_m:
        room_px = 2.3 * radius_m / frame.camera.m_per_px
        letters = _country_letters(lines, room_px, polity.area_m2, style, frame)
        if letters is None:
            continue
        if best is None or letters.size_px > best[0]:
            best = (letters.size_px, letters)
            boxes.clear()
        if letters == best[1]:
            boxes.append(centred(*frame.to_px(x_m, y_m), *size_of(letters)))
    if best is None:
        return None
    return Name(best[1], tuple(boxes), insists=True)


def _country_letters(
    lines: tuple[str, ...], room_px: float, area_m2: float, style: Style, frame: Frame
) -> Lettering | None:
    extent_px = sqrt(max(area_m2, 1.0)) / frame.camera.m_per_px
    largest = 28 if extent_px > 700 else 22 if extent_px > 300 else 17
    for size in range(largest, 9, -1):
        spacing = size * (0.22 if size > 13 else 0.12)
        width = max(measured(line, "country", float(size), spacing) for line in lines)
        if width <= room_px:
            return Lettering(
                lines,
                "country",
                float(size),
                style.color("country_text").name(),
                style.color("halo").name(),
                spacing,
                2.6,
            )
    return None


def _area_name(area: Area, style: Style, frame: Frame) -> Name:
    x, y = frame.to_px(*area.label_at_m)
    letters = Lettering(
        wrapped(short_label(area.label), 22),
        "label_italic",
        11.5,
        style.actor(area.actor).name(),
        style.color("halo").name(),
    )
    width, height = size_of(letters)
    shifts = ((0.0, 0.0), (0.0, -22.0), (0.0, 22.0), (40.0, 0.0), (-40.0, 0.0))
    return Name(letters, tuple(centred(x + dx, y + dy, width, height) for dx, dy in shifts))


def _sea_name(sea: SeaName, style: Style, frame: Frame) -> Name:
    x, y = frame.to_px(sea.x_m, sea.y_m)
    size = 12.0 + 3.0 * sea.size
    letters = Lettering(
        wrapped(sea.text, 16),
        "sea",
        size,
        style.color("sea_text").name(),
        style.color("sea").name(),
        size * 0.12,
        2.0,
    )
    width, height = size_of(letters)
    shifts = ((0, 0), (0, -40), (0, 40), (-60, 0), (60, 0))
    return Name(letters, tuple(centred(x + dx, y + dy, width, height) for dx, dy in shifts))
