"""Writes a file whole or not at all. Floor: app; neighbours: refusal."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from atlas.app.refusal import Refusal, refusal_of

_OPEN_FILES: Final = "/proc/self/fd"


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


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write into and put it in its place at the end: an older one stays till then.

    Where the system can, the file has no name while it is written, so that nothing of it is left
    even if the program is killed.

    Raises
    ------
    Refusal
        If the system will not write there; nothing is left behind.
    """
    require_folder(path)
    try:
        with replacing(path) as file:
            yield file
    except OSError as error:
        raise refusal_of(error, "be written", path) from error


@contextmanager
def replacing(path: Path, mode: int = 0o666) -> Iterator[BinaryIO]:
    """Give a file that takes the place of another at the end, as `whole_file` does.

    Raises
    ------
    OSError
        If the system will not write there; nothing is left behind.
    """
    # A link keeps pointing at what it pointed at.
    target = Path(os.path.realpath(path))
    part = target.with_name(f".atlas-{os.urandom(6).hex()}.part")
    try:
        with _nameless(target.parent, mode) or part.open("xb") as file:
            yield file
            file.flush()
            if not part.exists():
                _name(file, part)
        os.replace(part, target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole or not at all.

    Raises
    ------
    Refusal
        If the system will not write there; nothing is left behind.
    """
    with whole_file(path) as file:
        file.write(data)


def _name(file: BinaryIO, path: Path) -> None:
    folder = os.open(_OPEN_FILES, os.O_RDONLY)
    try:
        # With a folder given, Python asks the system to follow the link to the file itself.
        os.link(str(file.fileno()), path, src_dir_fd=folder)
    finally:
        os.close(folder)


def _nameless(folder: Path, mode: int) -> BinaryIO | None:
    """Return a file in a folder that no name leads to yet; None where there is no such thing."""
    flag = getattr(os, "O_TMPFILE", 0)
    if not flag or not os.path.isdir(_OPEN_FILES):
        return None
    try:
        return os.fdopen(os.open(folder, os.O_RDWR | flag, mode), "w+b")
    except OSError:
        # Some file systems know no nameless files; whatever else is wrong, the named one tells.
        return None
