"""A reader's own places: a disc with a number where several stand together, a ringed dot for one.

Floor: render; neighbours: live, legend_box. Doubt shows as it does on the atlas's own marks. Signs
are drawn once into small pictures and copied, one copy a cell, so that a frame costs the same for a
thousand places as for a million; PDF and SVG get the signs themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from math import hypot, sqrt
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from atlas.core.labels import Occupied
from atlas.core.own import OwnCell, OwnCells, rounded_number
from atlas.core.scene import Scene
from atlas.core.viewport import Camera, SizePx
from atlas.render.frame import blends
from atlas.render.style import Style

ALONE_PX: Final = 5.5
LEAST_PX: Final = 8.5
MOST_PX: Final = 23.0
_TEXT_PX: Final = 11.0
_PER_ROOT: Final = 3.4
_MARGIN_PX: Final = 3.0
INK: Final = "own"
_KEPT_SIGNS: Final = 2048
_REACH_PX: Final = 3.0
"""How far beside a sign a click still means it."""


class Sign(NamedTuple):
    """How a cell looks: its number (empty for a place alone), how doubtful, how faint."""

    number: str
    radius_px: float
    doubt: str
    ink: float


def radius_px(count: int) -> float:
    """Return the radius of a cell's disc: its area grows with the root of the count."""
    if count == 1:
        return ALONE_PX
    return min(max(_PER_ROOT * sqrt(sqrt(count)), LEAST_PX), MOST_PX)


@lru_cache(maxsize=_KEPT_SIGNS)
def _sign(number: int, doubt: str, ink: float) -> Sign:
    if number == 1:
        return Sign("", ALONE_PX, doubt, ink)
    return Sign(rounded_number(number), round(radius_px(number) * 2) / 2, doubt, ink)


def sign_of(cell: OwnCell) -> Sign:
    """Return how a cell is drawn; alike ones share a sign."""
    doubt = "all" if cell.doubtful == cell.number else "some" if cell.doubtful else ""
    return _sign(cell.number, doubt, cell.ink)


class _Placed(NamedTuple):
    cell: OwnCell
    x_px: float
    y_px: float
    radius_px: float


@lru_cache(maxsize=8)
def _placed(overlay: OwnCells, camera: Camera, size_px: SizePx) -> tuple[_Placed, ...]:
    """Return where each cell's sign stands: at the middle of its places, whole within the cell."""
    k, (width, height) = 1 / camera.m_per_px, size_px
    left, top = width / 2 - camera.x_m * k, height / 2 + camera.y_m * k
    placed = []
    for cell in overlay.cells:
        x_m, y_m, radius = cell.x_m, cell.y_m, ALONE_PX
        if cell.number > 1:
            radius = radius_px(cell.number)
            side_m, room_m = 2 * cell.reach_m, (radius + 1) * camera.m_per_px
            if 2 * room_m < side_m:
                west_m, south_m = x_m // side_m * side_m, y_m // side_m * side_m
                x_m = min(max(x_m, west_m + room_m), west_m + side_m - room_m)
                y_m = min(max(y_m, south_m + room_m), south_m + side_m - room_m)
        placed.append(_Placed(cell, left + x_m * k, top - y_m * k, radius))
    return tuple(placed)


def _every(scene: Scene) -> Iterator[_Placed]:
    """Yield the cells of all own overlays of a scene in their places."""
    for overlay in scene.own:
        yield from _placed(overlay, scene.camera, scene.size_px)


def paint_own(painter: QPainter, scene: Scene, style: Style) -> None:
    """Paint all cells; the selected one is ringed."""
    copies = blends(painter)
    ratio = painter.device().devicePixelRatioF()
    painter.save()
    for overlay in scene.own:
        painter.setOpacity(overlay.strength)
        for cell, x, y, _ in _placed(overlay, scene.camera, scene.size_px):
            sign = sign_of(cell)
            if copies:
                image = _sign_image(sign, style, ratio)
                half = image.width() / ratio / 2
                painter.drawImage(_on_dots(x - half, y - half, ratio), image)
            else:
                painter.save()
                painter.translate(x, y)
                _draw_sign(painter, sign, style)
                painter.restore()
    painter.restore()
    ring_own(painter, scene, scene.selection, QPen(style.color("focus"), 2.2))


def ring_own(
    painter: QPainter, scene: Scene, feature_id: str, pen: QPen, apart_px: float = 4.0
) -> None:
    """Draw a ring round one cell or place, if the scene shows it."""
    if not scene.own or not feature_id:
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    for cell, x, y, radius in _every(scene):
        if cell.id == feature_id:
            painter.drawEllipse(QPointF(x, y), radius + apart_px, radius + apart_px)


def taken_by_own(scene: Scene) -> Occupied:
    """Return the boxes that discs with numbers take, of which no name may take away."""
    taken = Occupied()
    for cell, x, y, radius in _every(scene):
        if cell.number > 1:
            r = 0.8 * radius
            taken.add((x - r, y - r, x + r, y + r))
    return taken


def own_hits(scene: Scene, x_px: float, y_px: float) -> list[str]:
    """Return the ids of the cells under a pixel, nearest first."""
    found = []
    for cell, x, y, radius in _every(scene):
        distance = hypot(x - x_px, y - y_px)
        if distance <= radius + _REACH_PX:
            found.append((distance, cell.id))
    return [cell_id for _, cell_id in sorted(found)]


def _on_dots(x: float, y: float, ratio: float) -> QPointF:
    """Return a point on whole device pixels, so that a picture is copied and not blurred."""
    return QPointF(round(x * ratio) / ratio, round(y * ratio) / ratio)


@lru_cache(maxsize=_KEPT_SIGNS)
def _sign_image(sign: Sign, style: Style, ratio: float) -> QImage:
    side = round(2 * (sign.radius_px + _MARGIN_PX) * ratio)
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(side / ratio / 2, side / ratio / 2)
        _draw_sign(painter, sign, style)
    return image.copy()  # see KeptPictures


def _draw_sign(painter: QPainter, sign: Sign, style: Style) -> None:
    """Draw a sign round the painter's origin: hollow where all of it is in doubt."""
    ink, paper = style.actor(INK), style.color("halo")
    painter.setOpacity(painter.opacity() * sign.ink)
    if not sign.number:
        _draw_alone(painter, ink, paper, hollow=bool(sign.doubt))
        return
    hollow = sign.doubt == "all"
    _disc(painter, sign.radius_px + 1.2, paper, None)
    edge = QPen(ink, 1.3)
    if sign.doubt == "some":
        ring = QPen(ink, 1.1)
        ring.setDashPattern([1.8, 1.8])
        _disc(painter, sign.radius_px + 1.0, paper, ring)
    inner = sign.radius_px - (1.4 if sign.doubt == "some" else 0.4)
    _disc(painter, inner, paper if hollow else ink, edge)
    painter.setFont(style.font("label_bold", _TEXT_PX))
    painter.setPen(ink if hollow else paper)
    r = MOST_PX
    painter.drawText(QRectF(-r, -r, 2 * r, 2 * r), Qt.AlignmentFlag.AlignCenter, sign.number)


def _draw_alone(painter: QPainter, ink: QColor, paper: QColor, *, hollow: bool) -> None:
    """Draw a dot in a ring: no town is drawn so. In doubt the ring is dashed, the dot hollow."""
    ring = QPen(ink, 1.2)
    if hollow:
        ring.setDashPattern([1.8, 1.5])
    _disc(painter, ALONE_PX + 1.6, paper, None)
    _disc(painter, ALONE_PX, paper, ring)
    _disc(painter, 2.6, paper if hollow else ink, QPen(ink, 1.0))


def draw_sample(painter: QPainter, style: Style, *, alone: bool) -> None:
    """Draw the sign of several places or of one, as the legend shows it."""
    sign = Sign("", ALONE_PX, "", 1.0) if alone else Sign("12", LEAST_PX - 0.5, "", 1.0)
    _draw_sign(painter, sign, style)


def _disc(painter: QPainter, radius: float, fill: QColor, edge: QPen | None) -> None:
    painter.setPen(edge or Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawEllipse(QPointF(0, 0), radius, radius)
