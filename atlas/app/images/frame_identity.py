"""What a picture tells of itself, so that it can be drawn again: state, layout, data.

Floor: app; neighbours: session (the state as JSON), export_options, xmp and carried, which put the
texts into files and take them out. Whatever a file says is judged before it is believed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Final

from atlas import __version__
from atlas.app.export_options import LONGEST, ExportOptions, layout_px
from atlas.app.library import Library
from atlas.app.pages import LOGICAL_DPI
from atlas.app.refusal import Refusal
from atlas.app.session import SessionError, state_from_json, state_to_json
from atlas.core.panes import Pane
from atlas.core.state import FURNITURE, State
from atlas.core.viewport import extent_m, fit_box_m

PROGRAM: Final = f"Indochina Atlas {__version__}"
STATE_KEY: Final = "Atlas-State"
FRAME_KEY: Final = "Atlas-Frame"
VERSION: Final = 1
MAX_TEXT: Final = 60_000


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture's state and layout, and remarks on what differs from this copy of the atlas."""

    state: State
    options: ExportOptions
    remarks: tuple[str, ...] = ()

    def on(self, now: State) -> State:
        """Return the view in the window of `now`: the action that goes there.

        What the picture showed is seen whole; step and furniture stay the reader's own.
        """
        state, camera = self.state, self.state.camera
        if state.viewport_px != now.viewport_px:
            seen_m = extent_m(camera, state.viewport_px)
            camera = fit_box_m(seen_m, now.viewport_px, camera.projection)
        return replace(
            state,
            camera=camera,
            viewport_px=now.viewport_px,
            own=now.own,
            layers=state.layers | (now.layers & frozenset(now.own)),
            step=now.step,
            furniture=now.furniture,
        )


def frame_id(library: Library, state: State, options: ExportOptions) -> str:
    """Return eight letters that only the same view, layout and data give again, at any dpi."""
    layout = _options_json(replace(options, dpi=LOGICAL_DPI, archival=False, outlines=False))
    record = _origin(library) | {"state": state_to_json(state), "options": layout}
    return sha256(_text(record).encode("ascii")).hexdigest()[:8]


def texts_of(
    library: Library, state: State, options: ExportOptions, shown: tuple[Pane, ...]
) -> dict[str, str]:
    """Return what a picture tells of itself, by the keys it does so under."""
    scene = shown[0].scene
    return {
        "Title": scene.title,
        "Date": " and ".join(pane.scene.date_text for pane in shown),
        "Software": PROGRAM,
        "Credits": "\n".join(scene.credits),
        STATE_KEY: _text(state_to_json(state)),
        FRAME_KEY: _text(frame_record(library, state, options)),
    }


def frame_record(library: Library, state: State, options: ExportOptions) -> dict[str, Any]:
    """Return the layout of a picture, its id, and the data it was drawn from."""
    return _origin(library) | {
        "version": VERSION,
        "id": frame_id(library, state, options),
        "options": _options_json(options),
    }


def frame_from(texts: Mapping[str, str], where: str, library: Library) -> Frame:
    """Return what the texts of a picture say was drawn.

    Raises
    ------
    Refusal
        If they say nothing, or nothing that can be had; `where` names the file.
    """
    if STATE_KEY not in texts:
        what = "carries no view of this atlas"
        raise Refusal(where, what, "choose a picture that the atlas exported")
    try:
        state = state_from_json(_record(texts[STATE_KEY]), library.atlas)
        frame = _record(texts.get(FRAME_KEY, "{}"))
        options = _options(frame.get("options", {}))
        layout_px(state.viewport_px, options)
    except (SessionError, ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        raise Refusal(where, f"the view in it cannot be read: {_short(error)}") from error
    except Refusal as error:
        raise Refusal(where, f"the size in it cannot be had: {error.what}") from error
    return Frame(state, options, _remarks(frame, where, library))


def sized(frame: Frame, width_dots: int, height_dots: int, dpi: int) -> Frame:
    """Return a frame with the layout of a picture of so many dots, for files without a layout."""
    k = LOGICAL_DPI / dpi
    size_px = round(width_dots * k), round(height_dots * k)
    return replace(frame, options=replace(frame.options, size_px=size_px, dpi=dpi))


def _origin(library: Library) -> dict[str, Any]:
    return {
        "story": library.atlas.story.id,
        "data": library.atlas.data_version,
        "pack": str(library.pack.header["inputs_sha256"])[:16],
    }


def _remarks(frame: Mapping[str, Any], where: str, library: Library) -> tuple[str, ...]:
    """Return a sentence on each thing the picture was drawn from and this atlas does not have."""
    here = _origin(library)
    said = {key: str(frame[key])[:60] for key in here if key in frame}
    if said.get("story", here["story"]) != here["story"]:
        return (f"{where} was drawn from another story, “{said['story']}”.",)
    if any(said.get(key, here[key]) != here[key] for key in ("data", "pack")):
        return (
            f"{where} was drawn from other data ({said.get('data', '?')}, {said.get('pack', '?')});"
            f" these are {here['data']}, {here['pack']}: the map may differ.",
        )
    return ()


def _options_json(options: ExportOptions) -> dict[str, Any]:
    kinds = {"archival": options.archival, "outlines": options.outlines}
    return {kind: True for kind, wanted in kinds.items() if wanted} | {
        "size_px": list(options.size_px) if options.size_px else None,
        "dpi": options.dpi,
        "page": options.page,
        "title": options.title,
        "caption": options.caption,
        "furniture": sorted(options.furniture),
        "transparent": options.transparent,
        "georeference": options.georeference,
    }


def _options(data: Any) -> ExportOptions:
    if not isinstance(data, dict):
        raise TypeError("its layout is no record")
    size, furniture = data.get("size_px"), data.get("furniture", FURNITURE)
    if not isinstance(furniture, list | tuple):
        raise TypeError("furniture is a list")
    width, height = (int(side) for side in size) if size else (0, 0)
    return ExportOptions(
        size_px=(width, height) if size else None,
        dpi=int(data.get("dpi", LOGICAL_DPI)),
        page=str(data.get("page", "")),
        title=one_line(str(data.get("title", ""))),
        caption=one_line(str(data.get("caption", ""))),
        furniture=frozenset(map(str, furniture)) & frozenset(FURNITURE),
        transparent=data.get("transparent") is True,
        georeference=data.get("georeference") is True,
        archival=data.get("archival") is True,
        outlines=data.get("outlines") is True,
    )


def one_line(text: str) -> str:
    """Return a title in one line of printable letters, cut at `LONGEST`."""
    words = " ".join(text.split())
    return "".join(char for char in words if char.isprintable())[:LONGEST]


def _record(text: str) -> dict[str, Any]:
    if len(text) > MAX_TEXT:
        raise ValueError("it is too long")
    record = json.loads(text)
    if not isinstance(record, dict):
        raise TypeError("it is no record")
    return record


def _text(record: Mapping[str, Any]) -> str:
    """Return JSON in plain ASCII that may stand in XML as it is."""
    text = json.dumps(record, sort_keys=True)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _short(error: Exception) -> str:
    said = "".join(char if char.isprintable() else " " for char in str(error)[:120])
    return said or type(error).__name__
