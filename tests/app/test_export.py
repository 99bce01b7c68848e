"""Pictures as written: sizes, texts inside, the same bytes again, and no file half done."""

from __future__ import annotations

import errno
import json
import os
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from atlas.app.export import Exporter, export_map, panes_of
from atlas.app.export_options import ExportOptions, format_of, layout_px
from atlas.app.library import Library
from atlas.app.refusal import Refusal
from atlas.app.session import state_from_json
from atlas.app.view import ViewWords, state_for
from atlas.core import viewport
from atlas.core.actions import choose_projection
from atlas.core.projection import Projection
from atlas.core.projections import ALL
from atlas.core.state import FURNITURE, State
from atlas.render.furniture import credits_height_px
from tests.records import replace

SIZE = (640, 400)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def state(library: Library) -> State:
    return state_for(ViewWords(panel="deng"), library.atlas.story, SIZE)


def test_a_png_has_the_size_asked_for_and_tells_of_itself(
    exporter: Exporter, library: Library, state: State, tmp_path: Path
) -> None:
    path = tmp_path / "out.png"
    exporter.write(state, path, ExportOptions())
    image = QImage(str(path))
    assert (image.width(), image.height()) == SIZE
    assert image.text("Date") == "7 January 1979"
    assert image.text("Title") == library.atlas.story.panel("deng").title
    assert "Natural Earth" in image.text("Credits")
    assert state_from_json(json.loads(image.text("Atlas-State")), library.atlas) == state
    assert not list(tmp_path.glob(".*"))


def test_the_credits_cover_nothing_the_view_shows(
    library: Library, state: State, qapp: QGuiApplication
) -> None:
    west, south, east, north = viewport.extent_m(state.camera, SIZE)
    scene = panes_of(library, state, ExportOptions())[0].scene
    floor_px = SIZE[1] - credits_height_px(scene)
    for x_m, y_m in ((west, south), (east, south), (west, north), (east, north)):
        x_px, y_px = viewport.to_px(scene.camera, SIZE, x_m, y_m)
        assert -0.5 <= x_px <= SIZE[0] + 0.5
        assert -0.5 <= y_px <= floor_px + 0.5
    without = ExportOptions(furniture=frozenset(FURNITURE) - {"credits"})
    assert panes_of(library, state, without)[0].scene.camera == state.camera


@pytest.mark.parametrize("projection", ALL[1:], ids=lambda p: p.key)
def test_a_png_tells_its_projection_and_another_shape_shows_as_much(
    exporter: Exporter, library: Library, state: State, tmp_path: Path, projection: Projection
) -> None:
    path, there = tmp_path / "out.png", choose_projection(projection)(state)
    exporter.write(there, path, ExportOptions())
    told = json.loads(QImage(str(path)).text("Atlas-State"))
    assert told["camera"]["projection"] == projection.key
    assert state_from_json(told, library.atlas) == there
    bare = ExportOptions(size_px=(SIZE[0] * 2, SIZE[1]), furniture=frozenset())
    wide = panes_of(library, there, bare)[0].scene
    for mine, wanted in zip(wide.camera, there.camera, strict=True):
        assert mine == (wanted if mine is wanted else pytest.approx(wanted))


def test_more_dots_an_inch_sharpen_the_same_layout(
    exporter: Exporter, state: State, tmp_path: Path
) -> None:
    path = tmp_path / "out.png"
    plain = exporter.image(state, ExportOptions())
    exporter.write(state, path, ExportOptions(dpi=192))
    fine = QImage(str(path))
    assert (fine.width(), fine.height()) == (2 * SIZE[0], 2 * SIZE[1])
    assert fine.dotsPerMeterX() == round(192 / 0.0254)
    smaller = fine.scaled(*SIZE, mode=Qt.TransformationMode.SmoothTransformation)
    assert _mean_difference(plain, smaller) < 6.0


def test_the_same_state_gives_the_same_bytes(
    exporter: Exporter, library: Library, state: State, tmp_path: Path
) -> None:
    for kind in ("png", "svg", "pdf", "jpg", "webp", "tif"):
        first, second = tmp_path / f"a.{kind}", tmp_path / f"b.{kind}"
        exporter.write(state, first, ExportOptions())
        export_map(library, state, second, ExportOptions())
        assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    ("options", "media_box"),
    [
        (ExportOptions(page="a4"), (842, 595)),
        (ExportOptions(page="a4-portrait"), (595, 842)),
        (ExportOptions(page="letter"), (792, 612)),
        (ExportOptions(), (480, 300)),
    ],
)
def test_a_pdf_is_one_page_of_that_size_in_vectors_with_text(
    exporter: Exporter, state: State, tmp_path: Path, options: ExportOptions, media_box: object
) -> None:
    path = tmp_path / "out.pdf"
    exporter.write(state, path, options)
    data = path.read_bytes()
    assert data.startswith(b"%PDF-")
    boxes = re.findall(rb"/MediaBox \[\s*0 0 ([\d.]+) ([\d.]+)", data)
    assert len(boxes) == 1
    assert tuple(round(float(side)) for side in boxes[0]) == media_box
    assert b"NotoSerif" in data, "text stays text, in the fonts the atlas brings along"
    assert b"Indochina Atlas" in data or "Indochina Atlas".encode("utf-16-be") in data


def test_an_svg_is_well_formed_and_holds_its_texts(
    exporter: Exporter, state: State, tmp_path: Path
) -> None:
    path = tmp_path / "out.svg"
    exporter.write(state, path, ExportOptions())
    root = ElementTree.fromstring(path.read_text(encoding="utf-8"))
    assert root.get("viewBox") == "0 0 640 400"
    titles = [title.text or "" for title in root.iter(f"{SVG}title")]
    assert any("7 January 1979" in title for title in titles)
    texts = {"".join(text.itertext()).strip() for text in root.iter(f"{SVG}text")}
    assert "7 January 1979" in texts
    assert "Bangkok" in texts


def test_an_svg_draws_what_the_png_draws(exporter: Exporter, state: State, tmp_path: Path) -> None:
    path = tmp_path / "out.svg"
    exporter.write(state, path, ExportOptions())
    data = path.read_bytes()
    assert data.count(b"<image") == 1, "the relief is one picture, no larger than the view"
    assert len(data) < 6_000_000
    drawn = QImage(*SIZE, QImage.Format.Format_RGB32)
    drawn.fill(Qt.GlobalColor.white)
    painter = QPainter(drawn)
    QSvgRenderer(data).render(painter)
    painter.end()
    assert _mean_difference(exporter.image(state, ExportOptions()), drawn) < 4.0


def test_a_pdf_holds_shadows_and_lit_slopes_once(
    exporter: Exporter, state: State, tmp_path: Path
) -> None:
    path = tmp_path / "out.pdf"
    exporter.write(state, path, ExportOptions(page="a4"))
    two_inks_and_their_masks = 4
    data = path.read_bytes()
    assert data.count(b"/Subtype /Image") == two_inks_and_their_masks
    assert len(data) < 1_500_000


def test_the_shown_date_is_the_drawn_date(exporter: Exporter, state: State) -> None:
    options = ExportOptions(furniture=frozenset())
    before = exporter.image(state, options)
    after = exporter.image(replace(state, day=state.day + 45), options)
    assert _mean_difference(before, after) > 0.05


@pytest.mark.usefixtures("exporter")
def test_furniture_and_title_are_optional(library: Library, state: State) -> None:
    assert panes_of(library, state, ExportOptions())[0].scene.furniture == set(FURNITURE)
    bare = ExportOptions(furniture=frozenset({"date"}), title="A title of one's own")
    scene = panes_of(library, state, bare)[0].scene
    assert (scene.furniture, scene.title) == ({"date"}, "A title of one's own")


@pytest.mark.usefixtures("exporter")
@pytest.mark.parametrize("size_px", [(400, 900), (900, 400), (1280, 800)])
def test_another_shape_still_shows_all_that_was_seen(
    library: Library, state: State, size_px: tuple[int, int]
) -> None:
    scene = panes_of(library, state, ExportOptions(size_px=size_px))[0].scene
    seen = viewport.extent_m(state.camera, state.viewport_px)
    drawn = viewport.extent_m(scene.camera, scene.size_px)
    assert scene.size_px == size_px
    assert all(drawn[i] <= seen[i] + 1 for i in (0, 1))
    assert all(drawn[i] >= seen[i] - 1 for i in (2, 3))


def test_names_and_sizes_are_judged() -> None:
    assert format_of(Path("a.PNG")) == "png"
    assert layout_px((640, 400), ExportOptions(page="a4")) == (1046, 718)
    assert format_of(Path("a.Tiff")) == "tif"
    for name in ("a.gif", "a", ".png"):
        with pytest.raises(Refusal, match=r"end the name in \.png"):
            format_of(Path(name))
    with pytest.raises(Refusal, match="too small"):
        layout_px((640, 400), ExportOptions(size_px=(640, 3)))


def test_an_unknown_theme_is_refused(library: Library) -> None:
    with pytest.raises(Refusal, match="there is no theme"):
        Exporter(library, "neon")


def test_a_full_disk_leaves_the_old_file_and_nothing_else(
    exporter: Exporter, state: State, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.png"
    path.write_bytes(b"older")

    def full(source: object, target: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("atlas.app.files.os.replace", full)
    with pytest.raises(Refusal, match="cannot be written: no space left on device"):
        exporter.write(state, path, ExportOptions())
    assert path.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_and_a_folder_in_the_way_are_refused(
    exporter: Exporter, state: State, tmp_path: Path
) -> None:
    (tmp_path / "taken.png").mkdir()
    with pytest.raises(Refusal, match="is a folder"):
        exporter.write(state, tmp_path / "taken.png", ExportOptions())
    with pytest.raises(Refusal, match="there is no folder"):
        exporter.write(state, tmp_path / "missing" / "out.png", ExportOptions())


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_a_link_keeps_pointing_at_its_file(
    exporter: Exporter, state: State, tmp_path: Path
) -> None:
    real, link = tmp_path / "real.png", tmp_path / "link.png"
    real.write_bytes(b"older")
    link.symlink_to(real)
    exporter.write(state, link, ExportOptions())
    assert link.is_symlink()
    assert real.read_bytes().startswith(b"\x89PNG")


def _mean_difference(a: QImage, b: QImage) -> float:
    """Return the mean difference of a pixel's channels over a grid of samples (0..255)."""
    total = count = 0
    for y in range(2, a.height() - 2, 7):
        for x in range(2, a.width() - 2, 7):
            p, q = QColor(a.pixel(x, y)), QColor(b.pixel(x, y))
            total += abs(p.red() - q.red()) + abs(p.green() - q.green()) + abs(p.blue() - q.blue())
            count += 3
    return total / count
