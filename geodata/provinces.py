"""Names of today's provinces with a place for each label.

Duty: mended province names and label points for the pack's ``provinces.json``. Floor: geodata,
build time only; neighbours: coverage, circles. The provinces of earlier years are not sourced yet.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final

from geodata.circles import largest_circles
from geodata.coverage import Units

_UNNAMED: Final = frozenset({"HKG", "MAC", "SGP", "KAS", "PGA"})
"""Areas whose parts are no provinces to a reader of this map."""


def province_records(base: Path, units: Units, rules: dict[str, Any]) -> list[dict[str, Any]]:
    """Return name, country and label circle of every province, largest first."""
    text = (base / "names.toml").read_text(encoding="utf-8")
    known = tomllib.loads(text)
    made = {f"{cut['country']}/{cut['inside']}" for cut in rules["cut"]}
    records = []
    for key, area in zip(units.names, units.areas, strict=True):
        country, name = key.split("/", 1)
        if key in made or country in _UNNAMED or area.is_empty:
            continue
        x_m, y_m, radius_m = largest_circles(area, 1)[0]
        records.append(
            {
                "name": known["provinces"].get(key, name),
                "aliases": [name] if key in known["provinces"] else [],
                "country": known["iso2"].get(country, ""),
                "x_m": x_m,
                "y_m": y_m,
                "radius_m": radius_m,
            }
        )
    return sorted(records, key=lambda r: (-r["radius_m"], r["country"], r["name"]))
