"""What a map carries besides the map: date, title, scale bar, north arrow, credits.

Floor: render; neighbours: style, letters, legend_box, overview. Each piece has its place along the
edge; their boxes are known before names are placed, so that nothing is lettered under them.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import atan2, ceil, degrees, floor, log10
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from atlas.core.geodesic import geodesic
from atlas.core.labels import BoxPx
from atlas.core.scene import Scene
from atlas.core.viewport import SCHEMATIC_BELOW_DENOMINATOR, lonlat_at, to_m
from atlas.core.words import distance_in_words
from atlas.render.legend_box import legend_scale, legend_size, paint_legend
from atlas.render.legend_layout import columns_in
from atlas.render.legend_place import LegendPlace, Room, legend_place, standing_in
from atlas.render.letters import measured
from atlas.render.marks import with_alpha
from atlas.render.overview import overview_box
from atlas.render.style import Style, font

MARGIN_PX: Final = 14.0
_BAR_ROOM_PX: Final = 150.0
_BAR_BOX_PX: Final = (226.0, 34.0)
_LEGEND_SHARE: Final = 0.2
"""A legend that would cover more of the picture than this is left out."""
_STRIP_SHARE: Final = 0.28
"""A strip that would take more of a picture's height is not worth the map it costs."""
_LONG_LEGEND_PX: Final = 100.0
_TOO_MUCH_HIDDEN: Final = 15.0
"""A long legend that would hide more of the story, in signs, stands below a picture's map."""
RANGE_NOTE: Final = "countries and fronts as on the last day"
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_WRAP: Final = int(
    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
)
_SEPARATOR: Final = "  ·  "
_CREDITS_FONT: Final = ("label", 9.5)
_DATE_LINE_PX: Final = 27.0
_CAPTION_FONT: Final = ("body", 13.0)


class Piece(NamedTuple):
    """One piece of furniture with its box in pixels."""

    kind: str
    box: QRectF
    columns: int = 1


def furniture_pieces(scene: Scene, planned_for: Scene | None = None) -> tuple[Piece, ...]:
    """Return the pieces wanted by a scene with their boxes.

    A piece that does not fit into the picture beside those before it is left out. With
    `planned_for` the legend keeps the corner it has in that scene: for maps in motion. What a
    scene is `furnished_for` goes before it, and holds for the overview too.
    """
    planned_for = scene.furnished_for or planned_for
    wanted, room = scene.furniture, _room(scene)
    pieces = _fixed_pieces(scene)
    on_map = "legend" in wanted and not scene.legend_below
    place = legend_place(planned_for or scene, room) if on_map else None
    if "scale_bar" in wanted:
        corner = "lower right" if place and place.corner == "lower left" else "lower left"
        pieces.append(Piece("scale_bar", standing_in(corner, *_BAR_BOX_PX, room)))
    if place:
        pieces += _legend_pieces(scene, place, room)
    kept = _fitting(pieces, QRectF(0, 0, *scene.size_px))
    if "overview" in wanted:
        taken = [piece.box for piece in kept] + ([place.box] if place else [])
        if scene.furnished_for:
            box = _overview_of(scene.furnished_for, taken)
        else:
            box = overview_box(scene, taken, room.floor_px, but=place.corner if place else "")
        return (*kept, Piece("overview", box)) if box else kept
    return kept


def left_out(scene: Scene) -> frozenset[str]:
    """Return which of legend and overview a scene wants and has no room for."""
    wanted = scene.furniture & {"legend", "overview"}
    if not wanted:
        return wanted
    nothing = "legend" in wanted and legend_size(scene) == (0.0, 0.0)
    shown = {piece.kind for piece in furniture_pieces(scene)}
    return wanted - shown - ({"legend"} if nothing else set())


def _fixed_pieces(scene: Scene) -> list[Piece]:
    """Return the pieces that have one place in every picture."""
    width, height = scene.size_px
    wanted = scene.furniture
    pieces = []
    if wanted & {"date", "title"}:
        pieces.append(Piece("plate", _plate_box(scene)))
    if "north_arrow" in wanted:
        pieces.append(Piece("north_arrow", QRectF(width - MARGIN_PX - 34, MARGIN_PX, 34, 46)))
    credit_px = _credits_px(scene)
    if credit_px:
        pieces.append(Piece("credits", QRectF(0, height - credit_px, width, credit_px)))
    if scene.legend_below:
        pieces.append(_legend_strip(scene))
    return pieces


def _overview_of(scene: Scene, taken: list[QRectF]) -> QRectF | None:
    """Return where another scene has its overview, unless something stands there."""
    boxes = (piece.box for piece in furniture_pieces(scene) if piece.kind == "overview")
    return next((box for box in boxes if not any(map(box.intersects, taken))), None)


def legend_goes_below(scene: Scene) -> bool:
    """Tell whether the legend would hide so much of the story that it belongs below the map."""
    long = legend_size(scene)[1] >= _LONG_LEGEND_PX
    _, strip_px = _strip_layout(scene._replace(legend_below=True))
    if not long or strip_px > _STRIP_SHARE * scene.size_px[1]:
        return False
    return legend_place(scene, _room(scene)).hides > _TOO_MUCH_HIDDEN


def _room(scene: Scene) -> Room:
    width, height = scene.size_px
    nothing = QRectF()
    plate = _plate_box(scene) if scene.furniture & {"date", "title"} else nothing
    return Room(
        MARGIN_PX,
        width - MARGIN_PX,
        MARGIN_PX + (46 + MARGIN_PX if "north_arrow" in scene.furniture else 0.0),
        height - strip_height_px(scene) - MARGIN_PX,
        boxes_of([Piece("plate", plate)])[0],
    )


def _legend_strip(scene: Scene) -> Piece:
    """Return the legend as a strip above the credits, in as many columns as it holds."""
    width, height = scene.size_px
    strip_px = strip_height_px(scene)
    columns, legend_px = _strip_layout(scene)
    return Piece("legend", QRectF(0, height - strip_px, width, legend_px), columns)


def _strip_layout(scene: Scene) -> tuple[int, float]:
    """Return the columns of a legend below the map and its height."""
    columns = columns_in(scene.size_px[0] / legend_scale(scene.size_px))
    while columns > 1 and legend_size(scene, columns)[0] > scene.size_px[0]:
        columns -= 1
    return columns, legend_size(scene, columns)[1]


def strip_height_px(scene: Scene) -> float:
    """Return the height of what stands below the map: a legend, a caption, credits; 0 if none."""
    return _credits_px(scene) + (_strip_layout(scene)[1] if scene.legend_below else 0.0)


def _credits_px(scene: Scene) -> float:
    return credits_height_px(scene) if "credits" in scene.furniture or scene.caption else 0.0


def _legend_pieces(scene: Scene, place: LegendPlace, room: Room) -> list[Piece]:
    """Return the legend in its corner, above a scale bar it would lie on; none if too large."""
    w, h = legend_size(scene, place.columns)
    # By the full legend's width: it would leap over the bar when it grows.
    widest = max(w, place.box.width())
    narrow = widest + 3 * MARGIN_PX + _BAR_BOX_PX[0] > scene.size_px[0]
    if "scale_bar" in scene.furniture and place.corner.startswith("lower") and narrow:
        room = room._replace(floor_px=room.floor_px - _BAR_BOX_PX[1] - MARGIN_PX)
    if not 0 < w * h < _LEGEND_SHARE * scene.size_px[0] * scene.size_px[1]:
        return []
    return [Piece("legend", standing_in(place.corner, w, h, room), place.columns)]


def _fitting(pieces: list[Piece], picture: QRectF) -> tuple[Piece, ...]:
    kept: list[Piece] = []
    for piece in pieces:
        alone = not any(piece.box.intersects(other.box) for other in kept)
        if alone and picture.contains(piece.box):
            kept.append(piece)
    return tuple(kept)


def boxes_of(pieces: Sequence[Piece]) -> list[BoxPx]:
    """Return the pieces' boxes for the placement of names."""
    return [(p.box.left(), p.box.top(), p.box.right(), p.box.bottom()) for p in pieces]


def paint_furniture(
    painter: QPainter, scene: Scene, style: Style, pieces: tuple[Piece, ...]
) -> None:
    """Paint every piece into its box, but for the overview: it needs the base map."""
    for piece in pieces:
        painter.save()
        match piece.kind:
            case "plate":
                _plate(painter, scene, style, piece.box)
            case "north_arrow":
                _north_arrow(painter, scene, style, piece.box)
            case "scale_bar":
                _scale_bar(painter, scene, style, piece.box)
            case "legend":
                if scene.legend_below:
                    painter.fillRect(piece.box, with_alpha(style.color("plate"), 1.0))
                else:
                    paint_backing(painter, style, piece.box)
                paint_legend(painter, scene, style, piece.box, piece.columns)
            case "credits":
                _credits(painter, scene, style, piece.box)
        painter.restore()


def paint_backing(painter: QPainter, style: Style, box: QRectF) -> None:
    """Paint the plate a piece stands on."""
    painter.setPen(QPen(style.color("plate_edge"), 1.0))
    painter.setBrush(style.color("plate"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


def _plate_box(scene: Scene) -> QRectF:
    w, h = _plate_size(scene)
    room = 2 * MARGIN_PX + 34 if "north_arrow" in scene.furniture else MARGIN_PX
    left = scene.size_px[0] - room - w if scene.plate_on_right else MARGIN_PX
    return QRectF(left, MARGIN_PX, w, h)


def _plate_size(scene: Scene) -> tuple[float, float]:
    lines = _date_lines(scene) if "date" in scene.furniture else []
    width = max((measured(line, "title", 21.0, 0.0) for line in lines), default=0.0)
    height = 36.0 + _DATE_LINE_PX * (len(lines) - 1) if lines else 8.0
    if _tells_of_range(scene):
        width = max(width, measured(RANGE_NOTE, "body", 12.0, 0.0) + 2)
        height += 17.0
    if "title" in scene.furniture:
        room = max(140.0, min(360.0, scene.size_px[0] * 0.4))
        width = max(width, min(room, measured(scene.title, "body", 13.0, 0.0) + 2))
        height += 19.0 * _title_lines(scene, width)
    return width + 28, height + 4


def _date_lines(scene: Scene) -> list[str]:
    """Return the date as written on its plate: a stretch in two lines where one is too long."""
    room = 2 * MARGIN_PX + 28 + (MARGIN_PX + 34 if "north_arrow" in scene.furniture else 0.0)
    first, between, last = scene.date_text.partition(" – ")
    if not between or measured(scene.date_text, "title", 21.0, 0.0) + room <= scene.size_px[0]:
        return [scene.date_text]
    return [f"{first} –", last]


def _tells_of_range(scene: Scene) -> bool:
    return bool(scene.range_days) and "date" in scene.furniture


def _title_lines(scene: Scene, width: float) -> int:
    return max(1, ceil((measured(scene.title, "body", 13.0, 0.0) - 3) / max(width, 1.0)))


def _plate(painter: QPainter, scene: Scene, style: Style, box: QRectF) -> None:
    paint_backing(painter, style, box)
    top = box.top() + 4
    if "date" in scene.furniture:
        painter.setFont(style.font("title", 21))
        painter.setPen(style.color("text"))
        for line in _date_lines(scene):
            painter.drawText(QRectF(box.left() + 14, top, box.width() - 20, 30), _LEFT, line)
            top += _DATE_LINE_PX
        top += 31 - _DATE_LINE_PX
    if _tells_of_range(scene):
        painter.setFont(style.font("body", 12))
        painter.setPen(style.color("text_soft"))
        note = QRectF(box.left() + 14, top - 2, box.width() - 20, 17)
        painter.drawText(note, _LEFT, RANGE_NOTE)
        top += 17
    if "title" in scene.furniture:
        painter.setFont(style.font("body", 13))
        painter.setPen(style.color("text_soft"))
        rest = QRectF(box.left() + 14, top, box.width() - 24, box.bottom() - top)
        painter.drawText(rest, _WRAP, scene.title)


def north_bearing_deg(scene: Scene, x_px: float, y_px: float) -> float:
    """Return how far the meridian at a pixel leans to the right of straight up, in degrees."""
    x_m, y_m = to_m(scene.camera, scene.size_px, x_px, y_px)
    lon, lat = scene.camera.projection.inverse(x_m, y_m)
    x_1, y_1 = scene.camera.projection.forward(lon, min(lat + 0.05, 89.9))
    return degrees(atan2(x_1 - x_m, y_1 - y_m))


def _north_arrow(painter: QPainter, scene: Scene, style: Style, box: QRectF) -> None:
    painter.translate(box.center().x(), box.top() + 26)
    painter.rotate(north_bearing_deg(scene, scene.size_px[0] / 2, scene.size_px[1] / 2))
    dark, paper = style.color("text"), style.color("plate")
    left = QPolygonF([QPointF(0, -12), QPointF(-7, 14), QPointF(0, 9)])
    right = QPolygonF([QPointF(0, -12), QPointF(7, 14), QPointF(0, 9)])
    painter.setPen(QPen(dark, 1.0))
    painter.setBrush(dark)
    painter.drawPolygon(left)
    painter.setBrush(paper)
    painter.drawPolygon(right)
    painter.setFont(style.font("title", 12))
    painter.drawText(QRectF(-12, -28, 24, 15), int(Qt.AlignmentFlag.AlignCenter), "N")


def ground_m_per_px(scene: Scene) -> float:
    """Return true metres of ground per pixel across the middle of the map, where the bar is true.

    Reckoned over a line as long as the bar's room, since scales change along it.
    """
    camera, size_px = scene.camera, scene.size_px
    x_px, y_px = size_px[0] / 2, size_px[1] / 2
    left = lonlat_at(camera, size_px, x_px - _BAR_ROOM_PX / 2, y_px)
    right = lonlat_at(camera, size_px, x_px + _BAR_ROOM_PX / 2, y_px)
    return geodesic(left, right).length_m / _BAR_ROOM_PX


def bar_length_m(m_per_px: float, room_px: float) -> float:
    """Return the longest round length (1, 2 or 5 times a power of ten) that fits the room."""
    most = m_per_px * room_px
    power = float(10.0 ** floor(log10(most)))
    return next(digit * power for digit in (5, 2, 1) if digit * power <= most)


def _scale_bar(painter: QPainter, scene: Scene, style: Style, box: QRectF) -> None:
    true_m_per_px = ground_m_per_px(scene)
    length_m = bar_length_m(true_m_per_px, _BAR_ROOM_PX)
    width = length_m / true_m_per_px
    left, top = box.left() + 1, box.bottom() - 9
    painter.setPen(QPen(style.color("halo"), 4))
    painter.drawRect(QRectF(left, top, width, 5))
    for index in range(4):
        painter.setPen(QPen(style.color("text"), 0.9))
        painter.setBrush(style.color("text" if index % 2 == 0 else "halo"))
        painter.drawRect(QRectF(left + width * index / 4, top, width / 4, 5))
    words = distance_in_words(length_m)
    if scene.camera.scale_denominator < SCHEMATIC_BELOW_DENOMINATOR:
        words += "   closer than the data: schematic"
    painter.setFont(style.font("label", 11.5))
    for color, dx, dy in (("halo", 1, 0), ("halo", -1, 0), ("halo", 0, 1), ("text", 0, 0)):
        painter.setPen(style.color(color))
        painter.drawText(QRectF(left + dx, top - 18 + dy, 320, 16), _LEFT, words)


def credits_height_px(scene: Scene) -> float:
    """Return the height of the strip that caption and credits take at the lower edge."""
    caption_px, credits_px = _strip_heights_px(scene)
    return 6.0 + caption_px + credits_px


def _strip_heights_px(scene: Scene) -> tuple[float, float]:
    """Return the heights of the caption and of the credits, 0 for what is not there."""
    room = QRectF(0, 0, max(80.0, scene.size_px[0] - 2 * MARGIN_PX), 10_000)
    credits_ = _SEPARATOR.join(scene.credits) if "credits" in scene.furniture else ""
    caption_px, credits_px = (
        ceil(QFontMetricsF(font(*made)).boundingRect(room, _WRAP, words).height()) if words else 0
        for made, words in ((_CAPTION_FONT, scene.caption), (_CREDITS_FONT, credits_))
    )
    return caption_px + (3.0 if caption_px and credits_px else 0.0), credits_px


def _credits(painter: QPainter, scene: Scene, style: Style, box: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(style.color("plate"))
    painter.drawRect(box)
    inner = box.adjusted(MARGIN_PX, 3, -MARGIN_PX, -2)
    if scene.caption:
        painter.setFont(style.font(*_CAPTION_FONT))
        painter.setPen(style.color("text"))
        painter.drawText(inner, _WRAP, scene.caption)
    if "credits" in scene.furniture:
        painter.setFont(style.font(*_CREDITS_FONT))
        painter.setPen(style.color("text_soft"))
        below = inner.adjusted(0, _strip_heights_px(scene)[0], 0, 0)
        painter.drawText(below, _WRAP, _SEPARATOR.join(scene.credits))
