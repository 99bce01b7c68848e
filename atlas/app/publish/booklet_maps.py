"""The booklet's maps: the cover, and the full-page maps of a section with their captions.

Floor: app; neighbours: booklet, booklet_sheet, export (which fits the view into the frame).
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from atlas.app.export import panes_of
from atlas.app.export_options import ExportOptions
from atlas.app.library import Library
from atlas.app.publish.book import Section
from atlas.app.publish.booklet_sheet import FOOT_PX, SIDE_PX, Leaf, Sheet, fill
from atlas.app.publish.text_flow import Kind, Paragraph, Words, set_at
from atlas.app.view import ViewWords, state_for
from atlas.core.day import iso_from_day
from atlas.core.model import Panel, Story
from atlas.core.scene import Scene
from atlas.core.viewport import SizePx
from atlas.core.words import day_in_words
from atlas.render.painter import MapPainter

DETAIL: Final = 1.25
"""Geometry for a printer, a quarter finer than a screen’s, in files that can still be sent."""
FURNITURE: Final = frozenset(
    {"date", "scale_bar", "north_arrow", "graticule", "legend", "overview"}
)
APART_DAYS: Final = 30
LAYOUT: Final = 1.3
"""Pixels of the map per pixel of the page: print is read closer than a screen is."""
_CAPTION_PX: Final = 76.0
_CAPTION: Final = Kind("body", 11.6, 15.4)
_CREDIT: Final = Kind("label", 7.6, 9.8, ink="text_soft")
_TITLE: Final = Kind("title", 43, 50, centred=True)
_SUBTITLE: Final = Kind("body_italic", 19, 27, ink="text_soft", centred=True)
_MAKER: Final = Kind("label", 11, 16, ink="text_soft", centred=True)


def cover_leaf(library: Library, sheet: Sheet, painter: MapPainter) -> Leaf:
    """Return the cover: the map of the region, and the title below it."""
    height_px = round(sheet.height_px * 0.69)
    size_px = (round(sheet.width_px) + 1, height_px)
    options = ExportOptions(size_px=size_px, furniture=frozenset())
    state = state_for(_cover_view(library.atlas.story), library.atlas.story, size_px)
    scene = panes_of(library, state, options)[0].scene
    story, style = library.atlas.story, painter.style
    lines = (
        (story.title, _TITLE, 44.0),
        (story.subtitle, _SUBTITLE, 14.0),
        (f"The Indochina Atlas  ·  data of {library.atlas.data_version}", _MAKER, 62.0),
    )

    def draw(device: QPainter, _number: int) -> None:
        fill(device, QRectF(0, 0, sheet.width_px + 1, sheet.height_px + 1), style, "panel")
        _paint(device, painter, scene, (0, 0))
        fill(device, QRectF(0, height_px, sheet.width_px + 1, 3), style, "accent")
        y_px = float(height_px)
        for text, kind, gap_px in lines:
            y_px += gap_px
            width_px = sheet.width_px - 2 * SIDE_PX
            y_px += set_at(
                device, Paragraph((Words(text),), kind), (SIDE_PX, y_px), width_px, style
            )

    return Leaf(draw)


def _cover_view(story: Story) -> ViewWords:
    """Return the view of a middling panel, neither the whole world nor one town, without marks."""

    def area(panel: Panel) -> float:
        west, south, east, north = panel.bbox_deg
        return (east - west) * (north - south)

    panels = sorted(story.panels, key=area)
    return ViewWords(panel=panels[len(panels) // 2].id, layers="none")


def map_leaf(
    library: Library, sheet: Sheet, painter: MapPainter, section: Section, day: int, number: int
) -> Leaf:
    """Return a page that a map of the section on a day fills, with its caption."""
    block, style = sheet.block, painter.style
    width_px, height_px = block.width(), block.height() - _CAPTION_PX
    size_px = (int(width_px * LAYOUT), int(height_px * LAYOUT))
    scene = _scene(library, section, day, size_px)
    title = library.atlas.story.title
    name = f"Map {section.number}" + ("" if number == 1 else chr(ord("a") + number - 1))
    caption = Paragraph(
        (
            Words(f"{name}.  ", "title"),
            Words(f"{section.panel.title}: {day_in_words(day)}. "),
            Words(_layers_shown(library, scene), "body_italic", "text_soft"),
        ),
        _CAPTION,
    )
    credit = Paragraph((Words("  ·  ".join(library.atlas.credits)),), _CREDIT)

    def draw(device: QPainter, page: int) -> None:
        sheet.draw_head(device, style, title if page % 2 == 0 else section.panel.short_title, page)
        _paint(device, painter, scene, (block.left(), block.top()), LAYOUT)
        device.setPen(QPen(style.color("plate_edge"), 1.0))
        device.setBrush(Qt.BrushStyle.NoBrush)
        device.drawRect(QRectF(block.left(), block.top(), width_px, height_px))
        y_px = block.top() + height_px + 9
        y_px += set_at(device, caption, (block.left(), y_px), block.width(), style) + 3
        foot_px = sheet.height_px - FOOT_PX + 12
        set_at(device, credit, (block.left(), min(y_px, foot_px)), block.width(), style)

    return Leaf(draw)


def busiest_day(library: Library, section: Section) -> int:
    """Return the key day apart from the panel's own on which most is on the map.

    The first of several; the panel's own day where no other is a month away.
    """
    own = section.panel.day
    days = [day for day in section.key_days if abs(day - own) >= APART_DAYS]

    def marks(day: int) -> int:
        scene = _scene(library, section, day, (800, 1000))
        return len(scene.marks) + len(scene.arrows)

    return max(days, key=marks, default=own)


def _scene(library: Library, section: Section, day: int, size_px: SizePx) -> Scene:
    words = ViewWords(panel=section.panel.id, date=iso_from_day(day))
    state = state_for(words, library.atlas.story, size_px)
    options = ExportOptions(size_px=size_px, furniture=FURNITURE)
    return panes_of(library, state, options)[0].scene


def _layers_shown(library: Library, scene: Scene) -> str:
    """Return the titles of the overlays something of which is on the map."""
    by_id = library.atlas.feature_by_id
    ids = [m.feature_id for m in scene.marks] + [a.feature_id for a in scene.arrows]
    shown = {by_id[i].layer for i in ids if i in by_id} | {area.layer for area in scene.areas}
    titles = [layer.title for layer in library.atlas.story.layers if layer.id in shown]
    return f"{'; '.join(titles)}." if titles else ""


def _paint(
    device: QPainter,
    painter: MapPainter,
    scene: Scene,
    at_px: tuple[float, float],
    scale: float = 1.0,
) -> None:
    device.save()
    device.translate(*at_px)
    device.scale(1 / scale, 1 / scale)
    painter.paint(device, scene, DETAIL / scale)
    device.restore()
