"""What File offers to take away: pictures of the map and publications of the whole story.

Floor: ui; neighbours: window_commands, export_dialog, publish. Nothing of it is read in before it
is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from atlas.ui.overlay_commands import OverlayCommands

if TYPE_CHECKING:
    from atlas.core.state import State
    from atlas.ui.window import MainWindow

    Publish = Callable[[MainWindow, State, Path | None], Path | None]


class FileCommands(OverlayCommands):
    """Writes files; the folder of the last one is proposed for the next."""

    _export_folder: Path | None = None
    """Where the last export of this run went."""

    def print_map(self) -> None:
        """Open the export dialog at a sheet of paper, with its way to print at hand."""
        self._export(to_paper=True)

    def export(self) -> None:
        """Open the export dialog."""
        self._export()

    def _export(self, *, to_paper: bool = False) -> None:
        from atlas.ui.export_dialog import ExportDialog

        window = self._window
        dialog = ExportDialog(window.library, self._store.state, window, self._export_folder)
        if to_paper:
            dialog.form.choose_page("a4")
            dialog.printing.setFocus()
        dialog.exec()
        if dialog.written is not None:
            self._export_folder = dialog.written.absolute().parent
            window.status.notice(f"The map was exported to {dialog.written}")
        dialog.deleteLater()

    def booklet(self) -> None:
        """Write the whole story as a PDF."""
        from atlas.ui.publish import publish_booklet

        self._published(publish_booklet)

    def film(self) -> None:
        """Write a stretch of time as a film."""
        from atlas.ui.publish import publish_film

        self._published(publish_film)

    def web_page(self) -> None:
        """Write the whole story as one HTML file."""
        from atlas.ui.publish import publish_page

        self._published(publish_page)

    def _published(self, publish: Publish) -> None:
        """Let a publication be written, and say where it is."""
        path = publish(self._window, self._store.state, self._export_folder)
        if path is not None:
            self._export_folder = path.absolute().parent
            self._window.status.notice(f"Written: {path}")
