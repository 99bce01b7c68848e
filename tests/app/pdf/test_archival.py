"""PDF/A on request: passes the stated check, which tells when something is amiss."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name
from PySide6.QtGui import QGuiApplication

from atlas.app.export import Exporter
from atlas.app.export_options import ExportOptions
from atlas.app.images.carried import read_frame
from atlas.app.library import Library
from atlas.app.publish.booklet import write_booklet
from atlas.app.refusal import Refusal
from atlas.app.view import ViewWords, state_for
from atlas.core.state import State
from tests.app.fake_library import fake_library
from tests.app.pdf.pdf_a import failures

TO_KEEP = ExportOptions(archival=True)


@pytest.fixture(scope="module")
def state(library: Library) -> State:
    words = ViewWords(panel="deng", date="1979-02-20", names="both")
    return state_for(words, library.atlas.story, (640, 480))


@pytest.fixture(scope="module")
def kept(exporter: Exporter, state: State, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf-a") / "kept.pdf"
    exporter.write(state, path, TO_KEEP)
    return path


def test_a_page_to_keep_passes_the_check_and_carries_its_view(
    kept: Path, library: Library, state: State
) -> None:
    assert failures(kept.read_bytes()) == []
    frame = read_frame(kept, library)
    assert (frame.state, frame.options) == (state, TO_KEEP)


def test_two_dates_and_sides_pass_it_too(
    library: Library, exporter: Exporter, tmp_path: Path
) -> None:
    words = ViewWords(panel="support-1970-75", sides="yes")
    there = state_for(words, library.atlas.story, (640, 480))
    path = tmp_path / "a.pdf"
    exporter.write(there, path, TO_KEEP)
    assert failures(path.read_bytes()) == []


def test_a_booklet_to_keep_passes_it(qapp: QGuiApplication, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    write_booklet(fake_library(tmp_path), path, archival=True)
    assert failures(path.read_bytes()) == []


def test_a_page_not_asked_to_be_kept_claims_nothing(
    exporter: Exporter, state: State, tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    exporter.write(state, path, ExportOptions())
    assert "6.6.4 does not claim PDF/A-2b" in failures(path.read_bytes())


def test_a_page_to_keep_looks_like_any_other(
    exporter: Exporter, kept: Path, state: State, tmp_path: Path
) -> None:
    plain = tmp_path / "a.pdf"
    exporter.write(state, plain, ExportOptions())
    with pikepdf.open(kept) as one, pikepdf.open(plain) as other:
        lines, others = (p.pages[0].Contents.read_bytes().splitlines() for p in (one, other))
        pairs = zip(lines, others, strict=True)
        assert [pair for pair in pairs if pair[0] != pair[1]] == []


def test_other_formats_are_no_pages_to_keep(
    exporter: Exporter, state: State, tmp_path: Path
) -> None:
    with pytest.raises(Refusal, match=r"SVG is no PDF; end the name in \.pdf"):
        exporter.write(state, tmp_path / "a.svg", TO_KEEP)


def spoilt(kept: Path, how: str) -> bytes:
    with pikepdf.open(kept) as pdf:
        page, images = pdf.pages[0], list(pdf.pages[0].resources.XObject.values())
        fonts = list(page.resources.Font.values())
        match how:
            case "intent":
                del pdf.Root.OutputIntents
            case "packet":
                raw = pdf.Root.Metadata.read_bytes()
                pdf.Root.Metadata.write(
                    raw.replace(b"urn:indochina-atlas:frame:1</pdfa", b"x</pdfa")
                )
            case "title":
                pdf.docinfo["/Title"] = "Another"
            case "font":
                del fonts[0].DescendantFonts[0].FontDescriptor.FontFile2
            case "search":
                del fonts[0].ToUnicode
            case "picture":
                images[0].Interpolate = True
            case "colours":
                pdf.pages[0].contents_add(b"1 0 0 0 k", prepend=True)
            case "link":
                link = pikepdf.Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 1, 1])
                page.Annots = pdf.make_indirect([pdf.make_indirect(link)])
            case "program":
                pdf.Root.OpenAction = pikepdf.Dictionary(S=Name.JavaScript, JS="1")
        out = BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ("intent", "6.2.3"), ("packet", "6.6.2.3"), ("title", "6.6.3"), ("font", "6.2.11.4"),
        ("search", "searched"), ("picture", "6.2.8"), ("colours", "6.2.4"), ("link", "6.3.2"),
        ("program", "6.5"),
    ],
)  # fmt: skip
def test_the_check_tells_what_is_amiss(kept: Path, how: str, told: str) -> None:
    found = failures(spoilt(kept, how))
    assert any(told in what for what in found), found
