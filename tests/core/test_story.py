from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.story import StoryError, anchors, read_story
from tests.core.samples import day

HEAD = """
id = "sample"
title = "A sample"
span = "1950/1979"
default_panel = "two"
credits = ["Somebody"]
[[layers]]
id = "camps"
title = "Camps"
[[layers]]
id = "rivers"
group = "base"
default = false
"""


def page(panel_id: str, order: object = 1, extra: str = "", date: str = "1970-03-18") -> str:
    front = (
        f'id = "{panel_id}"\norder = {order}\ntitle = "About {panel_id}"\ndate = "{date}"\n'
        f"bbox = [101, 8, 111, 24]\n{extra}\n"
    )
    return f"+++\n{front}+++\nBody of **{panel_id}**.\n"


PANELS = {"1.md": page("one"), "2.md": page("two", 0, 'span = "1970/1975"\nlayers = ["camps"]')}


def test_a_good_story_is_read_whole() -> None:
    story, problems = read_story(HEAD, PANELS, "[]")
    assert problems == []
    assert [panel.id for panel in story.panels] == ["two", "one"], "in the order they name"
    assert (story.first_day, story.last_day) == (day("1950-01-01"), day("1979-12-31"))
    assert [layer.group for layer in story.layers] == ["overlay", "base"]
    assert story.layers[1].default is False
    assert story.credits == ("Somebody",)
    two = story.panel("two")
    assert (two.day, two.layers, two.body) == (day("1970-03-18"), {"camps"}, "Body of **two**.")
    assert two.span is not None
    assert two.span.latest_end_day == day("1976-01-01")


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("bad.md", "no fence", "has no front matter"),
        ("bad.md", "+++\nid = \n+++\n", "not readable as TOML"),
        ("bad.md", page("bad").replace('title = "About bad"\n', ""), "title: is missing"),
        ("bad.md", page("bad", date="some day"), "is not a date"),
        ("bad.md", page("bad").replace("[101, 8, 111, 24]", "[111, 8, 101, 24]"), "west, south"),
        ("bad.md", page("bad").replace("[101, 8, 111, 24]", "[1, 2]"), "front matter"),
        ("bad.md", page("bad", "inf"), "front matter"),
        ("bad.md", page("bad", '"first"'), "front matter"),
        ("bad.md", page("bad", extra='span = "1979/1975"'), "ends before it starts"),
        ("bad.md", page("bad", extra="layers = 3"), "front matter"),
        ("1b.md", page("one"), "used by two panels"),
    ],
)
def test_a_bad_panel_is_named_and_the_rest_is_shown(name: str, text: str, says: str) -> None:
    story, problems = read_story(HEAD, PANELS | {name: text}, "[]")
    assert {"one", "two"} <= {panel.id for panel in story.panels}
    lines = [problem.line() for problem in problems]
    assert any(says in line for line in lines), lines


@pytest.mark.parametrize(
    ("head", "says"),
    [
        (HEAD.replace("1950/1979", "the cold war"), "span"),
        (HEAD.replace('"two"', '"twoo"'), "names no panel"),
        (HEAD.replace('id = "camps"', 'name = "camps"'), "layer 1 id: is missing"),
        ("title = ", "not readable as TOML"),
        ("layers = 5", "layers"),
        ("credits = 5", "credits"),
    ],
)
def test_a_bad_description_is_named_and_the_panels_are_shown(head: str, says: str) -> None:
    story, problems = read_story(head, PANELS, "[]")
    assert len(story.panels) == 2
    assert any(says in problem.line() for problem in problems), problems


@pytest.mark.parametrize(
    ("claims", "says"),
    [
        ("{", "claims.json"),
        ('[{"id": "c1"}]', "panel"),
        ("[3]", "not a claim"),
        ('{"id": 3}', "list"),
    ],
)
def test_bad_claims_are_named(claims: str, says: str) -> None:
    story, problems = read_story(HEAD, PANELS, claims)
    assert story.claims == ()
    assert any(says in problem.line() for problem in problems), problems


def test_claims_keep_verdict_and_what_was_not_read() -> None:
    row = {
        "id": "c1",
        "panel": "one",
        "claim": "Something",
        "verdict": "disputed",
        "sources": [
            {"citation": "A book", "seen": False},
            {"citation": "A paper", "seen": True, "url": None},
        ],
    }
    story, problems = read_story(HEAD, PANELS, json.dumps([row]))
    assert problems == []
    assert story.claims[0].verdict == "disputed"
    assert [(s.seen, s.url) for s in story.claims[0].sources] == [(False, ""), (True, "")]


def test_without_a_panel_there_is_no_story() -> None:
    with pytest.raises(StoryError, match="no panel could be read"):
        read_story(HEAD, {}, "[]")


@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=200))
def test_garbage_is_refused_politely(head: str, panel: str, claims: str) -> None:
    story, _ = read_story(head, PANELS | {"x.md": panel, "y.md": f"+++\n{panel}\n+++\n"}, claims)
    assert len(story.panels) >= 2


def test_anchors_are_found_with_kind_and_target() -> None:
    body = "On [7 January](date:1979-01-07) at [Office](feature:office-102); [no](https://x.org)."
    assert list(anchors(body)) == [
        ("7 January", "date", "1979-01-07"),
        ("Office", "feature", "office-102"),
    ]
