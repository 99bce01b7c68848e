"""One name a map could carry, with where and when it is wanted. Floor: core; no neighbours."""

from __future__ import annotations

from typing import NamedTuple

Spot = tuple[float, float, float, float]
"""A point beside which a label may stand, map metres, and the unit vector across the line there."""

Room = tuple[float, float, float]
"""A disc, map metres: x, y, radius."""


class Wish(NamedTuple):
    """One name with where and when it is wanted: a tuple, since a map has thousands of them.

    `owner` is what is named: of several wishes with one owner at most one is shown. `room_m` is the
    radius a country offers its name; `rank` the importance of a town.
    """

    kind: str
    owner: str
    text: str
    x_m: float
    y_m: float
    first_day: int
    last_day: int
    rank: int = 0
    room_m: float = 0.0
    area_m2: float = 0.0
    actor: str = ""
    doubtful: bool = False
    hatched: bool = False
    twins: tuple[str, ...] = ()
    """What else is told with it: of them only one is lettered."""
    angle_deg: float = 0.0
    english: str = ""
    """The English form of a name that is not lettered in English, or not only."""
    line: str = ""
    """The line feature a label tells of: shown only while that is."""
    spots: tuple[Spot, ...] = ()
    """Places along that line, best first."""
    rooms: tuple[Room, ...] = ()
    """Discs that together fill most of a country, the largest first."""
