"""Which font draws a text in another script than Latin: a bundled one, or one of the system's.

Floor: render; neighbours: fonts, style. Asking Qt for a letter that the first font lacks makes it
try, and complain of, every other; so the family is chosen here, by the script of the text.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics

from atlas.render.style import SANS

_System = QFontDatabase.WritingSystem
_BUNDLED: Final = (
    (0x0E00, 0x0E7F, "Noto Sans Thai"),
    (0x0E80, 0x0EFF, "Noto Sans Lao"),
    (0x1000, 0x109F, "Noto Sans Myanmar"),
    (0x1780, 0x17FF, "Noto Sans Khmer"),
)
_OTHERS: Final = (
    (0x0600, 0x06FF, (_System.Arabic,)),
    (0x0900, 0x097F, (_System.Devanagari,)),
    (0x0980, 0x09FF, (_System.Bengali,)),
    (0x0D80, 0x0DFF, (_System.Sinhala,)),
    (0x0F00, 0x0FFF, (_System.Tibetan,)),
    (0x1100, 0x11FF, (_System.Korean,)),
    (0x3040, 0x30FF, (_System.Japanese,)),
    (0x3400, 0x9FFF, (_System.SimplifiedChinese, _System.TraditionalChinese, _System.Japanese)),
    (0xAC00, 0xD7AF, (_System.Korean,)),
)
_UNSEEN: Final = frozenset("\u200b\u200c\u200d")


def is_simple(text: str) -> bool:
    """Tell whether a text is in letters that stand side by side, such as Latin or Cyrillic."""
    return text.isascii() or all(char < "\u0590" or "\u1e00" <= char < "\u2100" for char in text)


@lru_cache(maxsize=4096)
def can_draw(text: str) -> bool:
    """Tell whether one font at hand, bundled or the system's, has every sign of a text.

    Needs a QGuiApplication.
    """
    if is_simple(text):
        return _draws(SANS, text)
    return bool(family_for(text))


@lru_cache(maxsize=4096)
def family_for(text: str) -> str:
    """Return the family that draws a text; empty for Latin and where there is none."""
    if is_simple(text):
        return ""
    return next((family for family in _families(text) if _draws(family, text)), "")


def forget_fonts() -> None:
    """Look anew at what the fonts can draw: some were added."""
    can_draw.cache_clear()
    family_for.cache_clear()
    _families_of.cache_clear()


def _families(text: str) -> tuple[str, ...]:
    sign = ord(next(char for char in text if not is_simple(char)))
    for first, last, family in _BUNDLED:
        if first <= sign <= last:
            return (family,)
    for first, last, systems in _OTHERS:
        if first <= sign <= last:
            return _families_of(systems)
    return ()


@cache
def _families_of(systems: tuple[QFontDatabase.WritingSystem, ...]) -> tuple[str, ...]:
    found = (family for system in systems for family in QFontDatabase.families(system))
    return tuple(dict.fromkeys(found))


def _draws(family: str, text: str) -> bool:
    metrics = QFontMetrics(QFont(family))
    return all(char.isspace() or char in _UNSEEN or metrics.inFontUcs4(ord(char)) for char in text)
