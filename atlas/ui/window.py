"""The main window: the map, and docks that keep the room of what is filled in after it.

Floor: ui; neighbours: canvas, status, window_parts (all the rest). What commands do stands in
window_commands, what changes together in core.actions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QWidget

from atlas.app.library import Library
from atlas.core import actions
from atlas.core.store import Change, Store
from atlas.render.style import Style
from atlas.ui.arrangement import Arrangement
from atlas.ui.canvas import MapCanvas
from atlas.ui.dock_room import LAYERS_PX, TEXT_PX, TIME_PX, DockRoom, SizesPx
from atlas.ui.map_view import Picture
from atlas.ui.qss import palette, stylesheet
from atlas.ui.status import StatusLine
from atlas.ui.turns import in_turns

if TYPE_CHECKING:
    from atlas.ui.identify import IdentifyCard
    from atlas.ui.layers_dock import LayersPanel
    from atlas.ui.menus import Menus
    from atlas.ui.panel_dock import PanelDock
    from atlas.ui.search_box import SearchBox
    from atlas.ui.time_bar import TimeBar
    from atlas.ui.window_commands import WindowCommands
    from atlas.ui.window_parts import WindowParts

MENU_BAR_PX: Final = 32
"""As high as the search field at its end makes it."""
CAUSE: Final = "window"


class WindowPicture(Picture, Protocol):
    """What the window asks of the picture beyond what the canvas does."""

    def set_style(self, style: Style) -> None:
        """Change the theme."""

    def symbol_image(self, layer_id: str, size_px: int, ratio: float = 1.0) -> QImage:
        """Return a layer's symbol."""


class MainWindow(QMainWindow):
    """The atlas on the screen: the map at once, the rest when asked for or `complete`d."""

    closing = Signal()

    def __init__(
        self,
        store: Store,
        library: Library,
        picture: WindowPicture,
        style_of: Callable[[str], Style],
    ) -> None:
        super().__init__()
        self.library, self._store = library, store
        self._picture, self._style_of = picture, style_of
        style = style_of(store.state.theme)
        self.canvas = MapCanvas(store, library, picture, style)
        self.status = StatusLine(store, self, self.canvas.left_out)
        self.map_and_text_only = False
        self.told_forgetful = False
        """Whether the reader knows that nothing can be remembered."""
        self.text_px = 0.0
        """Size the text starts with; 0 stands for its own choice."""
        self.reading: Mapping[str, tuple[int, int, float]] = {}
        """Where the reader stood in each panel when the last run ended."""
        self._lay_out()
        self.arrangement = Arrangement(self, self)
        self.canvas.pointer_moved.connect(self.status.show_position)
        self.canvas.pointer_left.connect(self.status.clear_position)
        self._dress()
        self._unsubscribe = store.subscribe(self._on_change)

    @cached_property
    def parts(self) -> WindowParts:
        """What stands beside the map; made on first use, since it takes longer than the map."""
        from atlas.ui.window_parts import WindowParts

        style = self._style_of(self._store.state.theme)
        parts = WindowParts(self, self._store, self._picture, style)
        if self.text_px:
            parts.panel_dock.set_text_px(self.text_px)
        parts.panel_dock.place.take_up(self.reading)
        return parts

    def complete(self) -> None:
        """Fill the docks and the menus, if that is still to be done."""
        _ = self.parts

    @property
    def card(self) -> IdentifyCard:
        """The card of what is selected."""
        return self.parts.card

    @property
    def layers(self) -> LayersPanel:
        """The layer list with the legend."""
        return self.parts.layers

    @property
    def panel_dock(self) -> PanelDock:
        """The text."""
        return self.parts.panel_dock

    @property
    def time_bar(self) -> TimeBar:
        """The date, the player and the time track."""
        return self.parts.time_bar

    @property
    def commands(self) -> WindowCommands:
        """What the menus do."""
        return self.parts.commands

    @property
    def search(self) -> SearchBox:
        """The search field."""
        return self.parts.search

    @property
    def menus(self) -> Menus:
        """The menus and every command's action."""
        return self.parts.menus

    def _lay_out(self) -> None:
        self.setObjectName("main_window")
        self.setWindowTitle(self.library.atlas.story.title)
        self.setDockOptions(
            QMainWindow.DockOption.AnimatedDocks | QMainWindow.DockOption.AllowNestedDocks
        )
        bottom, left = Qt.DockWidgetArea.BottomDockWidgetArea, Qt.DockWidgetArea.LeftDockWidgetArea
        self.setCorner(Qt.Corner.BottomLeftCorner, bottom)
        self.setCorner(Qt.Corner.BottomRightCorner, bottom)
        self.setCentralWidget(self.canvas)
        # A menu bar outside the window would have no end to put the search field at.
        self.menuBar().setNativeMenuBar(False)
        self.menuBar().setMinimumHeight(MENU_BAR_PX)
        self.setStatusBar(self.status)
        self.layers_dock = self._dock("Layers", "layers_dock", LAYERS_PX, left)
        right = Qt.DockWidgetArea.RightDockWidgetArea
        self.text_dock = self._dock("Text", "text_dock", TEXT_PX, right)
        self.time_dock = self._dock("Time", "time_dock", TIME_PX, bottom)

    def _dock(
        self, title: str, name: str, sizes_px: SizesPx, area: Qt.DockWidgetArea
    ) -> QDockWidget:
        dock = QDockWidget(title, self)
        dock.setObjectName(name)
        dock.setTitleBarWidget(QWidget())
        dock.setWidget(DockRoom(sizes_px))
        self.addDockWidget(area, dock)
        return dock

    def arrange(self, width_px: int, height_px: int) -> None:
        """Take a size for a first start and share it out."""
        self.arrangement.start(width_px, height_px)

    def arrange_as(self, geometry: bytes, docks: bytes) -> bool:
        """Take the arrangement of an earlier run; False if Qt does not know it."""
        return self.arrangement.take_up(geometry, docks)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share a new width out."""
        super().resizeEvent(event)
        self.arrangement.resized()

    def show_map_and_text_only(self, only: bool) -> None:
        """Hide everything but map and text, or show it again."""
        if only == self.map_and_text_only:
            return
        self.map_and_text_only = only
        self.menus.actions["map_and_text"].setChecked(only)
        rest = (self.menuBar(), self.status, self.layers_dock, self.time_dock)
        if only:
            self._hidden_then = [widget for widget in rest if widget.isHidden()]
        for widget in rest:
            widget.setVisible(not only and widget not in self._hidden_then)

    def _on_change(self, change: Change) -> None:
        if "theme" in change.fields:
            # In one turn it would be a stall.
            in_turns(self, self._dress, self._dress_parts)

    @property
    def _style_now(self) -> Style:
        return self._style_of(self._store.state.theme)

    def _dress_parts(self) -> None:
        """Last, for the thread that paints the map anew would hold up all else."""
        # First of them the picture: it draws the signs of layers and legend.
        for view in (self._picture, self.canvas, *((self.parts,) if self._is_complete else ())):
            view.set_style(self._style_now)

    def _dress(self) -> None:
        app, style = QApplication.instance(), self._style_now
        if isinstance(app, QApplication):
            app.setPalette(palette(style))
            app.setStyleSheet(stylesheet(style))

    @property
    def _is_complete(self) -> bool:
        return "parts" in self.__dict__

    def event(self, event: QEvent) -> bool:
        """Leave a key to the field that has the focus where it means something there."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            from atlas.ui.key_rules import belongs_to_field

            focused = QApplication.focusWidget()
            if focused is not None and belongs_to_field(focused, event):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape, where nothing else wanted it: back from map and text, close the card."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._store.state.selection:
            self._store.do(actions.select(""), cause=CAUSE)
        elif self.map_and_text_only:
            self.show_map_and_text_only(False)
        elif self.isFullScreen():
            self.showNormal()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the window closes, then stop every listener."""
        self.closing.emit()
        super().closeEvent(event)

    def close_down(self) -> None:
        """Stop listening to the store, in every view that listens."""
        self._unsubscribe()
        self.arrangement.close_down()
        self.canvas.close_down()
        self.status.close_down()
        if self._is_complete:
            self.parts.close_down()
