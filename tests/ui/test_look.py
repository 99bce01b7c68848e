from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from atlas.core.resources import resources_dir
from atlas.render.style import load_style
from atlas.ui.qss import mixed, palette, stylesheet


def luminance(color: QColor) -> float:
    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(v) for v in (color.redF(), color.greenF(), color.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["paper", "night"])
@pytest.mark.parametrize("ground", ["paper", "panel"])
@pytest.mark.parametrize(("ink", "least"), [("text", 7.0), ("text_soft", 4.5), ("accent", 4.5)])
def test_words_stand_out_from_their_ground(
    qapp: QApplication, theme: str, ground: str, ink: str, least: float
) -> None:
    style = load_style(theme)
    assert contrast(style.color(ground), style.color(ink)) >= least


@pytest.mark.parametrize("theme", ["paper", "night"])
@pytest.mark.parametrize("ink", ["text", "accent"])
def test_words_under_the_pointer_stay_readable(qapp: QApplication, theme: str, ink: str) -> None:
    style = load_style(theme)
    assert contrast(mixed(style, "paper", "accent", 0.14), style.color(ink)) >= 4.5


@pytest.mark.parametrize("theme", ["paper", "night"])
def test_boxes_and_their_ticks_can_be_seen(qapp: QApplication, theme: str) -> None:
    style = load_style(theme)
    tick = (resources_dir() / "icons" / "check.svg").read_text()
    (ink,) = re.findall(r"stroke=\"(#[0-9a-f]{6})\"", tick)
    assert contrast(style.color("panel"), QColor(ink)) >= 3
    assert contrast(style.color("panel"), style.color("text_soft")) >= 3


@pytest.mark.parametrize("theme", ["paper", "night"])
def test_the_sheet_is_whole_and_its_pictures_exist(qapp: QApplication, theme: str) -> None:
    sheet = stylesheet(load_style(theme))
    assert "$" not in sheet
    assert sheet.count("{") == sheet.count("}")
    for name in re.findall(r'url\("([^"]+)"\)', sheet):
        assert resources_dir().joinpath("icons", name.rpartition("/")[2]).is_file()


def test_the_palette_knows_disabled_words(qapp: QApplication) -> None:
    made = palette(load_style("paper"))
    disabled = made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled != made.color(QPalette.ColorRole.Text)
