"""Text and map lead to each other, with the atlas's own story and real mouse events."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from atlas.app.library import Library, open_library
from atlas.app.session import HOME_VARIABLE
from atlas.core import actions
from atlas.core.panel_markup import Link
from atlas.core.viewport import to_px
from tests.records import replace
from tests.ui.whole_window import Atlas

LANG_SON = "B-LangSon"
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def library(pack_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """The atlas's own story, with one more sentence on Lang Son at the head of another panel."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    opened = open_library(None)
    story = opened.atlas.story
    panels = tuple(
        replace(panel, body=f"See also [Lang Son](feature:{LANG_SON}).\n\n{panel.body}")
        if panel.id == "after-power"
        else panel
        for panel in story.panels
    )
    return replace(opened, atlas=replace(opened.atlas, story=replace(story, panels=panels)))


@pytest.fixture
def atlas(qtbot: QtBot, library: Library) -> Iterator[Atlas]:
    made = Atlas(qtbot, library)
    made.window.show()
    qtbot.waitExposed(made.window)
    yield made
    made.window.close()
    made.window.close_down()
    made.picture.close()
    made.window.deleteLater()


def type_date(atlas: Atlas, words: str) -> None:
    field = atlas.window.time_bar.date_edit
    field.setFocus()
    field.selectAll()
    atlas.qtbot.keyClicks(field, words)
    atlas.qtbot.keyClick(field, Qt.Key.Key_Return)


def click_mark(atlas: Atlas, feature_id: str) -> None:
    """Click where the mark is; once more for each mark that lies over it."""
    canvas, state = atlas.window.canvas, atlas.store.state
    canvas.grab()
    anchor = atlas.library.atlas.feature_by_id[feature_id].anchor_m
    x_px, y_px = to_px(state.camera, state.viewport_px, *anchor)
    for _ in range(4):
        atlas.qtbot.mouseClick(canvas, LEFT, pos=QPoint(round(x_px), round(y_px)))
        if atlas.store.state.selection == feature_id:
            return
    pytest.fail(f"{feature_id} cannot be clicked")


def lit(atlas: Atlas) -> list[str]:
    view = atlas.window.panel_dock.view
    return [light.cursor.selectedText() for light in view.extraSelections()]


def point_of(atlas: Atlas, link: Link) -> QPoint:
    view = atlas.window.panel_dock.view
    placed = next(p for p in view.placed if p.link == link)
    return view.box_of(replace(placed, end=placed.start)).center() + QPoint(3, 0)


def test_lang_son_leads_to_its_sentence_and_back(atlas: Atlas) -> None:
    story, store = atlas.library.atlas.story, atlas.store
    view = atlas.window.panel_dock.view
    store.do(actions.open_panel(story.panel("deng")))
    type_date(atlas, "4 March 1979")
    click_mark(atlas, LANG_SON)
    sentence = next(words for words in lit(atlas) if words.startswith("The Chinese took"))
    assert "Lang Son" in sentence
    placed = next(p for p in view.placed if p.link.target == LANG_SON)
    assert view.viewport().rect().contains(view.box_of(placed).center())
    there = store.state

    atlas.window.canvas.setFocus()
    atlas.qtbot.keyClick(QApplication.focusWidget() or atlas.window, Qt.Key.Key_PageDown)
    assert atlas.panel == "after-power"
    before = store.state
    assert (before.day, before.camera, before.selection) != (there.day, there.camera, LANG_SON)
    atlas.qtbot.mouseClick(view.viewport(), LEFT, pos=point_of(atlas, Link("feature", LANG_SON)))
    assert (store.state.selection, store.state.day) == (LANG_SON, there.day)
    anchor = atlas.library.atlas.feature_by_id[LANG_SON].anchor_m
    assert atlas.window.canvas.rect().contains(
        QPoint(*(round(px) for px in to_px(store.state.camera, store.state.viewport_px, *anchor)))
    )
    assert "See also Lang Son." in lit(atlas)
    store.undo()
    assert store.state == before


def test_pointing_at_the_sentence_haloes_the_mark(atlas: Atlas) -> None:
    story, canvas = atlas.library.atlas.story, atlas.window.canvas
    atlas.store.do(actions.open_panel(story.panel("deng")))
    type_date(atlas, "4 March 1979")
    view = atlas.window.panel_dock.view
    placed = next(p for p in view.placed if p.link.target == LANG_SON)
    view.bring_into_view(placed)
    plain = canvas.grab().toImage()
    atlas.qtbot.mouseMove(view.viewport(), point_of(atlas, placed.link))
    assert canvas.grab().toImage() != plain
    atlas.qtbot.mouseMove(view.viewport(), QPoint(2, 2))
    assert canvas.grab().toImage() == plain
