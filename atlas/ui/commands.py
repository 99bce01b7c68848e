"""Every command of the window in one table: menus, shortcuts and Help > Keys are made from it.

Floor: ui; neighbours: menus, which builds the actions; keys_help, which lists them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

MENUS: Final = ("File", "Edit", "View", "Go", "Time", "Help")


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its id, its menu, its words there, its keys in portable text.

    `section` groups commands between separators; a command without a menu is only listed among
    the keys, since the widget with the focus sees to it.
    """

    id: str
    menu: str
    text: str
    keys: tuple[str, ...] = ()
    section: int = 0
    checkable: bool = False


COMMANDS: Final = (
    Command("export", "File", "Export…", ("Ctrl+E",)),
    Command("print_map", "File", "Print…", ("Ctrl+P",)),
    Command("booklet", "File", "Booklet…"),
    Command("film", "File", "Film…"),
    Command("web_page", "File", "Web page…"),
    Command("open_picture", "File", "Show the view of a picture…", ("Ctrl+O",)),
    Command("open_overlay", "File", "Open overlay…", ("Ctrl+Shift+O",)),
    Command("close_overlays", "File", "Close your overlays"),
    Command("copy_picture", "File", "Copy picture", ("Ctrl+Shift+C",)),
    Command("quit", "File", "Quit", ("Ctrl+Q",), 1),
    Command("undo", "Edit", "Undo", ("Ctrl+Z",)),
    Command("redo", "Edit", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y")),
    Command("copy_link", "Edit", "Copy link to this view", ("Ctrl+Shift+L",), 1),
    Command("paste_link", "Edit", "Paste link to a view", ("Ctrl+Shift+V",), 1),
    Command("zoom_in", "View", "Zoom in", ("+", "=")),
    Command("zoom_out", "View", "Zoom out", ("-",)),
    Command("zoom_home", "View", "View of the open panel", ("H",)),
    Command("pan_left", "View", "Move the map left", ("Ctrl+Left",), 1),
    Command("pan_right", "View", "Move the map right", ("Ctrl+Right",), 1),
    Command("pan_up", "View", "Move the map up", ("Ctrl+Up",), 1),
    Command("pan_down", "View", "Move the map down", ("Ctrl+Down",), 1),
    Command("compare", "View", "Compare two dates", ("C",), 2),
    Command("measure", "View", "Measure", ("M",), 2, checkable=True),
    Command("full_screen", "View", "Full screen", ("F11",), 3, checkable=True),
    Command("wider", "View", "Wider text or layer list", ("Ctrl+]",), 3),
    Command("narrower", "View", "Narrower text or layer list", ("Ctrl+[",), 3),
    Command("map_and_text", "View", "Map and text only", ("Shift+F11",), 3, checkable=True),
    Command("follow_text", "View", "Follow the text", ("F",), 3, checkable=True),
    Command("present", "View", "Present", ("F5",), 3, checkable=True),
    Command("tour", "View", "Automatic tour", ("Shift+F5",), 3),
    Command("paint_times", "View", "Paint times", ("F12",), 4, checkable=True),
    Command("next_panel", "Go", "Next panel", ("PgDown",)),
    Command("previous_panel", "Go", "Previous panel", ("PgUp",)),
    Command("go_to_date", "Go", "Go to a date…", ("Ctrl+G",)),
    Command("search", "Go", "Search…", ("Ctrl+K",)),
    Command("add_bookmark", "Go", "Add a bookmark…", ("Ctrl+D",), 2),
    Command("bookmarks", "Go", "Bookmarks…", ("Ctrl+B",), 2),
    Command("next_mark", "Go", "Next mark on the map", ("]",), 1),
    Command("previous_mark", "Go", "Previous mark on the map", ("[",), 1),
    Command("play", "Time", "Play or pause", ("Space",)),
    Command("play_backwards", "Time", "Play backwards", ("B",), checkable=True),
    Command("loop", "Time", "Loop over the time shown", ("L",), checkable=True),
    Command("stop_at_panel", "Time", "Stop at the panel's end", checkable=True),
    Command("faster", "Time", "Play faster", ("Ctrl+.",)),
    Command("slower", "Time", "Play slower", ("Ctrl+,",)),
    Command("step_forward", "Time", "One step later", ("Right",), 1),
    Command("step_back", "Time", "One step earlier", ("Left",), 1),
    Command("month_forward", "Time", "One month later", ("Shift+Right",), 1),
    Command("month_back", "Time", "One month earlier", ("Shift+Left",), 1),
    Command("next_change", "Time", "Next change in view", ("N", "."), 2),
    Command("previous_change", "Time", "Previous change in view", ("P", ","), 2),
    Command("era_start", "Time", "Start of the era", ("Home",), 3),
    Command("era_end", "Time", "End of the era", ("End",), 3),
    Command("whole_era", "Time", "Whole era on the time track", ("0",), 3),
    Command("month_range", "Time", "The month up to the date, or one day", ("R",), 4),
    Command("start_earlier", "Time", "Begin the stretch a step earlier", ("Alt+Left",), 4),
    Command("start_later", "Time", "Begin the stretch a step later", ("Alt+Right",), 4),
    Command("end_earlier", "Time", "End the stretch a step earlier", ("Alt+Shift+Left",), 4),
    Command("end_later", "Time", "End the stretch a step later", ("Alt+Shift+Right",), 4),
    Command("other_earlier", "Time", "The date compared with a step earlier", ("<",), 5),
    Command("other_later", "Time", "The date compared with a step later", (">",), 5),
    Command("keys", "Help", "Keys", ("F1",)),
    Command("change_keys", "Help", "Change keys…"),
    Command("about", "Help", "About the atlas"),
    Command("deselect", "", "Close the card, deselect", ("Esc",)),
    Command("measure_back", "", "Take the last point back, while measuring", ("Backspace",)),
    Command("measure_copy", "", "Copy what is measured", ("Ctrl+C",)),
    Command("larger_text", "", "Larger text, while reading", ("Ctrl++", "Ctrl+=")),
    Command("smaller_text", "", "Smaller text, while reading", ("Ctrl+-",)),
    Command("plain_text", "", "Text of its first size, while reading", ("Ctrl+0",)),
)

BY_ID: Final = {command.id: command for command in COMMANDS}


def changeable_keys() -> dict[str, tuple[str, ...]]:
    """Return the first keys of every command whose keys a reader may change, by its id."""
    return {command.id: command.keys for command in COMMANDS if command.menu}


def fixed_keys() -> dict[str, str]:
    """Return what has a key for good, by the key."""
    return {key: command.id for command in COMMANDS if not command.menu for key in command.keys}


def listed_keys(
    keys_of: Callable[[str], tuple[str, ...]] | None = None,
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the words and keys of every command that has a key, in the table's order."""
    rows = ((c, keys_of(c.id) if keys_of and c.menu else c.keys) for c in COMMANDS)
    return tuple((command.text.rstrip("…"), keys) for command, keys in rows if keys)
