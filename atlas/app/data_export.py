"""Writes the overlays as data: chooses format, layers and day, and writes the file whole.

Floor: app; neighbours: arguments, files, refusal, view; geodata.exporters below. Knows no Qt.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from atlas.app.arguments import Arguments
from atlas.app.files import require_folder, write_whole
from atlas.app.library import Library
from atlas.app.refusal import Refusal
from atlas.app.view import state_for
from atlas.core.day import iso_from_day
from atlas.core.problems import near_misses
from atlas.core.state import BASE_LAYERS
from atlas.core.viewport import SizePx
from atlas.core.words import days_in_words
from geodata.exporters.formats import ENDINGS, WRITERS
from geodata.exporters.from_pack import records_from_pack
from geodata.exporters.records import Collection, ExportError, Record

_ANY_SIZE_PX: SizePx = (800, 600)


def write_data(library: Library, arguments: Arguments) -> Path:
    """Write what the words ask for and return where.

    Raises
    ------
    Refusal
        If a word names nothing there is, nothing is left to write, or it cannot be written.
    """
    path = arguments.file or Path()
    name = format_for(path, arguments.format)
    require_folder(path)
    collection = collection_for(library, arguments)
    try:
        data = WRITERS[name](collection)
    except ExportError as error:
        raise Refusal(str(path), str(error)) from error
    write_whole(path, data)
    return path


def format_for(path: Path, asked: str) -> str:
    """Return the format asked for, or else the one the file's ending means.

    Raises
    ------
    Refusal
        If there is no such format, or the ending means none.
    """
    if asked:
        if asked not in WRITERS:
            raise Refusal("--format", f"there is no format “{asked}”", _choice(asked, WRITERS))
        return asked
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        remedy = f"end the name in {', '.join(ENDINGS)}, or say --format"
        raise Refusal(str(path), "its ending names no format", remedy)
    return ENDINGS[ending]


def collection_for(library: Library, arguments: Arguments) -> Collection:
    """Return the records of the overlays asked for, on the day asked for.

    Without a word these are all of them. With `visible` only what was certainly or possibly there
    on the day, and drawn without being asked for.

    Raises
    ------
    Refusal
        If a word names nothing there is, or nothing is left.
    """
    records = records_from_pack(library.pack)
    story = library.atlas.story
    titles = tuple((layer.id, layer.title) for layer in story.layers)
    whole = Collection(records, library.atlas.data_version, titles)
    # The view's own rules say what a panel and a date mean; layers are those of the data.
    state = state_for(arguments.view._replace(layers=""), story, _ANY_SIZE_PX)
    layers = _layers(arguments, state.layers, records)
    chosen = tuple(record for record in records if record.layer in layers)
    if not arguments.visible:
        return replace(whole, records=_require(chosen, "in these layers"))
    there = tuple(
        r
        for r in chosen
        if r.default_visible and r.when.presence_during(state.first_day, state.day)
    )
    when = days_in_words(state.first_day, state.day)
    found = _require(there, f"in {when}" if state.range_days else f"on {when}")
    days = dict.fromkeys((iso_from_day(state.first_day), iso_from_day(state.day)))
    return replace(whole, records=found, on_day="/".join(days))


def _layers(
    arguments: Arguments, of_panel: Iterable[str], records: tuple[Record, ...]
) -> frozenset[str]:
    known = list(dict.fromkeys(record.layer for record in records))
    if not arguments.view.layers:
        return frozenset(of_panel if arguments.view.panel else known)
    # Layers have underscores in their names; people write hyphens too.
    said = arguments.view.layers.replace("-", "_").split(",")
    wanted = [part.strip() for part in said if part.strip()]
    for layer in wanted:
        if layer in BASE_LAYERS:
            what = f"“{layer}” is a layer of the base map, which is not exported"
            raise Refusal("--layers", what, f"choose from {', '.join(known)}")
        if layer not in known:
            raise Refusal("--layers", f"there is no layer “{layer}”", _choice(layer, known))
    return frozenset(wanted)


def _require(records: tuple[Record, ...], where: str) -> tuple[Record, ...]:
    if not records:
        raise Refusal("data", f"there is nothing to write {where}", "choose other layers or a day")
    return records


def _choice(word: str, known: Iterable[str]) -> str:
    return near_misses(word, known) or f"choose one of {', '.join(known)}"
