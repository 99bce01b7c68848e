"""Registers the fonts the atlas brings along, so that a bare machine draws no boxes.

Floor: render; neighbours: style, which names the families.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtGui import QFontDatabase

from atlas.core.resources import resources_dir
from atlas.render.scripts import forget_fonts

_registered: set[Path] = set()


LATIN: Final = "NotoS*[sf]-*.ttf"
"""The faces a first map is lettered in; the other scripts can come after it."""


def load_fonts(fonts_dir: Path | None = None, pattern: str = "*.ttf") -> list[str]:
    """Register the fonts of a folder once; needs a QGuiApplication. Returns unreadable files."""
    failed = []
    for path in sorted((fonts_dir or resources_dir() / "fonts").glob(pattern)):
        if path in _registered:
            continue
        _registered.add(path)
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            failed.append(path.name)
    forget_fonts()
    return failed
