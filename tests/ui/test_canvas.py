from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from atlas.app.library import Library
from atlas.app.picture import MapPicture
from atlas.core import actions
from atlas.core.scene import Scene
from atlas.core.store import Change, Store
from atlas.core.viewport import Camera, fit_bbox, to_m, to_px
from atlas.render.style import Style
from atlas.ui.canvas import MapCanvas
from atlas.ui.gestures import next_hit
from tests.app.fake_library import STORY
from tests.ui.conftest import SIZE, Mouse

EMPTY = (30.0, 570.0)


@pytest.fixture
def canvas(
    qtbot: QtBot, store: Store, library: Library, picture: MapPicture, style: Style
) -> Iterator[MapCanvas]:
    made = MapCanvas(store, library, picture, style)
    made.flight_ms = 0
    qtbot.addWidget(made)
    made.resize(*SIZE)
    made.show()
    qtbot.waitExposed(made)
    made.grab()
    yield made
    made.close_down()


@pytest.fixture
def mouse(canvas: MapCanvas, qtbot: QtBot) -> Mouse:
    return Mouse(canvas, qtbot)


Painted = Callable[[], Camera]


@pytest.fixture
def painted(canvas: MapCanvas, picture: MapPicture, monkeypatch: pytest.MonkeyPatch) -> Painted:
    """Paint and return the camera that was painted from."""
    cameras: list[Camera] = []
    paint = picture.paint

    def noting(painter: QPainter, scene: Scene, ratio: float) -> None:
        cameras.append(scene.camera)
        paint(painter, scene, ratio)

    monkeypatch.setattr(picture, "paint", noting)

    def painted_from() -> Camera:
        canvas.grab()
        return cameras[-1]

    return painted_from


def at(store: Store, library: Library, feature_id: str) -> tuple[float, float]:
    """Where a feature is on the canvas."""
    anchor = library.atlas.feature_by_id[feature_id].anchor_m
    return to_px(store.state.camera, store.state.viewport_px, *anchor)


def show(store: Store, canvas: MapCanvas, panel: str) -> None:
    store.do(actions.open_panel(STORY.panel(panel)))
    canvas.grab()


def test_it_says_who_it_is(canvas: MapCanvas) -> None:
    assert canvas.objectName() == "map_canvas"
    assert canvas.accessibleName() == "Map"
    assert "A question" in canvas.accessibleDescription()


def test_dragging_moves_the_map_with_the_pointer_as_one_step(
    mouse: Mouse, store: Store, changes: list[Change]
) -> None:
    before = store.state
    under = to_m(before.camera, SIZE, 400, 300)
    mouse.drag((400, 300), (300, 340))
    assert to_px(store.state.camera, SIZE, *under) == pytest.approx((300, 340))
    assert len(changes) == 5
    assert {change.cause for change in changes} == {"map_canvas"}
    assert store.undo()
    assert store.state == before
    assert not store.can_undo


def test_two_drags_are_two_steps(mouse: Mouse, store: Store) -> None:
    mouse.drag((400, 300), (350, 300))
    first = store.state
    mouse.drag((400, 300), (350, 300))
    store.undo()
    assert store.state == first


def test_a_trembling_hand_clicks_and_does_not_drag(mouse: Mouse, store: Store) -> None:
    before = store.state.camera
    mouse.press(*EMPTY)
    mouse.move(EMPTY[0] + 2, EMPTY[1] + 1, Qt.MouseButton.LeftButton)
    mouse.release(EMPTY[0] + 2, EMPTY[1] + 1)
    assert store.state.camera == before


@pytest.mark.parametrize("angle", [120, -120, 15])
def test_the_wheel_zooms_at_the_pointer(mouse: Mouse, store: Store, angle: int) -> None:
    before = store.state.camera
    under = to_m(before, SIZE, 200, 150)
    mouse.wheel(200, 150, angle)
    after = store.state.camera
    assert (after.m_per_px < before.m_per_px) == (angle > 0)
    assert to_px(after, SIZE, *under) == pytest.approx((200, 150))


def test_a_turn_of_the_wheel_is_one_step_until_it_rests(
    mouse: Mouse, store: Store, qtbot: QtBot
) -> None:
    before = store.state
    for _ in range(4):
        mouse.wheel(200, 150, 120)
    store.undo()
    assert store.state == before


def test_double_click_comes_closer_and_with_shift_steps_back(
    mouse: Mouse, store: Store, canvas: MapCanvas
) -> None:
    start = store.state.camera.m_per_px
    mouse.double_click(*EMPTY)
    closer = store.state.camera.m_per_px
    assert closer < start
    canvas.grab()
    mouse.double_click(*EMPTY, shift=True)
    assert store.state.camera.m_per_px == pytest.approx(start)


@pytest.mark.parametrize(
    ("key", "modifier", "moved"),
    [
        (Qt.Key.Key_Plus, Qt.KeyboardModifier.NoModifier, "m_per_px"),
        (Qt.Key.Key_Minus, Qt.KeyboardModifier.NoModifier, "m_per_px"),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier, "x_m"),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier, "x_m"),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier, "y_m"),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier, "y_m"),
    ],
)
def test_the_keyboard_moves_the_map(
    qtbot: QtBot, canvas: MapCanvas, store: Store, key: Qt.Key, modifier: Qt.KeyboardModifier,
    moved: str,
) -> None:  # fmt: skip
    before = store.state.camera
    qtbot.keyClick(canvas, key, modifier)
    assert getattr(store.state.camera, moved) != getattr(before, moved)


def test_clicking_a_mark_selects_it_and_empty_land_deselects(
    mouse: Mouse, store: Store, library: Library, canvas: MapCanvas
) -> None:
    show(store, canvas, "war")
    mouse.click(*at(store, library, "fall-of-phnom-penh"))
    assert store.state.selection == "fall-of-phnom-penh"
    mouse.click(*EMPTY)
    assert store.state.selection == ""


def test_clicking_again_goes_through_what_lies_below(
    mouse: Mouse, store: Store, library: Library, canvas: MapCanvas
) -> None:
    show(store, canvas, "bases")
    spot = at(store, library, "office-100")
    picked = []
    for _ in range(3):
        mouse.click(*spot)
        canvas.grab()
        picked.append(store.state.selection)
    assert set(picked[:2]) == {"office-100", "camp-two"}
    assert picked[2] == picked[0]


def test_next_hit_starts_on_top_at_a_new_spot() -> None:
    assert next_hit(("a", "b"), "a", again=False) == "a"
    assert next_hit(("a", "b"), "a", again=True) == "b"
    assert next_hit(("a", "b"), "b", again=True) == "a"
    assert next_hit(("a",), "z", again=True) == "a"
    assert next_hit((), "a", again=True) == ""


def test_escape_deselects(qtbot: QtBot, canvas: MapCanvas, store: Store) -> None:
    store.do(actions.select("office-100"))
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert store.state.selection == ""


def test_hovering_changes_cursor_and_paints_a_halo_but_not_the_store(
    mouse: Mouse, store: Store, library: Library, canvas: MapCanvas, changes: list[Change]
) -> None:
    show(store, canvas, "war")
    changes.clear()
    bare = canvas.grab().toImage()
    x, y = at(store, library, "fall-of-phnom-penh")
    with MouseSpy(canvas) as told:
        mouse.move(x, y)
    assert told == ["fall-of-phnom-penh"]
    assert canvas.cursor().shape() == Qt.CursorShape.PointingHandCursor
    assert differs(bare, canvas.grab().toImage())
    mouse.move(*EMPTY)
    assert canvas.cursor().shape() == Qt.CursorShape.OpenHandCursor
    assert not differs(bare, canvas.grab().toImage())
    assert changes == []


class MouseSpy:
    """Collects what the canvas says is hovered."""

    def __init__(self, canvas: MapCanvas) -> None:
        self._canvas = canvas
        self._told: list[str] = []

    def __enter__(self) -> list[str]:
        self._canvas.hovered.connect(self._told.append)
        return self._told

    def __exit__(self, *_: object) -> None:
        self._canvas.hovered.disconnect(self._told.append)


def differs(one: QImage, other: QImage) -> bool:
    return one.convertToFormat(QImage.Format.Format_RGB32) != other.convertToFormat(
        QImage.Format.Format_RGB32
    )


def test_pointing_out_from_elsewhere_shows_the_halo(store: Store, canvas: MapCanvas) -> None:
    show(store, canvas, "war")
    bare = canvas.grab().toImage()
    canvas.point_out("fall-of-phnom-penh")
    assert differs(bare, canvas.grab().toImage())
    canvas.point_out("")
    assert not differs(bare, canvas.grab().toImage())


def test_the_picture_comes_without_halo(store: Store, canvas: MapCanvas) -> None:
    show(store, canvas, "war")
    bare = canvas.image()
    canvas.point_out("fall-of-phnom-penh")
    assert not differs(bare, canvas.image())


def test_it_tells_where_the_pointer_is(
    mouse: Mouse, canvas: MapCanvas, store: Store, library: Library
) -> None:
    told: list[tuple[float, float]] = []
    canvas.pointer_moved.connect(lambda lon, lat: told.append((lon, lat)))
    mouse.move(*at(store, library, "fall-of-phnom-penh"))
    assert told[-1] == pytest.approx((104.92, 11.56), abs=1e-6)


def test_leaving_forgets_the_pointer(qtbot: QtBot, canvas: MapCanvas) -> None:
    with qtbot.waitSignal(canvas.pointer_left):
        QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))


def test_a_new_size_reaches_the_store_and_is_no_step_to_undo(
    canvas: MapCanvas, store: Store, qtbot: QtBot
) -> None:
    canvas.resize(640, 500)
    qtbot.waitUntil(lambda: store.state.viewport_px == (640, 500))
    assert not store.can_undo


def test_a_view_that_fits_the_panel_goes_on_fitting_it(
    canvas: MapCanvas, store: Store, qtbot: QtBot
) -> None:
    box = STORY.panel("intro").bbox_deg
    assert store.state.camera == fit_bbox(box, SIZE)
    canvas.resize(500, 600)
    qtbot.waitUntil(lambda: store.state.viewport_px == (500, 600))
    assert store.state.camera == fit_bbox(box, (500, 600))


def test_a_view_of_ones_own_keeps_its_middle(canvas: MapCanvas, store: Store, qtbot: QtBot) -> None:
    store.do(actions.zoom(2))
    before = store.state.camera
    canvas.resize(700, 600)
    qtbot.waitUntil(lambda: store.state.viewport_px == (700, 600))
    assert (store.state.camera.x_m, store.state.camera.y_m) == (before.x_m, before.y_m)


def test_the_whole_earth_on_a_huge_canvas_breaks_nothing(
    canvas: MapCanvas, store: Store, mouse: Mouse
) -> None:
    canvas.resize(3000, 2000)
    for _ in range(12):
        mouse.wheel(10, 10, -120)
    mouse.move(2, 2)
    canvas.grab()
    assert store.state.camera.m_per_px > 5000


def test_opening_a_panel_flies_there_and_a_press_ends_the_flight(
    canvas: MapCanvas, store: Store, library: Library, mouse: Mouse, painted: Painted
) -> None:
    canvas.flight_ms = 60_000
    store.do(actions.fit((110.0, 20.0, 115.0, 25.0)), cause="map_canvas")
    start = store.state.camera
    assert painted() == start
    store.do(actions.open_panel(STORY.panel("war")), cause="contents")
    assert abs(painted().m_per_px / start.m_per_px - 1) < 0.01
    mouse.click(*at(store, library, "fall-of-phnom-penh"))
    assert store.state.selection == "fall-of-phnom-penh"
    assert painted() == store.state.camera


def test_a_flight_ends_where_the_store_is(
    canvas: MapCanvas, store: Store, qtbot: QtBot, picture: MapPicture, painted: Painted
) -> None:
    canvas.flight_ms = 40
    store.do(actions.fit((110.0, 20.0, 115.0, 25.0)), cause="somewhere else")
    qtbot.waitUntil(lambda: painted() == store.state.camera)
    assert picture.is_sharp
