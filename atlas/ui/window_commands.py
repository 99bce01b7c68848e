"""What the window's commands do, one method a command, named by its id in the table.

Floor: ui; neighbours: commands (the table), menus, window (whose parts they use).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from atlas.core import actions
from atlas.core.store import Action, Store
from atlas.ui.commands import COMMANDS
from atlas.ui.map_moves import ZOOM_STEP, pan_by_share
from atlas.ui.next_change import next_change_day

if TYPE_CHECKING:
    from atlas.ui.window import MainWindow

CAUSE: Final = "keys"
REST_MS: Final = 700


class WindowCommands(QObject):
    """Carries the commands out. A held or repeated key undoes as one step."""

    def __init__(self, window: MainWindow, store: Store) -> None:
        super().__init__(window)
        self._window, self._store = window, store
        self._story = window.library.atlas.story
        self._runs = 0
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(store.end_gesture)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what to call for each command that stands in a menu."""
        return {command.id: getattr(self, command.id) for command in COMMANDS if command.menu}

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

    # File and Edit

    def export(self) -> None:
        """Open the export dialog."""
        from atlas.ui.export_dialog import ExportDialog

        ExportDialog(self._window.library, self._store.state, self._window).exec()

    def copy_picture(self) -> None:
        """Put the map as it is shown on the clipboard."""
        QApplication.clipboard().setImage(self._window.canvas.image())
        self._window.status.notice("The picture of the map is on the clipboard.")

    def quit(self) -> None:
        """Close the window, and with it the atlas."""
        self._window.close()

    def undo(self) -> None:
        """Go one step back."""
        self._store.undo()

    def redo(self) -> None:
        """Go one step forward again."""
        self._store.redo()

    # View

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

    def full_screen(self) -> None:
        """Fill the screen, or stop filling it."""
        if self._window.isFullScreen():
            self._window.showNormal()
        else:
            self._window.showFullScreen()

    def map_and_text(self) -> None:
        """Show the map and the text alone, or everything again."""
        self._window.show_map_and_text_only(not self._window.map_and_text_only)

    # Go and Time

    def next_panel(self) -> None:
        """Open the next panel."""
        self._turn(1)

    def previous_panel(self) -> None:
        """Open the panel before."""
        self._turn(-1)

    def _turn(self, offset: int) -> None:
        panel = actions.neighbour_panel(self._story, self._store.state.panel, offset)
        if panel is not None:
            self._do(actions.open_panel(panel))

    def go_to_date(self) -> None:
        """Put the cursor into the date field."""
        self._window.time_dock.show()
        self._window.time_bar.edit_date()

    def search(self) -> None:
        """Put the cursor into the search field, shown for the while if the menus are hidden."""
        self._window.menuBar().show()
        self._window.search.begin()

    def play(self) -> None:
        """Let the date run, or stop it."""
        self._window.time_bar.toggle_play()

    def step_forward(self) -> None:
        """Go one step later."""
        self._step(1)

    def step_back(self) -> None:
        """Go one step earlier."""
        self._step(-1)

    def month_forward(self) -> None:
        """Go one month later."""
        self._step(1, "month")

    def month_back(self) -> None:
        """Go one month earlier."""
        self._step(-1, "month")

    def next_change(self) -> None:
        """Go to the next day on which something in view changes."""
        self._to_change(1)

    def previous_change(self) -> None:
        """Go to the last day before on which something in view changed."""
        self._to_change(-1)

    def _to_change(self, direction: int) -> None:
        day = next_change_day(self._store.state, self._window.library.atlas, direction)
        if day is None:
            self._window.status.notice("Nothing in view changes any more in that direction.")
        else:
            self._go_to(actions.set_day(day, self._story))

    def era_start(self) -> None:
        """Go to the first day of the era."""
        self._go_to(actions.set_day(self._story.first_day, self._story))

    def era_end(self) -> None:
        """Go to the last day of the era."""
        self._go_to(actions.set_day(self._story.last_day, self._story))

    def _step(self, count: int, step: str | None = None) -> None:
        self._go_to(actions.step_by(count, self._story, step))

    def _go_to(self, move: Action) -> None:
        """Move the date; the panel follows, as it does when the slider is let go."""
        follow = actions.follow_date(self._story)
        self._do_again(lambda state: follow(move(state)), "date")

    # Help

    def keys(self) -> None:
        """List the keys."""
        from atlas.ui.help_dialogs import KeysDialog

        KeysDialog(self._window).exec()

    def about(self) -> None:
        """Tell what the atlas is and whose data it shows."""
        from atlas.ui.help_dialogs import AboutDialog

        AboutDialog(self._window.library, self._window).exec()
