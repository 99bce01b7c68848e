"""The bottom of the window: play, step and date above the time track.

Floor: ui; neighbours: time_track, date_edit, time_icons, app.player.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from atlas.app.library import Library
from atlas.app.player import SPEEDS, Player
from atlas.core import actions
from atlas.core.state import STEPS, State
from atlas.core.store import Change, Store
from atlas.core.words import day_in_words
from atlas.render.style import Style, load_style
from atlas.ui.date_edit import DateEdit
from atlas.ui.date_plate import DatePlate
from atlas.ui.row_room import show_what_fits
from atlas.ui.time_icons import sign_icon
from atlas.ui.time_track import TimeTrack

CAUSE: Final = "time_bar"
ICON: Final = QSize(16, 16)


class TimeBar(QWidget):
    """Everything about the date. `player` runs it, `track` shows it."""

    def __init__(self, store: Store, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store, self._story = store, library.atlas.story
        self.setObjectName("time_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.player = Player(store, self._story, self)
        self.track = TimeTrack(store, library, self)
        self.date_edit = DateEdit(self._story, _days(store.state), self)
        self._plate = DatePlate(self.date_edit)
        self.other_edit = DateEdit(self._story, _other_days(store.state), self, "other_date_edit")
        self.other_edit.setAccessibleName("Date compared with")
        self._other_label = QLabel("with", self)
        self._other_plate = DatePlate(self.other_edit)
        self._other_plate.setObjectName("other_date_message")
        self._make_controls()
        self._row = self._lay_out()
        self._connect()
        self.set_style(load_style(store.state.theme))
        self._unsubscribe = store.subscribe(self._on_change)

    def toggle_play(self) -> None:
        """Play or pause."""
        self.player.toggle()

    def step(self, count: int, step: str | None = None) -> None:
        """Move the date by steps; the panel follows."""

        def action(state: State) -> State:
            moved = actions.step_by(count, self._story, step)(state)
            return actions.follow_date(self._story)(moved)

        self._store.do(action, CAUSE)

    def edit_date(self) -> None:
        """Put the cursor into the date field."""
        self.date_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.date_edit.selectAll()

    def close_down(self) -> None:
        """Stop playing and listening."""
        self.player.pause()
        self.track.close_down()
        self._unsubscribe()

    def set_style(self, style: Style) -> None:
        """Take another theme."""
        self._style = style
        self.setStyleSheet(time_bar_qss(style))
        for button, sign in (
            (self._back, "step_back"),
            (self._forward, "step_forward"),
            (self._loop, "loop"),
        ):
            button.setIcon(sign_icon(sign, style.color("text"), style.color("rule")))
        self._show_player()

    def _make_controls(self) -> None:
        self._play = _button("play_button", "Play or pause (Space)")
        self._play.setFixedSize(30, 30)
        self._back = _button("step_back", "One step earlier (Left)")
        self._forward = _button("step_forward", "One step later (Right)")
        self._turn = _button("direction_button", "")
        self._turn.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._loop = _button("loop_button", "Loop over the time shown on the track")
        self._loop.setCheckable(True)
        self._loop.setText("Loop")
        self._loop.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._era = _button("era_button", "Show the whole era on the track (0)")
        self._era.setText("Whole era")
        self._era.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._steps = _box("step_box", "Length of a step", "How far one step goes")
        self._steps.addItems([step.capitalize() for step in STEPS])
        self._speeds = _box("speed_box", "Speed of play", "Steps a second while playing")
        for speed in SPEEDS:
            self._speeds.addItem(f"{speed} a second", speed)

    def _lay_out(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(12, 6, 14, 0)
        row.setSpacing(4)
        for widget in (self._back, self._play, self._forward):
            row.addWidget(widget)
        row.addSpacing(8)
        for field in (self.date_edit, self._other_label, self.other_edit):
            row.addWidget(field)
        row.addStretch(1)
        row.addWidget(self._era)
        row.addSpacing(8)
        self._step_label = QLabel("Step", self)
        self._step_label.setBuddy(self._steps)
        for control in (self._step_label, self._steps, self._turn):
            row.addWidget(control)
        # Screen readers on Linux call a box by its label; there is no room for this one.
        speed_label = QLabel("Speed of play", self)
        speed_label.setBuddy(self._speeds)
        speed_label.hide()
        row.addWidget(self._speeds)
        row.addWidget(self._loop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 2)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.track)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the dates whole in a narrow window."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Do without what the menus offer too where the dates would be cut off."""
        show_what_fits(self._row, self.width(), (self._step_label, self._turn, self._loop))

    def _connect(self) -> None:
        self._play.clicked.connect(self.player.toggle)
        self._back.clicked.connect(lambda: self.step(-1))
        self._forward.clicked.connect(lambda: self.step(1))
        self._turn.clicked.connect(lambda: self.player.set_direction(-self.player.direction))
        self._loop.toggled.connect(self._on_loop)
        self._era.clicked.connect(self.track.show_era)
        self._steps.setCurrentIndex(STEPS.index(self._store.state.step))
        self._steps.activated.connect(self._on_step_chosen)
        self._speeds.setCurrentIndex(SPEEDS.index(self.player.speed))
        self._speeds.activated.connect(lambda i: self.player.set_speed(SPEEDS[i]))
        self.date_edit.days_chosen.connect(self._on_days_chosen)
        self.date_edit.refused.connect(self._plate.show_words)
        self.other_edit.days_chosen.connect(self._on_other_chosen)
        self.other_edit.refused.connect(self._other_plate.show_words)
        self._show_other()
        self.player.changed.connect(self._show_player)
        self.track.window_changed.connect(self._on_window)
        self._on_window()

    def _on_change(self, change: Change) -> None:
        if change.fields & {"day", "range_days"}:
            self.date_edit.show_days(_days(change.new))
        if "range_days" in change.fields:
            self._make_room()
        if "comparison" in change.fields:
            self._show_other()
        if "step" in change.fields:
            self._steps.setCurrentIndex(STEPS.index(change.new.step))
        if "theme" in change.fields:
            self.set_style(load_style(change.new.theme))

    def _on_step_chosen(self, index: int) -> None:
        self._store.do(actions.set_step(STEPS[index]), CAUSE)

    def _on_days_chosen(self, first_day: int, last_day: int) -> None:
        choose = actions.set_range(first_day, last_day, self._story)

        def action(state: State) -> State:
            return actions.follow_date(self._story)(choose(state))

        self._store.do(action, CAUSE)

    def set_loop(self, loop: bool) -> None:
        """Loop over the time shown on the track, or play to the end."""
        self._loop.setChecked(loop)

    def _on_other_chosen(self, _: int, day: int) -> None:
        self._store.do(actions.set_other_day(day, self._story), CAUSE)

    def _show_other(self) -> None:
        """Show the field for the date compared with while there is one."""
        state = self._store.state
        self.other_edit.show_days(_other_days(state))
        self.date_edit.set_short(state.other_day is not None)
        self.other_edit.set_short(True)
        for part in (self._other_label, self.other_edit):
            part.setVisible(state.other_day is not None)
        self._make_room()

    def _on_loop(self, loop: bool) -> None:
        self._on_window()
        self.player.set_loop(loop)

    def _on_window(self) -> None:
        self._era.setVisible(not self.track.shows_era)
        # A page turned by the playing date itself must not move the stretch it loops over.
        if not (self.player.playing and self.player.loop):
            scale = self.track.scale
            self.player.set_loop_bounds(int(scale.start_day) + 1, int(scale.end_day - 1e-6))

    def _show_player(self) -> None:
        forwards = self.player.direction > 0
        self._speeds.setCurrentIndex(SPEEDS.index(self.player.speed))
        sign = "pause" if self.player.playing else "play" if forwards else "play_back"
        ink, faint = self._style.color("panel"), self._style.color("rule")
        self._play.setIcon(sign_icon(sign, ink, faint))
        self._turn.setText("Forwards" if forwards else "Backwards")
        words = "Plays forwards; click to play backwards"
        self._turn.setToolTip(words if forwards else "Plays backwards; click to play forwards")
        self._turn.setAccessibleName(self._turn.toolTip())
        until = day_in_words(self.player.bounds[1])
        self._play.setAccessibleDescription("Playing" if self.player.playing else f"Until {until}")


def _button(name: str, words: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setIconSize(ICON)
    button.setToolTip(words)
    button.setAccessibleName(words)
    return button


def _box(name: str, words: str, tip: str) -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    box.setAccessibleName(words)
    box.setToolTip(tip)
    return box


def _other_days(state: State) -> tuple[int, int]:
    day = state.other_day
    return (state.day, state.day) if day is None else (day, day)


def _days(state: State) -> tuple[int, int]:
    return state.first_day, state.day


def time_bar_qss(style: Style) -> str:
    """Return what the bar adds to the window's style sheet."""
    panel, rule, text = (style.color(n).name() for n in ("panel", "rule", "text"))
    accent, soft, focus = (style.color(n).name() for n in ("accent", "text_soft", "focus"))
    return f"""
    #time_bar {{ background: {panel}; border-top: 1px solid {rule}; }}
    #time_bar QLabel {{ color: {soft}; }}
    #time_bar #play_button {{ background: {accent}; border-radius: 15px;
      border: none; padding: 0; }}
    #time_bar #play_button:hover {{ background: {text}; }}
    #time_bar #play_button:focus {{ border: 3px solid {focus}; }}
    #time_bar DateEdit {{ font-family: "Noto Serif"; font-size: 16px; font-weight: bold;
      border: 1px solid transparent; background: transparent; color: {text}; padding: 2px 6px; }}
    #time_bar DateEdit:hover {{ border: 1px solid {rule}; }}
    #time_bar DateEdit:focus {{ border: 1px solid {focus}; }}
    #time_bar DateEdit[misread="true"] {{ border: 2px solid {accent}; }}
    """
