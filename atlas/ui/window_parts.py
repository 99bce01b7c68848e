"""What the window holds beside the map: card, layers, text, time, menus, search, commands.

Floor: ui; neighbours: window, which makes these parts once the first map is on the screen and
keeps their room for them until then. They bring in most of the program, and no map waits for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from atlas.app.images.picture_endings import ENDINGS as PICTURES
from atlas.app.key_choices import KeyChoices, key_choices_path
from atlas.app.overlay_endings import ENDINGS as OVERLAYS
from atlas.core import actions
from atlas.core.search import Entry
from atlas.core.store import Store
from atlas.render.style import Style
from atlas.ui.commands import changeable_keys, fixed_keys
from atlas.ui.dock_bar import DockBar
from atlas.ui.file_drop import FileDrop
from atlas.ui.identify import IdentifyCard
from atlas.ui.key_rules import WindowChords
from atlas.ui.layers_dock import LayersPanel
from atlas.ui.mentions import panel_telling_of, read_about
from atlas.ui.menus import Menus
from atlas.ui.panel_dock import PanelDock
from atlas.ui.search_box import SearchBox
from atlas.ui.search_moves import spot_of
from atlas.ui.swipe_handle import SwipeHandle
from atlas.ui.tab_order import set_tab_order
from atlas.ui.time_bar import TimeBar
from atlas.ui.window_commands import WindowCommands

if TYPE_CHECKING:
    from atlas.ui.window import MainWindow, WindowPicture

CAUSE = "window"


class WindowParts:
    """The parts of one window, wired to each other and put into its docks."""

    def __init__(
        self, window: MainWindow, store: Store, picture: WindowPicture, style: Style
    ) -> None:
        self._window, self._store = window, store
        library, canvas = window.library, window.canvas
        self.card = IdentifyCard(store, library, style, canvas)
        self.swipe_handle = SwipeHandle(store, style, canvas)
        self.layers = LayersPanel(store, library, picture, style, lambda: canvas.scene)
        self.panel_dock = PanelDock(store, library)
        self.time_bar = TimeBar(store, library)
        self._fill_docks()
        keys = KeyChoices(key_choices_path(), changeable_keys(), fixed_keys())
        if keys.notice:
            window.status.notice(keys.notice)
        self.commands = WindowCommands(window, store, keys)
        self.menus = Menus(window, store, library.atlas.story, self.commands.handlers(), keys)
        self._add_dock_entries()
        self.search = SearchBox(store, library, style, window)
        self._add_search()
        self._connect()
        self.commands.bind(self.menus.actions, self.time_bar)
        set_tab_order(window)
        self._drop = FileDrop(
            window,
            {
                PICTURES: self.commands.open_picture_at,
                OVERLAYS: self.commands.open_overlay_at,
            },
        )
        self._chords = WindowChords(window, keys.keys)
        self.set_style(style)

    def set_style(self, style: Style) -> None:
        """Take another theme."""
        views = (self.card, self.layers, self.panel_dock, self.time_bar, self.search)
        for view in (*views, self.swipe_handle):
            view.set_style(style)

    def close_down(self) -> None:
        """Stop listening to the store, in every part that listens."""
        for part in (
            self.card,
            self.swipe_handle,
            self.search,
            self.layers,
            self.panel_dock,
            self.time_bar,
            self.menus,
            self.commands,
        ):
            part.close_down()

    def _fill_docks(self) -> None:
        window = self._window
        window.layers_dock.setTitleBarWidget(DockBar(window.layers_dock))
        window.text_dock.setTitleBarWidget(DockBar(window.text_dock, titled=False))
        for dock, view in (
            (window.layers_dock, self.layers),
            (window.text_dock, self.panel_dock),
            (window.time_dock, self.time_bar),
        ):
            room = dock.widget()
            dock.setWidget(view)
            if room is not None:
                room.deleteLater()

    def _add_dock_entries(self) -> None:
        view = self.menus.menus["View"]
        view.addSeparator()
        for dock in (self._window.layers_dock, self._window.text_dock, self._window.time_dock):
            view.addAction(dock.toggleViewAction())

    def _add_search(self) -> None:
        bar = self._window.menuBar()
        bar.setCornerWidget(self.search, Qt.Corner.TopRightCorner)
        # Qt shows it with the bar; a bar that is seen already needs telling.
        self.search.show()
        bar.adjustSize()
        self.search.went_to.connect(self._show_found)
        self.search.done.connect(self._window.canvas.setFocus)
        self.search.closed.connect(self._put_menus_away)

    def _put_menus_away(self) -> None:
        """Hide the menus again that were shown for a search."""
        if self._window.map_and_text_only:
            self._window.menuBar().hide()

    def _connect(self) -> None:
        canvas = self._window.canvas
        self.panel_dock.feature_hovered.connect(canvas.point_out)
        self.panel_dock.place_hovered.connect(self._ring_place)
        self.card.entered.connect(canvas.forget_pointer)
        self.card.went_there.connect(canvas.pulse)
        canvas.clicked_on.connect(self.card.set_stack)
        self.time_bar.date_edit.done.connect(canvas.setFocus)
        self.time_bar.other_edit.done.connect(canvas.setFocus)
        self.card.show_in_text.connect(self._show_in_text)

    def _ring_place(self, place_id: str) -> None:
        place = self._window.library.atlas.place_by_id.get(place_id)
        self._window.canvas.ring((place.lon_deg, place.lat_deg) if place else None)

    def _show_in_text(self, feature_id: str) -> None:
        atlas = self._window.library.atlas
        feature = atlas.feature_by_id[feature_id]
        panel = panel_telling_of(feature, atlas.story, self._store.state.panel)
        self._window.text_dock.show()
        if panel is None:
            self._window.status.notice(f"The text does not speak of “{feature.name}”.")
        else:
            # Deselected first: the text lights up what is newly selected.
            self._store.do(actions.select(""), cause=CAUSE, gesture="show-in-text")
            self._store.do(read_about(feature, panel, atlas), cause=CAUSE, gesture="show-in-text")
            self._store.end_gesture()

    def _show_found(self, entry: Entry) -> None:
        """Point to what was found where the state alone does not: a town, words of the text."""
        self._window.canvas.ring(spot_of(entry, self._window.library.atlas))
        if entry.kind in ("panel", "text"):
            self._window.text_dock.show()
        if entry.kind == "text":
            self.panel_dock.view.show_words(entry.title)
