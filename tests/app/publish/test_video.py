"""Videos as PyAV reads them back: frames, pace, colours, what they tell of themselves."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QGuiApplication, QImage

from atlas.app import cli
from atlas.app.arguments import read_arguments
from atlas.app.export import Exporter
from atlas.app.library import Library, open_library
from atlas.app.offscreen import start_drawing
from atlas.app.publish import film_kinds
from atlas.app.publish.film import write_film
from atlas.app.publish.film_frames import FilmMaker
from atlas.app.publish.film_kinds import require_kind
from atlas.app.publish.film_plan import shots_of
from atlas.app.publish.film_words import film_asked
from atlas.app.refusal import NotInstalled
from atlas.app.session import state_from_json
from atlas.core.day import day_from_ymd
from atlas.core.scene import Scene
from atlas.render.furniture import furniture_pieces
from tests.records import replace

av = pytest.importorskip("av")
Dots = NDArray[np.int64]
WAR = "--from 1979-01-05 --to 1979-01-08 --panel deng --hold 1 --fps 5"
KINDS = ("mp4", "webm")


@pytest.fixture(scope="module")
def library(pack_path: Path, qapp: QGuiApplication) -> Library:
    assert start_drawing() is qapp
    return open_library(pack_file=pack_path)


def write(library: Library, path: Path, words: str) -> None:
    state, plan = film_asked(library, read_arguments(["film", path.name, *words.split()]))
    write_film(library, state, path, plan)


def read(path: Path) -> tuple[list[Dots], Fraction, dict[str, str]]:
    """Return the frames, how many a second, and the texts of a video."""
    with av.open(str(path)) as video:
        stream = video.streams.video[0]
        assert stream.codec_context.pix_fmt == "yuv420p"
        frames = [f.to_ndarray(format="rgb24").astype(np.int64) for f in video.decode(video=0)]
        texts = {key.lower(): value for key, value in video.metadata.items()}
        return frames, stream.average_rate, texts


def dots(image: QImage) -> Dots:
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), -1)
    return rows[:, : plain.width() * 3].reshape(plain.height(), -1, 3).astype(np.int64)


@pytest.mark.parametrize("kind", KINDS)
def test_a_video_shows_what_exports_of_its_days_show(
    library: Library, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / f"fall.{kind}"
    write(library, path, f"{WAR} --size 1280x720")
    frames, rate, texts = read(path)
    # Four dates, one of which an event holds for a second, and the last for two more.
    assert rate == 5
    assert len(frames) == 4 + 5 + 10
    assert frames[0].shape == (720, 1280, 3)
    told = json.loads(texts["comment"])
    state = state_from_json(told["Atlas-State"], library.atlas)
    assert state.day == day_from_ymd(1979, 1, 5)
    assert told["Atlas-Frame"]["data"] == library.atlas.data_version
    assert len(told["Atlas-Frame"]["id"]) == 8
    assert "Natural Earth" in texts["copyright"]
    _, plan = film_asked(library, read_arguments(["film", "a", *WAR.split(), "--size", "1280x720"]))
    exporter = Exporter(library, "paper")
    for frame, day in ((frames[0], 5), (frames[-1], 8)):
        there = dots(exporter.image(replace(state, day=day_from_ymd(1979, 1, day)), plan.options))
        # Four dots share a colour: only the shade of small things differs. The reader rounds down.
        assert np.abs(frame - there).mean() < 3.5
        assert np.abs(frame.mean(axis=(0, 1)) - there.mean(axis=(0, 1))).max() < 2.0
    assert np.abs(frames[0] - frames[-1]).max() > 60


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_video_has_the_same_bytes_and_even_sides(
    library: Library, tmp_path: Path, kind: str
) -> None:
    one, other = tmp_path / f"one.{kind}", tmp_path / f"other.{kind}"
    for path in (one, other):
        write(library, path, f"{WAR} --size 321x241")
    assert one.read_bytes() == other.read_bytes()
    assert read(one)[0][0].shape == (240, 320, 3)


def test_furniture_keeps_its_corners_on_the_way(library: Library) -> None:
    state, plan = film_asked(library, read_arguments(["film", "a.mp4", "--story"]))
    maker = FilmMaker(library, "paper", plan.options)
    shots = [shot for shot in shots_of(library, state, plan, flight_fps=4) if shot.bound_for]
    assert len(shots) > 50

    def corners(scene: Scene) -> dict[str, tuple[bool, bool]]:
        width, height = scene.size_px
        middles = {piece.kind: piece.box.center() for piece in furniture_pieces(scene)}
        return {k: (at.x() > width / 2, at.y() > height / 2) for k, at in middles.items()}

    for shot in shots:
        assert shot.bound_for
        there = corners(maker.scene(shot.bound_for))
        here = corners(maker.drawn(shot))
        assert {k: v for k, v in here.items() if there.get(k, v) != v} == {}, shot.state.panel
        assert "scale_bar" in here


@pytest.mark.parametrize("kind", KINDS)
def test_colours_come_back_as_they_were(qapp: QGuiApplication, tmp_path: Path, kind: str) -> None:
    from atlas.app.publish.video import VideoWriter

    path, image = tmp_path / f"a.{kind}", QImage(64, 48, QImage.Format.Format_RGB32)
    inks = ("#f5f0e4", "#cfe0e6", "#b3372b", "#101820")
    with path.open("wb") as file, VideoWriter(file, f".{kind}", (64, 48), Fraction(4), {}) as video:
        for ink in inks:
            image.fill(QColor(ink))
            video.add(image, 2)
        video.add(image, 0)
    frames, _, _ = read(path)
    assert len(frames) == 8
    for ink, frame in zip(inks, frames[::2], strict=True):
        wanted = QColor(ink)
        apart = np.abs(frame - (wanted.red(), wanted.green(), wanted.blue()))
        assert apart.max() <= 4, ink


def test_without_pyav_a_video_is_refused_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(film_kinds, "find_spec", lambda _name: None)
    with pytest.raises(NotInstalled, match="pip install"):
        require_kind(Path("a.webm"))
    assert require_kind(Path("a.gif")) == ".gif"
    path = tmp_path / "a.mp4"
    code = cli.run(["film", str(path), "--story"], lambda *_a, **_k: 0)
    assert code == 2
    assert "PyAV, which is not installed; install it with:" in capsys.readouterr().err
    assert not path.exists()
