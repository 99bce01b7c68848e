"""What the window's commands do, one method a command, named by its id in the table.

Floor: ui; neighbours: commands (the table), menus, window (whose parts they use).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from atlas.core import actions
from atlas.core.store import Action
from atlas.ui.commands import COMMANDS
from atlas.ui.file_commands import FileCommands
from atlas.ui.next_change import next_change_day

if TYPE_CHECKING:
    from atlas.app.key_choices import KeyChoices
    from atlas.core.store import Store
    from atlas.ui.window import MainWindow


WIDER_PX = 40
"""How much wider or narrower a key makes a side of the window."""


class WindowCommands(FileCommands):
    """Carries the commands out."""

    def __init__(self, window: MainWindow, store: Store, keys: KeyChoices) -> None:
        super().__init__(window, store)
        self._keys = keys

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what to call for each command that stands in a menu."""
        return {command.id: getattr(self, command.id) for command in COMMANDS if command.menu}

    # File and Edit

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

    def full_screen(self) -> None:
        """Fill the screen, or stop filling it."""
        if self._window.isFullScreen():
            self._window.showNormal()
        else:
            self._window.showFullScreen()

    def wider(self) -> None:
        """Make the side part with the keyboard wider."""
        self._window.arrangement.widen(WIDER_PX)

    def narrower(self) -> None:
        """Make the side part with the keyboard narrower."""
        self._window.arrangement.widen(-WIDER_PX)

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

    def compare(self) -> None:
        """Compare two dates under a handle, then side by side, then no more."""
        self._do(actions.compare_next(self._story))

    def other_earlier(self) -> None:
        """Compare with a date a step earlier."""
        self._step_other(-1)

    def other_later(self) -> None:
        """Compare with a date a step later."""
        self._step_other(1)

    def _step_other(self, count: int) -> None:
        if self._store.state.other_day is None:
            self._window.status.notice("There is no second date yet: press C to compare.")
        else:
            self._do_again(actions.step_other(count, self._story), "other-date")

    def month_range(self) -> None:
        """Look at the month up to the date, or at the one day again."""
        self._do(actions.month_or_day(self._story))

    def start_earlier(self) -> None:
        """Let the stretch of time begin a step earlier."""
        self._go_to(actions.move_start(-1, self._story))

    def start_later(self) -> None:
        """Let the stretch of time begin a step later."""
        self._go_to(actions.move_start(1, self._story))

    def end_earlier(self) -> None:
        """Let the stretch of time end a step earlier."""
        self._go_to(actions.move_end(-1, self._story))

    def end_later(self) -> None:
        """Let the stretch of time end a step later."""
        self._go_to(actions.move_end(1, self._story))

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

        dialog = KeysDialog(self._window, self._keys.keys)
        # One page at a time: the list would show keys that are about to differ.
        dialog.change_wanted.connect(dialog.accept)
        dialog.change_wanted.connect(self.change_keys)
        dialog.exec()
        dialog.deleteLater()

    def change_keys(self) -> None:
        """Let the reader choose other keys."""
        from atlas.ui.keys_editor import KeysEditor

        editor = KeysEditor(self._keys, self._window)
        editor.changed.connect(self._window.menus.show_keys)
        editor.exec()
        editor.deleteLater()

    def about(self) -> None:
        """Tell what the atlas is and whose data it shows."""
        from atlas.ui.help_dialogs import AboutDialog

        AboutDialog(self._window.library, self._window).exec()
