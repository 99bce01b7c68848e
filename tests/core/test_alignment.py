"""Sides of the date: what is dated goes before, and what is weak is told as unsure."""

from __future__ import annotations

from atlas.core import actions
from atlas.core.alignment import UNSURE_WORDS, side_on
from atlas.core.legend import legend_of
from atlas.core.model import Bloc, Polity
from atlas.core.resolve import resolve
from atlas.core.store import Store
from atlas.core.when import span_from_edtf
from tests.core.samples import FOREVER, atlas, day, polity, state


def aligned(*blocs: Bloc, confidence: str = "high") -> Polity:
    return polity("KH", ("a",))._replace(blocs=blocs, confidence=confidence)


def dated(name: str, start: str, end: str, leaning: bool = False) -> Bloc:
    return Bloc(name, leaning, True, span_from_edtf(start, end))


ALWAYS_WEST = Bloc("west", False, False, FOREVER)
ALWAYS_ASEAN = Bloc("asean", False, True, FOREVER)


def test_a_dated_side_goes_before_one_for_all_time_and_the_later_named_before_the_earlier() -> None:
    country = aligned(dated("soviet", "1960", "1969"), dated("china", "1965", "1969"), ALWAYS_WEST)
    assert side_on(country, day("1950-01-01")) == ("west", True)
    assert side_on(country, day("1962-01-01")) == ("soviet", True)
    assert side_on(country, day("1966-01-01")) == ("china", True)


def test_an_association_counts_only_where_there_is_no_other_side() -> None:
    assert side_on(aligned(ALWAYS_WEST, ALWAYS_ASEAN), day("1970-01-01")) == ("west", True)
    assert side_on(aligned(ALWAYS_ASEAN), day("1970-01-01")) == ("asean", True)


def test_leaning_doubtful_times_and_weak_evidence_are_unsure() -> None:
    assert side_on(aligned(dated("china", "1963", "1970", leaning=True)), day("1965-01-01")) == (
        "china",
        False,
    )
    assert side_on(aligned(dated("china", "1963~", "1970")), day("1963-06-01")) == ("china", False)
    assert side_on(aligned(ALWAYS_WEST, confidence="low"), day("1965-01-01")) == ("west", False)
    assert side_on(aligned(), day("1965-01-01")) is None


def test_the_map_is_tinted_and_explained_only_if_asked_for() -> None:
    known = atlas(polities=(aligned(dated("china", "1963", "1970", leaning=True)),))
    assert resolve(state("1965-01-01"), known).political.side_of_atom == ()
    scene = resolve(state("1965-01-01", by_alignment=True), known)
    assert scene.political.side_of_atom == (("a", "china", False),)
    words = [entry.words for entry in legend_of(scene) if entry.symbol == "side"]
    assert words == ["China, or allied with it", UNSURE_WORDS]


def test_the_switch_can_be_undone() -> None:
    store = Store(state())
    store.do(actions.tint_by_alignment(True))
    assert store.state.by_alignment
    store.undo()
    assert not store.state.by_alignment
