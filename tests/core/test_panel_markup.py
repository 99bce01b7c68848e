"""Panels' Markdown becomes blocks and runs; nothing in it becomes HTML."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.panel_markup import (
    Block,
    Link,
    Run,
    known_only,
    link_to,
    read_blocks,
    read_runs,
    sentence_around,
    typeset_blocks,
)
from atlas.core.resources import resources_dir
from atlas.core.story import anchors


def test_blocks_of_every_kind() -> None:
    lists = "- first\n  more\n- second\n1. third"
    body = f"# One\n\nA line\ngoes on.\n\n{lists}\n\n> said\n\n---\n\n## Two"
    assert [(b.kind, b.level, b.mark, b.text) for b in read_blocks(body)] == [
        ("heading", 1, "", "One"),
        ("paragraph", 0, "", "A line goes on."),
        ("item", 0, "•", "first more"),
        ("item", 0, "•", "second"),
        ("item", 0, "1.", "third"),
        ("quote", 0, "", "said"),
        ("rule", 0, "", ""),
        ("heading", 2, "", "Two"),
    ]


def test_emphasis_and_its_limits() -> None:
    assert read_runs("a *b* **c** _d_ `e*`") == (
        Run("a "), Run("b", italic=True), Run(" "), Run("c", bold=True), Run(" "),
        Run("d", italic=True), Run(" e*"),
    )  # fmt: skip
    assert read_runs("**bold *and italic***")[1] == Run("and italic", bold=True, italic=True)
    assert read_runs("5 * 3 * 2") == (Run("5 * 3 * 2"),)
    assert read_runs("snake_case_name") == (Run("snake_case_name"),)
    assert read_runs("*never closed") == (Run("*never closed"),)
    assert read_runs(r"\*not\* \[this\]") == (Run("*not* [this]"),)


def test_quotes_run_across_links() -> None:
    (block,) = typeset_blocks(read_blocks("So \"[it\" is](date:1979-01-07) '[so](claim:c1)' said"))
    assert [run.text for run in block.runs] == ["So “", "it” is", " ‘", "so", "’ said"]
    assert block.runs[1].link == Link("date", "1979-01-07")


def test_links_of_every_kind() -> None:
    for kind in ("feature", "date", "place", "claim", "panel"):
        assert read_runs(f"[x]({kind}:a-1)")[0].link == Link(kind, "a-1")
    assert read_runs("[x](https://example.org/a?b=1)")[0].link == Link(
        "web", "https://example.org/a?b=1"
    )
    run = read_runs("see [the *old* camp](feature:office-100) now")
    assert [r.text for r in run] == ["see ", "the ", "old", " camp", " now"]
    assert {r.link for r in run[1:4]} == {Link("feature", "office-100")}
    assert run[2].italic


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "qrc:/x",
        "ftp://x/y",
        "x",
        ":",
    ],
)
def test_unknown_schemes_are_dropped(target: str) -> None:
    assert link_to(target) is None
    assert all(run.link is None for run in read_runs(f"[text]({target})"))


def test_html_stays_text() -> None:
    text = '<img src="http://x/y.png"> <b>&amp;</b> <script>x</script>'
    assert read_runs(text) == (Run(text),)
    assert read_runs("![alt](https://example.org/x.png)") == (Run("alt"),)


def test_unknown_ids_become_text() -> None:
    blocks = read_blocks("a [b](feature:known) c [d](feature:other)")
    (block,) = known_only(blocks, lambda link: link.target == "known")
    assert block.runs == (Run("a "), Run("b", link=Link("feature", "known")), Run(" c d"))


def test_the_story_loses_no_anchor() -> None:
    for path in sorted((resources_dir() / "story" / "panels").glob("*.md")):
        body = path.read_text(encoding="utf-8").split("+++\n", 2)[2]
        read = {run.link.href for b in read_blocks(body) for run in b.runs if run.link}
        assert read == {f"{kind}:{target}" for _, kind, target in anchors(body)}, path.name


@given(st.text(max_size=300))
def test_any_text_is_read_and_none_is_invented(text: str) -> None:
    for block in read_blocks(text):
        assert isinstance(block, Block)
        assert set(block.text) <= set(text) | {" "}


def test_hostile_text_is_read_in_time() -> None:
    start = time.process_time()
    for piece in ("*a ", "_a ", "[", "[a](", "**a", "\\", "`", "![x]("):
        read_blocks((piece * 200_000)[:200_000])
    assert time.process_time() - start < 12


def test_the_sentence_around_an_anchor() -> None:
    text = "First one. Then the camp was left. It burned (so he says). 1970 came."
    start = text.index("camp")
    first, last = sentence_around(text, start, start + 4)
    assert text[first:last] == "Then the camp was left."
    first, last = sentence_around(text, text.index("First"), 5)
    assert text[first:last] == "First one."
    first, last = sentence_around(text, text.index("1970"), len(text))
    assert text[first:last] == "1970 came."
