"""Arrows of two sides stay apart for every eye and in grey: by tone, or by the line along them.

Colour-vision deficiencies are simulated with the matrices of G. M. Machado, M. M. Oliveira and
L. A. F. Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency",
IEEE TVCG 15 (2009), severity 1.0, on linear light; differences are CIE 1976 (Lab).
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from atlas.render.style import Style, available_themes, load_style

Rgb = NDArray[np.float64]

EYES: dict[str, Rgb] = {
    "full colour": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
         [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
         [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
         [0.004733, 0.691367, 0.303900]]
    ),
    "grey": np.tile([0.2126, 0.7152, 0.0722], (3, 1)),
}  # fmt: skip
FAR_APART = 10.0
# Sides whose arrows can stand on one map on one day.
SIDES = ("vietnam", "china", "dk", "us", "us_south_vietnam", "south_vietnam")
ONE_CAMP = ({"us", "us_south_vietnam"},)


def linear(color: QColor) -> Rgb:
    channels = np.array([color.redF(), color.greenF(), color.blueF()])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lab(light: Rgb) -> Rgb:
    to_xyz = np.array(
        [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
         [0.0193339, 0.1191920, 0.9503041]]
    )  # fmt: skip
    xyz = to_xyz @ np.clip(light, 0, 1) / np.array([0.95047, 1.0, 1.08883])
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(one: QColor, other: QColor, eye: Rgb) -> float:
    return float(np.linalg.norm(lab(eye @ linear(one)) - lab(eye @ linear(other))))


def marked(style: Style, actor: str) -> tuple[Qt.BrushStyle, Qt.PenStyle]:
    return style.pattern(actor), style.spine(actor)


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("theme", available_themes())
def test_arrows_of_two_sides_stay_apart(theme: str, eye: str) -> None:
    style = load_style(theme)
    alike = [
        (one, other)
        for one, other in combinations(SIDES, 2)
        if {one, other} not in ONE_CAMP
        and marked(style, one) == marked(style, other)
        and difference(style.actor(one), style.actor(other), EYES[eye]) < FAR_APART
    ]
    assert not alike


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("theme", available_themes())
def test_ink_stands_off_its_ground(theme: str, eye: str) -> None:
    style = load_style(theme)
    for actor in style.actors:
        for ground in ("land", "sea"):
            apart = difference(style.actor(actor), style.color(ground), EYES[eye])
            assert apart >= 25, (actor, ground)


@pytest.mark.parametrize("theme", available_themes())
def test_water_and_land_differ_in_grey(theme: str) -> None:
    style = load_style(theme)
    assert difference(style.color("land"), style.color("sea"), EYES["grey"]) >= 4


NEIGHBOURS = (
    ("KH", "VN"), ("KH", "VN-S"), ("KH", "TH"), ("KH", "LA"), ("LA", "VN"), ("LA", "VN-N"),
    ("LA", "VN-S"), ("LA", "TH"), ("LA", "CN"), ("LA", "MM"), ("CN", "VN"), ("CN", "VN-N"),
    ("CN", "MM"), ("TH", "MM"), ("VN-N", "VN-S"),
)  # fmt: skip


@pytest.mark.parametrize("eye", [eye for eye in EYES if eye != "grey"])
def test_neighbours_stay_apart_at_night(eye: str) -> None:
    style = load_style("night")
    land = linear(style.color("land"))
    fills = {}
    for unit in {unit for pair in NEIGHBOURS for unit in pair}:
        tint = style.tint(unit)
        assert tint is not None
        fills[unit] = lab(EYES[eye] @ (0.6 * linear(tint) + 0.4 * land))
    for one, other in NEIGHBOURS:
        apart = np.linalg.norm(fills[one] - fills[other])
        assert apart >= (7.0 if eye == "full colour" else 3.0), (one, other)
