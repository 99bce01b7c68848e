from __future__ import annotations

import pytest

from geodata.local_names import local_name


@pytest.mark.parametrize(
    ("country", "aliases", "expected"),
    [
        ("TH", ["Surin", "สุรินทร์"], ("th", "สุรินทร์")),
        ("TH", ["เพชรบุรี", "เมืองเพชรบุรี"], None),
        ("KH", ["ភូមិ បាវិត"], ("km", "បាវិត")),
        ("CN", ["昆明", "昆明市", "崑明"], ("zh", "昆明")),
        # A namesake's signs, without the full form of the town itself.
        ("CN", ["萍乡"], None),
        ("MM", ["ရေစကြိုမြို့", "ယေႇၸၵျူဝ်ႇ"], ("my", "ရေစကြိုမြို့")),
        ("ID", ["Jakarta"], None),
        ("KH", [], None),
    ],
)
def test_only_a_form_that_leaves_no_doubt_is_taken(
    country: str, aliases: list[str], expected: tuple[str, str] | None
) -> None:
    assert local_name(country, aliases) == expected
