"""The pictures in `docs/pictures`: every panel, and days of 1978-79 near and far, on one sheet.

Floor: app; neighbours: view, export, files; below: render. Read by whoever wants to know what the
atlas looks like, and by us after every change to the drawing. The same data gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter

from atlas.app.export import Exporter
from atlas.app.export_options import ExportOptions
from atlas.app.files import write_whole
from atlas.app.library import Library
from atlas.app.refusal import Refusal, refusal_of
from atlas.app.view import ViewWords, state_for
from atlas.core.model import Story
from atlas.core.viewport import SizePx
from atlas.core.words import edtf_in_words
from atlas.render.style import Style, load_style

PICTURE_PX: Final[SizePx] = (1200, 800)
QUALITY: Final = 85
_SCALES: Final = {
    "campaign": ("101,8,111,24", "Indochina"),
    "cambodia": ("102,10,108,15", "Cambodia"),
    "tonkin": ("102.5,20.5,109,24", "Tonkin"),
}
_DAYS: Final = (
    ("1978-01-06", "cambodia"),
    ("1978-06-30", "campaign"),
    ("1978-12-02", "cambodia"),
    ("1978-12-25", "campaign"),
    ("1979-01-01", "cambodia"),
    ("1979-01-07", "campaign"),
    ("1979-01-17", "cambodia"),
    ("1979-02-17", "tonkin"),
    ("1979-03-05", "tonkin"),
    ("1979-03-16", "tonkin"),
)
_COLUMNS: Final = 4
_THUMB_PX: Final[SizePx] = (420, 280)
_GAP_PX: Final = 16
_CAPTION_PX: Final = 26
_THEME: Final = "paper"


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture of the sheet: its file's name without ending, the view, and what it shows."""

    name: str
    view: ViewWords
    caption: str


def shots(story: Story) -> tuple[Shot, ...]:
    """Return the sheet's pictures: every panel as it opens, then the days of 1978-79."""
    panels = (
        Shot(
            f"panel-{number:02d}-{panel.id}",
            ViewWords(panel=panel.id),
            f"{number}  {panel.title}",
        )
        for number, panel in enumerate(story.panels)
    )
    days = (
        Shot(
            f"day-{date}-{scale}",
            ViewWords(date=date, bbox=_SCALES[scale][0]),
            f"{edtf_in_words(date)}, {_SCALES[scale][1]}",
        )
        for date, scale in _DAYS
    )
    return (*panels, *days)


def write_contact_sheet(library: Library, folder: Path) -> Iterator[Path]:
    """Write the pictures and `contact.jpg` into a folder; yields each path once its file stands.

    Raises
    ------
    Refusal
        If the folder cannot be made or a file cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refusal_of(error, "be made", folder) from error
    exporter = Exporter(library, _THEME)
    story, options = library.atlas.story, ExportOptions(size_px=PICTURE_PX)
    thumbs = []
    for shot in shots(story):
        image = exporter.image(state_for(shot.view, story, PICTURE_PX), options)
        thumbs.append((_thumb(image), shot.caption))
        yield _written(folder / f"{shot.name}.jpg", image)
    yield _written(folder / "contact.jpg", contact_sheet(thumbs, load_style(_THEME)))


def contact_sheet(thumbs: list[tuple[QImage, str]], style: Style) -> QImage:
    """Return small pictures with their captions, row by row on one sheet."""
    width, height = _THUMB_PX
    step_x, step_y = width + _GAP_PX, height + _CAPTION_PX + _GAP_PX
    rows = -(-len(thumbs) // _COLUMNS)
    sheet = QImage(_COLUMNS * step_x + _GAP_PX, rows * step_y + _GAP_PX, QImage.Format.Format_RGB32)
    sheet.fill(style.color("paper"))
    with QPainter(sheet) as painter:
        painter.setFont(style.font("body", 15))
        painter.setPen(style.color("text"))
        for index, (thumb, caption) in enumerate(thumbs):
            row, column = divmod(index, _COLUMNS)
            at = QPointF(_GAP_PX + column * step_x, _GAP_PX + row * step_y)
            painter.drawImage(at, thumb)
            below = QRectF(at.x(), at.y() + height, width, _CAPTION_PX)
            painter.drawText(below, int(Qt.AlignmentFlag.AlignVCenter), caption)
    return sheet


def _thumb(image: QImage) -> QImage:
    return image.scaled(
        *_THUMB_PX, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )


def _written(path: Path, image: QImage) -> Path:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"JPEG"))
    writer.setQuality(QUALITY)
    writer.setOptimizedWrite(True)
    writer.setProgressiveScanWrite(True)
    if not writer.write(image):
        raise Refusal(str(path), f"cannot be packed as JPEG: {writer.errorString()}")
    write_whole(path, bytes(buffer.data().data()))
    return path
