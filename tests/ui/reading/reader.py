"""A small story to read, and a reader who clicks its links."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QLabel,
)
from pytestqt.qtbot import QtBot

from atlas.core.model import Claim, Source, Story
from atlas.core.panel_markup import Link
from atlas.ui.panel_dock import PanelDock
from atlas.ui.panel_view import PanelView
from tests.app.fake_library import STORY
from tests.records import replace

LEFT = Qt.MouseButton.LeftButton
BODY = """
On [7 January 1979](date:1979-01-07) the army came to [Phnom Penh](place:phnom-penh).
It was [the fall](feature:fall-of-phnom-penh). [All agree](claim:c1). [Lost](feature:nowhere) and
[a page](https://example.org/page) with <b>tags</b> and ![a picture](https://example.org/x.png).

"""
FILLER = "A paragraph that only takes room, so that what follows lies out of sight.\n\n" * 40
CLAIM = Claim(
    "c1", "war", "All <i>agree</i>.", "disputed", "They do & they don't.", "low",
    (Source("A work", "page 3", False, "https://example.org/work"), Source("Another", "", True)),
)  # fmt: skip


def story() -> Story:
    bodies = {
        "intro": BODY + FILLER + "At last [Office 100](feature:office-100) again.",
        "bases": "Only [one thing](feature:office-100).",
        "war": "The [end](panel:intro).",
    }
    panels = tuple(replace(panel, body=bodies[panel.id]) for panel in STORY.panels)
    return replace(STORY, panels=panels, claims=(replace(CLAIM, panel="intro"),))


def point_of(view: PanelView, link: Link) -> QPoint:
    placed = next(p for p in view.placed if p.link == link)
    return view.box_of(replace(placed, end=placed.start)).center() + QPoint(3, 0)


def click(view: PanelView, qtbot: QtBot, kind: str, target: str) -> None:
    qtbot.mouseClick(view.viewport(), LEFT, pos=point_of(view, Link(kind, target)))


def scrolled(view: PanelView) -> int:
    return view.verticalScrollBar().value()


def texts(dock: PanelDock) -> tuple[str, str]:
    number = dock.findChild(QLabel, "panel_number").text()
    return number, dock.findChild(QLabel, "panel_title").text()


def note(dock: PanelDock) -> QLabel:
    return dock.findChild(QLabel, "panel_note")
