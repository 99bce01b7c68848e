"""What the commands that look around on the map do: zoom, pan, walk from mark to mark.

Floor: ui; neighbours: window_commands, which adds all the others; map_moves, mark_walk.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from atlas.core import actions
from atlas.core.store import Action, Store
from atlas.ui.map_moves import ZOOM_STEP, pan_by_share
from atlas.ui.mark_walk import neighbour_mark

if TYPE_CHECKING:
    from atlas.ui.measure import MeasureTool
    from atlas.ui.window import MainWindow

CAUSE: Final = "keys"
REST_MS: Final = 700


class MapCommands(QObject):
    """Carries out what is done to the map. A held or repeated key undoes as one step."""

    def __init__(self, window: MainWindow, store: Store) -> None:
        super().__init__(window)
        self._window, self._store = window, store
        self._story = window.library.atlas.story
        self._runs = 0
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(store.end_gesture)

    def close_down(self) -> None:
        """Stop the clock."""
        self._rest.stop()

    def _do(self, action: Action) -> None:
        self._store.do(action, cause=CAUSE)

    def _do_again(self, action: Action, kind: str) -> None:
        """Do one of a run of like actions, which undo together until the keys rest."""
        if not self._rest.isActive():
            self._runs += 1
        self._rest.start()
        self._store.do(action, cause=CAUSE, gesture=f"{kind}-{self._runs}")

    def zoom_in(self) -> None:
        """Come closer at the middle of the map."""
        self._do_again(actions.zoom(ZOOM_STEP), "zoom")

    def zoom_out(self) -> None:
        """Step back at the middle of the map."""
        self._do_again(actions.zoom(1 / ZOOM_STEP), "zoom")

    def zoom_home(self) -> None:
        """Show what the open panel shows."""
        self._do(actions.fit(self._story.panel(self._store.state.panel).bbox_deg))

    def pan_left(self) -> None:
        """Show more of the west."""
        self._pan(1, 0)

    def pan_right(self) -> None:
        """Show more of the east."""
        self._pan(-1, 0)

    def pan_up(self) -> None:
        """Show more of the north."""
        self._pan(0, 1)

    def pan_down(self) -> None:
        """Show more of the south."""
        self._pan(0, -1)

    def _pan(self, right: int, down: int) -> None:
        self._do_again(pan_by_share(right, down, self._store.state.viewport_px), "pan")

    @cached_property
    def measuring(self) -> MeasureTool:
        """What measures, made when first asked for."""
        from atlas.ui.measure import MeasureTool

        tool = MeasureTool(self._window.canvas, self._window.status.notice)
        tool.ended.connect(self._show_measuring)
        return tool

    def measure(self) -> None:
        """Measure on the map, or stop measuring."""
        if self.measuring.active:
            self.measuring.end()
        else:
            # An open card would lie over what is measured.
            self._do(actions.select(""))
            self.measuring.start()
        self._show_measuring()

    def _show_measuring(self) -> None:
        self._window.menus.actions["measure"].setChecked(self.measuring.active)

    def next_mark(self) -> None:
        """Select the mark that follows on the map, in reading order."""
        self._walk(1)

    def previous_mark(self) -> None:
        """Select the mark before on the map, in reading order."""
        self._walk(-1)

    def _walk(self, offset: int) -> None:
        found = neighbour_mark(self._window.canvas.scene, offset)
        if found:
            self._do(actions.select(found))
        else:
            self._window.status.notice("There is no mark in view.")
