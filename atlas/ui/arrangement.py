"""How the window shares its width out: a first start, an earlier run, and while it is resized.

Floor: ui; neighbours: window, whose docks it moves. In a narrow window the map comes first: the
layer list goes away and the text takes a third; both come back when there is room again.
"""

from __future__ import annotations

from typing import Final, Protocol

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow

NARROW_PX: Final = 1000
"""A window narrower than this shows no layer list unless it is asked for."""
TEXT_SHARE: Final = 0.34
WIDE_TEXT_SHARE: Final = 0.45
"""The most of a window's width that the text takes when that changes: narrow, and wide."""


class Docked(Protocol):
    """What is arranged: a main window with its two side docks."""

    layers_dock: QDockWidget
    text_dock: QDockWidget
    map_and_text_only: bool


class Arrangement(QObject):
    """Arranges the docks of one window."""

    def __init__(self, window: QMainWindow, docks: Docked) -> None:
        super().__init__(window)
        self._window, self._docks = window, docks
        self._narrow = False
        self._put_away = False
        self._settled_px = 0
        self._held = False
        self._wanted_px: tuple[int, int] | None = None
        # After Qt has shared out the new size by itself.
        self._settle = QTimer(self, singleShot=True, interval=0)
        self._settle.timeout.connect(self.settle)
        docks.layers_dock.toggleViewAction().triggered.connect(self._leave_layers)
        for dock in (docks.layers_dock, docks.text_dock):
            dock.installEventFilter(self)

    def close_down(self) -> None:
        """Watch the docks no longer: they are about to go."""
        self._settle.stop()
        for dock in (self._docks.layers_dock, self._docks.text_dock):
            dock.removeEventFilter(self)

    def start(self, width_px: int, height_px: int) -> None:
        """Take a size for a first start and share it out: the map gets most."""
        self._window.resize(width_px, height_px)
        self._narrow = self._put_away = width_px < NARROW_PX
        self._docks.layers_dock.setVisible(not self._narrow)
        self._wanted_px = _first_px(width_px)
        self._share()

    def take_up(self, geometry: bytes, docks: bytes) -> bool:
        """Take the arrangement of an earlier run; False if Qt does not know it."""
        self._wanted_px = None
        self._narrow = self._put_away = False
        known = self._window.restoreGeometry(QByteArray(geometry))
        known = self._window.restoreState(QByteArray(docks)) and known
        self._narrow = self._window.width() < NARROW_PX
        if self._narrow:
            self._put_layers_away()
        return known

    def leave(self) -> None:
        """Bring back what only a narrow window put away, for the next run to find in a wide one."""
        self._bring_layers_back()

    def hold(self) -> None:
        """Leave the docks alone, whatever the width, until they are released."""
        self._held = True

    def release(self) -> None:
        """Take the docks as they are now for the reader's own."""
        self._held = False
        self._settled_px = self._window.width()

    def resized(self) -> None:
        """Look, once the new size is shared out, whether it calls for another arrangement."""
        self._settle.start()

    def settle(self) -> None:
        """Put the layer list away in a narrow window, bring it back in a wide one."""
        width_px = self._window.width()
        if self._held or width_px == self._settled_px:
            return
        narrow = width_px < NARROW_PX
        if narrow and not self._narrow:
            self._put_layers_away()
        if self._narrow and not narrow:
            self._bring_layers_back()
        if self._wanted_px is None and not narrow:
            self._wanted_px = _first_px(width_px) if self._narrow else self._widths_px()
        self._narrow = narrow
        self._share()
        self._settled_px = width_px

    def widen(self, by_px: int) -> None:
        """Make the text wider, or the layer list if the keyboard is in it; kept as if drawn."""
        layers_px, text_px = self._widths_px()
        at = QApplication.focusWidget()
        if at is not None and self._docks.layers_dock.isAncestorOf(at):
            layers_px = max(layers_px + by_px, self._docks.layers_dock.minimumSizeHint().width())
        else:
            text_px = max(text_px + by_px, self._docks.text_dock.minimumSizeHint().width())
        self._wanted_px = layers_px, text_px
        self._share()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remember how wide the reader draws the docks."""
        settled = not self._held and self._settled_px == self._window.width()
        if event.type() == QEvent.Type.Resize and settled:
            dragging = QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton
            if dragging and not self._narrow:
                self._wanted_px = self._widths_px()
        return False

    def _widths_px(self) -> tuple[int, int]:
        return self._docks.layers_dock.width(), self._docks.text_dock.width()

    def _put_layers_away(self) -> None:
        dock = self._docks.layers_dock
        if not dock.isHidden() and not dock.isFloating() and not self._docks.map_and_text_only:
            self._put_away = True
            dock.hide()

    def _bring_layers_back(self) -> None:
        if self._put_away and not self._docks.map_and_text_only:
            self._docks.layers_dock.show()
        self._put_away = False

    def _leave_layers(self) -> None:
        """The reader chose whether to see the layers: that stands whatever the width."""
        self._put_away = False

    def _share(self) -> None:
        """Give the side docks the width they had where there is room for it."""
        width_px = self._window.width()
        layers_px, text_px = self._wanted_px or self._widths_px()
        most_px = round(width_px * (TEXT_SHARE if width_px < NARROW_PX else WIDE_TEXT_SHARE))
        sides = (Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea)
        docks = [
            (dock, px)
            for dock, px in (
                (self._docks.layers_dock, layers_px),
                (self._docks.text_dock, min(text_px, most_px)),
            )
            if self._window.dockWidgetArea(dock) in sides and not dock.isFloating()
        ]
        if docks:
            widgets, widths = zip(*docks, strict=True)
            self._window.resizeDocks(list(widgets), list(widths), Qt.Orientation.Horizontal)


def _first_px(width_px: int) -> tuple[int, int]:
    """Return the widths of layers and text in a window where no reader has drawn them yet."""
    layers_px = min(max(round(width_px * 0.19), 220), 300)
    return layers_px, min(max(round(width_px * 0.29), 300), 560)
