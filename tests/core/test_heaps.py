from __future__ import annotations

from atlas.core.heaps import left_to_others
from tests.core.samples import camp

FAR, NEAR = 5_000.0, 1_000.0


def at(feature_id: str, x_px: float, **more: object) -> object:
    point = (x_px * FAR, -1_000_000.0)
    return camp(feature_id, parts_m=((point,),), **more)


def left(*features: object, m_per_px: float = FAR, chosen: str | None = None) -> list[str]:
    return sorted(left_to_others(features, m_per_px, chosen))  # type: ignore[arg-type]


def test_of_signs_alike_in_a_heap_the_first_stands_for_all() -> None:
    heap = at("first", 0.0, rank=1), at("second", 5.0), at("third", 3.0), at("apart", 40.0)
    assert left(*heap) == ["second", "third"]
    assert left(*heap, chosen="third") == ["second"]


def test_near_by_each_has_its_own() -> None:
    assert left(at("first", 0.0), at("second", 1.0), m_per_px=NEAR) == []


def test_another_side_or_kind_has_a_sign_of_its_own() -> None:
    others = at("first", 0.0), at("second", 1.0, actor="cpt"), at("third", 2.0, kind="headquarters")
    assert left(*others) == []


def test_no_event_stands_for_another() -> None:
    assert left(at("one", 0.0, kind="battle"), at("other", 1.0, kind="battle")) == []
