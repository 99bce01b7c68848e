"""A stretch of time or the whole story as a film: GIF, moving WebP, MP4, WebM, or PNG frames.

Floor: app; neighbours: film_plan (what is shown), film_frames (which draws it), the writer of each
kind, files. Frames go into the file as they are drawn: however long a film, it takes no more
memory. The same view gives the same bytes.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from PySide6.QtGui import QImage

from atlas.app.export_options import layout_px
from atlas.app.files import whole_file
from atlas.app.images.frame_identity import FRAME_KEY, PROGRAM, STATE_KEY, frame_record
from atlas.app.images.picture_codecs import coded
from atlas.app.library import Library
from atlas.app.publish.film_frames import FilmMaker, Ticks
from atlas.app.publish.film_kinds import KINDS, VIDEO, require_kind
from atlas.app.publish.film_plan import FilmPlan, Plan, Shot, StoryPlan, shots_of
from atlas.app.refusal import Refusal, refusal_of
from atlas.app.session import state_to_json
from atlas.app.steps import Report, silently
from atlas.core.state import State

if TYPE_CHECKING:
    from atlas.app.publish.gif import Rgb

__all__ = ["KINDS", "FilmPlan", "StoryPlan", "write_film"]

_PALETTE_FROM: Final = 6
_WEBP_QUALITY: Final = 82
_VIDEO_FPS: Final = 24
"""Frames a second of a video with flights; without, the pace of the days is enough."""
_FLIGHT_FPS: Final = 10
"""The same for films of pictures, which grow with every step of the camera."""


@dataclass(frozen=True, slots=True)
class _Film:
    """Everything a writer needs to know."""

    maker: FilmMaker
    shots: tuple[Shot, ...]
    kind: str
    fps: Fraction
    title: str
    comment: str


def write_film(
    library: Library, state: State, path: Path, plan: Plan, report: Report = silently
) -> None:
    """Write a film; the name's ending tells the kind, a name without one means a folder of PNG.

    Raises
    ------
    Refusal
        If there is no such kind, or it cannot be written; an older file stays.
    NotInstalled
        If the kind takes a library that is not installed.
    Cancelled
        If `report` wants no more; nothing is left behind.
    """
    kind = require_kind(path)
    if kind in VIDEO:
        plan = _even(plan, state)
    film = _film(library, state, plan, kind)
    if not kind:
        _write_frames(film, path, report)
        return
    with whole_file(path) as file:
        _WRITERS[kind](film, file, report)


def _even(plan: Plan, state: State) -> Plan:
    """Return a plan with sides of even numbers of dots: colours are kept for two by two."""
    width, height = layout_px(state.viewport_px, plan.options)
    return replace(plan, options=replace(plan.options, size_px=(width & ~1, height & ~1)))


def _film(library: Library, state: State, plan: Plan, kind: str) -> _Film:
    flies = isinstance(plan, StoryPlan)
    fps = _VIDEO_FPS if kind in VIDEO else _FLIGHT_FPS
    shots = shots_of(library, state, plan, fps)
    maker = FilmMaker(library, state.theme, plan.options)
    first = shots[0].state
    title = library.atlas.story.title if flies else maker.scene(first).title
    told = {
        "Software": PROGRAM,
        STATE_KEY: state_to_json(first),
        FRAME_KEY: frame_record(library, first, plan.options),
        "Atlas-Film": {"shots": len(shots), "story": flies, "last_day": shots[-1].state.day},
    }
    comment = json.dumps(told, sort_keys=True)
    pace = Fraction(fps if flies else plan.fps).limit_denominator(1000)
    return _Film(maker, shots, kind, pace, title, comment)


def _write_gif(film: _Film, file: BinaryIO, report: Report) -> None:
    from atlas.app.publish.gif import GifWriter, palette_of

    shots, ticks = film.shots, Ticks(100)
    panels = len({shot.state.panel for shot in shots})
    step = max(1, len(shots) // max(_PALETTE_FROM, 2 * panels))
    palette = palette_of(_pixels(film.maker.image(one)) for one in (*shots[::step], shots[-1]))
    writer = GifWriter(file, film.maker.scene(shots[0].state).size_px, palette, film.comment)
    for frame in film.maker.frames(shots, report):
        writer.add(_pixels(frame.image), ticks.of(frame.shown_s))
    writer.finish()


def _write_webp(film: _Film, file: BinaryIO, report: Report) -> None:
    from atlas.app.publish.webp_film import WebpWriter

    writer, ticks = WebpWriter(file, film.maker.scene(film.shots[0].state).size_px), Ticks(1000)
    for frame in film.maker.frames(film.shots, report):
        still = coded(frame.image, b"webp", _WEBP_QUALITY)
        writer.add(still, ticks.of(frame.shown_s))
    writer.finish()


def _write_video(film: _Film, file: BinaryIO, report: Report) -> None:
    from atlas.app.publish.video import VideoWriter

    scene, ticks = film.maker.scene(film.shots[0].state), Ticks(float(film.fps))
    texts = {
        "title": film.title,
        "comment": film.comment,
        "copyright": "; ".join(scene.credits),
    }
    with VideoWriter(file, film.kind, scene.size_px, film.fps, texts) as writer:
        for frame in film.maker.frames(film.shots, report):
            writer.add(frame.image, ticks.of(frame.shown_s))


_WRITERS: Final[dict[str, Callable[[_Film, BinaryIO, Report], None]]] = {
    ".gif": _write_gif,
    ".webp": _write_webp,
    ".mp4": _write_video,
    ".webm": _write_video,
}


def _write_frames(film: _Film, folder: Path, report: Report) -> None:
    """Write numbered PNG files into a folder of their own, which is there whole or not at all."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refusal(str(folder), "is not empty", "name a new folder")
    if not folder.absolute().parent.is_dir():
        raise Refusal(str(folder), "there is no folder to make it in", "create it or name another")
    part = folder.absolute().with_name(f".atlas-{os.urandom(6).hex()}.part")
    try:
        try:
            part.mkdir()
            for index, frame in enumerate(film.maker.frames(film.shots, report), 1):
                (part / f"{index:05d}.png").write_bytes(coded(frame.image, b"png", -1))
            if folder.exists():
                folder.rmdir()
            os.replace(part, folder)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    except OSError as error:
        raise refusal_of(error, "be written", folder) from error


def _pixels(image: QImage) -> Rgb:
    """Return an image's pixels as 0xRRGGBB, shape (height, width)."""
    import numpy as np

    rows = np.frombuffer(image.constBits(), np.uint32)
    rows = rows.reshape(image.height(), image.bytesPerLine() // 4)[:, : image.width()]
    return rows & np.uint32(0xFFFFFF)
