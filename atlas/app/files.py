"""Writes a file whole or not at all. Floor: app; neighbours: refusal."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from atlas.app.refusal import Refusal, refusal_of


def require_folder(path: Path) -> None:
    """Refuse early a file whose folder is missing, before anything costly is drawn.

    Raises
    ------
    Refusal
        If the folder does not exist, or a folder stands in the file's place.
    """
    if path.is_dir():
        raise Refusal(str(path), "is a folder", "name a file in it")
    if not path.parent.is_dir():
        raise Refusal(str(path), f"there is no folder {path.parent}", "create it or name another")


def write_whole(path: Path, data: bytes) -> None:
    """Write beside the file, then put it in its place: an older file stays until that moment.

    Raises
    ------
    Refusal
        If the system will not write there; nothing is left behind.
    """
    require_folder(path)
    # A link keeps pointing at what it pointed at.
    target = Path(os.path.realpath(path))
    part = target.with_name(f".atlas-{secrets.token_hex(6)}.part")
    try:
        try:
            with part.open("xb") as file:
                file.write(data)
            os.replace(part, target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise refusal_of(error, "be written", path) from error
