"""Lines in columns: none lost, none twice, no widow, no orphan, no heading left alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import count

import pytest
from PySide6.QtGui import QGuiApplication

from atlas.app.publish.text_flow import Column, Flow, Kind, Paragraph, Words, balanced, flowed
from atlas.render.style import load_style

BODY = Kind("body", 12, 16, 6)
HEAD = Kind("title", 14, 20, 10, keeps_next=True)
TEXT = "A river town lies on the way to the hills, and the road goes on from there. "


def columns(height_px: float = 160) -> Iterator[Column]:
    for page in count():
        yield Column(page, 0, 10, 200, height_px)
        yield Column(page, 220, 10, 200, height_px)


def paragraph(sentences: int) -> Paragraph:
    return Paragraph((Words(TEXT * sentences),), BODY)


def text() -> tuple[Paragraph, ...]:
    parts: list[Paragraph] = []
    for sentences in (1, 3, 2, 5, 1, 4, 2, 3, 6, 1):
        parts += [Paragraph((Words("A heading"),), HEAD), paragraph(sentences)]
    return tuple(parts)


def by_column(flow: Flow) -> dict[tuple[int, float], list[tuple[int, int]]]:
    found: dict[tuple[int, float], list[tuple[int, int]]] = {}
    for line in flow.lines:
        found.setdefault((line.page, line.x_px), []).append((line.paragraph, line.line))
    return found


@pytest.mark.parametrize("height_px", [110, 127, 160, 203, 340])
def test_every_line_stands_once_inside_its_column(qapp: QGuiApplication, height_px: float) -> None:
    flow = flowed(text(), columns(height_px), load_style("paper"))
    wanted = [(i, n) for i, x in enumerate(flow.layouts) for n in range(x.lineCount())]
    assert [(line.paragraph, line.line) for line in flow.lines] == wanted
    for line in flow.lines:
        leading = flow.paragraphs[line.paragraph].kind.leading_px
        assert 10 <= line.y_px <= 10 + height_px - leading + 0.01


@pytest.mark.parametrize("height_px", [110, 127, 160, 203, 340])
def test_no_line_of_a_paragraph_stands_alone(qapp: QGuiApplication, height_px: float) -> None:
    flow = flowed(text(), columns(height_px), load_style("paper"))
    for lines in by_column(flow).values():
        counts = Counter(index for index, _ in lines)
        for index, here in counts.items():
            assert here > 1 or flow.layouts[index].lineCount() <= 3
        assert flow.paragraphs[lines[-1][0]].kind is not HEAD


def test_the_last_page_is_balanced_without_taking_more_pages(qapp: QGuiApplication) -> None:
    style = load_style("paper")
    plain = flowed(text(), columns(340), style)
    even = balanced(text(), lambda: columns(340), style)
    assert even.pages == plain.pages
    last = even.pages - 1
    ends = [
        max(line.y_px for line in even.lines if line.page == last and line.x_px == x)
        for x in (0, 220)
    ]
    assert abs(ends[0] - ends[1]) < 80
    assert even.end_px(last) <= plain.end_px(last)


def test_columns_that_run_out_are_told(qapp: QGuiApplication) -> None:
    with pytest.raises(ValueError, match="more columns"):
        flowed((paragraph(9),), (Column(0, 0, 0, 200, 40),), load_style("paper"))
    with pytest.raises(ValueError, match="too low"):
        flowed((paragraph(2),), columns(20), load_style("paper"))
