"""The bundled fonts can draw every character of the story and of the evidence they promise to."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from PySide6.QtGui import QRawFont

ROOT = Path(__file__).parents[1]
FONTS = ROOT / "resources" / "fonts"
TEXTS = ("resources/story/**/*.md", "resources/story/**/*.toml", "geodata/sources/*")
# Shown in Latin letters where the machine has no font of its own.
NOT_BUNDLED = ("CJK", "HANGUL", "ARABIC", "DEVANAGARI", "BENGALI", "SINHALA", "TIBETAN")


@pytest.fixture(scope="module")
def families(qapp: object) -> dict[str, QRawFont]:
    return {file.stem: QRawFont(str(file), 12) for file in sorted(FONTS.glob("*.ttf"))}


def characters() -> set[str]:
    files = [file for pattern in TEXTS for file in ROOT.glob(pattern) if file.is_file()]
    return {char for file in files for char in file.read_text(encoding="utf-8") if char >= " "}


def test_no_character_becomes_a_box(families: dict[str, QRawFont]) -> None:
    boxes = [
        f"U+{ord(char):04X} {unicodedata.name(char, '?')}"
        for char in sorted(characters())
        if not unicodedata.name(char, "?").startswith(NOT_BUNDLED)
        and not any(font.supportsCharacter(ord(char)) for font in families.values())
    ]
    assert not boxes


@pytest.mark.parametrize("style", ["Regular", "Italic", "Bold"])
@pytest.mark.parametrize("family", ["NotoSans", "NotoSerif"])
def test_text_fonts_write_vietnamese(
    families: dict[str, QRawFont], family: str, style: str
) -> None:
    font = families[f"{family}-{style}"]
    sample = "Điện Biên Phủ, Buôn Ma Thuột, Lộc Ninh – “Rôtânôkiri” … ₫ €"
    assert all(font.supportsCharacter(ord(char)) for char in sample)


def test_fonts_stay_small_and_licensed() -> None:
    assert sum(file.stat().st_size for file in FONTS.iterdir()) < 2_000_000
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text(encoding="utf-8")
