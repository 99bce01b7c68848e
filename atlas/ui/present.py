"""Presenting: map and text fill the screen, keys step through the panels, Escape ends it.

Floor: ui; neighbours: window, whose arrangement it borrows and gives back; present_hint; app.tour
for the tour that turns by itself. When it ends, window, text size, place in the text and view are
as they were; the view it ended on can be had back by Undo.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from atlas.app.tour import Tour, reading_ms
from atlas.core import actions
from atlas.core.state import State
from atlas.core.store import Change, Store
from atlas.core.timescale import TimeScale
from atlas.ui.present_hint import PresentHint

if TYPE_CHECKING:
    from atlas.ui.window import MainWindow

CAUSE: Final = "present"
LARGER: Final = 1.45
TEXT_SHARE: Final = 0.38
PATIENCE_MS: Final = 600
"""How long the window may take to come back to its size."""
_KEYS = Qt.Key
_TURNS: Final = {
    _KEYS.Key_Right: 1, _KEYS.Key_Space: 1, _KEYS.Key_PageDown: 1, _KEYS.Key_Return: 1,
    _KEYS.Key_Left: -1, _KEYS.Key_PageUp: -1, _KEYS.Key_Backspace: -1,
}  # fmt: skip
_OTHERS: Final = frozenset(
    {_KEYS.Key_Escape, _KEYS.Key_Home, _KEYS.Key_End, _KEYS.Key_Up, _KEYS.Key_Down, _KEYS.Key_P}
)
_CHORD: Final = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


@dataclass(frozen=True, slots=True)
class _Before:
    """All that is given back: view, window, what was hidden, size of text, where it stood, days."""

    state: State
    windowed: Qt.WindowState
    frame_px: QRect
    docks: bytes
    map_and_text_only: bool
    text_px: float
    scrolled_px: int
    days: TimeScale
    focus: QWidget | None


class Presentation(QObject):
    """One window's presentation."""

    def __init__(self, window: MainWindow, store: Store) -> None:
        super().__init__(window)
        self._window, self._store = window, store
        self._story = window.library.atlas.story
        self._before: _Before | None = None
        self._leaving = False
        self._hint = PresentHint(window.canvas)
        self.tour = Tour(self)
        self._touring = False
        self.tour.ticked.connect(self._on_tick)
        self.tour.ended.connect(self._on_end)
        self._fallback = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._fallback.timeout.connect(self._give_back)
        self._unsubscribe = store.subscribe(self._on_change)

    @property
    def active(self) -> bool:
        """Whether map and text fill the screen."""
        return self._before is not None and not self._leaving

    def close_down(self) -> None:
        """Give everything back at once and stop."""
        if self._before is not None:
            self.leave()
            self._give_back()
        self._hint.close_down()
        self._unsubscribe()

    def start(self, *, touring: bool = False) -> None:
        """Fill the screen; with `touring` the panels turn by themselves."""
        if self._before is None:
            self._borrow()
        self._touring = touring
        if touring:
            self._begin_panel()
            self.tour.go_on()
        self._hint.greet(touring=touring)

    def leave(self) -> None:
        """Give the window back; the view follows as soon as it has its size again."""
        if self._before is None or self._leaving:
            return
        self._leaving, self._touring = True, False
        self.tour.pause()
        self._hint.hide()
        _application().removeEventFilter(self)
        window, before = self._window, self._before
        window.panel_dock.set_text_px(before.text_px)
        window.show_map_and_text_only(before.map_and_text_only)
        window.setWindowState(before.windowed)
        if before.windowed == Qt.WindowState.WindowNoState:
            # Not `restoreGeometry`: it cuts a window that fills the screen.
            window.setGeometry(before.frame_px)
        window.restoreState(QByteArray(before.docks))
        self._fallback.start()
        self._give_back_if_sized()

    def _borrow(self) -> None:
        window = self._window
        self._before = _Before(
            state=self._store.state,
            windowed=window.windowState(),
            frame_px=window.geometry(),
            docks=bytes(window.saveState().data()),
            map_and_text_only=window.map_and_text_only,
            text_px=window.panel_dock.text_px,
            scrolled_px=window.panel_dock.place.scrolled_px,
            days=window.time_bar.track.scale,
            focus=QApplication.focusWidget(),
        )
        window.arrangement.hold()
        window.show_map_and_text_only(True)
        window.text_dock.setFloating(False)
        window.text_dock.show()
        window.panel_dock.set_text_px(self._before.text_px * LARGER)
        # Before the window grows: its new size is what the text's share is reckoned from.
        _application().installEventFilter(self)
        window.showFullScreen()
        self._share()
        window.canvas.setFocus()

    def _share(self) -> None:
        window = self._window
        width_px = round(window.width() * TEXT_SHARE)
        window.resizeDocks([window.text_dock], [width_px], Qt.Orientation.Horizontal)

    def _on_change(self, change: Change) -> None:
        if self._leaving and "viewport_px" in change.fields:
            self._fallback.start()
            QTimer.singleShot(0, self, self._give_back_if_sized)
        elif self._touring and "panel" in change.fields:
            self._begin_panel()

    def _give_back_if_sized(self) -> None:
        before, canvas = self._before, self._window.canvas
        if before and (canvas.width(), canvas.height()) == before.state.viewport_px:
            self._give_back()

    def _give_back(self) -> None:
        """Show the view from before, exactly; going back from it leads to the last panel shown."""
        before, self._before, self._leaving = self._before, None, False
        if before is None:
            return
        self._fallback.stop()
        self._window.arrangement.release()
        self._store.end_gesture()
        self._store.do(lambda state: _as_before(before.state, state), cause=CAUSE)
        self._window.panel_dock.place.scroll_to(before.scrolled_px)
        track = self._window.time_bar.track
        first_day, end_day = before.days.start_day, before.days.end_day
        track.show_window(replace(track.scale, start_day=first_day, end_day=end_day))
        self._window.menus.actions["present"].setChecked(False)
        (before.focus or self._window.canvas).setFocus()

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of a presentation before shortcuts and widgets do; share out its room."""
        if watched is self._window and event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._share)
        if not isinstance(event, QKeyEvent) or not self._is_mine(watched, event):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            self._press(_KEYS(event.key()))
            return True
        return False

    def _is_mine(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.key() not in _TURNS and event.key() not in _OTHERS:
            return False
        if not isinstance(watched, QWidget) or isinstance(watched, QLineEdit):
            return False
        busy = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        return watched.window() is self._window and not busy and not event.modifiers() & _CHORD

    def _press(self, key: Qt.Key) -> None:
        panels = self._story.panels
        match key:
            case _KEYS.Key_Escape:
                self.leave()
            case _KEYS.Key_Home:
                self._open(panels[0].id)
            case _KEYS.Key_End:
                self._open(panels[-1].id)
            case _KEYS.Key_Up | _KEYS.Key_Down:
                self._window.panel_dock.place.scroll_lines(1 if key == _KEYS.Key_Down else -1)
            case _KEYS.Key_P:
                self._pause_or_go_on()
            case _:
                self._turn(_TURNS[key])

    def _turn(self, offset: int) -> bool:
        panel = actions.neighbour_panel(self._story, self._store.state.panel, offset)
        if panel is not None:
            self._open(panel.id)
        return panel is not None

    def _open(self, panel_id: str) -> None:
        self._store.do(actions.open_panel(self._story.panel(panel_id)), cause=CAUSE)

    # The tour

    def _begin_panel(self) -> None:
        self.tour.begin(reading_ms(self._story.panel(self._store.state.panel).body))

    def _pause_or_go_on(self) -> None:
        if not self._touring:
            self.start(touring=True)
        elif self.tour.running:
            self.tour.pause()
            self._hint.say_paused()
        else:
            self.tour.go_on()
            self._on_tick(0.0)

    def _on_tick(self, share: float) -> None:
        if share:
            self._window.panel_dock.place.read_on(share)
        self._hint.say_left(self.tour.left_ms)

    def _on_end(self) -> None:
        if not self._turn(1):
            self.tour.pause()
            self._touring = False
            self._hint.say_ended()


def _as_before(then: State, now: State) -> State:
    """Return the view from before, in the window as it is: its size is no step to undo."""
    return actions.resize(now.viewport_px)(replace(then, step=now.step))


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
