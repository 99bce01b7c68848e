"""Plans kept from an earlier run: the very same plan, or none."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage, QPainter

from atlas.app.library import Library
from atlas.core.actions import initial_state, open_panel
from atlas.core.resolve import resolve
from atlas.core.scene import Scene
from atlas.render import known_names
from atlas.render import name_plan as planning
from atlas.render.known_names import KnownNames
from atlas.render.letters import Letterer
from atlas.render.name_plan import NamePlan, ask_first, keep_names, name_plan
from atlas.render.painter import MapPainter
from tests.records import replace

SIZE = (900, 640)


@pytest.fixture
def known(tmp_path: Path) -> Iterator[KnownNames]:
    yield KnownNames(tmp_path / "names")
    planning._asked_first.clear()


def scene_of(library: Library, number: int = 0) -> Scene:
    story = library.atlas.story
    return resolve(open_panel(story.panels[number])(initial_state(story, SIZE)), library.atlas)


def planned(scene: Scene, painter: MapPainter) -> NamePlan:
    return name_plan.__wrapped__(scene.wishes, painter.style, scene.camera.m_per_px)


def keep(known: KnownNames, scene: Scene, painter: MapPainter) -> None:
    keep_names(known, scene.wishes, painter.style, scene.camera.m_per_px)


@pytest.mark.parametrize("number", [0, 5, 11])
def test_a_plan_is_found_as_it_was_made(
    library: Library,
    painter: MapPainter,
    known: KnownNames,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
) -> None:
    scene = scene_of(library, number)
    made = planned(scene, painter)
    keep(known, scene, painter)
    monkeypatch.setattr(planning, "plan", lambda *_, **__: pytest.fail("planned anew"))
    ask_first(known)
    found = planned(scene, painter)
    assert vars(found) == vars(made)
    assert found.planned is not made.planned
    assert any(one.leader for one in found.planned)
    assert [type(one.leader) for one in found.planned] == [type(one.leader) for one in made.planned]


def test_only_the_first_plan_is_asked_for(
    library: Library, painter: MapPainter, known: KnownNames, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(known, "find", lambda *words: asked.append(words))
    ask_first(known)
    for number in (0, 5):
        planned(scene_of(library, number), painter)
    assert len(asked) == 1


def test_the_picture_is_the_same_dot_for_dot(
    library: Library, painter: MapPainter, known: KnownNames
) -> None:
    scene = scene_of(library)

    def painted() -> QImage:
        name_plan.cache_clear()
        image = QImage(*SIZE, QImage.Format.Format_RGB32)
        image.fill(0)
        with QPainter(image) as to:
            painter.paint_live(to, scene, Letterer(sprites=True))
        return image

    anew = painted()
    keep(known, scene, painter)
    ask_first(known)
    assert painted() == anew
    assert not planning._asked_first


def test_what_a_plan_is_made_of_must_be_the_same(
    library: Library, painter: MapPainter, known: KnownNames, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = scene_of(library)
    made = planned(scene, painter)
    keep(known, scene, painter)
    wishes, letters, m_per_px = scene.wishes, made.letters, made.m_per_px
    assert known.find(wishes, letters, m_per_px)
    assert not known.find(wishes, letters, m_per_px * 1.0000001)
    assert not known.find(wishes, letters[:-1], m_per_px)
    longer = letters[0]._replace(size_px=letters[0].size_px + 1)
    assert not known.find(wishes, (longer, *letters[1:]), m_per_px)
    assert not known.find(replace(wishes, items=wishes.items[:-1]), letters, m_per_px)
    assert not known.find(replace(wishes, features=wishes.features[1:]), letters, m_per_px)
    assert not known.find(replace(wishes, aside={"office-100-ta-not": (1.0, 0.0)}), letters, 1.0)
    with monkeypatch.context() as other_fonts:
        other_fonts.setattr(known_names, "measured", lambda *_: 17.0)
        assert not known.find(wishes, letters, m_per_px)
    with monkeypatch.context() as other_code:
        other_code.setattr(known_names, "_code", lambda: iter([("names.py", 1, 2)]))
        assert not known.find(wishes, letters, m_per_px)
    assert known.find(wishes, letters, m_per_px)


@pytest.mark.parametrize("damage", ["cut", "turned", "empty", "binary", "other plan"])
def test_a_damaged_file_is_as_none(
    library: Library, painter: MapPainter, known: KnownNames, tmp_path: Path, damage: str
) -> None:
    scene = scene_of(library)
    made = planned(scene, painter)
    keep(known, scene, painter)
    (path,) = (tmp_path / "names").iterdir()
    data = path.read_bytes()
    at = data.rindex(b"\n")
    path.write_bytes({
        "cut": data[:-20],
        "turned": data[:-20] + data[-20:].replace(b"]", b"["),
        "empty": b"",
        "binary": b"\xff\x00\n\xfe\n",
        "other plan": data[:at] + b"\n[[], []]",
    }[damage])  # fmt: skip
    ask_first(known)
    assert vars(planned(scene, painter)) == vars(made)
    # What was planned anew is written down again.
    keep(known, scene, painter)
    assert path.read_bytes() == data


def test_a_folder_that_cannot_be_written_is_no_hindrance(
    library: Library, painter: MapPainter, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    known, scene = KnownNames(tmp_path / "file" / "names"), scene_of(library)
    keep(known, scene, painter)
    made = planned(scene, painter)
    assert known.find(scene.wishes, made.letters, made.m_per_px) is None


def test_the_plans_kept_last_stay(
    library: Library, painter: MapPainter, known: KnownNames, tmp_path: Path
) -> None:
    folder = tmp_path / "names"
    folder.mkdir()
    for number in range(6):
        old = folder / f"{number}.names"
        old.write_bytes(b"old")
        os.utime(old, (1000 + number, 1000 + number))
    keep(known, scene_of(library), painter)
    left = {path.name for path in folder.iterdir()}
    assert len(left) == known_names._MOST_FILES
    assert {"3.names", "4.names", "5.names"} < left


def test_what_was_found_is_not_written_again(
    library: Library, painter: MapPainter, known: KnownNames, tmp_path: Path
) -> None:
    scene = scene_of(library)
    keep(known, scene, painter)
    made = planned(scene, painter)
    assert known.find(scene.wishes, made.letters, made.m_per_px)
    (path,) = (tmp_path / "names").iterdir()
    path.unlink()
    keep(known, scene, painter)
    assert not path.exists()
