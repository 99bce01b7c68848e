"""Everything a random reader does on the map, the time track, the layers and the panels.

A move takes the reader, who has hands and this step's own dice; nothing else decides what it does.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final, Protocol

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QSlider,
    QTextBrowser,
    QToolButton,
    QTreeWidget,
    QWidget,
)

from atlas.core.store import Store
from atlas.ui.menus import NAME_WORDS
from atlas.ui.window import MainWindow
from tests.soak.hands import PLAIN, Hands, Place, part

MODIFIERS: Final = (
    PLAIN,
    PLAIN,
    PLAIN,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
SEARCHES: Final = (
    "phnom penh", "lao", "deng", "saign", "1979-01-07", "war", "ភ្នំពេញ", "atlas:1/x/y?d=9", "zzz",
    "border camps", "中国", "<b>", "1931", "mekong",
)  # fmt: skip
DATES: Final = (
    "7 January 1979", "1975-04-17", "30 February 1975", "1930", "25 Dec 1978 - 7 Jan 1979", "-44",
    "99999", "1967-11~", "", "2020-01-01", "april 1975",
)  # fmt: skip
CHOICES: Final = (
    ("View", "Theme"), ("View", "Names"), ("View", "Projection"), ("View", "On the map"),
    ("View", "Ways to compare"), ("View", ""), ("Time", "Step"), ("Go", ""),
)  # fmt: skip
NEVER: Final = frozenset({"Quit"})


class Reader(Protocol):
    """What a move uses."""

    hands: Hands
    dice: Random
    window: MainWindow
    store: Store

    def say(self, words: str) -> None: ...


Move = Callable[[Reader], None]
MOVES: dict[str, tuple[int, Move]] = {}


def move(weight: int) -> Callable[[Move], Move]:
    """Add a move that is made in proportion to its weight."""

    def add(made: Move) -> Move:
        MOVES[made.__name__] = (weight, made)
        return made

    return add


def place(dice: Random) -> Place:
    return dice.uniform(0.02, 0.98), dice.uniform(0.02, 0.98)


def way(dice: Random, most: int) -> list[Place]:
    """Return places along a straight line."""
    (x0, y0), (x1, y1), count = place(dice), place(dice), dice.randint(3, most)
    return [(x0 + (x1 - x0) * i / count, y0 + (y1 - y0) * i / count) for i in range(count + 1)]


# The map


@move(8)
def drag_map(reader: Reader) -> None:
    reader.hands.drag(reader.window.canvas, way(reader.dice, 20))


@move(8)
def wheel_map(reader: Reader) -> None:
    at, notches = place(reader.dice), reader.dice.randint(1, 6)
    turn = reader.dice.choice((120, 120, -120, -120, 15, -15))
    reader.say(f"{turn} x {notches}")
    for _ in range(notches):
        reader.hands.wheel(reader.window.canvas, at, QPoint(0, turn))


@move(4)
def pinch_map(reader: Reader) -> None:
    at, value = place(reader.dice), reader.dice.uniform(-0.15, 0.15)
    for _ in range(reader.dice.randint(2, 12)):
        reader.hands.pinch(reader.window.canvas, at, value)


@move(8)
def click_map(reader: Reader) -> None:
    at = place(reader.dice)
    for _ in range(reader.dice.randint(1, 3)):
        reader.hands.hover(reader.window.canvas, at)
        reader.hands.click(reader.window.canvas, at)


@move(2)
def double_click_map(reader: Reader) -> None:
    reader.hands.double_click(
        reader.window.canvas, place(reader.dice), reader.dice.choice(MODIFIERS[:4])
    )


@move(4)
def hover_map(reader: Reader) -> None:
    for at in way(reader.dice, 25):
        reader.hands.hover(reader.window.canvas, at)


@move(3)
def go_to_mark(reader: Reader) -> None:
    """Click where a mark is."""
    canvas = reader.window.canvas
    marks = canvas.scene.marks
    if not marks:
        return
    mark = reader.dice.choice(marks)
    reader.say(mark.feature_id)
    at = canvas.scene.camera, canvas.scene.size_px
    from atlas.core.viewport import to_px

    x, y = to_px(*at, mark.x_m, mark.y_m)
    if 0 < x < canvas.width() and 0 < y < canvas.height():
        reader.hands.click(canvas, (x / canvas.width(), y / canvas.height()))


@move(2)
def drag_handle(reader: Reader) -> None:
    handle = part(reader.window, QWidget, "swipe_handle")
    if handle.isVisible():
        reader.hands.drag(handle, [(reader.dice.uniform(-9, 9), 0.5) for _ in range(8)])


@move(3)
def measure(reader: Reader) -> None:
    """Measure a few legs, then stop."""
    hands = reader.hands
    reader.window.canvas.setFocus()
    hands.key("M")
    for _ in range(reader.dice.randint(2, 6)):
        hands.hover(reader.window.canvas, place(reader.dice))
        hands.click(reader.window.canvas, place(reader.dice))
    for keys in reader.dice.sample(("Backspace", "Ctrl+C", "Return"), 2):
        hands.key(keys)
    if reader.window.canvas.tool is not None:
        hands.key("M")


# The time track


@move(12)
def drag_track(reader: Reader) -> None:
    track, keys = reader.window.time_bar.track, reader.dice.choice(MODIFIERS)
    y = reader.dice.uniform(0.05, 0.95)
    x0, x1 = reader.dice.random(), reader.dice.random()
    count = reader.dice.randint(4, 40)
    steps = [(x0 + (x1 - x0) * i / count, y) for i in range(count + 1)]
    reader.hands.drag(track, steps, keys)


@move(4)
def click_track(reader: Reader) -> None:
    keys = reader.dice.choice(MODIFIERS)
    reader.hands.hover(reader.window.time_bar.track, place(reader.dice))
    if reader.dice.random() < 0.3:
        reader.hands.double_click(reader.window.time_bar.track, place(reader.dice), keys)
    else:
        reader.hands.click(reader.window.time_bar.track, place(reader.dice), keys)


@move(4)
def wheel_track(reader: Reader) -> None:
    at, dice = place(reader.dice), reader.dice
    turn = QPoint(dice.choice((0, 0, 120, -120)), dice.choice((120, -120)))
    for _ in range(dice.randint(1, 5)):
        reader.hands.wheel(reader.window.time_bar.track, at, turn, dice.choice(MODIFIERS[:4]))


@move(2)
def pinch_track(reader: Reader) -> None:
    at, value = place(reader.dice), reader.dice.uniform(-0.3, 0.3)
    for _ in range(reader.dice.randint(2, 8)):
        reader.hands.pinch(reader.window.time_bar.track, at, value)


@move(3)
def type_date(reader: Reader) -> None:
    words = reader.dice.choice(DATES)
    reader.say(words)
    reader.hands.key("Ctrl+G")
    reader.hands.type(words)
    for keys in ("Return", "Escape"):
        reader.hands.key(keys)


@move(2)
def choose_step(reader: Reader) -> None:
    box = part(reader.window, QComboBox, reader.dice.choice(("step_box", "speed_box")))
    if box.isVisible():
        reader.hands.key(reader.dice.choice(("Down", "Up", "Home", "End")), box)


@move(3)
def play(reader: Reader) -> None:
    """Let the date run for a moment, while something else goes on."""
    reader.window.canvas.setFocus()
    reader.hands.key("Space")
    for _ in range(reader.dice.randint(3, 30)):
        reader.hands.rest()
    if reader.dice.random() < 0.5:
        wheel_map(reader)
    if reader.window.time_bar.player.playing:
        reader.window.canvas.setFocus()
        reader.hands.key("Space")


# Text and layers


@move(5)
def read(reader: Reader) -> None:
    view = part(reader.window, QTextBrowser, "panel_view").viewport()
    for _ in range(reader.dice.randint(1, 8)):
        turn = QPoint(0, reader.dice.choice((-120, -120, -360, 120)))
        reader.hands.wheel(view, place(reader.dice), turn)


@move(6)
def click_text(reader: Reader) -> None:
    """Point at and click words, of which many are links."""
    view = part(reader.window, QTextBrowser, "panel_view").viewport()
    for _ in range(reader.dice.randint(1, 4)):
        at = place(reader.dice)
        reader.hands.hover(view, at)
        reader.hands.click(view, at)
        close_popups(reader)


def close_popups(reader: Reader) -> None:
    """Close what popped up, a claim's card or a menu, by Escape."""
    for _ in range(5):
        if QApplication.activePopupWidget() is not None:
            reader.hands.key("Escape")


@move(3)
def letters(reader: Reader) -> None:
    """Larger or smaller letters."""
    view = part(reader.window, QTextBrowser, "panel_view")
    if view.isVisible():
        view.setFocus()
        for _ in range(reader.dice.randint(1, 4)):
            reader.hands.key(reader.dice.choice(("Ctrl++", "Ctrl+-", "Ctrl+0")))


@move(3)
def contents(reader: Reader) -> None:
    button = part(reader.window, QToolButton, "contents_button")
    if not button.isVisible():
        return
    reader.hands.click(button, (0.5, 0.5))
    for _ in range(reader.dice.randint(0, 6)):
        reader.hands.key(reader.dice.choice(("Down", "Up", "PgDown")))
    reader.hands.key(reader.dice.choice(("Return", "Escape")))


@move(6)
def tick_layers(reader: Reader) -> None:
    tree = part(reader.window, QTreeWidget, "layer_tree")
    if not tree.isVisible():
        return
    for _ in range(reader.dice.randint(1, 4)):
        reader.hands.click(tree.viewport(), (0.12, reader.dice.random()))


@move(4)
def fade_layer(reader: Reader) -> None:
    """Stand on a layer; move its slider, or show it alone."""
    tree = part(reader.window, QTreeWidget, "layer_tree")
    if not tree.isVisible():
        return
    tree.setFocus()
    for _ in range(reader.dice.randint(1, 9)):
        reader.hands.key(reader.dice.choice(("Down", "Down", "Up")))
    slider = part(reader.window, QSlider, "layer_opacity")
    alone = part(reader.window, QToolButton, "layer_alone")
    if slider.isVisible():
        reader.hands.drag(slider, [(reader.dice.random(), 0.5) for _ in range(6)])
    if alone.isVisible() and reader.dice.random() < 0.4:
        reader.hands.click(alone, (0.5, 0.5))


@move(4)
def search(reader: Reader) -> None:
    words = reader.dice.choice(SEARCHES)
    reader.say(words)
    reader.hands.key("Ctrl+K")
    reader.hands.type(words)
    for _ in range(reader.dice.randint(0, 4)):
        reader.hands.key(reader.dice.choice(("Down", "Up", "PgDown")))
    reader.hands.key(reader.dice.choice(("Return", "Return", "Escape")))
    if isinstance(QApplication.focusWidget(), QLineEdit):
        reader.hands.key("Escape")


@move(8)
def choose_in_menu(reader: Reader) -> None:
    """Open a menu by the mouse and choose by its keys."""
    choose(reader, *reader.dice.choice(CHOICES))


@move(1)
def choose_projection(reader: Reader) -> None:
    choose(reader, "View", "Projection")


@move(1)
def choose_local_names(reader: Reader) -> None:
    """Ask for names in every script: their fonts are read in once."""
    choose(reader, "View", "Names", list(NAME_WORDS).index("local") / len(NAME_WORDS))


def choose(reader: Reader, menu_name: str, sub_name: str, chosen: float | None = None) -> None:
    """Choose some entry of a menu, or of a menu in it: the one at a share of their number."""
    chosen = reader.dice.random() if chosen is None else chosen
    bar = reader.window.menuBar()
    if not bar.isVisible():
        return
    head = next(a for a in bar.actions() if a.text().replace("&", "") == menu_name)
    middle = bar.actionGeometry(head).center()
    reader.hands.click(bar, (middle.x() / bar.width(), middle.y() / bar.height()))
    menu = QApplication.activePopupWidget()
    if sub_name and isinstance(menu, QMenu):
        menu.setActiveAction(next(a for a in menu.actions() if a.text() == sub_name))
        reader.hands.key("Right", menu)
        menu = QApplication.activePopupWidget()
    if not isinstance(menu, QMenu):
        return
    entries = [
        a for a in menu.actions() if a.isCheckable() and a.isEnabled() and not a.objectName()
    ]
    if entries:
        entry = entries[int(chosen * len(entries))]
        reader.say(f"{menu_name} > {sub_name} > {entry.text()}")
        menu.setActiveAction(entry)
        reader.hands.key("Return", menu)
    close_popups(reader)
