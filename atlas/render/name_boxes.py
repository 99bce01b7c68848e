"""How a wish is lettered and which boxes it could fill. Floor: render; neighbours: letters, style.

Boxes are in pixels of the whole map at one scale: x east and y south of the projection's origin.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import cos, radians, sin, sqrt
from typing import Final

from atlas.core.labels import BoxPx, around_point, centred
from atlas.core.lettering import numbered_label, short_label, wrapped
from atlas.core.wish import Wish
from atlas.render.letters import Lettering, measured, size_of
from atlas.render.marks import SYMBOL_PX
from atlas.render.scripts import is_simple
from atlas.render.style import Style

DOT_PX: Final = 2.6
_CAPITAL_GAPS_PX: Final = (SYMBOL_PX + 3.0, SYMBOL_PX + 5.0, SYMBOL_PX + 11.0)
_STOP_GAPS_PX: Final = (SYMBOL_PX + 3.0, SYMBOL_PX + 11.0, SYMBOL_PX + 19.0)
_FAR_COSTS_DAYS: Final = 4000.0
_FAR_COSTS_SHARE: Final = 0.3
"""A name stands off from its point only if it would else be hidden for about eleven years, or for
a third of its own time."""
_NUMBERS_ABOVE_M_PER_PX: Final = 1800.0
_AREA_SHIFTS: Final = ((0.0, 0.0), (0.0, -22.0), (0.0, 22.0), (40.0, 0.0), (-40.0, 0.0))
_AREA_UP_PX: Final = 60.0
_AREA_LEAST_ROOM: Final = 1.0
"""How small a room may be against half of a name that is to stand there."""
_AREA_ASIDE: Final = 0.7
_AREA_RUNS_OVER: Final = 3.6
"""How far an area's name may stand aside and how wide it may be, against half the area's side."""
_MEASURED_PX: Final = 40.0
_LINE_GAPS_PX: Final = (5.0, 12.0)
_ASIDE_SHARE: Final = 0.4
"""How far a country's name may stand off the middle of its room, against the room's radius."""
_OFF_A_NAME_PX: Final = 13.0
_FAR_ASIDE_SHARE: Final = 0.8
_SMALL_ROOM_PX: Final = 110.0
_MOST_ROOMS: Final = 9
_OVER_COSTS_SHARE: Final = 0.35
_SEA_COSTS_DAYS: Final = 25.0
"""What a pixel off its middle costs a sea's name: it need not make room for what soon passes."""
_SEA_SHIFTS: Final = (0.0, 0.0), (30.0, 0.0), (-30.0, 0.0), (60.0, 0.0), (0.0, -40.0), (0.0, 40.0)


def lettering_for(wish: Wish, style: Style, m_per_px: float) -> Lettering | None:
    """Return how a wish is lettered, None if its country has no room for it at this scale."""
    match wish.kind:
        case "capital" | "town":
            return _town(wish, style)
        case "mark":
            return _mark(wish, style, m_per_px)
        case "country":
            return _country(wish, style, m_per_px)
        case "unit" | "stop" | "edge":
            return _on_line(wish, style)
        case "province":
            return _province(wish, style, m_per_px)
        case "river":
            return _river(wish, style, m_per_px)
        case "area":
            return _area(wish, style, m_per_px)
        case _:
            return _sea(wish, style)


def boxes_for(
    wish: Wish, letters: Lettering, m_per_px: float
) -> tuple[tuple[BoxPx, ...], tuple[float, ...]]:
    """Return the boxes a wish could fill, best first, and what each costs in days."""
    x, y = wish.x_m / m_per_px, -wish.y_m / m_per_px
    width, height = size_of(letters)
    match wish.kind:
        case "capital" | "town":
            # The outer ring serves towns a symbol stands on, as one often does on capitals.
            capital = wish.kind == "capital"
            gaps_px = _CAPITAL_GAPS_PX if capital else (DOT_PX + 3.5, SYMBOL_PX + 5.0)
            return _rings(wish, (x, y), gaps_px, (width, height))
        case "mark" if not wish.hatched:
            return _around_symbol(wish, (x, y), (width, height))
        case "stop":
            return _rings(wish, (x, y), _STOP_GAPS_PX, (width, height))
        case "unit" | "edge":
            boxes = _beside_line(wish, m_per_px, width, height)
        case "area":
            return _in_area(wish, (width, height), m_per_px)
        case "mark" | "province":
            boxes = tuple(centred(x + dx, y + dy, width, height) for dx, dy in _AREA_SHIFTS)
        case "river":
            boxes = (centred(*_beside(wish, x, y, height), *turned_size(wish, width, height)),)
        case "sea":
            boxes = tuple(centred(x + dx, y + dy, width, height) for dx, dy in _SEA_SHIFTS)
            return boxes, tuple(_SEA_COSTS_DAYS * (abs(dx) + abs(dy)) for dx, dy in _SEA_SHIFTS)
        case _:
            return _in_room(wish, m_per_px, width, height)
    return boxes, (0.0,) * len(boxes)


def apart_costs_days(days: int) -> float:
    """Return what it costs a symbol's name of so many days to be tied to it by a hairline."""
    return min(_FAR_COSTS_DAYS, days * _FAR_COSTS_SHARE)


def _around_symbol(
    wish: Wish, at_px: tuple[float, float], size: tuple[float, float]
) -> tuple[tuple[BoxPx, ...], tuple[float, ...]]:
    """Return boxes around a symbol; the last of them have room beside a capital's own name."""
    boxes, costs = _rings(wish, at_px, (SYMBOL_PX + 4.5, SYMBOL_PX + 11.0), size)
    (x, y), (w, h) = at_px, size
    lines = (y + _OFF_A_NAME_PX, y - _OFF_A_NAME_PX - h)
    over = [(left, top, left + w, top + h) for top in lines for left in (x + 2, x - 2 - w)]
    return (*boxes, *over), (*costs, *costs[-1:] * len(over))


def _rings(
    wish: Wish, at_px: tuple[float, float], gaps: tuple[float, ...], size: tuple[float, float]
) -> tuple[tuple[BoxPx, ...], tuple[float, ...]]:
    """Return boxes close around a point, then those of rings further off, which cost more."""
    near, *far = (around_point(*at_px, gap, *size) for gap in gaps)
    cost = min(_FAR_COSTS_DAYS, (wish.last_day - wish.first_day + 1) * _FAR_COSTS_SHARE)
    boxes = tuple(box for ring in (near, *far) for box in ring)
    return boxes, (0.0,) * len(near) + (cost,) * (len(boxes) - len(near))


def _town(wish: Wish, style: Style) -> Lettering:
    capital = wish.kind == "capital"
    return Lettering(
        tuple(wish.text.split("\n")),
        "label_bold" if capital else "label",
        14.5 if capital else 12.5 if wish.rank <= 3 else 11.5,
        style.color("place_text").name(),
        style.color("halo").name(),
        centred=False,
    )


def _mark(wish: Wish, style: Style, m_per_px: float) -> Lettering:
    label = numbered_label if m_per_px > _NUMBERS_ABOVE_M_PER_PX else short_label
    return Lettering(
        wrapped(label(wish.text)),
        "label_italic" if wish.doubtful or wish.hatched else "label_bold",
        11.5,
        style.actor(wish.actor).name(),
        style.color("halo").name(),
        centred=False,
    )


def _country(wish: Wish, style: Style, m_per_px: float) -> Lettering | None:
    """Return the largest letters the room holds, in one line or in several, none below 9 px."""
    extent_px = sqrt(max(wish.area_m2, 1.0)) / m_per_px
    largest = 28 if extent_px > 700 else 22 if extent_px > 300 else 17
    room_px = wish.room_m / m_per_px
    # Long names of their own give way to the English one where they find no room.
    for text in (wish.text, wish.english or wish.text):
        least = _least_size(text)
        for lines in (_country_lines(text, line_chars) for line_chars in (16, 9)):
            # Most countries of a wide view have no room at all: the least size tells.
            if _country_room_px(lines, least) <= room_px:
                sizes = range(largest, least - 1, -1)
                size = next(s for s in sizes if _country_room_px(lines, s) <= room_px)
                return _country_letters(lines, size, style)
    return None


@lru_cache(maxsize=4096)
def _country_room_px(lines: tuple[str, ...], size: int) -> float:
    """Return the least room for letters of a size: more for larger ones.

    Small letters may run over the border of a narrow country rather than be left out.
    """
    return _country_width_px(lines, size) / (2.3 if size > 12 else 3.3)


@lru_cache(maxsize=1024)
def _country_lines(text: str, line_chars: int) -> tuple[str, ...]:
    """Return a country's names broken into lines; two names stay apart."""
    names = text.upper().split("\n")
    return tuple(line for name in names for line in wrapped(name, line_chars))


def _least_size(text: str) -> int:
    """Return the least size a country is lettered at: signs that are intricate need more."""
    return 9 if is_simple(text) else 12


def _country_width_px(lines: tuple[str, ...], size: int) -> float:
    """Return the width at a size; letters are not hinted, so that they grow evenly with it."""
    spacing = _country_spacing_px(lines, size)
    by_px = size / _MEASURED_PX
    return max(
        measured(line, "country", _MEASURED_PX, 0.0) * by_px + spacing * (len(line) - 1)
        for line in lines
    )


def _country_spacing_px(lines: tuple[str, ...], size: int) -> float:
    """Return how far letters are spread; signs that join or stack are not pulled apart."""
    if not all(is_simple(line) for line in lines):
        return 0.0
    return size * (0.22 if size > 13 else 0.12)


@lru_cache(maxsize=512)
def _country_letters(lines: tuple[str, ...], size: int, style: Style) -> Lettering:
    color, halo = style.color("country_text").name(), style.color("halo").name()
    spacing = _country_spacing_px(lines, size)
    return Lettering(lines, "country", float(size), color, halo, spacing, 2.6)


def _province(wish: Wish, style: Style, m_per_px: float) -> Lettering | None:
    """Return small spaced letters, None where they would run far over the province's lines."""
    lines = wrapped(wish.text, 12)
    width = max(measured(line, "country", 11.0, 1.2) for line in lines)
    if width > 3.2 * wish.room_m / m_per_px:
        return None
    color, halo = style.color("province_text").name(), style.color("halo").name()
    return Lettering(lines, "country", 11.0, color, halo, 1.2, 2.2)


def _river(wish: Wish, style: Style, m_per_px: float) -> Lettering | None:
    """Return italic letters for a stretch, None where they do not fit along it."""
    size = 12.5 if wish.rank <= 3 else 11.0
    if measured(wish.text, "sea", size, 0.8) > 0.92 * wish.room_m / m_per_px:
        return None
    color, halo = style.color("river_text").name(), style.color("halo").name()
    return Lettering((wish.text,), "sea", size, color, halo, 0.8, 2.0)


def _in_room(
    wish: Wish, m_per_px: float, width: float, height: float
) -> tuple[tuple[BoxPx, ...], tuple[float, ...]]:
    """Return the boxes a country's name could fill: the middle of its room, then off it.

    To run over its room on one side costs it about what a dot or an arrow on its letters does.
    """
    x, y = wish.x_m / m_per_px, -wish.y_m / m_per_px
    room_px = wish.room_m / m_per_px
    aside = min(room_px * _ASIDE_SHARE, 2.2 * height)
    far = max(aside, min(room_px, _SMALL_ROOM_PX) * _FAR_ASIDE_SHARE - height / 2)
    shifts = (
        *((0.0, 0.0), (0.0, -aside), (0.0, aside), (0.0, -far), (0.0, far)),
        *((-aside, 0.0), (aside, 0.0), (-aside, -far), (aside, -far), (-aside, far), (aside, far)),
    )
    over = (wish.last_day - wish.first_day + 1) * _OVER_COSTS_SHARE
    costs = [over * (abs(dx) > 0 and abs(dx) + width / 2 > room_px) for dx, _ in shifts]
    boxes = [centred(x + dx, y + dy, width, height) for dx, dy in shifts]
    if room_px < min(width, _SMALL_ROOM_PX):
        for box, outside in _in_other_rooms(wish, m_per_px, width, height):
            boxes.append(box)
            costs.append(over * outside)
    return tuple(boxes), tuple(costs)


def _in_other_rooms(
    wish: Wish, m_per_px: float, width: float, height: float
) -> Iterator[tuple[BoxPx, float]]:
    """Yield boxes elsewhere in a small country, each dearer the more of its ends lie outside."""
    rooms = [(x / m_per_px, -y / m_per_px, r / m_per_px) for x, y, r in wish.rooms[:_MOST_ROOMS]]
    half = width / 2
    for x, y, radius in rooms:
        if radius >= height / 4:
            outside = (radius < half) * (
                2 - _is_in_one(rooms, x - half, y) - _is_in_one(rooms, x + half, y)
            )
            yield centred(x, y, width, height), outside * (outside + 1) / 2


def _is_in_one(rooms: Iterable[tuple[float, float, float]], x: float, y: float) -> bool:
    for at_x, at_y, radius in rooms:  # noqa: SIM110 - asked thousands of times a plan
        if (x - at_x) ** 2 + (y - at_y) ** 2 <= radius * radius:
            return True
    return False


def _on_line(wish: Wish, style: Style) -> Lettering:
    """Return small letters in the ink of the arrow: units upright, weak evidence in italics."""
    role = "label_bold" if wish.kind == "edge" else "label_italic" if wish.doubtful else "label"
    color, halo = style.actor(wish.actor).name(), style.color("halo").name()
    return Lettering((wish.text,), role, 11.0, color, halo, centred=False)


def _beside_line(wish: Wish, m_per_px: float, width: float, height: float) -> tuple[BoxPx, ...]:
    """Return the boxes on both sides of a line, spot by spot."""
    boxes = []
    for gap_px in _LINE_GAPS_PX:
        for x_m, y_m, across_x, across_y in wish.spots:
            off = abs(across_x) * width / 2 + abs(across_y) * height / 2 + gap_px
            for side in (off, -off):
                x, y = x_m / m_per_px + across_x * side, -y_m / m_per_px - across_y * side
                boxes.append(centred(x, y, width, height))
    return tuple(boxes)


def _beside(wish: Wish, x: float, y: float, height: float) -> tuple[float, float]:
    """Return the middle of letters that run just above a river's line."""
    turn = radians(-wish.angle_deg)
    return x + sin(turn) * height * 0.62, y - cos(turn) * height * 0.62


def turned_size(wish: Wish, width: float, height: float) -> tuple[float, float]:
    """Return the size of the upright box around letters turned along a river."""
    c, s = abs(cos(radians(wish.angle_deg))), abs(sin(radians(wish.angle_deg)))
    return width * c + height * s, width * s + height * c


def _area(wish: Wish, style: Style, m_per_px: float) -> Lettering | None:
    """Return italic letters, None where they would run far over the area."""
    letters = Lettering(
        wrapped(short_label(wish.text), 22),
        "label_italic",
        11.5,
        style.actor(wish.actor).name(),
        style.color("halo").name(),
    )
    fits = size_of(letters)[0] <= _AREA_RUNS_OVER * wish.room_m / m_per_px
    return letters if fits else None


def _in_area(
    wish: Wish, size_px: tuple[float, float], m_per_px: float
) -> tuple[tuple[BoxPx, ...], tuple[float, ...]]:
    """Return the boxes an area's name could fill: in its rooms, then a little off the largest.

    To run out of the area costs it as much as a third of its time.
    """
    half_px = size_px[0] / 2
    over = (wish.last_day - wish.first_day + 1) * _OVER_COSTS_SHARE
    found: list[tuple[BoxPx, float]] = []
    rooms = wish.rooms or ((wish.x_m, wish.y_m, 0.0),)
    for number, (x_m, y_m, room_m) in enumerate(rooms):
        x, y, room_px = x_m / m_per_px, -y_m / m_per_px, room_m / m_per_px
        if number and room_px < half_px * _AREA_LEAST_ROOM:
            break
        # As far up and down as both its ends stay in the room.
        up = sqrt(max(room_px * room_px - half_px * half_px, 0.0))
        up = max(0.0, min(up, _AREA_UP_PX) - size_px[1] / 2)
        cost = over * (room_px < half_px)
        found.extend((centred(x, y + dy, *size_px), cost) for dy in (0.0, -up / 2, up / 2, -up, up))
    most_px = _AREA_ASIDE * wish.room_m / m_per_px
    for dx, dy in _AREA_SHIFTS[1:]:
        if max(abs(dx), abs(dy)) <= most_px:
            x, y = rooms[0][0] / m_per_px + dx, -rooms[0][1] / m_per_px + dy
            found.append((centred(x, y, *size_px), over))
    boxes, costs = zip(*found, strict=True)
    return boxes, costs


def _sea(wish: Wish, style: Style) -> Lettering:
    size = 12.0 + 3.0 * wish.rank
    color, halo = style.color("sea_text").name(), style.color("sea").name()
    line_chars = 16 if wish.rank > 2 else 10  # gulfs and lesser seas are narrow
    return Lettering(wrapped(wish.text, line_chars), "sea", size, color, halo, size * 0.12, 2.0)
