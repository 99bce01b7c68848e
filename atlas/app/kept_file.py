"""Small JSON files kept between runs: written whole or not at all, damaged ones put aside.

Floor: app; neighbours: session, bookmarks and key_choices, which say what stands in them.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Final

from atlas.app.refusal import reason_of
from atlas.core.bounded import BoundsError, read_json

MAX_BYTES: Final = 1_000_000
_TRIED_BYTES: Final = 1 << 16


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
        if path.exists() and not path.is_file():
            raise KeptFileError("it is no file")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise KeptFileError(f"it is longer than {MAX_BYTES:,} bytes")
        return read_json(data.decode("utf-8"))
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise KeptFileError("it is not UTF-8 text") from error
    except (OSError, BoundsError) as error:
        raise KeptFileError(str(error)) from error


def write_kept(path: Path, data: dict[str, Any]) -> None:
    """Write beside the old file, then put the new one in its place.

    Raises
    ------
    OSError
        If the folder cannot be made or the file not written; an older file stays as it was.
    """
    from atlas.app.files import replacing  # the first map need not wait for it

    text = json.dumps(data, indent=1, sort_keys=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path, mode=0o600) as file:
        file.write(text.encode("ascii"))
        file.flush()
        # A file renamed before its bytes are on the disk may be empty after the power failed.
        os.fsync(file.fileno())


def cannot_keep(path: Path) -> str:
    """Return why no file can be kept at a path, empty if one can: it is really tried."""
    from tempfile import TemporaryFile

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=path.parent) as file:
            file.write(bytes(_TRIED_BYTES))
    except OSError as error:
        return reason_of(error)
    return ""


def put_aside(path: Path, what: str, reason: str) -> str:
    """Rename a damaged file, so that the next save destroys nothing of use; return a sentence."""
    aside = path.with_name(path.name + ".broken")
    try:
        os.replace(path, aside)
    except OSError:
        return f"{what} could not be read ({reason}); starting afresh."
    return f"{what} could not be read ({reason}); kept as {aside.name}."
