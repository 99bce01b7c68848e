"""The one exception for what a person asked and cannot have: said in a line, never a traceback.

Floor: app; no neighbours. The command line prints it, the window shows it.
"""

from __future__ import annotations


class Refusal(Exception):
    """What was asked cannot be done; `where` is the option or file, `remedy` what to do."""

    exit_code = 1

    def __init__(self, where: str, what: str, remedy: str = "") -> None:
        self.where = where
        self.what = what
        self.remedy = remedy
        tail = f"; {remedy}" if remedy else ""
        super().__init__(f"{where}: {what}{tail}")


class NotInstalled(Refusal):
    """What was asked takes a library that is an extra, and is not there."""

    exit_code = 2


def refusal_of(error: OSError, doing: str, path: object) -> Refusal:
    """Return the refusal that tells of a file the system would not read or write."""
    what = f"cannot {doing}: {reason_of(error)}"
    return Refusal(str(path), what, _REMEDIES.get(type(error), ""))


def reason_of(error: OSError) -> str:
    """Return why the system would not, in its words."""
    return (error.strerror or str(error) or type(error).__name__).lower()


_REMEDIES: dict[type[OSError], str] = {
    FileNotFoundError: "create the folder or name another",
    NotADirectoryError: "name a folder that exists",
    IsADirectoryError: "name a file, not a folder",
    PermissionError: "choose a place you may write to",
}
