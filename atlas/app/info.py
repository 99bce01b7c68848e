"""Tells what this copy of the atlas is: versions, data, panels, layers. Floor: app.

Neighbours: library. Loads no Qt: it must answer on a machine where Qt cannot start.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from atlas import __version__
from atlas.app.library import Library
from atlas.core.day import iso_from_day
from atlas.core.words import day_in_words

RELATIONS: Final = "relations"


def info_of(library: Library) -> dict[str, Any]:
    """Return the facts as JSON values."""
    atlas = library.atlas
    story = atlas.story
    return {
        "version": __version__,
        "data_version": atlas.data_version,
        "pack": str(library.pack.path),
        "pack_sha256": _sha256(library.pack.path),
        "qt": _qt_version(),
        "story": story.id,
        "title": story.title,
        "era": [iso_from_day(story.first_day), iso_from_day(story.last_day)],
        "panels": [panel.id for panel in story.panels],
        "layers": [layer.id for layer in story.layers],
        "features": sum(f.layer != RELATIONS for f in atlas.features),
        "features_by_layer": _counts(library),
        "by_theme": _themes(library),
        "sources": _sources(library),
        "polities": len(atlas.polities),
        "places": len(atlas.places),
        "claims": len(story.claims),
        "credits": list(atlas.credits),
    }


def _counts(library: Library) -> dict[str, int]:
    """Return the features by layer, without the lines drawn from the relations table."""
    layers = (f.layer for f in library.atlas.features if f.layer != RELATIONS)
    return dict(sorted(Counter(layers).items()))


def _themes(library: Library) -> dict[str, int]:
    """Return how many records the pack and the story hold, by theme."""
    pack, story = library.pack, library.atlas.story
    counts = _counts(library)
    for table in ("polities", "places", "relations", "provinces", "bibliography"):
        counts[table] = len(pack.json(f"{table}.json"))
    return counts | {"panels": len(story.panels), "claims": len(story.claims)}


def _sources(library: Library) -> dict[str, Any]:
    """Return how far the features rest on sources that were read."""
    cards = library.pack.json("cards.json").values()
    cited = [source for card in cards for source in card.get("sources", ())]
    read = sum(any(source["seen"] for source in card.get("sources", ())) for card in cards)
    share = round(read / len(cards), 3) if cards else 0.0
    return {
        "features": len(cards),
        "citations": len(cited),
        "citations_read": sum(bool(source["seen"]) for source in cited),
        "features_with_a_read_source": read,
        "share_of_features_with_a_read_source": share,
    }


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def info_lines(library: Library) -> list[str]:
    """Return the facts as lines for a reader."""
    story = library.atlas.story
    facts = info_of(library)
    lines = [
        f"Indochina Atlas {facts['version']}",
        f"story     {story.title}, "
        f"{day_in_words(story.first_day)} to {day_in_words(story.last_day)}",
        f"data      {facts['data_version']}: {facts['features']} features, "
        f"{facts['places']} places, {facts['claims']} claims checked",
        f"sources   {facts['sources']['features_with_a_read_source']} of "
        f"{facts['sources']['features']} "
        f"features rest on at least one source that was read",
        f"pack      {facts['pack']}",
        f"sha-256   {facts['pack_sha256']}",
        f"Qt        {facts['qt']}",
        "panels",
    ]
    lines += [f"  {p.id:<16} {day_in_words(p.day):<18} {p.title}" for p in story.panels]
    counts = facts["features_by_layer"]
    lines += ["layers"]
    lines += [_layer_line(x.id, x.title, counts.get(x.id, 0)) for x in story.layers]
    return lines


def _layer_line(layer_id: str, title: str, count: int) -> str:
    number = f"{count} features" if count else "base map"
    return f"  {layer_id:<18} {number:<16} {title}"


def _qt_version() -> str:
    try:
        return metadata.version("PySide6-Essentials")
    except metadata.PackageNotFoundError:
        return "not installed"
