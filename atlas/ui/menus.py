"""Builds the menu bar and every shortcut from the table of commands.

Floor: ui; neighbours: commands (the table), window_commands (what they do). Choices that follow
the state (panel, step, furniture, theme) are made here and ticked from the state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from threading import Thread
from typing import Final

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from atlas.app.key_choices import KeyChoices
from atlas.core import actions
from atlas.core.model import Story
from atlas.core.projection import projection_named
from atlas.core.state import STEPS, State
from atlas.core.store import Action, Change, Store
from atlas.ui.commands import COMMANDS, MENUS, Command

CAUSE: Final = "menu"
STEP_WORDS: Final = {"day": "Day", "week": "Week", "month": "Month", "year": "Year"}
FURNITURE_WORDS: Final = {
    "date": "Date",
    "title": "Title",
    "legend": "Legend",
    "scale_bar": "Scale bar",
    "north_arrow": "North arrow",
    "graticule": "Graticule",
    "overview": "Overview map",
    "credits": "Credits",
}
PROJECTION_WORDS: Final = {
    "laea": "Equal areas (Lambert azimuthal)",
    "lcc": "True angles (Lambert conformal conic)",
    "mercator": "Web Mercator",
    "plate-carree": "Plate carrée",
}
THEME_WORDS: Final = {"paper": "Paper", "night": "Night", "print": "Black and white"}
_TICKED: Final = frozenset(
    (
        "furniture",
        "attested_only",
        "by_alignment",
        "theme",
        "name_language",
        "step",
        "panel",
        "comparison",
    )
)
COMPARE_WORDS: Final = {"off": "Off", "swipe": "Under a handle", "side": "Side by side"}
NAME_WORDS: Final = {
    "english": "English",
    "local": "Local, in their own script",
    "both": "English and local",
}


class Menus:
    """The window's menus and actions; `actions` holds every command's action by id."""

    def __init__(
        self,
        window: QMainWindow,
        store: Store,
        story: Story,
        handlers: Mapping[str, Callable[[], None]],
        keys: KeyChoices,
    ) -> None:
        self._keys = keys
        self._window, self._store, self._story = window, store, story
        self.actions: dict[str, QAction] = {}
        self.menus: dict[str, QMenu] = {}
        self._ticks: list[tuple[QAction, Callable[[State], bool]]] = []
        self._groups: list[QActionGroup] = []
        for menu in MENUS:
            self.menus[menu] = window.menuBar().addMenu(f"&{menu}")
            self._add_commands(menu, handlers)
        self._add_choices()
        self._unsubscribe = store.subscribe(self._on_change)
        self._show_state()
        self.show_keys()

    def show_keys(self) -> None:
        """Take the keys in force."""
        for name, action in self.actions.items():
            action.setShortcuts([QKeySequence(key) for key in self._keys.keys(name)])

    def close_down(self) -> None:
        """Stop listening to the store."""
        self._unsubscribe()

    def _add_commands(self, menu: str, handlers: Mapping[str, Callable[[], None]]) -> None:
        section = 0
        for command in COMMANDS:
            if command.menu != menu:
                continue
            if command.section != section:
                self.menus[menu].addSeparator()
                section = command.section
            action = _action(command, self._window)
            action.triggered.connect(_calling(handlers[command.id]))
            self.menus[menu].addAction(action)
            # On the window too: hidden menu bars keep their shortcuts that way.
            self._window.addAction(action)
            self.actions[command.id] = action

    def _add_choices(self) -> None:
        view, time, go = self.menus["View"], self.menus["Time"], self.menus["Go"]
        furniture = view.addMenu("On the map")
        for item, words in FURNITURE_WORDS.items():
            self._tick(furniture, words, _has_furniture(item), _toggled_furniture(item))
        self._tick(view, "Attested only", _is_attested_only, _toggled_attested_only)
        self._tick(view, "Tint by alignment", _is_by_alignment, _toggled_by_alignment)
        compared = view.addMenu("Ways to compare")
        self._choice(
            compared,
            (
                (words, _compares(mode), actions.compare(mode, self._story))
                for mode, words in COMPARE_WORDS.items()
            ),
        )
        self._add_looks(view)
        step = time.addMenu("Step")
        self._choice(step, ((STEP_WORDS[s], _has_step(s), actions.set_step(s)) for s in STEPS))
        go.addSeparator()
        self._choice(
            go,
            (
                (f"{number}  {panel.title}", _has_panel(panel.id), actions.open_panel(panel))
                for number, panel in enumerate(self._story.panels, 1)
            ),
        )

    def _add_looks(self, view: QMenu) -> None:
        theme = view.addMenu("Theme")
        self._choice(
            theme, ((w, _has_theme(t), actions.set_theme(t)) for t, w in THEME_WORDS.items())
        )
        names = view.addMenu("Names")
        self._choice(
            names,
            (
                (words, _has_names(language), actions.set_name_language(language))
                for language, words in NAME_WORDS.items()
            ),
        )
        projection = view.addMenu("Projection")
        projection.setObjectName("projection_menu")
        projection.aboutToShow.connect(read_ahead)
        self._choice(
            projection,
            (
                (words, _has_projection(key), _chosen(key))
                for key, words in PROJECTION_WORDS.items()
            ),
        )

    def _choice(
        self, menu: QMenu, rows: Iterable[tuple[str, Callable[[State], bool], Action]]
    ) -> None:
        group = QActionGroup(self._window)
        self._groups.append(group)
        for words, holds, action in rows:
            group.addAction(self._tick(menu, words, holds, action))

    def _tick(
        self, menu: QMenu, words: str, holds: Callable[[State], bool], action: Action
    ) -> QAction:
        entry = menu.addAction(words.replace("&", "&&"))
        entry.setCheckable(True)
        entry.triggered.connect(_calling(lambda: self._store.do(action, cause=CAUSE)))
        self._ticks.append((entry, holds))
        return entry

    def _on_change(self, change: Change) -> None:
        reprojected = change.old.camera.projection != change.new.camera.projection
        if reprojected or change.fields & _TICKED:
            self._show_state()
        self._show_history()

    def _show_state(self) -> None:
        state = self._store.state
        for entry, holds in self._ticks:
            entry.setChecked(holds(state))
        self._show_history()

    def _show_history(self) -> None:
        self.actions["undo"].setEnabled(self._store.can_undo)
        self.actions["redo"].setEnabled(self._store.can_redo)


@cache
def read_ahead() -> Thread:
    """Read in what moves maps while the reader still chooses; once, in the background."""

    def read() -> None:
        import geodata.reproject  # noqa: F401 - for numpy's sake

    thread = Thread(target=read, name="atlas-read-ahead", daemon=True)
    thread.start()
    return thread


def _action(command: Command, window: QMainWindow) -> QAction:
    action = QAction(command.text, window)
    action.setObjectName(f"{command.id}_action")
    action.setCheckable(command.checkable)
    action.setMenuRole(QAction.MenuRole.NoRole)
    if command.id == "quit":
        action.setMenuRole(QAction.MenuRole.QuitRole)
    return action


def _calling(handler: Callable[[], None]) -> Callable[..., None]:
    """Drop the `checked` argument that Qt passes along."""
    return lambda *_: handler()


def _has_furniture(item: str) -> Callable[[State], bool]:
    return lambda state: item in state.furniture


def _has_theme(theme: str) -> Callable[[State], bool]:
    return lambda state: state.theme == theme


def _has_names(language: str) -> Callable[[State], bool]:
    return lambda state: state.name_language == language


def _has_projection(key: str) -> Callable[[State], bool]:
    return lambda state: state.camera.projection.key == key


def _chosen(key: str) -> Action:
    return lambda state: actions.choose_projection(projection_named(key))(state)


def _compares(mode: str) -> Callable[[State], bool]:
    return lambda state: state.comparison.mode == mode


def _has_step(step: str) -> Callable[[State], bool]:
    return lambda state: state.step == step


def _has_panel(panel_id: str) -> Callable[[State], bool]:
    return lambda state: state.panel == panel_id


def _is_attested_only(state: State) -> bool:
    return state.attested_only


def _toggled_attested_only(state: State) -> State:
    return actions.show_attested_only(not state.attested_only)(state)


def _is_by_alignment(state: State) -> bool:
    return state.by_alignment


def _toggled_by_alignment(state: State) -> State:
    return actions.tint_by_alignment(not state.by_alignment)(state)


def _toggled_furniture(item: str) -> Action:
    return lambda state: actions.show_furniture(item, item not in state.furniture)(state)
