"""The offline page: whole in itself, every link leading somewhere, no data run as HTML."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QImage

from atlas.app.library import Library, open_library
from atlas.app.publish.book import sections_of
from atlas.app.publish.web_page import page_html, shown_days, write_page
from atlas.app.publish.web_page_parts import section_html
from atlas.app.publish.web_page_style import MOST_MAPS
from atlas.app.refusal import Refusal
from atlas.app.steps import Cancelled
from atlas.core.panel_markup import Block, Link, Run
from tests.app.fake_library import STORY, fake_library

VOID = {"meta", "img", "input", "hr", "br"}


class Reader(HTMLParser):
    """Collects elements, and fails on a tag closed in the wrong place."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def all(self, tag: str, attribute: str) -> list[str]:
        return [str(a[attribute]) for t, a in self.found if t == tag and attribute in a]


@pytest.fixture
def library(qapp: QGuiApplication, tmp_path: Path) -> Library:
    return fake_library(tmp_path)


@pytest.fixture
def page(library: Library) -> str:
    return page_html(library, "paper")


def test_every_element_is_closed_and_every_link_inside_leads_somewhere(page: str) -> None:
    reader = Reader(page)
    ids = [str(a["id"]) for _, a in reader.found if "id" in a]
    assert len(ids) == len(set(ids))
    inside = [href[1:] for href in reader.all("a", "href") if href.startswith("#")]
    assert set(inside) | set(reader.all("label", "for")) <= set(ids)
    assert {f"panel-{panel.id}" for panel in STORY.panels} <= set(inside)


def test_nothing_is_fetched_and_nothing_may_run(page: str) -> None:
    reader = Reader(page)
    tags = {tag for tag, _ in reader.found}
    assert not tags & {"script", "link", "iframe", "object", "embed", "base", "form"}
    assert all(src.startswith("data:image/webp;base64,") for src in reader.all("img", "src"))
    assert "url(" not in page
    assert "@import" not in page
    policy = next(a for t, a in reader.found if a.get("http-equiv") == "Content-Security-Policy")
    css = page[page.index("<style>") + 7 : page.index("</style>")]
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in str(policy["content"])
    assert "default-src 'none'" in str(policy["content"])
    assert not any("style" in attributes for _, attributes in reader.found)


def test_maps_can_be_stepped_through_and_say_what_they_show(page: str) -> None:
    reader = Reader(page)
    radios = [a for t, a in reader.found if t == "input"]
    assert len(radios) == len(reader.all("img", "src"))
    checked = [a for a in radios if "checked" in a]
    assert [a["name"] for a in checked] == [f"day-{panel.id}" for panel in STORY.panels]
    assert {"21 June 1975", "7 January 1979"} <= {str(a["aria-label"]) for a in radios}
    assert all(alt.startswith("Map, ") for alt in reader.all("img", "alt"))
    assert "Fall of Phnom Penh" in " ".join(reader.all("img", "alt"))
    data = base64.b64decode(reader.all("img", "src")[0].partition(",")[2])
    assert QImage.fromData(data).width() == 1080


def test_the_same_data_gives_the_same_page(library: Library, page: str) -> None:
    assert page_html(library, "paper") == page


def test_words_of_a_story_are_never_taken_as_html(library: Library) -> None:
    evil = '<img src=x onerror="alert(1)">'
    section = replace(
        sections_of(library)[0],
        text=(
            Block("paragraph", (Run(evil), Run("go", link=Link("web", "javascript:alert(1)")))),
            Block("item", (Run(evil, bold=True),), mark="•"),
        ),
        sources=(Block("item", (Run(evil),), mark="•"),),
    )
    html = section_html(section, (), None, None)
    assert "<img" not in html
    assert "javascript:" not in html
    assert "<ul><li><strong>&lt;img" in html


def test_a_cancelled_page_leaves_nothing(library: Library, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    with pytest.raises(Cancelled):
        write_page(library, tmp_path / "a.html", report=lambda done, total: done < 1)
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(("name", "theme"), [("a.pdf", "paper"), ("a.html", "pink")])
def test_what_cannot_be_had_is_refused(
    library: Library, tmp_path: Path, name: str, theme: str
) -> None:
    with pytest.raises(Refusal):
        write_page(library, tmp_path / name, theme)


def test_days_named_in_the_text_have_maps(pack_path: Path) -> None:
    for section in sections_of(open_library(pack_file=pack_path)):
        days = shown_days(section)
        assert section.panel.day in days
        assert len(days) <= MOST_MAPS
        assert list(days) == sorted(days)
        if len(section.linked_days) < MOST_MAPS:
            assert section.linked_days <= set(days)


def test_the_shipped_story_is_sound_html(pack_path: Path) -> None:
    library = open_library(pack_file=pack_path)
    for section in sections_of(library):
        html = section_html(section, (), None, None)
        Reader(html)
        assert not re.search(r"\]\((?:feature|claim|date|place|panel):", html)
