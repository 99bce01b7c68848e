"""What the commands for playing do: direction, speed, loop, where it stops; and the whole era.

Floor: ui; neighbours: view_commands below, window_commands above; app.player, which plays.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QAction

from atlas.app.player import SPEEDS, Player
from atlas.ui.time_bar import TimeBar
from atlas.ui.view_commands import ViewCommands


class PlayCommands(ViewCommands):
    """Carries out what is done to the player; its settings are shown in the menu and the bar."""

    _bar: TimeBar
    _player: Player
    _entries: Mapping[str, QAction]

    def bind(self, entries: Mapping[str, QAction], bar: TimeBar) -> None:
        """Play by this bar, and tick in the menu what its player is set to, from now on."""
        self._bar, self._player, self._entries = bar, bar.player, entries
        self._player.changed.connect(self._tick_settings)
        self._tick_settings()

    def whole_era(self) -> None:
        """Show the whole era on the time track."""
        self._bar.track.show_era()

    def play_backwards(self) -> None:
        """Play towards the past, or towards today again."""
        self._player.set_direction(-self._player.direction)

    def loop(self) -> None:
        """Play the time shown on the track over and over, or to its end."""
        self._bar.set_loop(not self._player.loop)

    def stop_at_panel(self) -> None:
        """Stop where the panel of the date ends, or play on."""
        self._player.set_stops_at_panel(not self._player.stops_at_panel)

    def faster(self) -> None:
        """Play more steps a second."""
        self._set_speed(1)

    def slower(self) -> None:
        """Play fewer steps a second."""
        self._set_speed(-1)

    def _set_speed(self, way: int) -> None:
        at = SPEEDS.index(self._player.speed) + way
        self._player.set_speed(SPEEDS[min(max(at, 0), len(SPEEDS) - 1)])
        self._window.status.notice(f"{self._player.speed} steps a second")

    def _tick_settings(self) -> None:
        entries = self._entries
        entries["play_backwards"].setChecked(self._player.direction < 0)
        entries["loop"].setChecked(self._player.loop)
        entries["stop_at_panel"].setChecked(self._player.stops_at_panel)
