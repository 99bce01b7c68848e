"""Haloed text: measured once, then drawn from a kept picture on screen or as text in files.

Floor: render; neighbours: style. A halo drawn by path costs about 1.5 ms a label, its kept
picture about 0.01 ms; files that hold text (PDF, SVG) get the text itself.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QRawFont,
    QTextLayout,
    QTextLine,
    QTextOption,
    QTransform,
)

from atlas.render.frame import is_svg
from atlas.render.kept_pictures import KeptPictures
from atlas.render.scripts import family_for, is_simple
from atlas.render.stamps import Stamp, Stamps, direct, finer
from atlas.render.style import font
from atlas.render.thread_fonts import kept_by_thread

_PAD_PX: Final = 4.0
_HALO_ALPHA: Final = 0.88
_FAINT_ALPHA: Final = 0.55
_TALL: Final = 1.22
"""How much higher a line of Khmer, Thai or Burmese stands than a Latin one."""
_FAINT: Final = ((0, -2), (0, 2))
_FULL: Final = ((-0.75, -1), (0.75, -1), (-0.75, 1), (0.75, 1), (-1, 0), (1, 0))
"""Where a halo's letters stand: rightwards in halves of its pen, downwards in whole pixels.

Qt draws from kept pictures of letters, which fit any height of a pixel only roughly.
"""
_MOST_BYTES: Final = 4_000_000
"""Of a screen with one dot a logical pixel, three times what a view of many names takes."""


class Lettering(NamedTuple):
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


@kept_by_thread
def font_of(role: str, size_px: float, spacing_px: float, family: str = "") -> QFont:
    """Return the font with its letter spacing, of another family for another script."""
    made = QFont(font(role, size_px))
    if family:
        made.setFamilies([family, *made.families()])
        made.setItalic(False)
    made.setPixelSize(max(1, round(size_px)))
    if spacing_px:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing_px)
    return made


@lru_cache(maxsize=8192)
def measured(text: str, role: str, size_px: float, spacing_px: float) -> float:
    """Return the width of a line in pixels."""
    metrics = _metrics(role, size_px, spacing_px, family_for(text))
    return metrics.horizontalAdvance(text) - spacing_px


@lru_cache(maxsize=256)
def line_height_px(role: str, size_px: float) -> float:
    """Return the distance between baselines."""
    return _metrics(role, size_px, 0.0).height() * 0.92


@kept_by_thread
def _metrics(role: str, size_px: float, spacing_px: float, family: str = "") -> QFontMetricsF:
    return QFontMetricsF(font_of(role, size_px, spacing_px, family))


def _heights_px(letters: Lettering) -> tuple[float, ...]:
    """Return the height of each line: signs above and below the line take more."""
    step = line_height_px(letters.role, letters.size_px)
    return tuple(step if is_simple(line) else step * _TALL for line in letters.lines)


@lru_cache(maxsize=3000)
def size_of(letters: Lettering) -> tuple[float, float]:
    """Return width and height of the whole text in pixels."""
    width = max(
        measured(line, letters.role, letters.size_px, letters.spacing_px) for line in letters.lines
    )
    return width, sum(_heights_px(letters))


class Letterer:
    """Draws letterings; keeps their pictures while `sprites` is on (screens), newest first.

    `stamp` does the same for signs and arrows.
    """

    def __init__(self, sprites: bool, device_pixel_ratio: float = 1.0) -> None:
        self._sprites = sprites
        self._ratio = device_pixel_ratio
        self._kept = KeptPictures(_MOST_BYTES * finer(device_pixel_ratio))
        self.stamp: Stamp = Stamps(device_pixel_ratio).draw if sprites else direct

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
        image = self._kept.get(letters, lambda: self._render(letters))
        painter.drawImage(QPointF(x, y), image)

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


_Line = tuple[QPointF, str, QFont]


def _paint(painter: QPainter, letters: Lettering, as_text: bool) -> None:
    lines = _placed_lines(letters, whole_pixels=not as_text)
    if not as_text:
        _picture_halo(painter, letters, lines)
        _picture_letters(painter, letters, lines)
        return
    path = QPainterPath()
    for point, line, made in lines:
        path.addPath(outline_of(line, made).translated(point))
    halo = QColor(letters.halo)
    # PDF has no line that shines through: Qt would write its outline, ten times as long.
    halo.setAlphaF(_HALO_ALPHA if is_svg(painter) else 1.0)
    pen = QPen(halo, letters.halo_px)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, pen)
    # SVG has text without spacing: there, spaced letters are shapes.
    if letters.spacing_px and is_svg(painter):
        painter.fillPath(path, QColor(letters.color))
        return
    painter.setPen(QColor(letters.color))
    for point, line, made in lines:
        painter.setFont(made)
        painter.drawText(point, line)


def outline_of(line: str, made: QFont) -> QPainterPath:
    """Return the shapes of a line's letters, from the start of its baseline.

    By the font's own measures: those at a size are rounded otherwise once letters of it were
    drawn as text, and files would depend on what was drawn before.
    """
    layout = QTextLayout(line, made)
    option = QTextOption()
    option.setUseDesignMetrics(True)
    layout.setTextOption(option)
    layout.beginLayout()
    laid = layout.createLine()
    layout.endLayout()
    return shapes_of(laid, QPointF(0, -laid.ascent())) if laid.isValid() else QPainterPath()


def shapes_of(line: QTextLine, at: QPointF) -> QPainterPath:
    """Return the shapes of a laid out line's letters; `at` is added to where it lies."""
    shapes = QPainterPath()
    for run in line.glyphRuns():
        raw = QRawFont(run.rawFont())
        # In the units of the font nothing is rounded, whatever was drawn before.
        scale = raw.pixelSize() / raw.unitsPerEm()
        raw.setPixelSize(raw.unitsPerEm())
        down = QTransform.fromScale(scale, scale)
        for glyph, place in zip(run.glyphIndexes(), run.positions(), strict=True):
            shapes.addPath(down.map(raw.pathForGlyph(glyph)).translated(place + at))
    shapes.setFillRule(Qt.FillRule.WindingFill)
    return shapes


def _placed_lines(letters: Lettering, *, whole_pixels: bool) -> list[_Line]:
    """Return each line with the start of its baseline, from the top left corner, and its font."""
    role, size_px, spacing_px = letters.role, letters.size_px, letters.spacing_px
    ascent = QFontMetricsF(font_of(role, size_px, spacing_px)).ascent() * 0.96
    width, _ = size_of(letters)
    step = line_height_px(role, size_px)
    lines, top = [], 0.0
    for line, height in zip(letters.lines, _heights_px(letters), strict=True):
        own = measured(line, role, size_px, spacing_px)
        x = (width - own) / 2 if letters.centred else (width - own) * letters.align_right
        y = top + (height - step) * 0.6 + ascent
        made = font_of(role, size_px, spacing_px, family_for(line))
        lines.append((QPointF(x, round(y) if whole_pixels else y), line, made))
        top += height
    return lines


def _picture_halo(painter: QPainter, letters: Lettering, lines: list[_Line]) -> None:
    """Paint the halo of a picture of its own: the letters all around, a fifth of the pen's time."""
    color = QColor(letters.halo)
    for around, alpha in ((_FAINT, _FAINT_ALPHA), (_FULL, 1.0)):
        color.setAlphaF(alpha)
        painter.setPen(color)
        for x, y in around:
            off = QPointF(x * letters.halo_px / 2, y)
            for point, line, made in lines:
                painter.setFont(made)
                painter.drawText(point + off, line)
    painter.save()
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    width, height = size_of(letters)
    all_of_it = QRectF(-_PAD_PX, -_PAD_PX, width + 3 * _PAD_PX, height + 3 * _PAD_PX)
    painter.fillRect(all_of_it, QColor.fromRgbF(0, 0, 0, _HALO_ALPHA))
    painter.restore()


def _picture_letters(painter: QPainter, letters: Lettering, lines: list[_Line]) -> None:
    """Paint the letters as text: Qt rounds outlines otherwise once a letter was drawn as text."""
    painter.setPen(QColor(letters.color))
    for point, line, made in lines:
        painter.setFont(made)
        painter.drawText(point, line)


def plain_text(
    painter: QPainter, box: QRectF, text: str, made: QFont, color: QColor, flags: int
) -> None:
    """Draw text without halo inside a box, as text on every device."""
    painter.setFont(made)
    painter.setPen(color)
    painter.drawText(box, flags, text)
