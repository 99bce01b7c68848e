"""What changes with the date: areas, arrows, symbols, names, furniture, over a finished base.

Floor: render; neighbours: marks, arrows, names, letters, furniture, overview.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from atlas.core.gaps import NO_GAPS, Gaps
from atlas.core.labels import BoxPx, Occupied
from atlas.core.leaders import beads
from atlas.core.scene import Scene
from atlas.render.arrows import paint_arrow, short_by_px
from atlas.render.frame import Frame
from atlas.render.furniture import Piece, boxes_of, furniture_pieces, paint_furniture
from atlas.render.graticule import Degrees, lettered_degrees
from atlas.render.letters import Letterer, size_of
from atlas.render.marks import (
    SYMBOL_PX,
    outline_area,
    paint_disc,
    paint_leader,
    paint_symbol,
    rule_hairline,
)
from atlas.render.name_boxes import DOT_PX, turned_size
from atlas.render.names import PlacedName, placed_names
from atlas.render.overview import Overview
from atlas.render.parts import feature, part
from atlas.render.relations import KINDS, letter_far_ends
from atlas.render.stamps import Stamp, direct
from atlas.render.style import Style

_APART_PX: Final = 6.0


def paint_live(
    painter: QPainter,
    scene: Scene,
    style: Style,
    frame: Frame,
    letterer: Letterer,
    overview: Overview,
    planned_for: Scene | None = None,
) -> None:
    """Paint everything above the base map and its zones; `planned_for` is of `placed_names`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    covered = Occupied()
    with part(painter, "furniture"):
        pieces = furniture_pieces(scene, planned_for)
        for box in boxes_of(pieces):
            covered.add(box)
    with part(painter, "names"):
        degrees = lettered_degrees(scene, style, frame, covered)
        names = _clear_of_own(scene, placed_names(scene, style, frame, covered, planned_for))
    stamp = _stamp(letterer, scene, planned_for)
    _shapes(painter, scene, style, frame, stamp, _gaps(scene, degrees, names))
    with part(painter, "graticule's degrees"):
        for letters, (x, y, _, _) in degrees:
            letterer.draw(painter, letters, x, y)
    with part(painter, "names"):
        _leaders(painter, names)
        _far_ends(painter, scene, style, frame, letterer, names, covered)
        _letter(painter, names, letterer, countries=True)
    with part(painter, "symbols"):
        _below_marks(painter, scene, names, style)
        _signs(painter, scene, style, frame, pieces, stamp)
    with part(painter, "names"):
        _letter(painter, names, letterer, countries=False)
    with part(painter, "furniture"):
        paint_furniture(painter, scene, style, pieces)
    for piece in pieces:
        if piece.kind == "overview":
            with part(painter, "overview"):
                overview.paint(painter, scene, piece.box)


def _far_ends(
    painter: QPainter,
    scene: Scene,
    style: Style,
    frame: Frame,
    letterer: Letterer,
    names: list[PlacedName],
    covered: Occupied,
) -> None:
    """Letter the far ends of arcs clear of what is covered, of the names and of their hairlines."""
    if not any(arrow.far for arrow in scene.arrows):
        return
    for name in names:
        for box in (_name_box(name), *(beads(name.leader) if name.leader else ())):
            covered.add(box)
    symbols = _symbol_boxes(scene, frame)
    letter_far_ends(painter, scene.arrows, style, frame, letterer, covered, symbols)


def _letter(
    painter: QPainter, names: list[PlacedName], letterer: Letterer, *, countries: bool
) -> None:
    """Letter the names of countries, which lie below the symbols, or all the others."""
    for placed in names:
        if (placed.wish.kind == "country") != countries:
            continue
        if placed.wish.angle_deg:
            _draw_turned(painter, placed, letterer)
        else:
            letterer.draw(painter, placed.letters, placed.x_px, placed.y_px)


def _stamp(letterer: Letterer, scene: Scene, planned_for: Scene | None) -> Stamp:
    """Return how signs and arrows are drawn: while the scale changes, none is drawn twice alike."""
    changing = planned_for and planned_for.camera.m_per_px != scene.camera.m_per_px
    return direct if changing else letterer.stamp


def _below_marks(painter: QPainter, scene: Scene, names: list[PlacedName], style: Style) -> None:
    """Paint the dots of towns, and over them the reader's own places."""
    _dots(painter, names, style)
    if scene.own:
        from atlas.render.own_marks import paint_own  # few maps have any

        paint_own(painter, scene, style)


def _clear_of_own(scene: Scene, names: list[PlacedName]) -> list[PlacedName]:
    """Return the names that would make no number of the reader's own overlays unreadable."""
    if not scene.own:
        return names
    from atlas.render.own_marks import taken_by_own

    taken = taken_by_own(scene)
    return [one for one in names if one.wish.kind == "country" or not taken.hits(_name_box(one))]


def _draw_turned(painter: QPainter, placed: PlacedName, letterer: Letterer) -> None:
    """Letter a name along its river."""
    width, height = size_of(placed.letters)
    box_width, box_height = turned_size(placed.wish, width, height)
    painter.save()
    painter.translate(placed.x_px + box_width / 2, placed.y_px + box_height / 2)
    painter.rotate(-placed.wish.angle_deg)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    letterer.draw(painter, placed.letters, -width / 2, -height / 2)
    painter.restore()


def _name_box(placed: PlacedName) -> BoxPx:
    """Return where a name stands, with room enough that other words are not read on from it."""
    x0, y0, x1, y1 = _box_of(placed)
    return x0 - _APART_PX, y0, x1 + _APART_PX, y1


def _box_of(placed: PlacedName) -> BoxPx:
    width, height = turned_size(placed.wish, *size_of(placed.letters))
    x, y = placed.x_px, placed.y_px
    return x, y, x + width, y + height


def _symbol_boxes(scene: Scene, frame: Frame) -> Occupied:
    boxes = Occupied()
    r = SYMBOL_PX + 1
    for mark in scene.marks:
        x, y = frame.to_px(mark.x_m, mark.y_m)
        boxes.add((x - r, y - r, x + r, y + r))
    return boxes


def _gaps(scene: Scene, degrees: list[Degrees], names: list[PlacedName]) -> Gaps:
    """Return where arcs of relations are interrupted: behind every word but those of rivers."""
    if not any(arrow.kind in KINDS for arrow in scene.arrows):
        return NO_GAPS
    words = [name for name in names if not name.wish.angle_deg]
    return Gaps([*(box for _, box in degrees), *(_box_of(name) for name in words)])


def _shapes(
    painter: QPainter, scene: Scene, style: Style, frame: Frame, stamp: Stamp, gaps: Gaps
) -> None:
    """Paint what lies under the names: the selected area's edge, discs, arrows."""
    with part(painter, "discs"):
        for area in scene.areas:
            if area.feature_id == scene.selection:
                outline_area(painter, area, style, frame)
        for mark in scene.marks:
            if mark.disc_m > 0 and not mark.hatched:
                feature(painter, mark.feature_id)
                paint_disc(painter, mark, style, frame)
    with part(painter, "arrows"):
        signs_px = [frame.to_px(m.x_m, m.y_m) for m in scene.marks if not m.hatched]
        for arrow in scene.arrows:
            feature(painter, arrow.feature_id)
            chosen = arrow.feature_id == scene.selection
            short_px = short_by_px(arrow, frame, signs_px)
            paint_arrow(painter, arrow, style, frame, chosen, stamp, short_px, gaps)


def _signs(
    painter: QPainter,
    scene: Scene,
    style: Style,
    frame: Frame,
    pieces: tuple[Piece, ...],
    stamp: Stamp,
) -> None:
    """Paint the signs that show whole: the selected last, before it the more telling ones."""
    whole = frame.rect_px
    for piece in pieces:
        if piece.kind == "credits" or (piece.kind == "legend" and scene.legend_below):
            whole.setBottom(min(whole.bottom(), piece.box.top()))
    whole = whole.adjusted(SYMBOL_PX, SYMBOL_PX, -SYMBOL_PX, -SYMBOL_PX)
    seen = [m for m in scene.marks if whole.contains(QPointF(*frame.to_px(m.x_m, m.y_m)))]
    for mark in seen:
        feature(painter, mark.feature_id)
        paint_leader(painter, mark, style, frame)
    for mark in sorted(seen, key=lambda m: (m.feature_id == scene.selection, m.ink, -m.label_rank)):
        feature(painter, mark.feature_id)
        paint_symbol(painter, mark, style, frame, mark.feature_id == scene.selection, stamp)


def _leaders(painter: QPainter, names: list[PlacedName]) -> None:
    """Draw the hairlines from signs to names that stand away from them."""
    for placed in names:
        if placed.leader is None:
            continue
        letters = placed.letters
        start, end = (QPointF(*point) for point in placed.leader)
        rule_hairline(painter, start, end, QColor(letters.color), QColor(letters.halo))


def _dots(painter: QPainter, names: list[PlacedName], style: Style) -> None:
    ink, paper = style.color("place_text"), style.color("halo")
    for placed in names:
        if placed.dot_px is None:
            continue
        point = QPointF(*placed.dot_px)
        capital = placed.wish.kind == "capital"
        painter.setPen(QPen(ink, 1.2))
        painter.setBrush(ink if capital else paper)
        radius = DOT_PX + 0.9 if capital else DOT_PX
        painter.drawEllipse(point, radius, radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)
