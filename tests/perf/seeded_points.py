"""Dated points made up for measuring: the same for the same number, thick and thin as places are.

They are nobody's places: clusters at random, stretches of days to years, some dates in doubt.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

FIRST = date(1960, 1, 1)
DAYS = (date(1995, 1, 1) - FIRST).days
CLUSTERS = 60


def write_points(path: Path, count: int) -> None:
    """Write so many points as CSV."""
    chance = Random(count)
    clusters = [
        (chance.uniform(99, 109), chance.uniform(9, 23), chance.uniform(0.2, 1.6))
        for _ in range(CLUSTERS)
    ]
    with path.open("w", encoding="utf-8") as file:
        file.write("name,lon,lat,start,end,note\n")
        for number in range(count):
            lon, lat, spread = clusters[chance.randrange(CLUSTERS)]
            x = min(max(chance.gauss(lon, spread), 73.0), 135.0)
            y = min(max(chance.gauss(lat, spread), -1.0), 53.0)
            start = FIRST + timedelta(chance.randrange(DAYS))
            end = start + timedelta(chance.randrange(1, 2000))
            first = written(start, chance.random())
            file.write(f"Point {number},{x:.5f},{y:.5f},{first},{end},made for a measurement\n")


def written(day: date, share: float) -> str:
    """Return a day as EDTF: most exact, a fifth to the month, a tenth about a year."""
    if share < 0.7:
        return day.isoformat()
    return f"{day:%Y-%m}" if share < 0.9 else f"{day.year}~"
