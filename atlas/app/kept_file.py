"""Small JSON files kept between runs: written whole or not at all, damaged ones put aside.

Floor: app; neighbours: session, bookmarks and key_choices, which say what stands in them.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any, Final

MAX_BYTES: Final = 1_000_000


class KeptFileError(ValueError):
    """A kept file holds what it should not; the message says why."""


def read_kept(path: Path) -> Any:
    """Return what a kept file holds, None if there is none.

    Raises
    ------
    KeptFileError
        If it cannot be read or is no JSON.
    """
    try:
        return json.loads(path.read_bytes()[:MAX_BYTES].decode("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise KeptFileError(str(error)) from error


def write_kept(path: Path, data: dict[str, Any]) -> None:
    """Write beside the old file, then put the new one in its place.

    Raises
    ------
    OSError
        If the folder cannot be made or the file not written; an older file stays as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{path.stem}-"
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=prefix, suffix=path.suffix)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(data, file, indent=1, sort_keys=True)
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def put_aside(path: Path, what: str, reason: str) -> str:
    """Rename a damaged file, so that the next save destroys nothing of use; return a sentence."""
    aside = path.with_name(path.name + ".broken")
    try:
        os.replace(path, aside)
    except OSError:
        return f"{what} could not be read ({reason}); starting afresh."
    return f"{what} could not be read ({reason}); kept as {aside.name}."
