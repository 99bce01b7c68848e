"""What the commands for a reader's own overlays do: open a file, tell of it, close them.

Floor: ui; neighbours: file_commands above, play_commands below, atlas.app.overlays, which reads.
The reading is brought in when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFileDialog

from atlas.app.overlay_endings import ENDINGS
from atlas.app.session import KeptOverlay
from atlas.core import actions
from atlas.core.state import State
from atlas.core.store import Action
from atlas.ui.play_commands import PlayCommands

if TYPE_CHECKING:
    from atlas.app.overlays import OverlayOpener
    from atlas.core.own import OwnPoints

CAUSE: Final = "overlay"
RESTORED: Final = "history"
"""The cause of what is no step to undo: what the last run left open."""
TITLE: Final = "Open an overlay: dated points of your own"


class OverlayCommands(PlayCommands):
    """Opens and closes the reader's own overlays."""

    @cached_property
    def _kept(self) -> dict[Path, KeptOverlay]:
        """What the last run left open and is still to be read, by file."""
        return {}

    @cached_property
    def opener(self) -> OverlayOpener:
        """What reads the files, made when first asked for."""
        from atlas.app.overlays import OverlayOpener

        opener = OverlayOpener(self._window.library.atlas, self._window)
        opener.opened.connect(self._show_opened)
        opener.refused.connect(self._tell_refused)
        return opener

    def close_down(self) -> None:
        """Give up what is being read."""
        if "opener" in self.__dict__:
            self.opener.close()
        super().close_down()

    def open_overlay(self) -> None:
        """Ask for a file of dated points and show it."""
        endings = " ".join(f"*{ending}" for ending in ENDINGS)
        name, _ = QFileDialog.getOpenFileName(self._window, TITLE, "", f"Overlays ({endings})")
        if name:
            self.open_overlay_at(Path(name))

    def open_overlay_at(self, path: Path) -> None:
        """Have a file read; it is shown once it is."""
        from atlas.core.own import asked_by

        self._window.status.notice(f"Reading {path.name}…")
        self.opener.open(path.absolute(), asked_by(self._store.state))

    def reopen(self, overlays: Iterable[KeptOverlay]) -> None:
        """Have the overlays of the last run read, to be shown as they were."""
        for kept in overlays:
            self._kept[Path(kept.path).absolute()] = kept
            self.open_overlay_at(Path(kept.path))

    def overlays_left(self) -> tuple[KeptOverlay, ...]:
        """Return what is open, for the next run."""
        state, atlas = self._store.state, self._window.library.atlas
        is_open = (
            KeptOverlay(str(atlas.own[layer].path), layer in state.layers, state.opacity_of(layer))
            for layer in state.own
        )
        return (*is_open, *self._kept.values())

    def close_overlays(self) -> None:
        """Take all own overlays away, as one step."""
        own = self._store.state.own
        if not own:
            self._window.status.notice("No overlay of your own is open.")
            return

        def action(state: State) -> State:
            for layer in own:
                state = actions.close_own(layer)(state)
            return state

        self._store.do(action, cause=CAUSE)

    def _show_opened(self, points: OwnPoints) -> None:
        """Show what was read, and say how much it is."""
        kept = self._kept.pop(points.path, None)
        self._store.end_gesture()
        action: Action = actions.open_own(points.layer) if kept is None else _as_kept(points, kept)
        self._store.do(action, cause=CAUSE if kept is None else RESTORED)
        self._window.canvas.look_again()
        self._window.layers.look_again()
        self._window.status.notice(opened_words(points))

    def _tell_refused(self, path: Path, said: str) -> None:
        self._kept.pop(path, None)
        self._window.status.notice(said)


def _as_kept(points: OwnPoints, kept: KeptOverlay) -> Action:
    """Open an overlay as the last run left it."""

    def action(state: State) -> State:
        state = actions.open_own(points.layer)(state)
        state = actions.set_opacity(points.layer, kept.percent)(state)
        return state if kept.shown else actions.show_layer(points.layer, False)(state)

    return action


def opened_words(points: OwnPoints) -> str:
    """Return how much was read, and the first of what was left out."""
    words = f"{points.title}: {len(points):,} dated places."
    if points.left_out:
        words += f" {points.left_out:,} rows were left out; the first: {points.remarks[0]}"
    return words
