from __future__ import annotations

from pathlib import Path

import pytest

from geodata.font_coverage import FontError, code_points, drawable, undrawable
from geodata.validate import FONTS_FOLDER


def test_the_fonts_draw_what_they_were_bundled_for() -> None:
    covered = drawable(FONTS_FOLDER)
    assert undrawable("Phnom Penh ភ្នំពេញ Việt Nam ลาว ລາວ မြန်မာ “–” 1979", covered) == []
    assert undrawable("北京 and 北", covered) == ["北", "京"]


def test_the_tables_agree_with_the_toolkit(qapp: object) -> None:
    assert qapp  # fonts need it
    from PySide6.QtGui import QRawFont

    path = FONTS_FOLDER / "NotoSans-Regular.ttf"
    font = QRawFont(str(path), 12.0)
    ours = code_points(path.read_bytes(), path.name)
    theirs = {code for code in range(0x20, 0x3000) if font.supportsCharacter(code)}
    assert {code for code in ours if 0x20 <= code < 0x3000} == theirs


@pytest.mark.parametrize("content", [b"", b"garbage", b"\0\1\0\0\0\xff" + b"\0" * 40])
def test_a_file_that_is_no_font_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "odd.ttf").write_bytes(content)
    with pytest.raises(FontError, match=r"odd\.ttf"):
        drawable(tmp_path)
