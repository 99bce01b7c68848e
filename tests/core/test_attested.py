"""“Attested only” leaves out what is in doubt, and cuts arrows at their last dated stop."""

from __future__ import annotations

from atlas.core.axes import attested, grown_arrow
from atlas.core.resolve import resolve
from atlas.core.when import When, span_from_edtf
from tests.core.samples import atlas, axis, camp, day, state
from tests.records import replace


def marks(*features: object, attested_only: bool) -> set[str]:
    seen = replace(state("1970-06-01"), layers=frozenset({"camps"}), attested_only=attested_only)
    return {mark.feature_id for mark in resolve(seen, atlas(*features)).marks}


def test_doubt_and_low_confidence_go() -> None:
    sure = camp("sure", when=When((span_from_edtf("1968", "1975"),)))
    weak = replace(sure, id="weak", confidence="low")
    vague = replace(sure, id="vague", when=When((span_from_edtf("1970", "1975"),)))
    assert marks(sure, weak, vague, attested_only=False) == {"sure", "weak", "vague"}
    assert marks(sure, weak, vague, attested_only=True) == {"sure"}


def test_an_arrow_ends_at_its_last_dated_stop() -> None:
    whole = grown_arrow(axis(), day("1978-12-30"), 1.0, False)
    assert whole is not None
    assert not all(stretch.sourced for stretch in whole.stretches)
    sure = attested(whole)
    assert sure is not None
    assert all(stretch.sourced for stretch in sure.stretches)
    assert sure.stretches[-1].to_fraction == 1.0
    assert sure.grown < whole.grown
    assert attested(replace(whole, stretches=whole.stretches[-1:])) is None
