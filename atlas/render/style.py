"""How things look: colours, widths and fonts read from ``resources/styles/<theme>.toml``.

Floor: render; neighbours: none. A theme is a text file; changing one needs no code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont

from atlas.core.bounded import read_toml
from atlas.core.resources import resources_dir
from atlas.render.thread_fonts import kept_by_thread

_T = TypeVar("_T")
SANS: Final = "Noto Sans"
SERIF: Final = "Noto Serif"
_NAME: Final = re.compile(r"[a-z][a-z0-9_-]{0,40}")

_PATTERNS: Final[dict[str, Qt.BrushStyle]] = {
    "solid": Qt.BrushStyle.SolidPattern,
    "hatch": Qt.BrushStyle.FDiagPattern,
    "backhatch": Qt.BrushStyle.BDiagPattern,
    "cross": Qt.BrushStyle.DiagCrossPattern,
    "bars": Qt.BrushStyle.VerPattern,
    "dots": Qt.BrushStyle.Dense4Pattern,
    "fine": Qt.BrushStyle.Dense6Pattern,
    "rows": Qt.BrushStyle.HorPattern,
    "grid": Qt.BrushStyle.CrossPattern,
}
_SPINES: Final[dict[str, Qt.PenStyle]] = {
    "line": Qt.PenStyle.SolidLine,
    "dash": Qt.PenStyle.DashLine,
    "dots": Qt.PenStyle.DotLine,
}
_ROLES: Final[dict[str, tuple[str, bool, bool]]] = {
    # role: (family, bold, italic)
    "label": (SANS, False, False),
    "label_bold": (SANS, True, False),
    "label_italic": (SANS, False, True),
    "country": (SERIF, False, False),
    "sea": (SERIF, False, True),
    "title": (SERIF, True, False),
    "body": (SERIF, False, False),
    "body_italic": (SERIF, False, True),
}


class StyleError(ValueError):
    """A style file is missing or unreadable; the message names file and remedy."""


@dataclass(frozen=True, eq=False, repr=False)
class Style:
    """One theme. Looked up by name; an unknown colour is a programming error (KeyError)."""

    theme: str
    title: str
    dark: bool
    colors: MappingProxyType[str, QColor]
    tints: MappingProxyType[str, QColor]
    actors: MappingProxyType[str, QColor]
    widths: MappingProxyType[str, float]
    relief_strength: float
    shade_alpha: int
    patterns: MappingProxyType[str, Qt.BrushStyle]
    spines: MappingProxyType[str, Qt.PenStyle]
    sides: MappingProxyType[str, QColor]
    side_patterns: MappingProxyType[str, Qt.BrushStyle]

    def color(self, name: str) -> QColor:
        """Return a colour by name; ``actor.<actor>`` gives an actor's ink."""
        if name.startswith("actor."):
            return self.actor(name.removeprefix("actor."))
        return self.colors[name]

    def actor(self, actor: str) -> QColor:
        """Return an actor's ink, the neutral one for an actor without its own."""
        return self.actors.get(actor) or self.actors["other"]

    def pattern(self, actor: str) -> Qt.BrushStyle:
        """Return how an actor's arrows are filled: solid unless the theme says otherwise."""
        return self.patterns.get(actor, Qt.BrushStyle.SolidPattern)

    def spine(self, actor: str) -> Qt.PenStyle:
        """Return the light line along an actor's arrows, which tells them apart without colour."""
        return self.spines.get(actor, Qt.PenStyle.NoPen)

    def tint(self, unit: str) -> QColor | None:
        """Return the fill of a polity's unit, None where the land shows as it is."""
        return self.tints.get(unit) or self.tints.get(unit.split("-")[0])

    def width_px(self, name: str) -> float:
        """Return a line width in logical pixels."""
        return self.widths[name]

    def font(self, role: str, size_px: float) -> QFont:
        """Return the font of a role at a size in logical pixels."""
        return font(role, round(size_px * 4) / 4)


@kept_by_thread
def font(role: str, size_px: float) -> QFont:
    """Return the font of a role; sizes are in pixels so that every device lays out alike."""
    family, bold, italic = _ROLES[role]
    made = QFont([family, "Noto Sans", "Noto Sans Khmer", "Noto Sans Thai", "Noto Sans Lao"])
    made.setPixelSize(max(1, round(size_px)))
    made.setBold(bold)
    made.setItalic(italic)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def available_themes(styles_dir: Path | None = None) -> tuple[str, ...]:
    """Return the names of the themes in a folder, ``paper`` first."""
    folder = styles_dir or resources_dir() / "styles"
    names = sorted(path.stem for path in folder.glob("*.toml"))
    return tuple(sorted(names, key=lambda name: name != "paper"))


def load_style(theme: str, styles_dir: Path | None = None) -> Style:
    """Read a theme from a folder, the atlas's own by default.

    Raises
    ------
    StyleError
        If there is no such theme, or its file is not a style.
    """
    folder = styles_dir or resources_dir() / "styles"
    path = folder / f"{theme}.toml"
    if not _NAME.fullmatch(theme) or not path.is_file():
        known = ", ".join(available_themes(folder))
        raise StyleError(f"there is no theme “{theme}”; choose one of {known}")
    try:
        return _style_from(theme, read_toml(path.read_text(encoding="utf-8")))
    except (AttributeError, LookupError, TypeError, ValueError, OverflowError) as error:
        raise StyleError(f"{path}: not a style: {error}") from error


def _style_from(theme: str, data: dict[str, Any]) -> Style:
    relief = data["relief"]
    return Style(
        theme=theme,
        title=str(data["name"]),
        dark=bool(data.get("dark", False)),
        colors=_colors(data["color"]),
        tints=_colors(data.get("tint", {})),
        actors=_colors(data["actor"]),
        widths=MappingProxyType({k: float(v) for k, v in data["width"].items()}),
        relief_strength=float(relief["strength"]),
        shade_alpha=int(relief["shade_alpha"]),
        patterns=_chosen(data.get("pattern", {}), _PATTERNS, "pattern"),
        sides=_colors(data.get("side", {})),
        side_patterns=_chosen(data.get("side_pattern", {}), _PATTERNS, "side_pattern"),
        spines=_chosen(data.get("spine", {}), _SPINES, "spine"),
    )


def _colors(table: dict[str, str]) -> MappingProxyType[str, QColor]:
    colors = {name: QColor(str(text)) for name, text in table.items()}
    for name, color in colors.items():
        if not color.isValid():
            raise ValueError(f"{name} = “{table[name]}” is not a colour")
    return MappingProxyType(colors)


def _chosen(table: dict[str, str], known: dict[str, _T], what: str) -> MappingProxyType[str, _T]:
    for actor, name in table.items():
        if name not in known:
            raise ValueError(f"{what} of {actor} = “{name}” is none of {', '.join(known)}")
    return MappingProxyType({actor: known[name] for actor, name in table.items()})
