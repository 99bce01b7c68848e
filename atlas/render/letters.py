"""Haloed text: measured once, then drawn from a kept picture on screen or as text in files.

Floor: render; neighbours: style. A halo drawn by path costs about 1.5 ms a label, its kept
picture about 0.01 ms; files that hold text (PDF, SVG) get the text itself.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen

from atlas.render.frame import is_svg
from atlas.render.style import font

_PAD_PX: Final = 4.0
_MOST_SPRITES: Final = 1200


@dataclass(frozen=True, slots=True)
class Lettering:
    """A text as it is to be lettered: lines, font role, size, colours, spacing, halo width."""

    lines: tuple[str, ...]
    role: str
    size_px: float
    color: str
    halo: str
    spacing_px: float = 0.0
    halo_px: float = 3.2
    align_right: bool = False
    centred: bool = True


@lru_cache(maxsize=4096)
def font_of(role: str, size_px: float, spacing_px: float) -> QFont:
    """Return the font with its letter spacing."""
    made = QFont(font(role, size_px))
    made.setPixelSize(max(1, round(size_px)))
    if spacing_px:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing_px)
    return made


@lru_cache(maxsize=8192)
def measured(text: str, role: str, size_px: float, spacing_px: float) -> float:
    """Return the width of a line in pixels."""
    metrics = QFontMetricsF(font_of(role, size_px, spacing_px))
    return metrics.horizontalAdvance(text) - spacing_px


@lru_cache(maxsize=256)
def line_height_px(role: str, size_px: float) -> float:
    """Return the distance between baselines."""
    return QFontMetricsF(font_of(role, size_px, 0.0)).height() * 0.92


@lru_cache(maxsize=8192)
def size_of(letters: Lettering) -> tuple[float, float]:
    """Return width and height of the whole text in pixels."""
    width = max(
        measured(line, letters.role, letters.size_px, letters.spacing_px) for line in letters.lines
    )
    return width, line_height_px(letters.role, letters.size_px) * len(letters.lines)


class Letterer:
    """Draws letterings; keeps their pictures while `sprites` is on (screens), newest first."""

    def __init__(self, sprites: bool, device_pixel_ratio: float = 1.0) -> None:
        self._sprites = sprites
        self._ratio = device_pixel_ratio
        self._kept: OrderedDict[Lettering, QImage] = OrderedDict()

    @property
    def device_pixel_ratio(self) -> float:
        """Device pixels per logical pixel the pictures are kept at."""
        return self._ratio

    def draw(self, painter: QPainter, letters: Lettering, x_px: float, y_px: float) -> None:
        """Draw a lettering with its top left corner at a pixel."""
        if not self._sprites:
            painter.save()
            painter.translate(x_px, y_px)
            _paint(painter, letters, as_text=True)
            painter.restore()
            return
        # Whole device pixels, so that letters stay as crisp as they were rendered.
        ratio = self._ratio
        x = round((x_px - _PAD_PX) * ratio) / ratio
        y = round((y_px - _PAD_PX) * ratio) / ratio
        painter.drawImage(QPointF(x, y), self._sprite(letters))

    def _sprite(self, letters: Lettering) -> QImage:
        image = self._kept.get(letters)
        if image is None:
            image = self._render(letters)
            self._kept[letters] = image
            if len(self._kept) > _MOST_SPRITES:
                self._kept.popitem(last=False)
        return image

    def _render(self, letters: Lettering) -> QImage:
        width, height = size_of(letters)
        ratio = self._ratio
        image = QImage(
            int((width + 2 * _PAD_PX) * ratio) + 2,
            int((height + 2 * _PAD_PX) * ratio) + 2,
            QImage.Format.Format_ARGB32_Premultiplied,
        )
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.transparent)
        with QPainter(image) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(_PAD_PX, _PAD_PX)
            _paint(painter, letters, as_text=False)
        return image


def _paint(painter: QPainter, letters: Lettering, as_text: bool) -> None:
    made = font_of(letters.role, letters.size_px, letters.spacing_px)
    metrics = QFontMetricsF(made)
    width, _ = size_of(letters)
    step = line_height_px(letters.role, letters.size_px)
    path = QPainterPath()
    lines = []
    for index, line in enumerate(letters.lines):
        own = measured(line, letters.role, letters.size_px, letters.spacing_px)
        x = (width - own) / 2 if letters.centred else (width - own) * letters.align_right
        y = index * step + metrics.ascent() * 0.96
        path.addText(QPointF(x, y), made, line)
        lines.append((QPointF(x, y), line))
    halo = QColor(letters.halo)
    halo.setAlphaF(0.88)
    pen = QPen(halo, letters.halo_px)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, pen)
    # SVG has text without spacing: there, spaced letters are shapes.
    if not as_text or (letters.spacing_px and is_svg(painter)):
        painter.fillPath(path, QColor(letters.color))
        return
    painter.setFont(made)
    painter.setPen(QColor(letters.color))
    for point, line in lines:
        painter.drawText(point, line)


def plain_text(
    painter: QPainter, box: QRectF, text: str, made: QFont, color: QColor, flags: int
) -> None:
    """Draw text without halo inside a box, as text on every device."""
    painter.setFont(made)
    painter.setPen(color)
    painter.drawText(box, flags, text)
