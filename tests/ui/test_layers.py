from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QSlider,
    QStyle,
    QStyleOptionViewItem,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
)
from pytestqt.qtbot import QtBot

from atlas.app.library import Library
from atlas.app.picture import MapPicture
from atlas.core import actions
from atlas.core.resolve import resolve
from atlas.core.state import BASE_LAYERS
from atlas.core.store import Change, Store
from atlas.render.style import Style, load_style
from atlas.ui.layer_strip import LayerStrip
from atlas.ui.layers_dock import LayersPanel
from atlas.ui.legend_view import NOTHING, LegendView
from tests.app.fake_library import LAYERS, STORY, day

CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


@pytest.fixture
def panel(
    qtbot: QtBot, store: Store, library: Library, picture: MapPicture, style: Style
) -> Iterator[LayersPanel]:
    def scene_now() -> object:
        return resolve(store.state, library.atlas)

    made = LayersPanel(store, library, picture, style, scene_now)
    qtbot.addWidget(made)
    made.resize(260, 700)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close_down()


@pytest.fixture
def tree(panel: LayersPanel) -> QTreeWidget:
    found = panel.findChild(QTreeWidget, "layer_tree")
    assert found is not None
    return found


def item(tree: QTreeWidget, title: str) -> QTreeWidgetItem:
    (found,) = tree.findItems(title, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    return found


def click_box(qtbot: QtBot, tree: QTreeWidget, title: str) -> None:
    """Click a row's check box where the style draws it."""
    index = tree.indexFromItem(item(tree, title))
    option = QStyleOptionViewItem()
    option.initFrom(tree)
    option.rect = tree.visualRect(index)
    option.features = QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator
    part = QStyle.SubElement.SE_ItemViewItemCheckIndicator
    box: QRect = tree.style().subElementRect(part, option, tree)
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=box.center())


def test_overlays_come_first_and_every_layer_once(tree: QTreeWidget) -> None:
    groups = [tree.topLevelItem(i) for i in range(tree.topLevelItemCount())]
    assert [group.text(0) for group in groups] == ["The story", "The base map"]
    titles = [group.child(i).text(0) for group in groups for i in range(group.childCount())]
    assert sorted(titles) == sorted(layer.title for layer in LAYERS)
    assert titles[:2] == ["Bases in the north-east", "Events"]


def test_clicking_a_box_shows_and_hides(
    qtbot: QtBot, tree: QTreeWidget, store: Store, changes: list[Change]
) -> None:
    click_box(qtbot, tree, "Events")
    assert "events" not in store.state.layers
    click_box(qtbot, tree, "Events")
    assert "events" in store.state.layers
    assert [change.cause for change in changes] == ["layer_tree", "layer_tree"]


def test_clicking_a_row_s_words_shows_and_hides(
    qtbot: QtBot, tree: QTreeWidget, store: Store
) -> None:
    for title, layers in (("Events", {"events"}), ("The base map", set(BASE_LAYERS))):
        row = tree.visualItemRect(item(tree, title))
        words = QPoint(row.right() - 30, row.center().y())
        qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=words)
        assert not layers & store.state.layers
        qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=words)
        assert layers <= store.state.layers
        qtbot.mouseClick(tree.viewport(), Qt.MouseButton.RightButton, pos=words)
        assert layers <= store.state.layers


def test_space_on_a_row_shows_and_hides(qtbot: QtBot, tree: QTreeWidget, store: Store) -> None:
    tree.setCurrentItem(item(tree, "Towns"))
    qtbot.keyClick(tree, Qt.Key.Key_Space)
    assert "places" not in store.state.layers


def test_a_group_box_takes_all_or_none_in_one_step(
    qtbot: QtBot, tree: QTreeWidget, store: Store, changes: list[Change]
) -> None:
    base = {layer.id for layer in LAYERS if layer.group == "base"}
    assert base <= store.state.layers
    click_box(qtbot, tree, "The base map")
    assert not base & store.state.layers
    assert len(changes) == 1
    click_box(qtbot, tree, "The base map")
    assert base <= store.state.layers
    store.undo()
    assert not base & store.state.layers


def test_boxes_follow_the_state(tree: QTreeWidget, store: Store) -> None:
    assert item(tree, "The story").checkState(0) == CHECKED
    store.do(actions.show_layer("events", False))
    assert item(tree, "Events").checkState(0) == UNCHECKED
    assert item(tree, "The story").checkState(0) == Qt.CheckState.PartiallyChecked
    store.undo()
    assert item(tree, "The story").checkState(0) == CHECKED


def test_overlays_show_their_symbol_and_say_what_they_hold(tree: QTreeWidget) -> None:
    row = item(tree, "Bases in the north-east")
    assert not row.icon(0).isNull()
    assert row.toolTip(0) == "Headquarters and camps."


def test_no_row_is_cut_off(tree: QTreeWidget, panel: LayersPanel, qtbot: QtBot) -> None:
    for width in (200, 320):
        panel.resize(width, 700)
        qtbot.waitUntil(lambda: tree.height() >= tree.sizeHint().height())
        last = tree.visualItemRect(item(tree, "Towns"))
        assert last.bottom() <= tree.viewport().height()


def test_a_theme_changes_the_symbols(panel: LayersPanel, tree: QTreeWidget) -> None:
    panel.set_style(load_style("night"))
    assert not item(tree, "Events").icon(0).isNull()


def test_the_legend_tells_what_is_on_the_map(
    panel: LayersPanel, store: Store, qtbot: QtBot
) -> None:
    legend = panel.findChild(LegendView)
    assert legend is not None
    store.do(actions.open_panel(STORY.panel("bases")))
    qtbot.waitUntil(lambda: any("Headquarters" in e.words for e in legend.entries))
    assert "Headquarters" in legend.accessibleDescription()
    store.do(actions.set_day(day(1935, 1, 1), STORY))
    qtbot.waitUntil(lambda: not legend.entries)
    assert legend.accessibleDescription() == NOTHING
    assert not legend.grab().toImage().isNull()


def test_the_legend_is_as_tall_as_its_lines(panel: LayersPanel, store: Store, qtbot: QtBot) -> None:
    legend = panel.findChild(LegendView)
    store.do(actions.open_panel(STORY.panel("bases")))
    qtbot.waitUntil(lambda: len(legend.entries) > 2)
    empty = legend.childAt(QPoint(5, 5))
    assert empty is None
    assert legend.sizeHint().height() >= 20 * len(legend.entries)


def test_base_layers_of_the_state_are_the_story_s() -> None:
    assert set(BASE_LAYERS) == {layer.id for layer in LAYERS if layer.group == "base"}


def stand_on(tree: QTreeWidget, title: str) -> None:
    tree.setCurrentItem(item(tree, title))


def test_a_layer_alone_and_back_is_a_step_each(
    qtbot: QtBot, panel: LayersPanel, tree: QTreeWidget, store: Store, changes: list[Change]
) -> None:
    stand_on(tree, "Events")
    button = panel.findChild(QToolButton, "layer_alone")
    assert button.text() == "Only this layer"
    before = store.state
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert store.state.shown_layers - frozenset(BASE_LAYERS) == {"events"}
    assert button.text() == "Show the others again"
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert store.state == before
    store.undo()
    assert store.state.solo == "events"
    store.undo()
    assert store.state == before
    assert [change.cause for change in changes[:2]] == ["layer_strip", "layer_strip"]


def test_what_is_hidden_by_another_alone_is_greyed_in_any_theme(
    panel: LayersPanel, tree: QTreeWidget, store: Store
) -> None:
    store.do(actions.show_alone("events"))
    for theme in ("paper", "night"):
        inks = load_style(theme)
        panel.set_style(inks)
        hidden, shown = item(tree, "Bases in the north-east"), item(tree, "Events")
        assert hidden.foreground(0).color() == inks.color("text_soft")
        assert shown.foreground(0).color() == inks.color("text")


def test_the_opacity_of_a_layer_by_keys_and_undone(
    qtbot: QtBot, panel: LayersPanel, tree: QTreeWidget, store: Store, library: Library
) -> None:
    store.do(actions.set_day(day(1979, 1, 7), STORY))
    stand_on(tree, "Events")
    slider = panel.findChild(QSlider, "layer_opacity")
    assert "Events" in slider.accessibleName()
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    assert store.state.opacity == (("events", 80),)
    assert item(tree, "Events (80\u202f%)")
    scene = resolve(store.state, library.atlas)
    (mark,) = (m for m in scene.marks if m.feature_id == "fall-of-phnom-penh")
    assert (mark.ink, mark.strength) == (1.0, 0.8), "faint by choice is not fading by date"
    store.undo()
    assert slider.value() == 90


def test_the_list_keeps_room_for_titles_with_their_opacity(
    panel: LayersPanel, tree: QTreeWidget, store: Store, qtbot: QtBot
) -> None:
    panel.resize(190, 700)
    for layer in LAYERS:
        store.do(actions.set_opacity(layer.id, 40))
    last = tree.topLevelItem(1).child(4)
    qtbot.waitUntil(lambda: tree.viewport().rect().contains(tree.visualItemRect(last)))


def test_nothing_is_offered_for_no_layer_and_names_stay_full(
    panel: LayersPanel, tree: QTreeWidget
) -> None:
    strip = panel.findChild(LayerStrip, "layer_strip")
    assert not strip.isVisible()
    stand_on(tree, "Towns")
    assert strip.isVisible()
    assert not panel.findChild(QSlider, "layer_opacity").isEnabled()


def test_the_base_map_fades_too(
    store: Store, library: Library, picture: MapPicture, panel: LayersPanel
) -> None:
    full = resolve(store.state, library.atlas)
    store.do(actions.set_opacity("polities", 30))
    faint = resolve(store.state, library.atlas)
    assert (full.strength("polities"), faint.strength("polities")) == (1.0, 0.3)
