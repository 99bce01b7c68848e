"""What the commands that keep and pass on views do: links to a view, copied and pasted.

Floor: ui; neighbours: map_commands below, window_commands above, core.link for the text.
"""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from atlas.core.store import Action
from atlas.ui.map_commands import MapCommands

COPIED = "A link to this view is on the clipboard."


class ViewCommands(MapCommands):
    """Carries out what is done with whole views."""

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
        arrive: Action = linked.on
        self._store.end_gesture()
        self._store.do(arrive, cause="link")
        if linked.remarks:
            self._window.status.notice("  ".join(linked.remarks))
        return True
