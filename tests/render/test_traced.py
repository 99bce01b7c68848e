"""Painters that keep account: counts only, no clock."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPdfWriter, QPolygonF

from atlas.render.parts import part
from atlas.render.traced import REST, Account, PaintTrace


@pytest.fixture
def image(qapp: object) -> QImage:
    made = QImage(40, 40, QImage.Format.Format_RGB32)
    made.fill(0)
    return made


def square() -> QPainterPath:
    path = QPainterPath()
    path.addRect(QRectF(2, 2, 20, 20))
    return path


def test_draw_calls_and_vertices_go_to_their_part(image: QImage) -> None:
    trace = PaintTrace()
    with trace.painter(image) as painter:
        painter.drawImage(0, 0, image)
        with part(painter, "land"):
            painter.drawPath(square())
            painter.drawPolygon(QPolygonF([QPointF(0, 0), QPointF(9, 0), QPointF(9, 9)]))
    trace.end_frame(Account())
    land, rest = trace.parts["land"].last, trace.parts[REST].last
    assert (land.calls, land.vertices, land.most) == (2, 8, 5)
    assert (rest.calls, rest.vertices) == (1, 0)


def test_what_is_counted_is_painted_all_the_same(image: QImage) -> None:
    with PaintTrace().painter(image) as painter:
        painter.fillPath(square(), QColor("#ff0000"))
    assert image.pixelColor(10, 10).name() == "#ff0000"


def test_a_part_in_a_part_counts_by_itself(image: QImage) -> None:
    trace = PaintTrace()
    with trace.painter(image) as painter, part(painter, "outer"):
        painter.drawPoint(1, 1)
        with part(painter, "inner"):
            painter.drawPoint(2, 2)
        painter.drawPoint(3, 3)
    trace.end_frame(Account())
    assert trace.parts["outer"].last.calls == 2
    assert trace.parts["inner"].last.calls == 1


def test_a_frame_that_leaves_a_part_out_has_kept_it(image: QImage) -> None:
    trace = PaintTrace()
    for names in (("land", "names"), ("names",), ("names",)):
        with trace.painter(image) as painter:
            for name in names:
                with part(painter, name):
                    painter.drawPoint(1, 1)
        trace.end_frame(Account())
    land, names_ = trace.parts["land"], trace.parts["names"]
    assert (land.painted, land.kept, land.in_last_frame) == (1, 2, False)
    assert (names_.painted, names_.kept, names_.in_last_frame) == (3, 0, True)
    assert land.last.calls == 1, "as it was when it was painted"


def test_a_plain_painter_is_told_nothing(image: QImage) -> None:
    with QPainter(image) as painter:
        assert part(painter, "land") is part(painter, "names")


def test_anything_but_a_picture_is_a_frame(image: QImage, tmp_path: object) -> None:
    trace = PaintTrace()
    page = QPdfWriter(f"{tmp_path}/page.pdf")
    with trace.painter(page) as painter:
        painter.drawPath(square())
        with trace.painter(image) as beside:
            beside.drawPoint(1, 1)
    assert trace.frames == 1
    assert (trace.frame.calls, trace.frame.vertices) == (1, 5), "the picture is told by itself"
    assert trace.parts[REST].painted == 2
