"""View > Paint times: switched on by key, counts real frames, and leaves nothing behind."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QWidget

from atlas.core import actions
from atlas.ui.paint_times import HEADS, WHOLE, PaintTimes
from tests.ui.conftest import LEFT, Mouse
from tests.ui.whole_window import Atlas


def switched_on(atlas: Atlas) -> PaintTimes:
    atlas.press(Qt.Key.Key_F12)
    table = atlas.part(QWidget, "paint_times")
    assert isinstance(table, PaintTimes)
    return table


def cells(table: PaintTimes) -> dict[str, list[str]]:
    """Return the figures told to who listens, by part."""
    table.refresh()
    QApplication.processEvents()
    rows = table.accessibleDescription().split("; ")
    assert rows[0] == " ".join(HEADS)
    return {row.rstrip("–.0123456789 "): row.split() for row in rows[1:]}


def test_a_key_shows_and_hides_the_table(atlas: Atlas) -> None:
    assert atlas.window.findChild(QWidget, "paint_times") is None, "not made before it is wanted"
    table = switched_on(atlas)
    assert table.isVisible()
    assert atlas.action("paint_times_action").isChecked()
    atlas.press(Qt.Key.Key_F12)
    assert not table.isVisible()
    assert not atlas.action("paint_times_action").isChecked()


def test_a_step_in_time_is_one_frame_of_what_moves(atlas: Atlas) -> None:
    table = switched_on(atlas)
    QApplication.processEvents()
    before = int(cells(table)[WHOLE][-1])
    atlas.press(Qt.Key.Key_Right)
    QApplication.processEvents()
    now = cells(table)
    assert int(now[WHOLE][-1]) == before + 1
    assert {"scene", "names", "symbols", "arrows", "furniture"} <= now.keys()
    assert "land" not in now, "the ground is kept"
    assert float(now["names"][1]) >= 0


def test_a_new_ground_tells_its_layers(atlas: Atlas) -> None:
    table = switched_on(atlas)
    atlas.store.do(actions.zoom(1.5))
    atlas.picture.wait_idle()
    QApplication.processEvents()
    now = cells(table)
    name, last, median, calls, vertices, largest, painted, kept = now["land"]
    assert int(calls) >= 1
    assert int(vertices) >= int(largest) >= 3
    assert (name, painted) == ("land", "1")
    assert float(last) == float(median)
    assert int(kept) >= 0


def test_its_own_news_paints_no_map(atlas: Atlas) -> None:
    table = switched_on(atlas)
    QApplication.processEvents()
    assert table.trace is not None
    frames = table.trace.frames
    for name in ("one", "two"):
        table.trace.parts[name] = table.trace.parts["scene"]
        table.refresh()
        table.repaint()
        QApplication.processEvents()
    assert table.trace.frames == frames


def test_off_again_everything_paints_plainly(atlas: Atlas) -> None:
    table = switched_on(atlas)
    trace = table.trace
    assert trace is not None
    atlas.press(Qt.Key.Key_F12)
    QApplication.processEvents()
    frames, parts = trace.frames, {name: row.painted for name, row in trace.parts.items()}
    atlas.press(Qt.Key.Key_Right)
    atlas.store.do(actions.zoom(1.5))
    atlas.picture.wait_idle()
    QApplication.processEvents()
    assert trace.frames == frames
    assert {name: row.painted for name, row in trace.parts.items()} == parts
    assert atlas.window.canvas._painter_on is QPainter


def test_another_theme_is_counted_too(atlas: Atlas) -> None:
    table = switched_on(atlas)
    assert table.trace is not None
    atlas.store.do(actions.set_theme("night"))
    atlas.qtbot.waitUntil(lambda: atlas.picture.style.theme == "night")
    QApplication.processEvents()
    atlas.picture.wait_idle()
    QApplication.processEvents()
    assert "land" in table.trace.parts


def test_it_can_be_pushed_aside(atlas: Atlas) -> None:
    table = switched_on(atlas)
    camera, at = atlas.store.state.camera, table.pos()
    mouse = Mouse(table, atlas.qtbot)
    mouse.press(20, 10)
    mouse.move(60, 40, LEFT)
    mouse.release(60, 40)
    assert table.pos() == at + QPoint(40, 30)
    assert atlas.store.state.camera == camera
