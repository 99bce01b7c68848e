"""A story that tries to run, load and open things: it is read as words, and nothing else happens.

That no file is opened is asked of the system, that nothing is fetched of a listening socket.
"""

from __future__ import annotations

import ctypes
import json
import os
import socket
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QImage, QTextDocument
from PySide6.QtGui import Qt as Guess
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from atlas.app.library import Library, load_story
from atlas.app.publish.web_page import write_page
from atlas.core import actions
from atlas.core.model import Atlas as Records
from atlas.ui.claim_card import ClaimCard
from atlas.ui.help_dialogs import AboutDialog
from atlas.ui.plain_text import plain
from geodata.pack import Pack, write_pack
from tests.app.fake_library import CARDS, FEATURES, PLACES, pack_blobs
from tests.records import replace
from tests.ui.dialogs import during
from tests.ui.whole_window import Atlas

if sys.platform != "linux":
    pytest.skip("files opened are seen as Linux tells of them", allow_module_level=True)

IN_OPEN = 0x20
TURNED = "\u202egnorw\u202c \u2066x\u200b"


class Traps:
    """A picture nobody may open, a port nobody may call, and what was opened in a browser."""

    def __init__(self, folder: Path) -> None:
        self.picture = folder / "secret.png"
        image = QImage(8, 8, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.red)
        assert image.save(str(self.picture))
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._watch = self._libc.inotify_init1(os.O_NONBLOCK)
        watched = self._libc.inotify_add_watch(self._watch, os.fsencode(folder), IN_OPEN)
        assert watched >= 0
        self._port = socket.create_server(("127.0.0.1", 0))
        self._port.setblocking(False)
        number = self._port.getsockname()[1]
        self.markup = (
            f'<img src="file://{self.picture}"><img src="{self.picture}">'
            f'<img src="http://127.0.0.1:{number}/x.png"><script>x()</script>'
            f'<a href="file://{self.picture}">here</a> & {TURNED}'
        )
        self.remote = f"http://127.0.0.1:{number}/y.png"

    def opened(self) -> bool:
        try:
            return bool(os.read(self._watch, 4096))
        except BlockingIOError:
            return False

    def called(self) -> bool:
        try:
            self._port.accept()[0].close()
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        os.close(self._watch)
        self._port.close()


@pytest.fixture
def traps(tmp_path: Path, qapp: QApplication) -> Iterator[Traps]:
    folder = tmp_path / "secrets"
    folder.mkdir()
    made = Traps(folder)
    yield made
    made.close()


def hostile_story(folder: Path, traps: Traps) -> None:
    markup = json.dumps(traps.markup)
    (folder / "panels").mkdir(parents=True)
    (folder / "story.toml").write_text(
        f"title = {markup}\nsubtitle = {markup}\nspan = '1930/2026'\ncredits = [{markup}]\n"
        f"[[layers]]\nid = 'events'\ntitle = {markup}\ndescription = {markup}\n"
        f"[[layers]]\nid = 'ratanakiri_bases'\ntitle = 'Bases'\ndescription = {markup}\n"
    )
    body = (
        f"# {traps.markup}\n\n{traps.markup}\n\n- {traps.markup}\n\n> {traps.markup}\n\n"
        f"![picture](file://{traps.picture}) ![picture]({traps.remote}) ![p]({traps.picture})\n\n"
        f"[file](file://{traps.picture}) [run](javascript:x()) [data](data:text/html,x)\n\n"
        f"[web](https://example.org/<img/src='{traps.picture}'>) [claimed](claim:c1)\n\n"
        f"[Office](feature:office-100) [gone](feature:<b>) [day](date:1979-01-07)\n\n"
        "[user](https://good.example@bad.example/)\n"
    )
    for number, panel in enumerate(("one", "two")):
        (folder / "panels" / f"{panel}.md").write_text(
            f"+++\nid = '{panel}'\norder = {number}\ntitle = {markup}\nshort_title = {markup}\n"
            "date = '1979-01-07'\nbbox = [101, 8, 110, 15]\nlayers = ['events',"
            f" 'ratanakiri_bases']\nclaims = ['c1']\n+++\n{body}"
        )
    source = {"citation": traps.markup, "claim": traps.markup, "seen": True}
    url = f"https://example.org/<img/src='{traps.picture}'>"
    claim = {
        "id": "c1", "panel": "one", "claim": traps.markup, "verdict": traps.markup,
        "annotation": traps.markup, "confidence": traps.markup,
        "sources": [source | {"url": url}, source | {"url": f"file://{traps.picture}"}],
    }  # fmt: skip
    (folder / "claims.json").write_text(json.dumps([claim]))


@pytest.fixture
def library(tmp_path: Path, traps: Traps) -> Library:
    hostile_story(tmp_path / "story", traps)
    story, problems = load_story(tmp_path / "story")
    assert not problems
    card = CARDS["office-100"] | dict.fromkeys(
        ("summary", "date_note", "basis", "disputes", "units", "road"), traps.markup
    )
    blobs = pack_blobs() | {"cards.json": json.dumps({"office-100": card}).encode()}
    write_pack(tmp_path / "hostile.pack", blobs, "0" * 64)
    features = tuple(replace(feature, name=traps.markup) for feature in FEATURES)
    atlas = Records(story, features, (), PLACES, credits=(traps.markup,), data_version="2000")
    return Library(atlas, Pack.open(tmp_path / "hostile.pack"), ())


class Browser(QObject):
    """Takes the place of the reader's browser."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString())


@pytest.fixture
def browser() -> Iterator[Browser]:
    made = Browser()
    for scheme in ("http", "https", "file"):
        QDesktopServices.setUrlHandler(scheme, made, "open")
    yield made
    for scheme in ("http", "https", "file"):
        QDesktopServices.unsetUrlHandler(scheme)


def rich_texts() -> list[str]:
    """Return every text of a label or tip that Qt would take for HTML."""
    found = []
    for widget in QApplication.allWidgets():
        texts = [widget.toolTip()]
        if isinstance(widget, QLabel) and widget.textFormat() != Qt.TextFormat.PlainText:
            texts.append(widget.text())
        found += [text for text in texts if Guess.mightBeRichText(text)]
    return found


def pictures_in(html: str) -> list[str]:
    document = QTextDocument()
    document.setHtml(html)
    return ["picture"] * document.toPlainText().count("\ufffc")


def test_the_traps_catch_what_steps_into_them(traps: Traps, qtbot: QtBot) -> None:
    label = QLabel(f'<img src="{traps.picture}">')
    qtbot.addWidget(label)
    label.show()
    qtbot.waitUntil(traps.opened)
    assert pictures_in(label.text())
    assert not pictures_in(plain(label.text()))
    socket.create_connection(traps._port.getsockname()).close()
    assert traps.called()


def look_at_everything(atlas: Atlas) -> None:
    """Open every panel, card, list and page that shows words of the story."""
    window, story = atlas.window, atlas.library.atlas.story
    for panel in story.panels:
        atlas.store.do(actions.open_panel(panel))
        view = window.panel_dock.view
        for placed in view.placed:
            view.bring_into_view(placed)
            QApplication.processEvents()
    for feature in atlas.library.atlas.features:
        atlas.store.do(actions.select(feature.id))
        QApplication.processEvents()
    window.panel_dock._unfold(True)
    for list_shown in (window.layers, window.panel_dock):
        list_shown.show()
    about = AboutDialog(atlas.library, window)
    about.show()
    card = ClaimCard(story.claims[0], window.panel_dock._style, window)
    card.open_at(QPoint(200, 200), window)
    QApplication.processEvents()
    assert not [pictures_in(text) for text in rich_texts() if pictures_in(text)]
    about.close()
    card.close()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_nothing_in_a_story_runs_loads_or_opens(
    atlas: Atlas, traps: Traps, browser: Browser
) -> None:
    look_at_everything(atlas)
    words = atlas.window.panel_dock.view.toPlainText()
    assert "<script>x()</script>" in words, "it is shown as it was written"
    assert "\u202e" not in words, "nothing turns round what stands beside it"
    assert not traps.opened()
    assert not traps.called()
    assert browser.opened == []


def link_at(atlas: Atlas, text: str) -> QPoint:
    view = atlas.window.panel_dock.view
    (placed,) = [p for p in view.placed if p.link.target.startswith(text)]
    view.bring_into_view(placed)
    return view.box_of(placed).center()


def test_a_page_of_the_web_opens_only_when_the_reader_agrees(
    atlas: Atlas, traps: Traps, browser: Browser
) -> None:
    view = atlas.window.panel_dock.view
    at = link_at(atlas, "https://example.org")
    asked: list[str] = []

    def answer(button: QMessageBox.StandardButton) -> None:
        def act(box: QDialog) -> None:
            assert isinstance(box, QMessageBox)
            asked.append(f"{box.text()} {box.informativeText()}")
            assert not [text for text in rich_texts() if pictures_in(text)]
            atlas.qtbot.mouseClick(box.button(button), Qt.MouseButton.LeftButton)

        during(QMessageBox, act)
        atlas.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)

    answer(QMessageBox.StandardButton.Cancel)
    assert browser.opened == []
    answer(QMessageBox.StandardButton.Open)
    assert len(browser.opened) == 1
    assert all("example.org" in words for words in asked)
    assert not traps.opened()


@pytest.mark.parametrize("target", ["file:", "javascript:", "data:", "https://good.example@"])
def test_what_leads_elsewhere_is_no_link(atlas: Atlas, target: str) -> None:
    assert not [p for p in atlas.window.panel_dock.view.placed if p.link.href.startswith(target)]


class _Page(HTMLParser):
    """Notes what a page would run, load or lead to."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.leads: set[str] = set()
        self.handlers: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        for name, value in attrs:
            if name in ("src", "srcset", "data", "poster", "xlink:href"):
                self.loads.append(value or "")
            elif name == "href":
                self.leads.add((value or "").partition(":")[0])
            elif name.startswith("on"):
                self.handlers.append(name)


def test_the_page_written_of_it_loads_and_runs_nothing_either(
    library: Library, traps: Traps, tmp_path: Path, qapp: QApplication
) -> None:
    write_page(library, tmp_path / "story.html", "paper")
    text = (tmp_path / "story.html").read_text("utf-8")
    page = _Page()
    page.feed(text)
    assert page.scripts == text.count("<script>") <= 1, "the page's own"
    assert page.handlers == []
    assert all(target.startswith(("data:image/", "#")) for target in page.loads)
    assert all(scheme.startswith("#") or scheme == "https" for scheme in page.leads)
    assert not traps.opened()
    assert not traps.called()


@pytest.mark.parametrize("span", ["0000/0001", "-9999/9999", "../.."])
def test_any_span_has_a_window(
    tmp_path: Path, traps: Traps, qtbot: QtBot, span: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile_story(tmp_path / "odd", traps)
    toml = tmp_path / "odd" / "story.toml"
    toml.write_text(toml.read_text().replace("1930/2026", span))
    story, _ = load_story(tmp_path / "odd")
    write_pack(tmp_path / "odd.pack", pack_blobs(), "0" * 64)
    records = Records(story, FEATURES, (), PLACES, data_version="2000")
    made = Atlas(qtbot, Library(records, Pack.open(tmp_path / "odd.pack"), ()))
    made.window.show()
    qtbot.waitExposed(made.window)
    for key in (Qt.Key.Key_End, Qt.Key.Key_Home, Qt.Key.Key_PageUp):
        track: QWidget = made.window.time_bar.track
        qtbot.keyClick(track, key)
    assert story.first_day <= made.store.state.day <= story.last_day
    made.window.close()
    made.window.close_down()
    made.picture.close()
    made.window.deleteLater()
