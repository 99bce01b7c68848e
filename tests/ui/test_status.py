from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from atlas.app.library import Library
from atlas.core import actions
from atlas.core.panes import panes
from atlas.core.state import BASE_LAYERS
from atlas.core.store import Store
from atlas.core.viewport import MIN_M_PER_PX
from atlas.ui.status import StatusLine, scale_in_words
from tests.app.fake_library import STORY, day
from tests.records import replace


@pytest.fixture
def line(qtbot: QtBot, store: Store) -> Iterator[StatusLine]:
    made = StatusLine(store)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close_down()


def text(line: StatusLine, name: str) -> str:
    label = line.findChild(QLabel, name)
    assert label is not None
    return label.text()


@pytest.mark.parametrize(
    ("denominator", "words"),
    [(12_692_913.4, "1:12,700,000"), (512_345, "1:510,000"), (2_449_999, "1:2,400,000"),
     (45_354_330, "1:45,400,000"), (9.4, "1:9")],
)  # fmt: skip
def test_scales_are_rounded_to_what_helps(denominator: float, words: str) -> None:
    assert scale_in_words(denominator) == words


def test_it_tells_position_scale_and_date(line: StatusLine, store: Store) -> None:
    line.show_position(104.92, 11.56)
    assert text(line, "status_position") == "11.56° N  104.92° E"
    line.clear_position()
    assert text(line, "status_position") == ""
    store.do(actions.set_day(day(1979, 1, 7), STORY))
    assert text(line, "status_date") == "7 January 1979"
    assert text(line, "status_scale").startswith("1:")


def test_it_warns_when_the_map_is_only_schematic(line: StatusLine, store: Store) -> None:
    assert text(line, "status_hint") == ""
    camera = replace(store.state.camera, m_per_px=MIN_M_PER_PX)
    store.do(actions.set_camera(camera))
    assert "Schematic" in text(line, "status_hint")


def test_it_says_why_the_map_is_empty(line: StatusLine, store: Store) -> None:
    for layer in store.state.layers - frozenset(BASE_LAYERS):
        store.do(actions.show_layer(layer, False))
    assert "layers are off" in text(line, "status_hint")


def test_a_notice_is_shown(line: StatusLine, qapp: QApplication) -> None:
    line.notice("Copied.")
    assert line.currentMessage() == "Copied."


def test_the_scale_is_that_of_one_of_two_maps(
    line: StatusLine, store: Store, library: Library
) -> None:
    alone = store.state.camera.scale_denominator
    store.do(actions.compare("side", STORY))
    drawn = panes(store.state, library.atlas)[0].scene.camera.scale_denominator
    assert drawn > 1.5 * alone
    assert text(line, "status_scale") == scale_in_words(drawn)
    store.do(actions.compare("off", STORY))
    assert text(line, "status_scale") == scale_in_words(alone)
