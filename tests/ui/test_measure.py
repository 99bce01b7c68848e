"""The measuring tool, used with real mouse and keys on a whole window."""

from __future__ import annotations

import re

import pytest
from pyproj import Geod
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from atlas.core import actions
from atlas.core.model import PointDeg
from atlas.core.projection import PROJECTION_KEYS, projection_named
from atlas.core.viewport import lonlat_at, to_px
from atlas.ui.measure import HOW_TO, OUTSIDE, MeasureTool
from tests.app.fake_library import STORY
from tests.ui.conftest import Mouse
from tests.ui.whole_window import Atlas

GEOD = Geod(ellps="WGS84")
PHNOM_PENH, BEIJING, VIENTIANE = (104.916, 11.5625), (116.3972, 39.9075), (102.6, 17.97)
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def mouse(atlas: Atlas, qtbot: QtBot) -> Mouse:
    atlas.store.do(actions.fit((95.0, 5.0, 125.0, 44.0)))
    return Mouse(atlas.window.canvas, qtbot)


def px(atlas: Atlas, place: PointDeg) -> tuple[float, float]:
    state = atlas.store.state
    there_m = state.camera.projection.forward(*place)
    return to_px(state.camera, state.viewport_px, *there_m)


def tool_of(atlas: Atlas) -> MeasureTool:
    return atlas.window.commands.measuring


def said(atlas: Atlas) -> str:
    return atlas.window.status.currentMessage()


@pytest.mark.parametrize("key", PROJECTION_KEYS)
def test_phnom_penh_to_beijing_in_every_projection(atlas: Atlas, mouse: Mouse, key: str) -> None:
    atlas.store.do(actions.choose_projection(projection_named(key)))
    atlas.press(Qt.Key.Key_M)
    for place in (PHNOM_PENH, BEIJING):
        mouse.click(*px(atlas, place))
    bearing_deg, _, length_m = GEOD.inv(*PHNOM_PENH, *BEIJING)
    (leg,) = tool_of(atlas).measurement.legs
    assert leg.length_m == pytest.approx(length_m, rel=1e-6)
    assert leg.bearing_deg == pytest.approx(bearing_deg, abs=0.001)
    told = re.fullmatch(r"([\d,]+) km, bearing 018°\.", said(atlas))
    assert told
    assert float(told[1].replace(",", "")) * 1000 == pytest.approx(length_m, rel=0.001)


@pytest.mark.parametrize("key", PROJECTION_KEYS)
def test_an_area_is_closed_on_its_first_point(atlas: Atlas, mouse: Mouse, key: str) -> None:
    atlas.store.do(actions.choose_projection(projection_named(key)))
    atlas.press(Qt.Key.Key_M)
    corners = (PHNOM_PENH, BEIJING, VIENTIANE)
    for place in corners:
        mouse.click(*px(atlas, place))
    x, y = px(atlas, PHNOM_PENH)
    mouse.click(x + 5, y - 5)
    assert tool_of(atlas).measurement.closed
    area_m2, _ = GEOD.polygon_area_perimeter(*zip(*corners, strict=True))
    assert tool_of(atlas).measurement.area_m2 == pytest.approx(abs(area_m2), rel=1e-4)
    assert re.fullmatch(r"Area [\d,]+ km², perimeter [\d,]+ km\.", said(atlas))


def test_what_is_measured_stays_on_the_ground_while_the_map_moves(
    atlas: Atlas, mouse: Mouse
) -> None:
    atlas.press(Qt.Key.Key_M)
    for place in (PHNOM_PENH, BEIJING):
        mouse.click(*px(atlas, place))
    before = tool_of(atlas).measurement
    camera = atlas.store.state.camera
    mouse.drag((300.0, 200.0), (340.0, 230.0))
    mouse.wheel(300.0, 200.0, 120)
    atlas.store.do(actions.choose_projection(projection_named("mercator")))
    assert atlas.store.state.camera != camera
    assert tool_of(atlas).measurement == before


def test_clicks_select_again_once_measuring_ends(atlas: Atlas, mouse: Mouse) -> None:
    atlas.store.do(actions.reveal("office-100", atlas.library.atlas))
    atlas.store.do(actions.select(""))
    atlas.window.canvas.repaint()
    mark = px(atlas, atlas.library.atlas.feature_by_id["office-100"].lonlat_deg)
    atlas.press(Qt.Key.Key_M)
    assert atlas.action("measure_action").isChecked()
    assert atlas.window.canvas.cursor().shape() == Qt.CursorShape.CrossCursor
    assert said(atlas) == HOW_TO
    mouse.click(*mark)
    assert atlas.store.state.selection == ""
    atlas.press(Qt.Key.Key_Escape)
    assert not atlas.action("measure_action").isChecked()
    assert atlas.window.canvas.cursor().shape() != Qt.CursorShape.CrossCursor
    mouse.click(*mark)
    assert atlas.store.state.selection == atlas.picture.hit(*mark)[0]


def test_measuring_closes_the_card(atlas: Atlas) -> None:
    atlas.store.do(actions.reveal("office-100", atlas.library.atlas))
    assert atlas.window.card.isVisible()
    atlas.press(Qt.Key.Key_M)
    assert not atlas.window.card.isVisible()
    assert tool_of(atlas).active


def test_keys_take_back_copy_and_toggle(atlas: Atlas, mouse: Mouse) -> None:
    atlas.action("measure_action").trigger()
    for place in (PHNOM_PENH, VIENTIANE, BEIJING):
        mouse.click(*px(atlas, place))
    assert said(atlas).startswith("Leg 2: ")
    atlas.press(Qt.Key.Key_Backspace)
    assert len(tool_of(atlas).measurement.points) == 2
    atlas.press(Qt.Key.Key_C, CONTROL)
    assert "bearing" in QApplication.clipboard().text()
    assert "WGS84" in QApplication.clipboard().text()
    for _ in range(3):
        atlas.press(Qt.Key.Key_Backspace)
    assert tool_of(atlas).measurement.points == ()
    assert said(atlas) == HOW_TO
    atlas.press(Qt.Key.Key_M)
    assert not tool_of(atlas).active


def test_measuring_without_a_mouse(atlas: Atlas, mouse: Mouse) -> None:
    atlas.press(Qt.Key.Key_M)
    middles = []
    for _ in range(2):
        atlas.press(Qt.Key.Key_Return)
        state = atlas.store.state
        width, height = state.viewport_px
        middles.append(lonlat_at(state.camera, state.viewport_px, width // 2, height // 2))
        atlas.press(Qt.Key.Key_Right, CONTROL)
    for point, middle in zip(tool_of(atlas).measurement.points, middles, strict=True):
        assert point == pytest.approx(middle, abs=0.2)
    assert tool_of(atlas).measurement.length_m > 10_000


def test_a_second_click_in_a_row_sets_no_second_point_and_zooms_nothing(
    atlas: Atlas, mouse: Mouse
) -> None:
    atlas.press(Qt.Key.Key_M)
    camera = atlas.store.state.camera
    mouse.click(300, 200)
    mouse.double_click(300, 200)
    assert len(tool_of(atlas).measurement.points) == 1
    assert atlas.store.state.camera == camera


def test_beyond_the_region_nothing_is_measured(atlas: Atlas, mouse: Mouse) -> None:
    atlas.store.do(actions.fit((72.0, -2.0, 136.0, 54.0)))
    atlas.press(Qt.Key.Key_M)
    mouse.click(3, 3)
    assert tool_of(atlas).measurement.points == ()
    assert said(atlas) == OUTSIDE


def test_the_line_is_painted_along_its_course(atlas: Atlas, mouse: Mouse) -> None:
    """In plate carrée the shortest way to the north-east bends above the straight line."""
    atlas.store.do(actions.choose_projection(projection_named("plate-carree")))
    atlas.store.do(actions.fit((75.0, 10.0, 135.0, 53.0)))
    start, end = (80.0, 40.0), (130.0, 40.0)
    middle = GEOD.npts(*start, *end, 1)[0]
    x, y = map(round, px(atlas, middle))
    flat = round(px(atlas, start)[1])
    assert y < flat - 20
    ink = atlas.window.canvas.grab().toImage().pixelColor(x, y)
    atlas.press(Qt.Key.Key_M)
    mouse.click(*px(atlas, start))
    mouse.click(*px(atlas, end))
    mouse.widget.leaveEvent(None)
    image = atlas.window.canvas.grab().toImage()
    near = [image.pixelColor(x + 90, row).name() for row in range(y - 12, y + 40)]
    focus = atlas.window.canvas._style.color("focus").name()
    assert focus in near
    assert ink.name() != focus


def test_enter_sets_the_middle_of_one_of_two_maps(atlas: Atlas, mouse: Mouse) -> None:
    atlas.press(Qt.Key.Key_M)
    atlas.press(Qt.Key.Key_Return)
    (alone,) = tool_of(atlas).measurement.points
    atlas.press(Qt.Key.Key_Backspace)
    atlas.store.do(actions.compare("side", STORY))
    atlas.press(Qt.Key.Key_Return)
    (beside,) = tool_of(atlas).measurement.points
    assert beside == pytest.approx(alone, abs=0.1)
