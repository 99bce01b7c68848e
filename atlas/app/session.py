"""Keeps the last view between two runs: State and window arrangement as one JSON file.

Floor: app; neighbours: core.state, core.viewport. Written atomically; a damaged file is put
aside as ``*.broken`` and never stops a start. What the story no longer knows is dropped.
"""

from __future__ import annotations

import base64
import math
import os
from binascii import Error, crc32
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QStandardPaths

from atlas.app.kept_file import MAX_BYTES, KeptFileError, put_aside, read_kept, write_kept
from atlas.core import viewport
from atlas.core.model import Atlas, Story
from atlas.core.naming import NAME_LANGUAGES
from atlas.core.projection import PROJECTION_KEYS, Projection, projection_named
from atlas.core.state import (
    BASE_LAYERS,
    COMPARE_MODES,
    FURNITURE,
    LEAST_OPACITY,
    LEAST_SHARE,
    STEPS,
    Comparison,
    State,
)
from atlas.core.viewport import Camera

VERSION: Final = 1
HOME_VARIABLE: Final = "INDOCHINA_ATLAS_HOME"
SIDE_LIMIT_PX: Final = 16_000
TEXT_PX: Final = (11.0, 32.0)
THEMES: Final = ("paper", "night", "print")


MOST_OVERLAYS: Final = 20


class KeptOverlay(NamedTuple):
    """A reader's own overlay: its file, whether it was shown, and how strongly."""

    path: str
    shown: bool = True
    percent: int = 100


class SessionError(ValueError):
    """The saved session cannot be read; the message says why."""


class Session(NamedTuple):
    """What a run leaves to the next: the state, the window as Qt saves it, the text size.

    `geometry` and `docks` are opaque; `text_px` 0 stands for the default size. `reading` holds the
    place in each panel: first letter in view, pixels of its line above it, share read. `overlays`
    are the reader's own, read again once the map stands (`state` is without them). `notice` is one
    sentence for the reader about a session that could not be restored, never saved.
    """

    state: State | None = None
    geometry: bytes = b""
    docks: bytes = b""
    text_px: float = 0.0
    reading: Mapping[str, tuple[int, int, float]] = MappingProxyType({})
    overlays: tuple[KeptOverlay, ...] = ()
    notice: str = ""


def session_path() -> Path:
    """Return where the session is kept; the environment variable overrides the folder."""
    home = os.environ.get(HOME_VARIABLE)
    if home:
        return Path(home) / "session.json"
    config = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation)
    return Path(config) / "session.json"


def names_folder() -> Path:
    """Return where plans of names are kept from run to run; it may be deleted at any time."""
    home = os.environ.get(HOME_VARIABLE)
    if home:
        return Path(home) / "names"
    cache = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.CacheLocation)
    return Path(cache) / "names"


def load_session(path: Path, atlas: Atlas) -> Session:
    """Read the last session; an empty one if there is none or it is damaged."""
    try:
        data = read_kept(path)
        return _session_from(data, atlas) if data is not None else Session()
    except (SessionError, KeptFileError) as error:
        return Session(notice=put_aside(path, "The last session", str(error)))


def save_session(path: Path, session: Session) -> None:
    """Write the session beside the old one, then put it in its place.

    Raises
    ------
    OSError
        If the folder cannot be made or the file not written; an older file stays as it was.
    """
    data = {
        "version": VERSION,
        "state": state_to_json(session.state) if session.state else None,
        "geometry": base64.b64encode(session.geometry).decode("ascii"),
        "docks": base64.b64encode(session.docks).decode("ascii"),
        "arrangement_crc32": crc32(session.docks, crc32(session.geometry)),
        "text_px": session.text_px,
        "reading": {panel: list(place) for panel, place in session.reading.items()},
        "overlays": [kept._asdict() for kept in session.overlays],
    }
    write_kept(path, data)


def state_to_json(state: State) -> dict[str, Any]:
    """Return a state as JSON values; sets become sorted lists."""
    return {
        "day": state.day,
        "camera": {
            "x_m": state.camera.x_m,
            "y_m": state.camera.y_m,
            "m_per_px": state.camera.m_per_px,
            "projection": state.camera.projection.key,
        },
        "viewport_px": list(state.viewport_px),
        "layers": sorted(state.layers),
        "panel": state.panel,
        "selection": state.selection,
        "step": state.step,
        "theme": state.theme,
        "furniture": sorted(state.furniture),
        "attested_only": state.attested_only,
        "range_days": state.range_days,
        "by_alignment": state.by_alignment,
        "solo": state.solo,
        "opacity": dict(state.opacity),
        "comparison": state.comparison._asdict(),
        "name_language": state.name_language,
        "own": list(state.own),
    }


def state_from_json(data: Mapping[str, Any], atlas: Atlas) -> State:
    """Make a state of JSON values, kept within what the atlas holds.

    An unknown panel becomes the story's first view of it, unknown layers, features, steps and
    furniture are dropped, day and camera are clamped.

    Raises
    ------
    SessionError
        If a field is missing or of another type.
    """
    try:
        return _clamped(_state(data), atlas)
    except KeyError as error:
        raise SessionError(f"the field {error} is missing") from error
    except (TypeError, ValueError, OverflowError) as error:
        raise SessionError(str(error)) from error


def _state(data: Mapping[str, Any]) -> State:
    camera = data["camera"]
    x_m, y_m, m_per_px = (float(camera[key]) for key in ("x_m", "y_m", "m_per_px"))
    if not all(map(math.isfinite, (x_m, y_m, m_per_px))):
        raise ValueError("the camera is nowhere")
    width, height = (int(side) for side in data["viewport_px"])
    return State(
        day=int(data["day"]),
        camera=Camera(x_m, y_m, m_per_px, _projection(camera)),
        viewport_px=(_side(width), _side(height)),
        layers=_words(data["layers"]),
        panel=str(data["panel"]),
        selection=str(data.get("selection", "")),
        step=str(data.get("step", "day")),
        theme=str(data.get("theme", "paper")),
        furniture=_words(data.get("furniture", FURNITURE)),
        attested_only=data.get("attested_only") is True,
        range_days=max(int(data.get("range_days", 0)), 0),
        by_alignment=data.get("by_alignment") is True,
        comparison=_comparison(data.get("comparison", {})),
        name_language=str(data.get("name_language", "english")),
        solo=str(data.get("solo", "")),
        opacity=_opacity(data.get("opacity", {})),
        own=tuple(sorted(_words(data.get("own", [])))),
    )


def _projection(camera: Mapping[str, Any]) -> Projection:
    """Return the camera's projection; a session from before there were others names none."""
    return projection_named(str(camera.get("projection", PROJECTION_KEYS[0])))


def _comparison(data: Any) -> Comparison:
    if not isinstance(data, Mapping):
        raise TypeError("what is compared is no record")
    day, mode = data.get("day"), str(data.get("mode", "off"))
    share = float(data.get("share", 0.5))
    known = mode in COMPARE_MODES and day is not None
    return Comparison(
        mode if known else "off",
        None if day is None else int(day),
        min(max(share, LEAST_SHARE), 1 - LEAST_SHARE) if math.isfinite(share) else 0.5,
    )


def _kept_in(comparison: Comparison, story: Story) -> Comparison:
    if comparison.day is None:
        return comparison
    return comparison._replace(day=min(max(comparison.day, story.first_day), story.last_day))


def _side(side_px: int) -> int:
    return min(max(side_px, 1), SIDE_LIMIT_PX)


def _words(values: Any) -> frozenset[str]:
    if not isinstance(values, list | tuple):
        raise TypeError("layers and furniture are lists")
    return frozenset(str(value) for value in values)


def _opacity(shares: Any) -> tuple[tuple[str, int], ...]:
    if not isinstance(shares, dict):
        raise TypeError("opacity is given by layer")
    percents = {str(layer): int(percent) for layer, percent in shares.items()}
    faint = range(LEAST_OPACITY, 100)
    return tuple(sorted(pair for pair in percents.items() if pair[1] in faint))


def _clamped(state: State, atlas: Atlas) -> State:
    story = atlas.story
    panels = {panel.id for panel in story.panels}
    own = tuple(layer for layer in state.own if layer in atlas.own)
    layers = {layer.id for layer in story.layers} | set(own)
    day = min(max(state.day, story.first_day), story.last_day)
    return replace(
        state,
        day=day,
        range_days=min(state.range_days, day - story.first_day),
        comparison=_kept_in(state.comparison, story),
        camera=viewport.clamped(state.camera),
        layers=state.layers & layers,
        solo=state.solo if state.solo in layers - frozenset(BASE_LAYERS) else "",
        opacity=tuple(pair for pair in state.opacity if pair[0] in layers),
        panel=state.panel if state.panel in panels else story.panel_at(day).id,
        selection=state.selection if state.selection in atlas.feature_by_id else "",
        step=state.step if state.step in STEPS else "day",
        theme=_one_of(THEMES, state.theme),
        furniture=state.furniture & frozenset(FURNITURE),
        name_language=_one_of(NAME_LANGUAGES, state.name_language),
        own=own,
    )


def _one_of(known: tuple[str, ...], word: str) -> str:
    return word if word in known else known[0]


def _session_from(data: Any, atlas: Atlas) -> Session:
    if not isinstance(data, dict):
        raise SessionError("it holds no session")
    if data.get("version") != VERSION:
        raise SessionError(f"its version is {data.get('version')}, not {VERSION}")
    state = data.get("state")
    if state is not None and not isinstance(state, dict):
        raise SessionError("its state is no record")
    text_px = data.get("text_px", 0.0)
    known_size = isinstance(text_px, int | float) and TEXT_PX[0] <= text_px <= TEXT_PX[1]
    geometry, docks = _bytes(data.get("geometry", "")), _bytes(data.get("docks", ""))
    # Qt trusts these bytes: damaged, they can bring down the program.
    whole = crc32(docks, crc32(geometry)) == data.get("arrangement_crc32")
    return Session(
        state=state_from_json(state, atlas) if state else None,
        geometry=geometry if whole else b"",
        docks=docks if whole else b"",
        text_px=float(text_px) if known_size else 0.0,
        reading=_reading(data.get("reading", {})),
        overlays=_overlays(data.get("overlays", [])),
    )


def _reading(places: Any) -> dict[str, tuple[int, int, float]]:
    """Return the places that make sense: where one read is no reason to lose a session."""
    found = {}
    for panel, place in places.items() if isinstance(places, dict) else ():
        match place:
            case [int(letter), int(above_px), float() | int() as share] if (
                0 <= letter < MAX_BYTES and abs(above_px) < MAX_BYTES and 0 <= share <= 1
            ):
                found[panel] = (letter, above_px, float(share))
    return found


def _overlays(kept: Any) -> tuple[KeptOverlay, ...]:
    """Return the overlays that make sense, the first few of them."""
    found = []
    for row in kept if isinstance(kept, list) else ():
        match row:
            case {"path": str(path), "shown": bool(shown), "percent": int(percent)} if path:
                found.append(KeptOverlay(path, shown, min(max(percent, LEAST_OPACITY), 100)))
    return tuple(found[:MOST_OVERLAYS])


def _bytes(text: Any) -> bytes:
    try:
        return base64.b64decode(str(text), validate=True)
    except (Error, ValueError) as error:
        raise SessionError(f"the window's arrangement is unreadable: {error}") from error
