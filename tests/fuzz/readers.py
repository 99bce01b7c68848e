"""Every reader of what may lie on a disk: its good files, and what it may raise for bad ones.

A reader takes the bytes of one file. It may return, or raise what it promises; anything else is a
finding. What it returned is used a little, as the window would.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from atlas.app import bookmarks, key_choices, session
from atlas.app.export_options import ExportOptions
from atlas.app.images.carried import read_frame
from atlas.app.images.frame_identity import texts_of
from atlas.app.images.xmp import xmp_packet
from atlas.app.job_list import read_jobs
from atlas.app.library import Library, load_story, open_library
from atlas.app.refusal import Refusal
from atlas.app.view import ViewWords, state_for
from atlas.core import actions
from atlas.core.bounded import tamed
from atlas.core.edtf import EdtfError, parse_edtf
from atlas.core.link import LinkError, link_to, read_link
from atlas.core.panel_markup import read_blocks, sentence_around, typeset_blocks
from atlas.core.panes import panes
from atlas.core.resolve import resolve
from atlas.core.state import State
from atlas.core.story import MAX_PANEL, StoryError, anchors
from atlas.core.typed_dates import days_from_typed
from atlas.render.style import StyleError, load_style
from geodata.exporters.reading import ReadingError, read_csv, read_geojson, read_linked_places
from geodata.font_coverage import FontError, code_points
from geodata.own.limits import OverlayError
from geodata.pack import PackError
from geodata.validate import validate_sources
from tests.app.fake_library import fake_library, pack_blobs
from tests.fuzz.samples import export_files, own_files, png_with

GOOD = Path(__file__).parents[1] / "data" / "good"
RESOURCES = Path(__file__).parents[2] / "resources"
PROMISED = (
    session.SessionError, EdtfError, LinkError, PackError, ReadingError, Refusal, StoryError,
    StyleError, FontError, OverlayError,
)  # fmt: skip


class Reader(NamedTuple):
    """One reader: its name, some good files for it, and what reads one."""

    name: str
    seeds: tuple[bytes, ...]
    read: Callable[[bytes], object]


def readers(folder: Path) -> Iterator[Reader]:
    """Yield every reader; files are written into `folder`, which is theirs alone."""
    library = fake_library(folder)
    now = actions.initial_state(library.atlas.story, (900, 600))
    yield from _kept(folder, library, now)
    yield from _story(folder)
    yield from _written_out()
    yield from _evidence(folder)
    yield from _packs(folder)
    yield from _pictures(folder, library, now)
    yield from _words(library, now)
    yield from _others(folder)


def _kept(folder: Path, library: Library, now: State) -> Iterator[Reader]:
    home = folder / "home"
    home.mkdir()
    path = home / "kept.json"

    def read_session(data: bytes) -> None:
        path.write_bytes(data)
        found = session.load_session(path, library.atlas)
        if found.state is not None:
            resolve(found.state, library.atlas)
        session.save_session(path, found)
        assert session.load_session(path, library.atlas).notice == ""

    def read_bookmarks(data: bytes) -> None:
        path.write_bytes(data)
        kept = bookmarks.Bookmarks(path, "small")
        for mark in kept.marks[:3]:
            _follow(mark.link, library, now)
        if len(kept.marks) < bookmarks.MOST:
            kept.add("One more", link_to(now, library.atlas.story))

    def read_keys(data: bytes) -> None:
        path.write_bytes(data)
        kept = key_choices.KeyChoices(path, {"undo": ("Ctrl+Z",), "go": ("G",)}, {"F1": "help"})
        kept.choose("go", "Ctrl+G")

    session.save_session(path, session.Session(now, b"geometry", b"docks", 17.0))
    yield Reader("session", (path.read_bytes(),), read_session)
    marks = bookmarks.Bookmarks(folder / "marks.json", "small")
    marks.add("A view", link_to(now, library.atlas.story))
    yield Reader("bookmarks", ((folder / "marks.json").read_bytes(),), read_bookmarks)
    keys = json.dumps({"version": 1, "keys": {"undo": ["Ctrl+U"], "go": []}}).encode()
    yield Reader("keys", (keys,), read_keys)


def _story(folder: Path) -> Iterator[Reader]:
    own = folder / "story"
    source = RESOURCES / "story"
    (own / "panels").mkdir(parents=True)
    first = sorted((source / "panels").glob("*.md"))[:3]
    for file in (source / "story.toml", source / "claims.json"):
        shutil.copy(file, own)
    for number in range(2):
        shutil.copy(first[number], own / "panels" / f"0{number}.md")

    def read_as(name: str) -> Callable[[bytes], None]:
        whole = (own / name).read_bytes()

        def read(data: bytes) -> None:
            (own / name).write_bytes(data)
            try:
                story, _ = load_story(own)
                for panel in story.panels:
                    for block in typeset_blocks(read_blocks(panel.body)):
                        sentence_around(block.text, 0, 5)
                    list(anchors(panel.body))
                state = actions.initial_state(story, (900, 600))
                assert story.first_day <= state.day <= story.last_day
            finally:
                (own / name).write_bytes(whole)

        return read

    yield Reader("story", ((source / "story.toml").read_bytes(),), read_as("story.toml"))
    yield Reader("claims", ((source / "claims.json").read_bytes()[:9000],), read_as("claims.json"))
    yield Reader("panel", tuple(file.read_bytes() for file in first), read_as("panels/01.md"))


def _written_out() -> Iterator[Reader]:
    """Yield what lays a panel out as the window does."""
    from PySide6.QtGui import QTextDocument

    from atlas.app.offscreen import start_drawing
    from atlas.ui.panel_document import Look, PanelWriter

    application, look = start_drawing(), Look(load_style("paper"), 17.0)

    def write(data: bytes) -> None:
        assert application is not None
        body = tamed(data.decode("utf-8", "replace"))[:MAX_PANEL]
        document = QTextDocument()
        placed = PanelWriter(document, look, str).write(typeset_blocks(read_blocks(body)))
        document.setTextWidth(400)
        for link in placed:
            block = document.findBlock(link.start)
            sentence_around(block.text(), link.start - block.position(), link.end)

    panels = sorted((RESOURCES / "story" / "panels").glob("*.md"))[:3]
    yield Reader("panel written out", tuple(file.read_bytes() for file in panels), write)


def _evidence(folder: Path) -> Iterator[Reader]:
    own = Path(shutil.copytree(GOOD / "evidence", folder / "evidence"))

    def read_as(name: str) -> Callable[[bytes], None]:
        def read(data: bytes) -> None:
            whole = (own / name).read_bytes()
            (own / name).write_bytes(data)
            try:
                for problem in validate_sources(own, frozenset({"deng"})):
                    problem.line()
            finally:
                (own / name).write_bytes(whole)

        return read

    names = ("events.geojson", "fronts.geojson", "thai_border_areas.geojson", "bibliography.json",
             "polities.csv", "relations.csv", "placenames.csv")  # fmt: skip
    for name in names:
        yield Reader(f"evidence {name}", ((own / name).read_bytes(),), read_as(name))


def _packs(folder: Path) -> Iterator[Reader]:
    from geodata.pack import write_pack

    rows = {part: _part(part) for part in ("features.json", "polities.json", "places.json")}
    write_pack(folder / "good.pack", pack_blobs() | rows, "0" * 64)
    good = (folder / "good.pack").read_bytes()
    story = folder / "story"

    def read(data: bytes) -> None:
        (folder / "bad.pack").write_bytes(data)
        library = open_library(story, folder / "bad.pack")
        for name in library.pack.names():
            if name.endswith(".json"):
                library.pack.json(name)
            else:
                library.pack.blob(name)

    yield Reader("pack", (good,), read)
    for name in ("meta.json", "features.json", "polities.json", "places.json"):
        yield Reader(f"pack {name}", (_part(name),), _old_pack(folder, name))


@cache
def _part(name: str) -> bytes:
    """Return a part of the atlas's own pack, cut to some rows."""
    path = RESOURCES / "pack" / "atlas.pack"
    if not path.exists() or name == "meta.json":
        return pack_blobs().get(name, b"[]")
    from geodata.pack import Pack

    with Pack.open(path) as pack:
        return json.dumps(pack.json(name)[:3], separators=(",", ":")).encode()


def _old_pack(folder: Path, name: str) -> Callable[[bytes], None]:
    """Return what reads a pack that is whole, but one part of it says something else."""
    from geodata.pack import write_pack

    def read(data: bytes) -> None:
        rest = {part: _part(part) for part in ("features.json", "polities.json", "places.json")}
        write_pack(folder / "old.pack", pack_blobs() | rest | {name: data}, "0" * 64)
        library = open_library(folder / "story", folder / "old.pack")
        list(library.atlas.places)

    return read


def _pictures(folder: Path, library: Library, now: State) -> Iterator[Reader]:
    options = ExportOptions(size_px=(300, 200))
    texts = texts_of(library, now, options, panes(now, library.atlas))
    png = png_with(texts)
    packet = xmp_packet(texts)

    def read(data: bytes) -> None:
        path = folder / "picture"
        path.write_bytes(data)
        frame = read_frame(path, library)
        resolve(frame.on(now), library.atlas)

    yield Reader("png", (png, png_with(texts, b"zTXt"), png_with(texts, b"iTXt")), read)
    yield Reader("svg", (b"<svg><metadata>" + packet + b"</metadata></svg>",), read)
    yield Reader("pdf", (b"%PDF-1.4\n" + packet + b"\n%%EOF",), read)


def _words(library: Library, now: State) -> Iterator[Reader]:
    story = library.atlas.story
    shown = actions.open_panel(story.panels[2])(now)
    links = tuple(link_to(state, story).encode() for state in (now, shown))
    yield Reader("link", links, lambda data: _follow(data.decode("latin-1"), library, now))
    dates = (b"1979-01-07", b"1967-11~/1979?", b"[1979-01-01,1979-01-03]", b"197X", b"../1998")
    yield Reader("edtf", dates, lambda data: parse_edtf(data.decode("utf-8", "replace")))
    typed = (b"7 Jan 1979", b"3-16 Mar 1979", b"March 1970 to 1971")
    yield Reader("typed date", typed, lambda data: days_from_typed(data.decode("utf-8", "replace")))

    def view(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        for words in (ViewWords(date=text), ViewWords(bbox=text), ViewWords(layers=text)):
            try:
                resolve(state_for(words, story, (900, 600)), library.atlas)
            except Refusal as refusal:
                str(refusal)

    yield Reader("view words", (b"101,8,111,24", b"events,none"), view)


def _follow(link: str, library: Library, now: State) -> None:
    try:
        resolve(read_link(link, library.atlas, now).on(now), library.atlas)
    except LinkError as error:
        if len(str(error)) > 400:
            raise AssertionError("that is no short message") from error


def _own_overlays(folder: Path) -> Iterator[Reader]:
    from atlas.app.overlays import read_overlay
    from atlas.core.own import Asked, is_cell
    from atlas.core.viewport import Camera

    asked = Asked(Camera(0.0, -1_300_000.0, 3000.0), (900, 600), 720_000, 723_000)
    for name, data in own_files():
        path = folder / name

        def read(data: bytes, path: Path = path) -> None:
            path.write_bytes(data)
            points = read_overlay(path, asked)
            for cell in points.cells(asked)[:3]:
                if is_cell(cell.id):
                    points.gathered(cell.id, asked)
                else:
                    points.card(cell.id)

        yield Reader(f"overlay {name}", (data,), read)


def _others(folder: Path) -> Iterator[Reader]:
    jobs = folder / "jobs.toml"

    def read_list(data: bytes) -> None:
        jobs.write_bytes(data)
        read_jobs(jobs)

    docs = (Path(__file__).parents[2] / "docs" / "export-list.md").read_text("utf-8")
    yield Reader("jobs", (docs.split("```toml\n")[1].split("```")[0].encode(),), read_list)

    def read_style(data: bytes) -> None:
        (folder / "odd.toml").write_bytes(data)
        load_style("odd", folder)

    yield Reader("style", ((RESOURCES / "styles" / "paper.toml").read_bytes(),), read_style)
    yield from _own_overlays(folder)
    font = min((RESOURCES / "fonts").glob("*.ttf"), key=lambda file: file.stat().st_size)
    yield Reader("font", (font.read_bytes()[:40_000],), lambda data: code_points(data, "a.ttf"))
    for name, data, read in export_files((read_geojson, read_linked_places, read_csv)):
        path = folder / name

        def read_back(
            data: bytes, path: Path = path, read: Callable[[Path], object] = read
        ) -> None:
            path.write_bytes(data)
            read(path)

        yield Reader(f"export {name}", (data,), read_back)
