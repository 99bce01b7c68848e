"""Whether the desktop wants things to move.

Floor: ui; neighbours: map_view, panel_view.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def wants_motion(widget: QWidget) -> bool:
    """Tell whether animations are welcome: not where the system asks for reduced motion."""
    # Qt's list of style hints is long: it is read in when something first moves.
    from PySide6.QtWidgets import QStyle

    return widget.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0
