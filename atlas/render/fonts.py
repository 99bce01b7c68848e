"""Registers the fonts the atlas brings along, so that a bare machine draws no boxes.

Floor: render; neighbours: style, which names the families.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFontDatabase

from atlas.core.resources import resources_dir

_registered: set[Path] = set()


def load_fonts(fonts_dir: Path | None = None) -> list[str]:
    """Register every .ttf of a folder once; needs a QGuiApplication. Returns unreadable files."""
    failed = []
    for path in sorted((fonts_dir or resources_dir() / "fonts").glob("*.ttf")):
        if path in _registered:
            continue
        _registered.add(path)
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            failed.append(path.name)
    return failed
