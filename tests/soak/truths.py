"""What must be true of a window after whatever was done to it: all its parts show one state."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QSlider,
    QTreeWidget,
    QWidget,
)

from atlas.app.session import state_from_json, state_to_json
from atlas.core.link import link_to, read_link
from atlas.core.panes import panes
from atlas.core.state import STEPS, State
from atlas.core.words import day_in_words, days_in_words, short_date
from atlas.ui.menus import FURNITURE_WORDS, NAME_WORDS, PROJECTION_WORDS, THEME_WORDS
from atlas.ui.window import MainWindow
from tests.soak.hands import part

_BY_LINK = ("day", "panel", "layers", "selection", "range_days", "solo", "opacity")
_OF_A_SCENE = ("day", "camera", "size_px", "selection", "theme", "furniture", "marks", "areas")


def untruths(window: MainWindow, state: State) -> list[str]:
    """Return in words whatever in the window does not show the state."""
    said = (*_dates(window, state), *_panel(window, state), *_layers(window, state))
    return [*said, *_map(window, state), *_menus(window, state), *_kept(window, state)]


def _differs(name: str, shown: object, due: object) -> Iterator[str]:
    if shown != due:
        yield f"{name}: shows {shown!r}, not {due!r}"


def _dates(window: MainWindow, state: State) -> Iterator[str]:
    field = part(window, QLineEdit, "date_edit")
    other = part(window, QLineEdit, "other_date_edit")
    compared = state.other_day is not None
    if not field.hasFocus():
        words = days_in_words(state.first_day, state.day)
        short = compared and not state.range_days
        yield from _differs("date field", field.text(), short_date(state.day) if short else words)
    yield from _differs("second date field", not other.isHidden(), compared)
    if compared and not other.hasFocus():
        yield from _differs("second date", other.text(), short_date(state.other_day or 0))
    track = part(window, QWidget, "time_track")
    due = days_in_words(state.first_day, state.day)
    yield from _differs("track", track.date_text, due)
    yield from _differs("status line", part(window, QLabel, "status_date").text(), due)
    steps = part(window, QComboBox, "step_box")
    yield from _differs("step box", STEPS[steps.currentIndex()], state.step)
    told = track.accessibleDescription()
    title = window.library.atlas.story.panel_at(state.day).title
    yield from _differs("what the track tells", told, f"{due}, told in: {title}")


def _panel(window: MainWindow, state: State) -> Iterator[str]:
    story = window.library.atlas.story
    panel = story.panel(state.panel)
    number = story.panels.index(panel) + 1
    yield from _differs("heading", part(window, QLabel, "panel_title").text(), panel.title)
    words = f"{number} of {len(story.panels)}"
    yield from _differs("panel's number", part(window, QLabel, "panel_number").text(), words)
    contents = part(window, QListWidget, "contents_list")
    rows = [contents.item(row) for row in range(contents.count())]
    bold = [row + 1 for row, item in enumerate(rows) if item.font().bold()]
    yield from _differs("contents", bold, [number])


def _layers(window: MainWindow, state: State) -> Iterator[str]:
    tree = part(window, QTreeWidget, "layer_tree")
    ticked = set()
    for item in tree.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive):
        layer = item.data(0, Qt.ItemDataRole.UserRole)
        if layer and item.checkState(0) == Qt.CheckState.Checked:
            ticked.add(layer)
    yield from _differs("layer ticks", sorted(ticked), sorted(state.layers))
    current = tree.currentItem()
    layer = current.data(0, Qt.ItemDataRole.UserRole) if current else None
    if layer or state.solo:
        shown = part(window, QSlider, "layer_opacity").value()
        yield from _differs("opacity", shown, state.opacity_of(layer or state.solo))


def _map(window: MainWindow, state: State) -> Iterator[str]:
    canvas = window.canvas
    yield from _differs("map's size", (canvas.width(), canvas.height()), state.viewport_px)
    shown, due = canvas.panes, panes(state, window.library.atlas)
    yield from _differs("maps", len(shown), len(due))
    for one, other in zip(shown, due, strict=False):
        for name in _OF_A_SCENE:
            if getattr(one.scene, name) != getattr(other.scene, name):
                yield f"the map shows another {name}"
    handle = part(window, QWidget, "swipe_handle")
    yield from _differs("handle", not handle.isHidden(), state.comparison.mode == "swipe")
    card = part(window, QWidget, "identify_card")
    known = state.selection in window.library.atlas.feature_by_id
    yield from _differs("card", not card.isHidden(), known)
    told = canvas.accessibleDescription().partition(". Drag to move")[0]
    title = window.library.atlas.story.panel(state.panel).title
    yield from _differs("what the map tells", told, title)


def _menus(window: MainWindow, state: State) -> Iterator[str]:
    entries = window.menus.actions
    history = (entries["undo"].isEnabled(), entries["redo"].isEnabled())
    yield from _differs("undo and redo", history, (_can_undo(window), _can_redo(window)))
    view = window.menus.menus["View"]
    for name, words, ids in (
        ("Theme", THEME_WORDS, {state.theme}),
        ("Names", NAME_WORDS, {state.name_language}),
        ("Projection", PROJECTION_WORDS, {state.camera.projection.key}),
        ("On the map", FURNITURE_WORDS, state.furniture),
    ):
        menu = next(a.menu() for a in view.actions() if a.text() == name)
        ticked = {a.text() for a in menu.actions() if a.isChecked()}
        yield from _differs(f"menu {name}", ticked, {words[one] for one in ids})


def _can_undo(window: MainWindow) -> bool:
    return window.canvas._store.can_undo


def _can_redo(window: MainWindow) -> bool:
    return window.canvas._store.can_redo


def _kept(window: MainWindow, state: State) -> Iterator[str]:
    """Session and link bring the state back."""
    atlas = window.library.atlas
    again = state_from_json(state_to_json(state), atlas)
    if again != state:
        yield f"the session: {again} is not {state}"
    linked = read_link(link_to(state, atlas.story), atlas, state)
    yield from (f"the link: {remark}" for remark in linked.remarks)
    for name in _BY_LINK:
        yield from _differs(f"the link's {name}", getattr(linked.state, name), getattr(state, name))
    if linked.state.other_day is not None or state.other_day is not None:
        words = [day_in_words(day or 0) for day in (linked.state.other_day, state.other_day)]
        yield from _differs("the link's second date", *words)


def left_open() -> list[str]:
    """Return what still lies over the window."""
    over = QApplication.activePopupWidget() or QApplication.activeModalWidget()
    return [f"{over.objectName() or type(over).__name__} is still open"] if over else []
