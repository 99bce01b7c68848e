"""The reader's own keys: which differ from the table of commands, kept beside the session.

Floor: app; neighbours: kept_file, session (the folder). The table itself stands in the ui and is
handed in. A key is never given to two commands; every change is saved at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from PySide6.QtGui import QKeySequence

from atlas.app.kept_file import KeptFileError, put_aside, read_kept, write_kept
from atlas.app.session import session_path

VERSION: Final = 1
MOST_KEYS: Final = 4
LONGEST_KEY: Final = 40
NEVER: Final = frozenset({"Tab", "Shift+Tab", "Return", "Enter", "Esc", "Backspace", "Del", "F10"})
"""Keys that every window needs for itself."""
Keys = tuple[str, ...]


def key_choices_path() -> Path:
    """Return where the reader's keys are kept: beside the session."""
    return session_path().with_name("keys.json")


def plain_key(text: str) -> str:
    """Return one chord as portable text, empty if it is none."""
    sequence = QKeySequence(text[:LONGEST_KEY])
    return sequence.toString() if sequence.count() == 1 else ""


class KeyChoices:
    """The keys in force. A change that cannot be saved raises OSError and is undone.

    `defaults` holds the keys of every command that may be changed, `fixed` the id of what has a
    key for good, by the key.
    """

    def __init__(self, path: Path, defaults: Mapping[str, Keys], fixed: Mapping[str, str]) -> None:
        self._path = path
        self._defaults = {name: _plain(keys) for name, keys in defaults.items()}
        self._fixed = {plain_key(key): name for key, name in fixed.items()}
        self.notice = ""
        """One sentence about a file that could not be read, empty if all is well."""
        try:
            self._chosen = self._known(_choices_from(read_kept(path)))
        except KeptFileError as error:
            self._chosen = {}
            self.notice = put_aside(path, "Your keys", str(error))

    def keys(self, command: str) -> Keys:
        """Return the keys of a command, in portable text."""
        return self._chosen.get(command, self._defaults.get(command, ()))

    def is_chosen(self, command: str) -> bool:
        """Tell whether a command's keys are the reader's own."""
        return command in self._chosen

    def refusal(self, key: str) -> str:
        """Return why no command may have a key, empty if one may."""
        if not key:
            return "Press one key, with Ctrl, Alt or Shift if you like."
        if key in NEVER:
            return f"{key} is needed by every window."
        return ""

    def holder(self, key: str) -> str:
        """Return the command that has a key, empty if it is free."""
        if key in self._fixed:
            return self._fixed[key]
        return next((name for name in self._defaults if key in self.keys(name)), "")

    def is_fixed(self, key: str) -> bool:
        """Tell whether a key cannot be taken from the command that has it."""
        return key in self._fixed

    def choose(self, command: str, key: str) -> None:
        """Give a command one key, in place of those it had; another that had it loses it.

        Raises
        ------
        ValueError
            If the key cannot be given.
        OSError
            If the choice cannot be saved.
        """
        key = plain_key(key)
        if self.refusal(key) or self.is_fixed(key):
            raise ValueError(self.refusal(key) or f"{key} cannot be taken.")
        chosen = dict(self._chosen)
        holder = self.holder(key)
        if holder and holder != command:
            chosen[holder] = tuple(other for other in self.keys(holder) if other != key)
        chosen[command] = (key,)
        self._keep(chosen)

    def reset(self, command: str) -> None:
        """Give a command its first keys back, where no other has them now."""
        chosen = {name: keys for name, keys in self._chosen.items() if name != command}
        taken = {key for name in self._defaults if name != command for key in self.keys(name)}
        free = tuple(key for key in self._defaults[command] if key not in taken)
        if free != self._defaults[command]:
            chosen[command] = free
        self._keep(chosen)

    def reset_all(self) -> None:
        """Give every command its first keys back."""
        self._keep({})

    def _keep(self, chosen: dict[str, Keys]) -> None:
        chosen = {name: keys for name, keys in chosen.items() if keys != self._defaults[name]}
        keys = {name: list(keys) for name, keys in chosen.items()}
        write_kept(self._path, {"version": VERSION, "keys": keys})
        self._chosen = chosen

    def _known(self, chosen: Mapping[str, Keys]) -> dict[str, Keys]:
        """Return the choices that make sense: known commands, no key twice, none that is fixed."""
        taken: set[str] = set(self._fixed)
        taken |= {k for name, keys in self._defaults.items() if name not in chosen for k in keys}
        known = {}
        for name, keys in chosen.items():
            if name in self._defaults:
                known[name] = tuple(k for k in keys if k not in taken and not self.refusal(k))
                taken.update(known[name])
        return known


def _plain(keys: Keys) -> Keys:
    return tuple(dict.fromkeys(filter(None, map(plain_key, keys))))


def _choices_from(data: Any) -> dict[str, Keys]:
    if data is None:
        return {}
    if not isinstance(data, dict) or data.get("version") != VERSION:
        raise KeptFileError("it holds no keys of this version")
    rows = data.get("keys")
    if not isinstance(rows, dict):
        raise KeptFileError("it holds no table of keys")
    for name, keys in rows.items():
        if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
            raise KeptFileError(f"the keys of “{str(name)[:40]}” are no list of texts")
    return {str(name): _plain(tuple(keys[:MOST_KEYS])) for name, keys in rows.items()}
