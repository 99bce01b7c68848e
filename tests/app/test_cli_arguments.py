"""The grammar of the command line, and how pictures are laid out by its words."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlas import __version__
from atlas.app.arguments import read_arguments
from atlas.app.pages import page_named, page_names, page_of_px
from atlas.app.pictures import options_from
from atlas.app.refusal import Refusal


def test_no_word_is_the_window() -> None:
    said = read_arguments([])
    assert (said.command, said.view.any, said.until, said.story) == ("", False, "", None)


def test_a_view_may_stand_before_or_after_the_command() -> None:
    before = read_arguments(["--panel", "deng", "export", "a.png", "--date", "1979"])
    after = read_arguments(["export", "--panel", "deng", "--date", "1979", "a.png"])
    assert before == after
    assert (after.view.panel, after.view.date, after.file) == ("deng", "1979", Path("a.png"))


def test_every_option_of_export_is_read() -> None:
    words = "export --all-panels --out-dir o --format svg --size 10x20 --dpi 300"
    view = "--title T --theme night --story s --layers a,b"
    said = read_arguments([*words.split(), *view.split()])
    assert said.all_panels
    assert (said.out_dir, said.format, said.size, said.dpi) == (Path("o"), "svg", "10x20", "300")
    assert (said.title, said.view.theme, said.story, said.view.layers) == (
        "T", "night", Path("s"), "a,b",
    )  # fmt: skip


def test_a_link_is_the_view_wherever_it_stands() -> None:
    for words in (["atlas:1/a/b?d=1979-01-07"], ["--story", "s", "atlas:1/a/b?d=1979-01-07"]):
        assert read_arguments(words).link == "atlas:1/a/b?d=1979-01-07"
    assert read_arguments(["export", "a.png", "--title", "atlas: maps"]).link == ""


def test_info_and_check() -> None:
    assert read_arguments(["info", "--json"]).json
    assert not read_arguments(["info"]).json
    assert read_arguments(["check"]).folder is None
    assert read_arguments(["check", "x"]).folder == Path("x")


@pytest.mark.parametrize(
    "words",
    [
        "exprot a.png",
        "--until tomorrow",
        "--pan deng",
        "export",
        "export a.png --all-panels",
        "export --all-panels --date 1979",
        "export --all-panels --panel deng",
        "export a.png b.png",
        "info --size 3",
        "check a b",
        "atlas:1/a/b atlas:1/a/c",
        "atlas:1/a/b --panel deng",
        "atlas:1/a/b info",
    ],
)
def test_wrong_use_ends_with_2_and_the_usage(
    words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        read_arguments(words.split())
    assert ended.value.code == 2
    assert "usage: indochina-atlas" in capsys.readouterr().err


@pytest.mark.parametrize(("word", "says"), [("--version", __version__), ("--help", "examples:")])
def test_version_and_help_end_well(
    word: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        read_arguments([word])
    assert ended.value.code == 0
    assert says in capsys.readouterr().out


@pytest.mark.parametrize("name", page_names())
def test_a_page_holds_its_map_within_its_margins(name: str) -> None:
    page = page_named(name)
    width_px, height_px = page.map_px
    assert 0 <= page.width_mm - 2 * page.margin_mm - width_px * 25.4 / 96 < 25.4 / 96
    assert 0 <= page.height_mm - 2 * page.margin_mm - height_px * 25.4 / 96 < 25.4 / 96
    assert (height_px > width_px) == name.endswith("-portrait")


def test_an_a4_page_lies_on_its_side_unless_told_to_stand() -> None:
    assert (page_named("A4").width_mm, page_named("A4").height_mm) == (297.0, 210.0)
    assert page_named("a4-portrait").width_mm == 210.0


def test_a_sheet_cut_to_the_picture_has_no_margin() -> None:
    page = page_of_px((960, 480))
    assert (page.width_mm, page.height_mm) == pytest.approx((254.0, 127.0))
    assert page.map_px == (960, 480)


@pytest.mark.parametrize(
    ("words", "kind", "size_px", "page", "dpi"),
    [
        ("", "png", None, "", 96),
        ("", "pdf", None, "a4", 96),
        ("--size 800x600", "pdf", (800, 600), "", 96),
        ("--size 800X600 --dpi 192", "png", (800, 600), "", 192),
        ("--page A3-portrait", "pdf", None, "a3-portrait", 96),
    ],
)
def test_layouts(
    words: str, kind: str, size_px: tuple[int, int] | None, page: str, dpi: int
) -> None:
    options = options_from(read_arguments(["export", "a", *words.split()]), kind)
    assert (options.size_px, options.page, options.dpi) == (size_px, page, dpi)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("--size big", "--size: “big” is no size; write width x height"),
        ("--size 20000x400", "20000 x 400 pixels is too large; at most 16000 a side"),
        ("--size 8001x400 --dpi 192", "16002 x 800 pixels is too large"),
        ("--size 10001x400 --dpi 160", "16668 x 667 pixels is too large"),
        ("--size 0x400", "too small"),
        ("--dpi many", "--dpi: “many” is no whole number"),
        ("--dpi 10000", "choose 24 to 1200"),
        ("--page a44", "there is no page “a44”; did you mean a4"),
        ("--page a4 --size 800x600", "leave out --size or --page"),
    ],
)
def test_a_layout_out_of_bounds_is_refused(words: str, says: str) -> None:
    with pytest.raises(Refusal) as refused:
        options_from(read_arguments(["export", "a.png", *words.split()]), "png")
    assert says in str(refused.value)


@pytest.mark.parametrize("argv", [[], ["--until", "first-map"]])
def test_a_plain_start_reads_as_it_does_in_full(argv: list[str]) -> None:
    plain = read_arguments(argv)
    in_full = read_arguments([*argv, "--panel", "war"])
    assert plain == in_full._replace(view=in_full.view._replace(panel=""))
