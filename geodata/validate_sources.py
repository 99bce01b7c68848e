"""Checks of sources: every one leads to a work and says what for, and whether it was read.

Floor: geodata, standard library only; neighbours: faults, bibliography.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from atlas.core.problems import near_misses
from geodata.bibliography import GENERAL_KNOWLEDGE, INTERPOLATED, cell_sources
from geodata.faults import Faults


def check_sources(sources: Any, keys: Collection[str], faults: Faults) -> None:
    """Note what is wrong with a feature's list of sources."""
    if not isinstance(sources, list) or not sources:
        faults.error("sources", "has no source", "cite at least one")
        return
    for number, source in enumerate(sources, start=1):
        if not isinstance(source, dict):
            faults.error("sources", f"source {number} is not a record")
            continue
        check_keys(f"source {number}", source, keys, faults)
        if not isinstance(source.get("seen"), bool):
            faults.error("sources", f"source {number} does not say whether it was seen")
        elif source["seen"] and source.get("key") == GENERAL_KNOWLEDGE:
            faults.error("sources", f"source {number} is general knowledge, which nobody can see")
        if not str(source.get("supports") or "").strip():
            faults.error("sources", f"source {number} does not say what it supports")


def check_keys(
    shown: str, source: dict[str, Any], keys: Collection[str], faults: Faults, name: str = "sources"
) -> None:
    """Note a source without a key, or with one the bibliography does not have."""
    key = source.get("key")
    if not isinstance(key, str) or not key:
        faults.error(name, f"{shown} has no key", "name a work of bibliography.json")
        return
    also = source.get("also")
    for cited in [key, *(also if isinstance(also, list) else [])]:
        if cited not in keys:
            message = f"{shown}: there is no work “{cited}” in the bibliography"
            faults.error(name, message, near_misses(str(cited), keys))


def check_cell(cell: str, keys: Collection[str], faults: Faults, name: str) -> None:
    """Note what is wrong with a table's cell of sources."""
    for number, source in enumerate(cell_sources(cell), start=1):
        check_keys(f"source {number}", source, keys, faults, name)


def check_waypoint_source(waypoint: dict[str, Any], keys: Collection[str], faults: Faults) -> None:
    """Note a waypoint whose date comes from nowhere."""
    source = waypoint.get("source")
    if not isinstance(source, dict):
        faults.error("waypoints", f"“{waypoint.get('place')}” has no source")
    elif source.get("key") != INTERPOLATED:
        check_keys(f"“{waypoint.get('place')}”", source, keys, faults, "waypoints")
