"""The order in which Tab goes through the window: from the map to the date, then the docks.

Floor: ui; neighbours: window_parts. The text comes last, since every link in it is a stop.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from PySide6.QtWidgets import QDockWidget, QMainWindow, QToolButton, QWidget

_TIME: Final = (
    "map_canvas", "swipe_handle", "date_edit", "other_date_edit",
    "step_back", "play_button", "step_forward", "era_button",
    "step_box", "direction_button", "speed_box", "loop_button", "time_track",
)  # fmt: skip
_TEXT: Final = ("contents_button", "contents_list", "panel_view", "previous_panel", "next_panel")


def set_tab_order(window: QMainWindow) -> None:
    """Chain the parts of a whole window.

    Raises
    ------
    LookupError
        If the window lacks one of them.
    """
    stops = [_part(window, name) for name in _TIME]
    stops += [_hide_button(window, "layers_dock"), _part(window, "layer_tree")]
    stops += [_hide_button(window, "text_dock"), *(_part(window, name) for name in _TEXT)]
    for one, following in pairwise(stops):
        QWidget.setTabOrder(one, following)


def _part(parent: QWidget, name: str) -> QWidget:
    found = parent.findChild(QWidget, name)
    if found is None:
        raise LookupError(f"there is no part called {name}")
    return found


def _hide_button(window: QMainWindow, dock_name: str) -> QWidget:
    dock = _part(window, dock_name)
    bar = dock.titleBarWidget() if isinstance(dock, QDockWidget) else dock
    button = bar.findChild(QToolButton, "dock_hide")
    if button is None:
        raise LookupError(f"{dock_name} has no button to hide it")
    return button
