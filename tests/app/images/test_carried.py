"""A picture tells what was drawn in it, and the atlas draws the same again; nothing else passes."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from atlas.app.export import Exporter, panes_of, raster_of
from atlas.app.export_options import FORMATS, ExportOptions
from atlas.app.images.carried import PNG_MAGIC, read_frame
from atlas.app.images.frame_identity import FRAME_KEY, STATE_KEY, frame_id, texts_of
from atlas.app.library import Library
from atlas.app.refusal import Refusal
from atlas.app.view import ViewWords, state_for
from atlas.core.state import State
from tests.records import replace

SIZE = (360, 240)
FANCY = ExportOptions(
    size_px=(400, 260), dpi=120, title="Tom & <Jerry> · “1979”", furniture=frozenset({"title"})
)


@pytest.fixture(scope="module")
def state(library: Library) -> State:
    state = state_for(ViewWords(panel="deng"), library.atlas.story, SIZE)
    return replace(state, range_days=30, by_alignment=True, attested_only=True)


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_carries_state_and_layout(
    exporter: Exporter, library: Library, state: State, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / f"a.{kind}"
    exporter.write(state, path, FANCY)
    frame = read_frame(path, library)
    assert (frame.state, frame.options, frame.remarks) == (state, FANCY, ())


@pytest.mark.parametrize("kind", ["png", "svg", "tif", "jpg", "webp"])
def test_a_picture_drawn_again_has_the_same_bytes(
    exporter: Exporter, library: Library, state: State, tmp_path: Path, kind: str
) -> None:
    old, again = tmp_path / f"old.{kind}", tmp_path / f"again.{kind}"
    exporter.write(state, old, ExportOptions())
    frame = read_frame(old, library)
    exporter.write(frame.state, again, frame.options)
    assert again.read_bytes() == old.read_bytes()


def test_the_credits_name_the_picture(library: Library, state: State, exporter: Exporter) -> None:
    name = frame_id(library, state, FANCY)
    assert f"picture {name}" in raster_of(library, state, FANCY).shown[0].scene.credits
    assert name != frame_id(library, replace(state, day=state.day + 1), FANCY)
    assert name != frame_id(library, state, replace(FANCY, title="Another"))
    assert name == frame_id(library, state, replace(FANCY, dpi=300)), "the same, but sharper"


def test_a_picture_from_before_there_were_layouts_is_drawn_at_its_size(
    exporter: Exporter, library: Library, state: State, tmp_path: Path
) -> None:
    path = tmp_path / "old.png"
    image = exporter.image(state, ExportOptions(dpi=192))
    shown = panes_of(library, state, FANCY)
    image.setText(STATE_KEY, texts_of(library, state, FANCY, shown)[STATE_KEY])
    image.setDotsPerMeterX(round(192 / 0.0254))
    image.setDotsPerMeterY(round(192 / 0.0254))
    assert image.save(str(path))
    frame = read_frame(path, library)
    assert (frame.state, frame.options.size_px, frame.options.dpi) == (state, SIZE, 192)


def test_other_data_are_remarked_on(
    exporter: Exporter, library: Library, state: State, tmp_path: Path
) -> None:
    path = tmp_path / "a.svg"
    exporter.write(state, path, FANCY)
    inputs = str(library.pack.header["inputs_sha256"])[:16]
    path.write_text(path.read_text("utf-8").replace(inputs, "0" * 16), "utf-8")
    (remark,) = read_frame(path, library).remarks
    assert str(path) in remark
    assert "the map may differ" in remark


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "is no whole picture"),
        (b"hello", "carries no view"),
        (PNG_MAGIC, "carries no view"),
        (PNG_MAGIC + b"\xff\xff\xff\xfftEXtAtlas-State\0{}", "carries no view"),
        (PNG_MAGIC + chunk(b"tEXt", b"Atlas-State\0{}"), "is missing"),
        (PNG_MAGIC + chunk(b"tEXt", b"Atlas-State\0" + b"[" * 50_000), "cannot be read"),
        (PNG_MAGIC + chunk(b"tEXt", b"Atlas-State\0[1]"), "it is no record"),
        (PNG_MAGIC + chunk(b"zTXt", b"Atlas-State\0\0not packed"), "is no whole picture"),
        (
            PNG_MAGIC + chunk(b"zTXt", b"Atlas-State\0\0" + zlib.compress(b" " * 30_000_000)),
            "cannot be read",
        ),
        (b"<svg><atlas:state>{" + b"x" * 70_000 + b"</atlas:state>", "carries no view"),
        (b'%PDF <atlas:state>{"day": 1e999}</atlas:state>', "cannot be read"),
    ],
)
def test_hostile_files_are_refused_in_words(
    library: Library, tmp_path: Path, body: bytes, says: str
) -> None:
    path = tmp_path / "bad.png"
    path.write_bytes(body)
    with pytest.raises(Refusal, match=says) as refused:
        read_frame(path, library)
    assert str(path) in str(refused.value)
    assert len(str(refused.value)) < len(str(path)) + 300


@pytest.mark.parametrize(
    "layout",
    [
        '"size_px": [999999, 10]',
        '"size_px": [1]',
        '"size_px": "ab"',
        '"dpi": 100000',
        '"dpi": "x"',
        '"page": "../../etc"',
        '"furniture": 7',
    ],
)
def test_layouts_that_cannot_be_had_are_refused(
    library: Library, state: State, exporter: Exporter, tmp_path: Path, layout: str
) -> None:
    texts = texts_of(library, state, FANCY, panes_of(library, state, FANCY))
    frame = f'{{"options": {{{layout}}}}}'
    path = tmp_path / "bad.svg"
    path.write_text(
        f"<atlas:state>{texts[STATE_KEY]}</atlas:state><atlas:frame>{frame}</atlas:frame>"
    )
    with pytest.raises(Refusal, match="cannot be"):
        read_frame(path, library)
    assert FRAME_KEY in texts


def test_no_file_and_a_folder_are_told(library: Library, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="cannot be read: no such file"):
        read_frame(tmp_path / "none.png", library)
    with pytest.raises(Refusal, match="is no file"):
        read_frame(tmp_path, library)


def test_a_cut_off_picture_still_tells_its_view(
    exporter: Exporter, library: Library, state: State, tmp_path: Path
) -> None:
    path = tmp_path / "a.png"
    exporter.write(state, path, FANCY)
    path.write_bytes(path.read_bytes()[:5000])
    assert read_frame(path, library).state == state
