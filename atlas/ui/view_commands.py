"""What the commands that keep and pass on views do: links, bookmarks, presenting.

Floor: ui; neighbours: map_commands below, window_commands above; core.link for the text,
bookmarks_dialog for the list. Both are read in when first asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QWidget

from atlas.app.images.picture_endings import ENDINGS
from atlas.app.refusal import reason_of
from atlas.core.store import Action
from atlas.core.words import day_in_words, days_in_words
from atlas.ui.map_commands import MapCommands

if TYPE_CHECKING:
    from atlas.app.bookmarks import Bookmarks
    from atlas.ui.paint_times import PaintTimes
    from atlas.ui.present import Presentation

FOLLOWING = "Date and map now follow the paragraph you read."
COPIED = "A link to this view is on the clipboard."


class ViewCommands(MapCommands):
    """Carries out what is done with whole views."""

    def close_down(self) -> None:
        """End a presentation, stop counting and stop the clock."""
        self.stop_presenting()
        if "painting" in self.__dict__:
            self.painting.end()
        super().close_down()

    def stop_presenting(self) -> None:
        """Give back at once what a presentation borrowed."""
        if "presentation" in self.__dict__:
            self.presentation.close_down()
            del self.presentation

    @cached_property
    def presentation(self) -> Presentation:
        """What fills the screen, made when first asked for."""
        from atlas.ui.present import Presentation

        return Presentation(self._window, self._store)

    def present(self) -> None:
        """Fill the screen with map and text, or end that."""
        if self.presentation.active:
            self.presentation.leave()
        else:
            self.presentation.start()

    def tour(self) -> None:
        """Let the panels turn by themselves, on the whole screen."""
        self.presentation.start(touring=True)

    @cached_property
    def painting(self) -> PaintTimes:
        """What tells how long the parts of a frame take, made when first asked for."""
        from atlas.ui.paint_times import PaintTimes

        return PaintTimes(self._window.canvas)

    def paint_times(self) -> None:
        """Tell what each part of a frame takes, or no longer."""
        if self.painting.active:
            self.painting.end()
        else:
            self.painting.start()
        self._window.menus.actions["paint_times"].setChecked(self.painting.active)

    def follow_text(self) -> None:
        """Let date and map follow the paragraph being read, or no longer."""
        follow = self._window.panel_dock.follow
        follow.switch(not follow.on)
        self._window.menus.actions["follow_text"].setChecked(follow.on)
        if follow.on:
            self._window.text_dock.show()
        self._window.status.notice(FOLLOWING if follow.on else "The text is no longer followed.")

    def copy_link(self) -> None:
        """Put a link to the view on the clipboard."""
        from atlas.core.link import link_to

        QApplication.clipboard().setText(link_to(self._store.state, self._story))
        self._window.status.notice(COPIED)

    def paste_link(self) -> None:
        """Open the link that is on the clipboard."""
        self.open_link(QApplication.clipboard().text())

    def open_link(self, text: str) -> bool:
        """Show what a link leads to, as one step; say what of it the atlas does not know."""
        from atlas.core.link import LinkError, read_link

        try:
            linked = read_link(text, self._window.library.atlas, self._store.state)
        except LinkError as error:
            self._window.status.notice(str(error))
            return False
        self._arrive(linked.on, "link", linked.remarks)
        return True

    def open_picture(self) -> None:
        """Ask for an exported picture and show the view it carries."""
        endings = " ".join(f"*{ending}" for ending in ENDINGS)
        title = "Show the view of an exported picture"
        name, _ = QFileDialog.getOpenFileName(self._window, title, "", f"Pictures ({endings})")
        if name:
            self.open_picture_at(Path(name))

    def open_picture_at(self, path: Path) -> bool:
        """Show the view that a picture carries, as one step; say why if it carries none."""
        from atlas.app.images.carried import read_frame
        from atlas.app.refusal import Refusal

        try:
            frame = read_frame(path, self._window.library)
        except Refusal as refusal:
            self._window.status.notice(str(refusal))
            return False
        shown = f"The view of {path.name} is shown."
        self._arrive(frame.on, "picture", frame.remarks or (shown,))
        return True

    def _arrive(self, action: Action, cause: str, remarks: Sequence[str]) -> None:
        """Show a view from elsewhere as one step, and say what there is to say of it."""
        self._store.end_gesture()
        self._store.do(action, cause=cause)
        if remarks:
            self._window.status.notice("  ".join(remarks))

    @cached_property
    def bookmarks_kept(self) -> Bookmarks:
        """The bookmarks of this story, read when first asked for."""
        from atlas.app.bookmarks import Bookmarks, bookmarks_path

        kept = Bookmarks(bookmarks_path(), self._story.id)
        if kept.notice:
            self._window.status.notice(kept.notice)
        return kept

    def add_bookmark(self) -> None:
        """Keep the view under a name."""
        self.keep_view()

    def keep_view(self) -> bool:
        """Ask for a name and keep the view under it; False if the reader thought better of it."""
        from atlas.core.link import link_to

        state = self._store.state
        when = days_in_words(state.first_day, state.day)
        if state.other_day is not None:
            when += f" and {day_in_words(state.other_day)}"
        words = f"{self._story.panel(state.panel).title}, {when}"
        asked = QApplication.activeModalWidget() or self._window
        name = _name_asked(asked, words)
        if name is None:
            return False
        try:
            number = self.bookmarks_kept.add(name, link_to(state, self._story))
        except ValueError as error:
            self._window.status.notice(str(error))
            return False
        except OSError as error:
            self._window.status.notice(f"The bookmark could not be saved: {reason_of(error)}")
            return False
        self._window.status.notice(f"Kept as “{self.bookmarks_kept.marks[number].name}”.")
        return True

    def bookmarks(self) -> None:
        """List the bookmarks."""
        from atlas.ui.bookmarks_dialog import BookmarksDialog

        dialog = BookmarksDialog(self.bookmarks_kept, self.keep_view, self._window)
        dialog.chosen.connect(self.go_to_bookmark)
        dialog.exec()
        dialog.deleteLater()

    def go_to_bookmark(self, number: int) -> None:
        """Show a bookmark's view, as one step."""
        self.open_link(self.bookmarks_kept.marks[number].link)


def _name_asked(parent: QWidget, words: str) -> str | None:
    """Ask what a view is to be called, in a field that shows all of the proposal."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle("Add a bookmark")
    dialog.setLabelText("Name of this view")
    dialog.setTextValue(words)
    font = dialog.fontMetrics()
    dialog.resize(font.horizontalAdvance(words) + 8 * font.height(), dialog.sizeHint().height())
    agreed = dialog.exec() == QInputDialog.DialogCode.Accepted
    dialog.deleteLater()
    return dialog.textValue() if agreed else None
