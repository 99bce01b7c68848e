"""Room in a row of controls: what can be spared goes where the rest would be cut off.

Floor: ui; neighbour: time_bar.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget


def show_what_fits(row: QHBoxLayout, width_px: int, spare: Sequence[QWidget]) -> None:
    """Show as many of the spare controls of a row as its width has room for, the last first."""
    items = [item for i in range(row.count()) if (item := row.itemAt(i))]
    wanted_px = sum(
        item.sizeHint().width() + row.spacing()
        for item in items
        if item.widget() not in spare and not item.isEmpty()
    )
    room_px = width_px - row.contentsMargins().left() * 2 - wanted_px
    for part in reversed(spare):
        room_px -= part.sizeHint().width() + row.spacing()
        part.setVisible(room_px >= 0)
