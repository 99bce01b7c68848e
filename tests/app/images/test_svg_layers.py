"""An SVG's layers under their names, letters as text or as shapes, and work that can be stopped."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from atlas.app.export import Exporter
from atlas.app.export_options import ExportOptions
from atlas.app.images.carried import read_frame
from atlas.app.images.svg_layers import Layer, layered
from atlas.app.images.text_outlines import outlined_block
from atlas.app.library import Library
from atlas.app.refusal import Refusal
from atlas.app.steps import Cancelled
from atlas.app.view import ViewWords, state_for
from atlas.core.state import State
from atlas.render.style import font

SVG = "{http://www.w3.org/2000/svg}"
LABEL = "{http://www.inkscape.org/namespaces/inkscape}label"
SIZE = (640, 480)


@pytest.fixture(scope="module")
def state(library: Library) -> State:
    return state_for(ViewWords(panel="deng", names="both"), library.atlas.story, SIZE)


def drawn(exporter: Exporter, state: State, path: Path, **options: bool) -> ElementTree.Element:
    exporter.write(state, path, ExportOptions(**options))
    return ElementTree.fromstring(path.read_bytes())


def layers_of(root: ElementTree.Element) -> dict[str, ElementTree.Element]:
    return {label: group for group in root.iter(f"{SVG}g") if (label := group.get(LABEL))}


def test_every_layer_is_a_group_of_its_name(
    exporter: Exporter, library: Library, state: State, tmp_path: Path
) -> None:
    root = drawn(exporter, state, tmp_path / "a.svg")
    layers = layers_of(root)
    titles = {layer.id: layer.title for layer in library.atlas.story.layers}
    base = ("relief", "rivers", "polities", "places")
    assert {titles[layer] for layer in (*base, "events", "fronts")} <= layers.keys()
    assert f"{titles['dk_zones']}: areas" in layers
    assert layers[titles["relief"]].find(f".//{SVG}image") is not None
    names = {"".join(text.itertext()) for text in layers["Names"].iter(f"{SVG}text")}
    assert "Bangkok" in names
    plates = {"".join(text.itertext()) for text in layers["Furniture"].iter(f"{SVG}text")}
    assert "7 January 1979" in plates
    ids = [group.get("id") for group in root.iter() if group.get("id")]
    assert len(ids) == len(set(ids))
    shapes = {f"{SVG}{tag}" for tag in ("path", "polygon", "polyline", "text", "image", "rect")}
    inside = sum(e.tag in shapes for g in root.iter(f"{SVG}g") if g.get(LABEL) for e in g.iter())
    pattern = sum(e.tag in shapes for defs in root.iter(f"{SVG}defs") for e in defs.iter())
    assert inside + pattern == sum(e.tag in shapes for e in root.iter())
    assert b"-99999" not in (tmp_path / "a.svg").read_bytes()


def test_letters_are_shapes_on_request(
    exporter: Exporter, library: Library, state: State, tmp_path: Path
) -> None:
    path = tmp_path / "a.svg"
    assert not list(drawn(exporter, state, path, outlines=True).iter(f"{SVG}text"))
    assert read_frame(path, library).options.outlines
    with pytest.raises(Refusal, match="PDF is no SVG"):
        exporter.write(state, tmp_path / "a.pdf", ExportOptions(outlines=True))


@pytest.mark.parametrize(
    "flags",
    [
        Qt.AlignmentFlag.AlignCenter,
        Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom,
        Qt.TextFlag.TextWordWrap,
    ],
    ids=str,
)
def test_shapes_stand_where_the_text_would(qapp: QGuiApplication, flags: object) -> None:
    words, box, made = "Phnom Penh ភ្នំពេញ", QRectF(6, 4, 150, 90), font("body", 15)
    seen = []
    for outlines in (False, True):
        image = QImage(170, 100, QImage.Format.Format_Grayscale8)
        image.fill(Qt.GlobalColor.white)
        with QPainter(image) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(made)
            if outlines:
                painter.fillPath(outlined_block(box, int(flags), words, made), Qt.GlobalColor.black)  # type: ignore[call-overload]
            else:
                painter.drawText(box, int(flags), words)  # type: ignore[call-overload]
        dots = np.frombuffer(image.constBits(), np.uint8).reshape(100, -1)[:, :170]
        seen.append(255.0 - dots)
    ys, xs = np.mgrid[:100, :170]
    for at in (xs, ys):
        text, shapes = ((at * ink).sum() / ink.sum() for ink in seen)
        assert shapes == pytest.approx(text, abs=1.0)


def test_what_is_no_drawing_of_qt_is_refused() -> None:
    with pytest.raises(ValueError, match=r"substring|outer group"):
        layered("<svg>\n</defs>\nnothing</g></svg>", [Layer(0, "a")], -99999)


def next_of(answers: Iterator[bool], *_step: int) -> bool:
    return next(answers)


@pytest.mark.parametrize("name", ["a.pdf", "a.svg"])
def test_pages_and_drawings_can_be_stopped_at_every_part(
    exporter: Exporter, state: State, tmp_path: Path, name: str
) -> None:
    told: list[tuple[int, int]] = []
    exporter.write(state, tmp_path / name, ExportOptions(), lambda *step: not told.append(step))
    assert len(told) > 8
    assert told == sorted(told)
    assert all(0 <= done < total for done, total in told)
    (tmp_path / name).write_bytes(b"older")
    for last in (0, 5, len(told) - 1):
        answers = iter([*[True] * last, False])
        with pytest.raises(Cancelled):
            exporter.write(state, tmp_path / name, ExportOptions(), partial(next_of, answers))
        assert (tmp_path / name).read_bytes() == b"older"
    assert [path.name for path in tmp_path.iterdir()] == [name]
