"""What a random reader does with the whole window: keys, storms of undo, links, files, its size."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from atlas.ui.commands import COMMANDS
from tests.soak.moves import Reader, close_popups, move, wheel_map

_DIALOGS: Final = (
    "open_picture", "add_bookmark", "bookmarks", "keys", "change_keys", "about", "booklet",
    "film", "web_page",
)  # fmt: skip
_OTHERWISE: Final = frozenset(
    {"quit", "export", "print_map", "present", "tour", "full_screen", *_DIALOGS}
)
"""Commands with moves of their own, or none."""
KEYS: Final = tuple(
    keys for command in COMMANDS if command.id not in _OTHERWISE for keys in command.keys
)
SIZES: Final = ((1920, 1080), (1920, 1080), (1280, 800), (1024, 700), (800, 500), (1600, 1000))


@move(30)
def press_keys(reader: Reader) -> None:
    """Press some keys of the table, each a few times."""
    for _ in range(reader.dice.randint(1, 4)):
        keys = reader.dice.choice(KEYS)
        reader.say(keys)
        for _ in range(reader.dice.choice((1, 1, 1, 2, 5))):
            reader.hands.key(keys)


@move(3)
def storm(reader: Reader) -> None:
    """Undo and redo many steps, by keys held down."""
    for keys in ("Ctrl+Z", "Ctrl+Shift+Z") * reader.dice.randint(1, 3):
        for _ in range(reader.dice.randint(1, 25)):
            reader.hands.key(keys)


@move(3)
def go_round_by_link(reader: Reader) -> None:
    """Copy the link, go elsewhere, come back by it."""
    reader.window.canvas.setFocus()
    reader.hands.key("Ctrl+Shift+L")
    wheel_map(reader)
    reader.hands.key("PgDown")
    reader.hands.key("Ctrl+Shift+V")


@move(2)
def paste_rubbish(reader: Reader) -> None:
    rubbish = ("", "atlas:", "atlas:1/a/b?d=x", "hello", "atlas:1/x/y?d=1979-01-07&at=0,0,1e9")
    QApplication.clipboard().setText(reader.dice.choice(rubbish))
    reader.hands.key("Ctrl+Shift+V")


@move(4)
def resize(reader: Reader) -> None:
    size = reader.dice.choice(SIZES)
    reader.say(f"{size[0]} x {size[1]}")
    if not reader.window.isFullScreen():
        reader.window.resize(*size)
    reader.hands.rest()


@move(1)
def full_screen(reader: Reader) -> None:
    reader.hands.key("F11")
    reader.hands.rest()
    reader.hands.key("F11")


@move(3)
def present(reader: Reader) -> None:
    """Present, or tour, for a few panels."""
    reader.hands.key(reader.dice.choice(("F5", "F5", "Shift+F5")))
    for _ in range(reader.dice.randint(1, 12)):
        reader.hands.key(reader.dice.choice(("Right", "Left", "Down", "P", "End", "Home", "Space")))
    reader.hands.key("Escape")
    for _ in range(4):
        reader.hands.rest()


@move(3)
def panels_in_haste(reader: Reader) -> None:
    """Turn panels faster than the map can follow."""
    for _ in range(reader.dice.randint(3, 15)):
        reader.hands.key(reader.dice.choice(("PgDown", "PgDown", "PgUp")))


@move(2)
def export(reader: Reader) -> None:
    """Export; what is done in the dialog stands in `dialogs`."""
    reader.hands.key("Ctrl+E")


@move(4)
def open_dialog(reader: Reader) -> None:
    name = reader.dice.choice(_DIALOGS)
    reader.say(name)
    reader.window.menus.actions[name].trigger()


@move(1)
def docks(reader: Reader) -> None:
    """Hide or show a dock."""
    window = reader.window
    dock = reader.dice.choice((window.layers_dock, window.text_dock, window.time_dock))
    reader.say(dock.objectName())
    dock.toggleViewAction().trigger()


@move(3)
def tab_around(reader: Reader) -> None:
    """Walk with Tab and press something there."""
    for _ in range(reader.dice.randint(1, 12)):
        reader.hands.key(reader.dice.choice(("Tab", "Tab", "Shift+Tab")))
    focus = QApplication.focusWidget()
    reader.say(focus.objectName() if focus else "nowhere")
    reader.hands.key(reader.dice.choice(("Space", "Down", "Up", "Return")))
    close_popups(reader)
    reader.window.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
