"""Towns and their names of the day, ranked so that those the story needs appear first.

Duty: merge the project's own table of names with the gazetteers into the pack's ``places.json``.
Floor: geodata, build time only. Order of trust: placenames.csv, places the overlays name, GeoNames,
Natural Earth; a later place close to an earlier one of the same name is the same town.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyogrio

from atlas.core.projection import ATLAS_PROJECTION
from geodata.bibliography import cell_sources
from geodata.evidence import LAYERS, read_features, read_table
from geodata.local_names import local_name
from geodata.place_times import check_rules, dated_name, names_since, with_former_names
from geodata.spans import span_days

_SAME_TOWN_KM: Final = 12.0
_SAME_SPOT_KM: Final = 1.0
_NAMESAKE_DEG: Final = 0.5
_STORY_RANK: Final = 4
_TABLE_RANKS: Final = {1: 0, 2: 2, 3: 3, 4: 4}
_SCALE_RANKS: Final = {0: 1, 1: 1, 2: 2, 3: 3, 4: 5, 5: 5, 6: 6, 7: 7, 8: 8, 9: 9, 10: 7}
_POPULATION_RANKS: Final = ((1_000_000, 4), (300_000, 6), (100_000, 7), (40_000, 8), (15_000, 9))
_NEAR_COUNTRIES: Final = frozenset({"KH", "LA", "VN", "TH"})
_NEAR_POPULATION: Final = 6_000
_PREFIXES: Final = re.compile(
    r"^(Krong|Phumi|Phum|Srok|Amphoe|King Amphoe|Thi Tran|Thị Trấn|Thanh Pho|Thành Phố|Huyen|Huyện"
    r"|Changwat)\s+",
    re.I,
)
_LOOSE_PREFIXES: Final = re.compile(r"^(Muang|Ban|Ko|Koh|Kaoh)\s+", re.I)
_SUBURB_KM: Final = ((1, 14.0), (5, 7.0))
"""Up to this rank, a place of the gazetteers nearer than this to the town is left out."""
_NOT_TOWNS: Final = re.compile(
    r"border|bridge|pass\b|valley|side$|beach|airfield|ferry|bank$|Route|Red River|temple", re.I
)


@dataclass
class _Place:
    slug: str
    name: str
    lon: float
    lat: float
    rank: int
    country: str = ""
    capital: bool = False
    story: bool = False
    since: str = ""
    names: list[dict[str, Any]] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)


def place_records(base: Path, sources: Path) -> list[dict[str, Any]]:
    """Return all places, most important first, no two alike."""
    rules = tomllib.loads((base / "names.toml").read_text(encoding="utf-8"))
    gazetteer = _gazetteer(base, rules)
    kept = _Kept()
    for place in _from_table(sources, rules):
        kept.add(place)
    for place in _from_story(sources, rules):
        kept.add(place)
    for place in _natural_earth(base, rules):
        kept.add(place)
    for place in gazetteer:
        if not kept.is_suburb(place):
            kept.add(place)
    places = sorted(kept.places, key=lambda p: (p.rank, -int(p.story), p.slug))
    _put_in_time(places, rules)
    return [_record(place, rules) for place in places]


def _put_in_time(places: list[_Place], rules: dict[str, Any]) -> None:
    check_rules(rules, {place.slug for place in places})
    for place in places:
        former = [rule for rule in rules["former"] if rule["id"] == place.slug]
        place.names = with_former_names(place.names, former)
        place.since = rules["since"].get(place.slug, "")
        if place.slug in rules["wrong"]["local"]:
            place.names = [name for name in place.names if name["lang"] == "en"]
        if place.since:
            place.names = names_since(place.names, place.since)


class _Kept:
    """Places taken so far; a newcomer that is one of them only adds what it knows."""

    def __init__(self) -> None:
        self.places: list[_Place] = []
        self._slugs: set[str] = set()
        self._cells: dict[tuple[int, int], list[_Place]] = {}

    def add(self, place: _Place) -> None:
        known = self._find(place)
        if known:
            self._enrich(known, place)
            return
        place.slug = self._free_slug(place)
        self._slugs.add(place.slug)
        self.places.append(place)
        self._cells.setdefault(_cell(place.lon, place.lat), []).append(place)

    def is_suburb(self, place: _Place) -> bool:
        """Tell whether a place lies at the gates of a much larger town that is not itself."""
        for other in self._near(place):
            reach = next((km for rank, km in _SUBURB_KM if other.rank <= rank), 0.0)
            if other.rank < place.rank and _km(place, other) < reach:
                return not place.keys & other.keys
        return False

    def _near(self, place: _Place) -> list[_Place]:
        column, row = _cell(place.lon, place.lat)
        cells = [(column + i, row + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
        return [other for cell in cells for other in self._cells.get(cell, [])]

    def _find(self, place: _Place) -> _Place | None:
        near = self._near(place)
        namesakes = [other for other in near if place.keys & other.keys]
        for other in sorted(namesakes, key=lambda other: _km(place, other)):
            return other if _km(place, other) < _SAME_TOWN_KM else None
        return next((other for other in near if _km(place, other) < _SAME_SPOT_KM), None)

    def _enrich(self, known: _Place, place: _Place) -> None:
        known.capital = known.capital or place.capital
        known.country = known.country or place.country
        known.rank = min(known.rank, place.rank) if place.story or known.story else known.rank
        known.story = known.story or place.story
        known.keys |= place.keys
        told = {name["lang"] for name in known.names}
        known.names += [name for name in place.names if name["lang"] not in told]

    def _free_slug(self, place: _Place) -> str:
        tries = [place.slug, f"{place.slug}-{place.country.lower()}"]
        tries += [f"{tries[1]}-{n}" for n in range(2, 99)]
        return next(slug for slug in tries if slug not in self._slugs)


def _from_table(sources: Path, rules: dict[str, Any]) -> Iterator[_Place]:
    rows: dict[str, list[dict[str, str]]] = {}
    for row in read_table(sources, "placenames"):
        rows.setdefault(row["place"], []).append(row)
    for slug, names in rows.items():
        first = names[0]
        latin = [row for row in names if row["language"] == "en"] or names
        latest = max(latin, key=lambda row: span_days(row["valid_from"], row["valid_to"])[3])
        place = _Place(
            slug,
            latest["name"],
            float(first["lon"]),
            float(first["lat"]),
            _TABLE_RANKS[int(first["rank"])],
            story=True,
            country=rules["place_country"].get(slug, ""),
        )
        place.names = [
            dated_name(r["name"], r["language"], r["valid_from"], r["valid_to"], _keys(r))
            for r in names
        ]
        place.keys = {_key(row["name"]) for row in names} | {_key(slug)}
        yield place


def _from_story(sources: Path, rules: dict[str, Any]) -> Iterator[_Place]:
    """Yield the towns that arrows pass and the places the gazetteers lack."""
    positions: dict[str, tuple[float, float]] = {}
    for layer in LAYERS:
        for feature in read_features(sources, layer):
            if feature["geometry"]["type"] == "Point":
                positions[feature["id"]] = tuple(feature["geometry"]["coordinates"])
            for point in feature["properties"].get("waypoints", []):
                if point["coord_basis"] == "GeoNames" and not _NOT_TOWNS.search(point["place"]):
                    name = point["place"].split(" (")[0]
                    place = _simple(name, point["lon"], point["lat"], _STORY_RANK)
                    place.country = rules["place_country"].get(place.slug, "")
                    yield place
    for extra in rules["place"]:
        lon, lat = positions[extra["feature"]] if "feature" in extra else extra["lonlat"]
        place = _simple(extra["name"], lon, lat, extra["rank"])
        place.slug, place.country = extra["id"], extra["country"]
        yield place


def _simple(name: str, lon: float, lat: float, rank: int) -> _Place:
    place = _Place(_slug(name), name, lon, lat, rank, story=True, keys={_key(name)})
    place.names = [_name(name, "en", "geonames")]
    return place


def _gazetteer(base: Path, rules: dict[str, Any]) -> list[_Place]:
    frame = pyogrio.read_dataframe(base / "geonames.gpkg")
    places = []
    for row, point in zip(frame.to_dict("records"), frame.geometry.values, strict=True):
        rank = _population_rank(int(row["population"]), str(row["countrycode"]))
        if rank is None or row["countrycode"] in ("HK", "MO"):
            continue
        place = _from_gazetteer(row, point.x, point.y, rank, rules)
        if place.name and " Khang " not in place.name:
            places.append(place)
    return sorted(places, key=lambda p: (p.rank, p.slug, p.lon))


def _from_gazetteer(
    row: dict[str, Any], lon: float, lat: float, rank: int, rules: dict[str, Any]
) -> _Place:
    folded = _ascii(str(row["name"]))
    name = rules["places"].get(folded, _PREFIXES.sub("", folded))
    country = str(row["countrycode"])
    place = _Place(_slug(name), name, lon, lat, rank, country)
    aliases = str(row["alt"] or "").split("|")
    place.keys = {_key(name), _key(str(row["name"])), *(_key(a) for a in aliases if a.isascii())}
    place.names = [_name(name, "en", "geonames")]
    if country == "VN" and not str(row["name"]).isascii():
        place.names.append(_name(_PREFIXES.sub("", str(row["name"])), "vi", "geonames"))
    own = local_name(country, aliases)
    if own:
        place.names.append(_name(own[1], own[0], "geonames"))
    return place


def _natural_earth(base: Path, rules: dict[str, Any]) -> list[_Place]:
    frame = pyogrio.read_dataframe(base / "natural_earth.gpkg", layer="places")
    better = _Positions(base)
    places = []
    for row, point in zip(frame.to_dict("records"), frame.geometry.values, strict=True):
        raw = str(row["name"])
        name = rules["places"].get(raw, raw)
        if not name or "?" in name or raw in rules["wrong"]["natural_earth"]:
            continue
        country = rules["iso2"].get(row["adm0_a3"], "")
        lon, lat = better.of(int(row["geonameid"] or -1), name, country, (point.x, point.y))
        rank = _SCALE_RANKS[int(row["scalerank"])]
        place = _Place(_slug(name), name, lon, lat, rank, country)
        place.capital = row["featurecla"] == "Admin-0 capital"
        place.keys, place.names = {_key(name), _key(raw)}, [_name(name, "en", "natural-earth")]
        places.append(place)
    return sorted(places, key=lambda p: (p.rank, p.slug, p.lon))


class _Positions:
    """Positions of GeoNames, by its number or else by a namesake not far off."""

    def __init__(self, base: Path) -> None:
        frame = pyogrio.read_dataframe(base / "geonames.gpkg")
        self._by_number: dict[int, tuple[float, float]] = {}
        self._by_name: dict[tuple[str, str], list[tuple[int, tuple[float, float]]]] = {}
        for row, point in zip(frame.to_dict("records"), frame.geometry.values, strict=True):
            lonlat = float(point.x), float(point.y)
            self._by_number[int(row["geonameid"])] = lonlat
            key = _key(str(row["name"])), str(row["countrycode"])
            self._by_name.setdefault(key, []).append((int(row["population"]), lonlat))

    def of(
        self, number: int, name: str, country: str, lonlat: tuple[float, float]
    ) -> tuple[float, float]:
        """Return the better position of a place, or `lonlat` if GeoNames has none."""
        if number in self._by_number:
            return self._by_number[number]
        for _, other in sorted(self._by_name.get((_key(name), country), []), reverse=True):
            if max(abs(other[0] - lonlat[0]), abs(other[1] - lonlat[1])) < _NAMESAKE_DEG:
                return other
        return lonlat


def _population_rank(population: int, country: str) -> int | None:
    for limit, rank in _POPULATION_RANKS:
        if population >= limit:
            return rank
    return 10 if country in _NEAR_COUNTRIES and population >= _NEAR_POPULATION else None


def _name(name: str, language: str, source: str) -> dict[str, Any]:
    return dated_name(name, language, "", "", [source])


def _keys(row: dict[str, str]) -> list[str]:
    return [source["key"] for source in cell_sources(row["source"])]


def _record(place: _Place, rules: dict[str, Any]) -> dict[str, Any]:
    x_m, y_m = ATLAS_PROJECTION.forward(place.lon, place.lat)
    seat = rules["capital_spans"].get(place.slug, ["", ".."] if place.capital else None)
    return {
        "id": place.slug,
        "name": place.name,
        "names": place.names,
        "lon_deg": round(place.lon, 5),
        "lat_deg": round(place.lat, 5),
        "x_m": round(x_m, 1),
        "y_m": round(y_m, 1),
        "rank": place.rank,
        "capital": seat is not None,
        "capital_spans": [span_days(*seat)] if seat else [],
        "country": place.country,
        "story": place.story,
        "since": place.since,
        "first_day": span_days(place.since, "..")[0],
    }


def _cell(lon: float, lat: float) -> tuple[int, int]:
    return int(np.floor(lon * 4)), int(np.floor(lat * 4))


def _km(a: _Place, b: _Place) -> float:
    ax, ay = ATLAS_PROJECTION.forward(a.lon, a.lat)
    bx, by = ATLAS_PROJECTION.forward(b.lon, b.lat)
    return float(np.hypot(ax - bx, ay - by)) / 1000.0


def _ascii(text: str) -> str:
    plain = text.replace("Đ", "D").replace("đ", "d").replace("ø", "o").replace("ı", "i")
    plain = plain.replace("’", "'").replace("‘", "'").replace("ʼ", "'")
    decomposed = unicodedata.normalize("NFKD", plain)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", _ascii(text).lower()).strip("-") or "place"


def _key(text: str) -> str:
    bare = _LOOSE_PREFIXES.sub("", _PREFIXES.sub("", _ascii(text)))
    return re.sub(r"[^a-z0-9]+", "", bare.lower()) or text
