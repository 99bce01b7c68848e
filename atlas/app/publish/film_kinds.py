"""The kinds of film there are, and whether this system can write them.

Floor: app, no Qt; neighbours: film, film_words, and the film dialog, which offers them.
"""

from __future__ import annotations

import importlib
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from atlas.app.refusal import NotInstalled, Refusal

VIDEO: Final = (".mp4", ".webm")
KINDS: Final = (".gif", ".webp", *VIDEO, "")
_WHAT: Final = "MP4 and WebM need the library PyAV, which is not installed"


def require_kind(path: Path) -> str:
    """Return one of `KINDS` by the file's name.

    Raises
    ------
    Refusal
        If there is no such kind.
    NotInstalled
        If it is a video and PyAV is missing.
    """
    kind = path.suffix.lower()
    if kind not in KINDS:
        remedy = "end the name in .gif, .webp, .mp4 or .webm, or name a folder for PNG frames"
        raise Refusal(str(path), f"“{kind}” is no film the atlas writes", remedy)
    if kind in VIDEO and not can_write_video():
        raise NotInstalled(str(path), _WHAT, f"install it with: {install_command()}")
    return kind


def can_write_video() -> bool:
    """Tell whether PyAV is there, without loading it: that takes a while."""
    importlib.invalidate_caches()
    return find_spec("av") is not None


def install_command() -> str:
    """Return what installs PyAV beside this Python."""
    return f'{sys.executable} -m pip install "av>=14"'


def missing_words() -> str:
    """Return a sentence on what is missing for videos; empty if nothing is."""
    return "" if can_write_video() else f"{_WHAT}. Install it with: {install_command()}"
