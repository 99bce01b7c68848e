"""Scripts: bundled fonts draw those of Indochina, and what none draws is told."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage, QPainter

from atlas.render.fonts import load_fonts
from atlas.render.letters import Letterer, Lettering, size_of
from atlas.render.scripts import can_draw, family_for, is_simple

UNASSIGNED = "\U000e0fff"


@pytest.fixture(autouse=True)
def fonts(qapp: object) -> None:
    load_fonts()


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("ភ្នំពេញ", "Noto Sans Khmer"),
        ("กรุงเทพมหานคร", "Noto Sans Thai"),
        ("ວຽງຈັນ", "Noto Sans Lao"),
        ("ရန်ကုန်", "Noto Sans Myanmar"),
        ("Thành phố Hồ Chí Minh", ""),
    ],
)
def test_bundled_fonts_draw_the_scripts_of_the_region(text: str, family: str) -> None:
    assert can_draw(text)
    assert family_for(text) == family


def test_what_no_font_has_is_told() -> None:
    assert not can_draw(UNASSIGNED)
    assert not can_draw("ភ" + UNASSIGNED)
    assert not can_draw("A" + UNASSIGNED)


def test_only_letters_side_by_side_may_be_spread() -> None:
    assert is_simple("Cộng hòa Монгол")
    assert not is_simple("ລາວ")
    assert not is_simple("金边")


def test_a_local_name_stands_under_the_english_one_in_ink() -> None:
    one = Lettering(("Phnom Penh",), "label_bold", 14.5, "#000000", "#ffffff")
    two = Lettering(("Phnom Penh", "ភ្នំពេញ"), "label_bold", 14.5, "#000000", "#ffffff")
    height = size_of(one)[1]
    assert size_of(two)[1] > 2 * height
    image = QImage(200, 80, QImage.Format.Format_RGB32)
    image.fill("#ffffff")
    with QPainter(image) as painter:
        Letterer(sprites=True).draw(painter, two, 10, 5)
    below = [
        image.pixelColor(x, y).lightness()
        for x in range(10, 120)
        for y in range(int(5 + height) + 2, 70)
    ]
    assert min(below) < 60
