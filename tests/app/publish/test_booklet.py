"""The booklet: every section on a spread, contents that are right, the same bytes again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from atlas.app.library import Library, open_library
from atlas.app.publish.book import sections_of, works_of
from atlas.app.publish.book_text import claim_letter, section_paragraphs
from atlas.app.publish.booklet import Booklet, sheet_named, write_booklet
from atlas.app.refusal import Refusal
from atlas.app.steps import Cancelled
from tests.app.fake_library import fake_library


@pytest.fixture
def small(qapp: QGuiApplication, tmp_path: Path) -> Library:
    return fake_library(tmp_path)


@pytest.fixture(scope="module")
def whole(pack_path: Path) -> Library:
    return open_library(pack_file=pack_path)


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", pdf))


def test_maps_lie_on_the_left_and_bookmarks_tell_where(small: Library) -> None:
    booklet = Booklet(small, sheet_named("a4"))
    outline = {mark.title: mark.page for mark in booklet.outline}
    for panel in small.atlas.story.panels:
        assert (outline[panel.title] + 1) % 2 == 0
    assert list(outline)[:2] == ["A small story", "Contents"]
    assert list(outline)[-2:] == ["Signs of the maps", "Credits and licences"]


def test_every_page_is_reported_and_the_same_data_gives_the_same_bytes(
    small: Library, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []

    def report(done: int, total: int) -> bool:
        told.append((done, total))
        return True

    first, second = tmp_path / "a.pdf", tmp_path / "b.pdf"
    write_booklet(small, first, report=report)
    write_booklet(small, second)
    data = first.read_bytes()
    assert data == second.read_bytes()
    total = 2 * pages(data) + 2
    assert list(dict.fromkeys(told)) == [(n, total) for n in range(total)]
    assert told == sorted(told)
    assert b"/CreationDate (D:20000101" in data
    assert b"/Outlines" in data
    assert b"/Title (" in data


@pytest.mark.parametrize("step", [2, 21])
def test_a_cancelled_booklet_leaves_an_older_file_untouched(
    small: Library, tmp_path: Path, step: int
) -> None:
    path = tmp_path / "old.pdf"
    path.write_bytes(b"old")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(Cancelled):
        write_booklet(small, path, report=lambda done, total: done < step)
    assert path.read_bytes() == b"old"
    assert sorted(tmp_path.iterdir()) == before


def test_letter_paper_is_as_wide_as_letters_are(small: Library) -> None:
    pdf = Booklet(small, sheet_named("letter")).pdf()
    assert re.search(rb"/MediaBox \[0 0 612\.0* 792\.0*\]", pdf)


@pytest.mark.parametrize(("name", "paper"), [("a.png", "a4"), ("a.pdf", "a0"), ("no/a.pdf", "a4")])
def test_what_cannot_be_had_is_refused(
    small: Library, tmp_path: Path, name: str, paper: str
) -> None:
    with pytest.raises(Refusal):
        write_booklet(small, tmp_path / name, paper)
    assert [p.name for p in tmp_path.iterdir()] == ["small.pack"]


def test_every_claim_and_mark_of_the_story_has_its_note(whole: Library) -> None:
    sections = sections_of(whole)
    told = {claim.id for section in sections for claim in section.claims}
    assert told == {claim.id for claim in whole.atlas.story.claims}
    for section in sections:
        anchors = [p.anchor for p in section_paragraphs(section) if p.anchor]
        hrefs = {
            words.href[1:]
            for p in section_paragraphs(section)
            for words in p.words
            if words.href.startswith("#") and not words.href.startswith("#panel-")
        }
        assert hrefs <= set(anchors)
        assert len(anchors) == len(section.claims) + len(section.marks)
        assert section.panel.day in section.key_days
        assert list(section.key_days) == sorted(section.key_days)


def test_sections_keep_every_word_of_the_panels(whole: Library) -> None:
    section = next(s for s in sections_of(whole) if s.panel.id == "deng")
    words = "".join(w.text for p in section_paragraphs(section) for w in p.words)
    assert "he was restored in July 1977".casefold() in words.casefold()
    assert "not checked" in words
    assert "](" not in words


def test_works_are_sorted_and_general_knowledge_is_none_of_them(whole: Library) -> None:
    works = works_of(whole)
    assert len(works) > 200
    assert not any("no source checked" in work.words for work in works)
    assert all(work.url == "" or work.url.startswith("http") for work in works)


def test_letters_go_on_after_z() -> None:
    assert [claim_letter(n) for n in (1, 26, 27, 52, 53)] == ["a", "z", "aa", "az", "ba"]
