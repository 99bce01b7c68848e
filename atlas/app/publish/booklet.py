"""The whole story as one PDF: cover, contents, a spread for each panel, legend, works, credits.

Floor: app; neighbours: book, book_text and booklet_words (the words), booklet_leaves and
booklet_maps (what is drawn), text_flow, app.pdf (what Qt leaves out), files. Maps come from
the one painter. The same data gives the same bytes. Needs a QGuiApplication.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from PySide6.QtGui import QPaintDevice, QPainter, QPdfWriter

from atlas import __version__
from atlas.app.files import require_folder, write_whole
from atlas.app.images.watched_painter import WatchedPainter
from atlas.app.library import Library
from atlas.app.pages import page_named
from atlas.app.pdf.document import document
from atlas.app.pdf.metadata import Record
from atlas.app.pdf.outline import Bookmark
from atlas.app.publish.book import Section, sections_of, works_of
from atlas.app.publish.book_text import section_paragraphs, span_of, work_paragraphs
from atlas.app.publish.booklet_leaves import (
    contents_leaf,
    legend_leaf,
    opening_px,
    prose_leaf,
    text_leaf,
)
from atlas.app.publish.booklet_maps import busiest_day, cover_leaf, map_leaf
from atlas.app.publish.booklet_sheet import Leaf, Line, Sheet
from atlas.app.publish.booklet_words import about_paragraphs, credits_paragraphs
from atlas.app.publish.text_flow import Paragraph, balanced
from atlas.app.refusal import Refusal
from atlas.app.steps import Report, silently, tell
from atlas.core.problems import near_misses
from atlas.render.basemap import BaseMap
from atlas.render.painter import MapPainter
from atlas.render.style import Style, load_style

PAPERS: Final = ("a4", "letter")
THEME: Final = "paper"


@dataclass(frozen=True, slots=True)
class _Part:
    """Leaves that belong together; `title` is its line in the contents, if it has one."""

    leaves: tuple[Leaf, ...]
    title: str = ""
    anchor: str = ""
    number: str = ""
    when: str = ""
    starts_left: bool = False


def write_booklet(
    library: Library,
    path: Path,
    paper: str = PAPERS[0],
    report: Report = silently,
    *,
    archival: bool = False,
) -> None:
    """Write the story as a PDF, as PDF/A if it is to be kept.

    Raises
    ------
    Refusal
        If the paper is unknown or the file cannot be written; an older file stays.
    Cancelled
        If `report` wants no more; nothing is written.
    """
    if path.suffix.lower() != ".pdf":
        raise Refusal(str(path), "a booklet is a PDF", "end the name in .pdf")
    sheet = sheet_named(paper)
    require_folder(path)
    write_whole(path, Booklet(library, sheet, archival).pdf(report))


def sheet_named(paper: str) -> Sheet:
    """Return the paper of that name, upright.

    Raises
    ------
    Refusal
        If booklets are not made on it.
    """
    name = paper.strip().lower() or PAPERS[0]
    if name not in PAPERS:
        hint = near_misses(name, PAPERS) or f"choose one of {', '.join(PAPERS)}"
        raise Refusal("--page", f"there are no booklets on “{paper}”", hint)
    return Sheet(replace(page_named(f"{name}-portrait"), margin_mm=0.0))


class Booklet:
    """Plans the leaves, so that contents know their pages, then draws them one after the other."""

    def __init__(self, library: Library, sheet: Sheet, archival: bool = False) -> None:
        self._library, self._sheet, self._archival = library, sheet, archival
        self._style: Style = load_style(THEME)
        self._painter = MapPainter(BaseMap(library.pack), self._style)
        self._lines: list[Line] = []
        self._anchors: dict[str, int] = {}
        self.leaves: list[Leaf] = []
        for part in self._parts():
            self._add(part)

    @property
    def outline(self) -> tuple[Bookmark, ...]:
        """The bookmarks, in the order of the pages."""
        contents = Bookmark("Contents", self._anchors["contents"])
        chapters = (Bookmark(line.words, line.page) for line in self._lines)
        return (Bookmark(self._library.atlas.story.title, 0), contents, *chapters)

    def pdf(self, report: Report = silently) -> bytes:
        """Return the file; `report` is told of every page as it is drawn, and made lighter.

        Raises
        ------
        Cancelled
            If `report` wants no more.
        """
        leaves, drawn = len(self.leaves), 0
        # Each leaf drawn, each made lighter, then their pictures, then all put together.
        total = 2 * leaves + 2

        def painter_on(device: QPaintDevice) -> QPainter:
            return WatchedPainter(device, lambda _part, _parts: report(drawn, total))

        def pause(lighter: int) -> None:
            tell(report, leaves + lighter, total)

        def draw(writer: QPdfWriter, painter: QPainter) -> None:
            nonlocal drawn
            for index, leaf in enumerate(self.leaves):
                drawn = index
                tell(report, drawn, total)
                if index:
                    writer.newPage()
                painter.save()
                leaf.draw(painter, index + 1)
                painter.restore()

        made = document(
            self._record(),
            self._sheet.layout(),
            draw,
            self.outline,
            self._anchors,
            painter_on=painter_on,
            pause=pause,
        )
        tell(report, total - 1, total)
        return made

    def _record(self) -> Record:
        atlas = self._library.atlas
        story, version = atlas.story, atlas.data_version
        return Record(
            story.title,
            f"{story.subtitle}. The whole story, data of {version}.",
            f"Indochina Atlas {__version__}, data {version}",
            version,
            f"{story.id} {version} {__version__} {self._sheet.page.name} {self._archival}",
            {"Credits": " ".join(atlas.credits)},
            self._archival,
        )

    def _parts(self) -> Iterator[_Part]:
        library, sheet, style = self._library, self._sheet, self._style
        story = library.atlas.story
        yield _Part((cover_leaf(library, sheet, self._painter),))
        about = self._prose("About this book", tuple(about_paragraphs(library)))
        yield _Part(about, anchor="about")
        yield _Part((contents_leaf(story, sheet, style, self._lines),), anchor="contents")
        for section in sections_of(library):
            yield self._chapter(section)
        legend = (legend_leaf(library, sheet, style),)
        yield _Part(legend, "Signs of the maps", "legend")
        works = tuple(work_paragraphs(works_of(library)))
        if works:
            yield _Part(self._prose("Works cited", works, columns=2), "Works cited", "works")
        credits_ = self._prose("Credits and licences", tuple(credits_paragraphs(library)))
        yield _Part(credits_, "Credits and licences", "credits")

    def _chapter(self, section: Section) -> _Part:
        """Return a panel's leaves: map on the left, text on the right and on, a map to fill."""
        library, sheet, style, painter = self._library, self._sheet, self._style, self._painter
        panel = section.panel
        first = map_leaf(library, sheet, painter, section, panel.day, 1)
        paragraphs = tuple(section_paragraphs(section))
        top_px = opening_px(section, sheet, style)
        flow = balanced(paragraphs, lambda: sheet.columns(top_px), style)
        texts = [text_leaf(section, flow, page, sheet, style) for page in range(flow.pages)]
        leaves = [first, *texts]
        if len(leaves) % 2:
            day = busiest_day(library, section)
            leaves.append(map_leaf(library, sheet, painter, section, day, 2))
        return _Part(
            tuple(leaves),
            panel.title,
            f"panel-{panel.id}",
            str(section.number),
            span_of(section),
            starts_left=True,
        )

    def _prose(
        self, title: str, paragraphs: tuple[Paragraph, ...], columns: int = 1
    ) -> tuple[Leaf, ...]:
        sheet, style = self._sheet, self._style
        top = 70
        flow = balanced(paragraphs, lambda: sheet.columns(top, columns), style)
        return tuple(prose_leaf(title, flow, page, sheet, style) for page in range(flow.pages))

    def _add(self, part: _Part) -> None:
        if part.starts_left and len(self.leaves) % 2 == 0:
            self.leaves.append(Leaf(lambda painter, number: None))
        page = len(self.leaves)
        if part.anchor:
            self._anchors[part.anchor] = page
        if part.title:
            self._lines.append(Line(part.number, part.title, page, part.anchor, part.when))
        for offset, leaf in enumerate(part.leaves):
            self._anchors |= dict.fromkeys(leaf.anchors, page + offset)
        self.leaves += part.leaves
