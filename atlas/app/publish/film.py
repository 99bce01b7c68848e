"""A stretch of time as a film: GIF, moving WebP, or a folder of PNG frames.

Floor: app; neighbours: film_words (what was asked), picture (which keeps the ground between two
frames), gif, webp_film, files. Each frame is what an export of its day would be. Needs a
QGuiApplication.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter, QPainter

from atlas.app.export import panes_of
from atlas.app.export_options import ExportOptions
from atlas.app.files import require_folder, write_whole
from atlas.app.images.frame_identity import PROGRAM
from atlas.app.library import Library
from atlas.app.picture import MapPicture
from atlas.app.refusal import Refusal, refusal_of
from atlas.app.session import state_to_json
from atlas.app.steps import Report, silently, tell
from atlas.core.scene import Scene
from atlas.core.state import NO_COMPARISON, State
from atlas.render.basemap import BaseMap
from atlas.render.style import StyleError, load_style

if TYPE_CHECKING:
    from atlas.app.publish.gif import Rgb

KINDS: Final = (".gif", ".webp", "")
_PALETTE_FROM: Final = 6
_WEBP_QUALITY: Final = 82


@dataclass(frozen=True, slots=True)
class FilmPlan:
    """The days of a film and how it is shown; the last frame stays for `end_s` seconds."""

    days: tuple[int, ...]
    fps: float = 8.0
    hold_s: float = 0.0
    end_s: float = 2.0
    options: ExportOptions = field(default_factory=ExportOptions)


class Frame(NamedTuple):
    """A picture and how long it is shown."""

    image: QImage
    shown_ms: int


class FilmMaker:
    """Draws the frames of films of one state's view."""

    def __init__(self, library: Library, state: State, plan: FilmPlan) -> None:
        self._library, self._plan = library, plan
        self._state = replace(state, comparison=NO_COMPARISON, range_days=0, selection="")
        try:
            style = load_style(state.theme)
        except StyleError as error:
            raise Refusal("--theme", str(error)) from error
        self._picture = MapPicture(BaseMap(library.pack), style, synchronous=True)

    def scene(self, day: int) -> Scene:
        """Return what is drawn of one day."""
        state = replace(self._state, day=day)
        return panes_of(self._library, state, self._plan.options)[0].scene

    def image(self, day: int) -> QImage:
        """Return the picture of one day."""
        scene = self.scene(day)
        image = QImage(*scene.size_px, QImage.Format.Format_RGB32)
        with QPainter(image) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            self._picture.paint(painter, scene)
        return image

    def frames(self, report: Report = silently) -> Iterator[Frame]:
        """Yield the film's frames; `report` is told of each.

        Raises
        ------
        Cancelled
            If `report` wants no more.
        """
        days = self._plan.days
        held = held_days(self._library, self._state, days)
        for index, day in enumerate(days):
            tell(report, index, len(days))
            shown_s = 1 / self._plan.fps + (self._plan.hold_s if day in held else 0.0)
            shown_s += self._plan.end_s if index + 1 == len(days) else 0.0
            yield Frame(self.image(day), round(shown_s * 1000))


def held_days(library: Library, state: State, days: tuple[int, ...]) -> frozenset[int]:
    """Return the days of a film on or before which, since the frame before, an event fell.

    Counted are events of the layers shown, default on the map, known to the day.
    """
    dated = sorted(
        feature.when.first_day
        for feature in library.atlas.features
        if feature.layer == "events"
        and feature.layer in state.shown_layers
        and feature.default_visible
        and feature.when.spans
        and feature.when.spans[0].earliest_start_day == feature.when.spans[0].latest_start_day
    )
    found, before = set(), days[0] - 1
    for day in days:
        if any(before < event <= day for event in dated):
            found.add(day)
        before = day
    return frozenset(found)


def write_film(
    library: Library, state: State, path: Path, plan: FilmPlan, report: Report = silently
) -> None:
    """Write a film; the name's ending tells the kind, a name without one means a folder of PNG.

    Raises
    ------
    Refusal
        If there is no such kind, or it cannot be written; an older file stays.
    Cancelled
        If `report` wants no more; nothing is left behind.
    """
    kind = path.suffix.lower()
    if kind not in KINDS:
        remedy = "end the name in .gif or .webp, or name a folder for PNG frames"
        raise Refusal(str(path), f"“{kind}” is no film the atlas writes", remedy)
    maker = FilmMaker(library, state, plan)
    if not kind:
        _write_frames(maker, path, report)
        return
    require_folder(path)
    data = _gif(maker, state, plan, report) if kind == ".gif" else _webp(maker, plan, report)
    write_whole(path, data)


def _gif(maker: FilmMaker, state: State, plan: FilmPlan, report: Report) -> bytes:
    from atlas.app.publish.gif import GifWriter, palette_of

    days = plan.days
    step = max(1, len(days) // _PALETTE_FROM)
    samples = [_pixels(maker.image(day)) for day in (*days[::step], days[-1])]
    height, width = samples[0].shape
    writer = GifWriter((width, height), palette_of(samples), _comment(state, plan))
    for frame in maker.frames(report):
        writer.add(_pixels(frame.image), round(frame.shown_ms / 10))
    return writer.finish()


def _comment(state: State, plan: FilmPlan) -> str:
    seen = replace(state, day=plan.days[0])
    return json.dumps({"Software": PROGRAM, "Atlas-State": state_to_json(seen)}, sort_keys=True)


def _webp(maker: FilmMaker, plan: FilmPlan, report: Report) -> bytes:
    from atlas.app.publish.webp_film import animated_webp

    frames, size_px = [], (0, 0)
    for frame in maker.frames(report):
        size_px = (frame.image.width(), frame.image.height())
        frames.append((packed(frame.image, b"WEBP", _WEBP_QUALITY), frame.shown_ms))
    return animated_webp(frames, size_px)


def _write_frames(maker: FilmMaker, folder: Path, report: Report) -> None:
    """Write numbered PNG files into a folder of their own, which is there whole or not at all."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refusal(str(folder), "is not empty", "name a new folder")
    if not folder.absolute().parent.is_dir():
        raise Refusal(str(folder), "there is no folder to make it in", "create it or name another")
    part = folder.absolute().with_name(f".atlas-{secrets.token_hex(6)}.part")
    try:
        try:
            part.mkdir()
            for index, frame in enumerate(maker.frames(report), 1):
                (part / f"{index:05d}.png").write_bytes(packed(frame.image, b"PNG", -1))
            if folder.exists():
                folder.rmdir()
            os.replace(part, folder)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    except OSError as error:
        raise refusal_of(error, "be written", folder) from error


def packed(image: QImage, kind: bytes, quality: int) -> bytes:
    """Return a picture as a file of a kind Qt writes; Refusal if it cannot."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(kind))
    writer.setQuality(quality)
    if not writer.write(image):
        raise Refusal("film", f"a frame cannot be packed as {kind.decode()}")
    return bytes(buffer.data().data())


def _pixels(image: QImage) -> Rgb:
    """Return an image's pixels as 0xRRGGBB, shape (height, width)."""
    import numpy as np

    rows = np.frombuffer(image.constBits(), np.uint32)
    rows = rows.reshape(image.height(), image.bytesPerLine() // 4)[:, : image.width()]
    return rows & np.uint32(0xFFFFFF)
