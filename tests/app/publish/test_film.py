"""Films: the right days at the right pace, whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QGuiApplication, QImage

from atlas.app.arguments import Arguments, read_arguments
from atlas.app.export import Exporter
from atlas.app.library import Library
from atlas.app.publish.film import write_film
from atlas.app.publish.film_frames import FilmMaker, Ticks
from atlas.app.publish.film_plan import FilmPlan, Shot, held_days, shots_of
from atlas.app.publish.film_words import FilmWords, days_of, film_asked, fps_of, hold_s_of
from atlas.app.refusal import Refusal
from atlas.app.session import state_from_json
from atlas.app.steps import Cancelled
from atlas.core.day import iso_from_day
from tests.app.fake_library import STORY, day, fake_library
from tests.records import replace

WAR = "--from 1979-01-05 --to 1979-01-08 --size 320x200"


@pytest.fixture
def library(qapp: QGuiApplication, tmp_path: Path) -> Library:
    return fake_library(tmp_path)


def asked(words: str) -> Arguments:
    return read_arguments(["film", *words.split()])


def write(library: Library, path: Path, words: str = WAR) -> None:
    state, plan = film_asked(library, asked(f"{path} {words}"))
    write_film(library, state, path, plan)


def days(step: str, first: str = "1979-01-01", last: str = "1979-01-10") -> list[str]:
    words = FilmWords(first, last, step)
    return [iso_from_day(day_)[5:] for day_ in days_of(words, STORY)]


def test_steps_end_on_the_last_day() -> None:
    assert days("3d") == ["01-01", "01-04", "01-07", "01-10"]
    assert days("1w") == ["01-01", "01-08", "01-10"]
    assert days("1m", "1979-01-31", "1979-04-01") == ["01-31", "02-28", "03-31", "04-01"]
    assert days("1d", "1979-01-01", "1979-01-01") == ["01-01"]
    assert days("1y", "1979", "1981") == ["01-01", "01-01", "01-01", "12-31"]


@pytest.mark.parametrize(
    "words",
    [
        FilmWords("", "1979"),
        FilmWords("1979", "1978"),
        FilmWords("1979", "2100"),
        FilmWords("1979", "1980", "often"),
        FilmWords("1979", "1980", "0d"),
        FilmWords("1930", "2020", "1d"),
    ],
)
def test_stretches_that_cannot_be_filmed_are_refused(words: FilmWords) -> None:
    with pytest.raises(Refusal):
        days_of(words, STORY)


def test_pace_and_holding_have_bounds() -> None:
    assert fps_of(FilmWords()) == 8
    assert hold_s_of(FilmWords(hold="1.5")) == 1.5
    for words in (FilmWords(fps="0"), FilmWords(fps="x"), FilmWords(hold="99")):
        with pytest.raises(Refusal):
            fps_of(words) and hold_s_of(words)


def test_a_date_is_wrong_use_of_the_film_command() -> None:
    with pytest.raises(SystemExit):
        asked(f"a.gif {WAR} --date 1979-01-07")


def test_frames_stay_on_events(library: Library) -> None:
    state, plan = film_asked(library, asked("a.gif --from 1979-01-05 --to 1979-01-08 --hold 1"))
    assert isinstance(plan, FilmPlan)
    fall = day(1979, 1, 7)
    assert held_days(library, state, plan.days) == {fall}
    shots = shots_of(library, state, plan, flight_fps=10)
    assert [shot.shown_s for shot in shots] == [0.125, 0.125, 1.125, 2.125]
    assert [shot.state.day for shot in shots] == list(plan.days)
    weekly = tuple(range(day(1978, 12, 28), day(1979, 2, 1), 7))
    assert held_days(library, state, weekly) == {day(1979, 1, 11)}
    hidden = replace(state, layers=state.layers - {"events"})
    assert held_days(library, hidden, plan.days) == frozenset()


def test_what_rounding_leaves_over_goes_to_the_next_frame() -> None:
    ticks = Ticks(100)
    assert [ticks.of(1 / 24) for _ in range(6)] == [4, 4, 4, 5, 4, 4]
    film = Ticks(12)
    assert [film.of(1 / 12) for _ in range(1000)] == [1] * 1000


def test_a_gif_has_a_frame_a_day_and_tells_its_view(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "fall.gif"
    write(library, path)
    with Image.open(path) as image:
        assert image.size == (320, 200)
        assert image.n_frames == 4
        told = json.loads(image.info["comment"])
    view = state_from_json(told["Atlas-State"], library.atlas)
    assert view.day == day(1979, 1, 5)
    assert told["Atlas-Frame"]["data"] == library.atlas.data_version
    first = path.read_bytes()
    write(library, path)
    assert path.read_bytes() == first


def test_a_frame_is_what_an_export_of_its_day_is(library: Library) -> None:
    state, plan = film_asked(library, asked(f"a.gif {WAR}"))
    assert isinstance(plan, FilmPlan)
    state = replace(state, day=plan.days[2])
    shown = FilmMaker(library, "paper", plan.options).image(Shot(state, 1.0))
    alone = Exporter(library, "paper").image(state, plan.options)

    def pixels(image: QImage) -> np.ndarray:
        return np.frombuffer(image.constBits(), np.uint8).astype(int)

    # The window's painter keeps letters as pictures: their edges differ by a little.
    assert np.abs(pixels(shown) - pixels(alone)).mean() < 2.0


def test_a_moving_webp_is_read_by_another_program(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "fall.webp"
    write(library, path)
    with Image.open(path) as image:
        assert image.n_frames == 4
        assert image.size == (320, 200)
        assert image.info["loop"] == 0
        image.seek(3)
        assert image.convert("RGB").getpixel((5, 5)) != (0, 0, 0)


def test_frames_go_into_a_folder_of_their_own(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "frames"
    write(library, folder)
    assert [p.name for p in sorted(folder.iterdir())] == [f"0000{n}.png" for n in range(1, 5)]
    assert QImage(str(folder / "00001.png")).width() == 320
    with pytest.raises(Refusal, match="not empty"):
        write(library, folder)


@pytest.mark.parametrize("name", ["a.gif", "a.webp", "a.mp4", "a.webm", "frames"])
def test_a_cancelled_film_leaves_nothing(library: Library, tmp_path: Path, name: str) -> None:
    if name.endswith(("mp4", "webm")):
        pytest.importorskip("av")
    before = sorted(tmp_path.iterdir())
    state, plan = film_asked(library, asked(f"{name} {WAR}"))
    with pytest.raises(Cancelled):
        write_film(library, state, tmp_path / name, plan, lambda done, total: done < 2)
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("name", ["a.avi", "none/a.gif", "none/frames"])
def test_what_cannot_be_written_is_refused(library: Library, tmp_path: Path, name: str) -> None:
    with pytest.raises(Refusal):
        write(library, tmp_path / name)
