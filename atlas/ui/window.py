"""The main window: puts canvas, docks, menus and status line together and wires them, thinly.

Floor: ui; neighbours: every view. What commands do stands in window_commands, what changes
together in core.actions.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

from PySide6.QtCore import QByteArray, QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QImage, QKeyEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QWidget

from atlas.app.library import Library
from atlas.core import actions
from atlas.core.search import Entry
from atlas.core.store import Change, Store
from atlas.render.style import Style
from atlas.ui.canvas import MapCanvas
from atlas.ui.dock_bar import DockBar
from atlas.ui.identify import IdentifyCard
from atlas.ui.key_rules import belongs_to_field
from atlas.ui.layers_dock import LayersPanel
from atlas.ui.map_view import Picture
from atlas.ui.mentions import panel_telling_of, read_about
from atlas.ui.menus import Menus
from atlas.ui.panel_dock import PanelDock
from atlas.ui.qss import palette, stylesheet
from atlas.ui.search_box import SearchBox
from atlas.ui.search_moves import spot_of
from atlas.ui.status import StatusLine
from atlas.ui.time_bar import TimeBar
from atlas.ui.window_commands import WindowCommands

NARROW_PX: Final = 1100
"""A window narrower than this starts without the layer list."""
CAUSE: Final = "window"


class WindowPicture(Picture, Protocol):
    """What the window asks of the picture beyond what the canvas does."""

    def set_style(self, style: Style) -> None:
        """Change the theme."""

    def symbol_image(self, layer_id: str, size_px: int, ratio: float = 1.0) -> QImage:
        """Return a layer's symbol."""


class MainWindow(QMainWindow):
    """The atlas on the screen."""

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
        self.card = IdentifyCard(store, library, style, self.canvas)
        self.layers = LayersPanel(store, library, picture, style, lambda: self.canvas.scene)
        self.panel_dock = PanelDock(store, library)
        self.time_bar = TimeBar(store, library)
        self.status = StatusLine(store, self)
        self.map_and_text_only = False
        self._lay_out()
        self.commands = WindowCommands(self, store)
        self.menus = Menus(self, store, library.atlas.story, self.commands.handlers())
        self._add_dock_entries()
        self.search = SearchBox(store, library, style, self)
        self._add_search()
        self._connect()
        self._dress(style)
        self._unsubscribe = store.subscribe(self._on_change)

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
        self.setStatusBar(self.status)
        self.layers_dock = self._dock("Layers", "layers_dock", self.layers, left)
        right = Qt.DockWidgetArea.RightDockWidgetArea
        self.text_dock = self._dock("Text", "text_dock", self.panel_dock, right)
        self.time_dock = self._dock("Time", "time_dock", self.time_bar, bottom)
        self.layers_dock.setTitleBarWidget(DockBar(self.layers_dock))
        self.text_dock.setTitleBarWidget(DockBar(self.text_dock, titled=False))
        self.time_dock.setTitleBarWidget(QWidget())

    def _dock(self, title: str, name: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title, self)
        dock.setObjectName(name)
        dock.setWidget(widget)
        self.addDockWidget(area, dock)
        return dock

    def _add_dock_entries(self) -> None:
        view = self.menus.menus["View"]
        view.addSeparator()
        for dock in (self.layers_dock, self.text_dock, self.time_dock):
            view.addAction(dock.toggleViewAction())

    def _add_search(self) -> None:
        # A menu bar outside the window would have no end to put the field at.
        self.menuBar().setNativeMenuBar(False)
        self.menuBar().setCornerWidget(self.search, Qt.Corner.TopRightCorner)
        self.search.went_to.connect(self._show_found)
        self.search.done.connect(self.canvas.setFocus)
        self.search.closed.connect(self._put_menus_away)

    def _put_menus_away(self) -> None:
        """Hide the menus again that were shown for a search."""
        if self.map_and_text_only:
            self.menuBar().hide()

    def _connect(self) -> None:
        self.canvas.pointer_moved.connect(self.status.show_position)
        self.canvas.pointer_left.connect(self.status.clear_position)
        self.panel_dock.feature_hovered.connect(self.canvas.point_out)
        self.card.entered.connect(self.canvas.forget_pointer)
        self.card.show_in_text.connect(self._show_in_text)

    def arrange(self, width_px: int, height_px: int) -> None:
        """Take a size for a first start and share it out: the map gets most."""
        self.resize(width_px, height_px)
        self.layers_dock.setVisible(width_px >= NARROW_PX)
        text_px = min(max(round(width_px * 0.29), 300), 560)
        layers_px = min(max(round(width_px * 0.19), 220), 300)
        self.resizeDocks(
            [self.layers_dock, self.text_dock],
            [layers_px, text_px],
            Qt.Orientation.Horizontal,
        )

    def arrange_as(self, geometry: bytes, docks: bytes) -> bool:
        """Take the arrangement of an earlier run; False if Qt does not know it."""
        known = self.restoreGeometry(QByteArray(geometry))
        return self.restoreState(QByteArray(docks)) and known

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

    def _show_in_text(self, feature_id: str) -> None:
        atlas = self.library.atlas
        feature = atlas.feature_by_id[feature_id]
        panel = panel_telling_of(feature, atlas.story, self._store.state.panel)
        self.text_dock.show()
        if panel is None:
            self.status.notice(f"The text does not speak of “{feature.name}”.")
        else:
            # Deselected first: the text lights up what is newly selected.
            self._store.do(actions.select(""), cause=CAUSE, gesture="show-in-text")
            self._store.do(read_about(feature, panel, atlas), cause=CAUSE, gesture="show-in-text")
            self._store.end_gesture()

    def _show_found(self, entry: Entry) -> None:
        """Point to what was found where the state alone does not: a town, words of the text."""
        self.canvas.ring(spot_of(entry, self.library.atlas))
        if entry.kind in ("panel", "text"):
            self.text_dock.show()
        if entry.kind == "text":
            self.panel_dock.show_words(entry.title)

    def _on_change(self, change: Change) -> None:
        if "theme" in change.fields:
            self._dress(self._style_of(change.new.theme))

    def _dress(self, style: Style) -> None:
        """Put on a theme; the views take their own colours from it."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setPalette(palette(style))
            app.setStyleSheet(stylesheet(style))
        self._picture.set_style(style)
        for view in (
            self.canvas,
            self.card,
            self.layers,
            self.panel_dock,
            self.time_bar,
            self.search,
        ):
            view.set_style(style)

    def event(self, event: QEvent) -> bool:
        """Leave a key to the field that has the focus where it means something there."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
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
        for part in (
            self.canvas,
            self.card,
            self.search,
            self.layers,
            self.panel_dock,
            self.time_bar,
            self.status,
            self.menus,
            self.commands,
        ):
            part.close_down()
