"""Prose is shown with printers' signs, and every sign keeps its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.typesetting import typed, typeset


@pytest.mark.parametrize(
    ("plain", "shown"),
    [
        ('The "two whatevers".', "The “two whatevers”."),
        ("China's archives of the 1950's", "China’s archives of the 1950’s"),
        ("Wikipedia, 'Dangrek Incident' (2009)", "Wikipedia, ‘Dangrek Incident’ (2009)"),
        ('("Huo" in the article), \'"Huo"\'', "(“Huo” in the article), ‘“Huo”’"),
        ("pp. 115-116 and 1975-79", "pp.\u00a0115–116 and 1975–79"),
        ("Sept-Oct 1977", "Sept–Oct 1977"),
        ("March 1969 - May 1970", "March 1969 – May 1970"),
        ("on 17 April 1975", "on 17\u00a0April 1975"),
        ("1.5 to 2 million", "1.5 to 2\u00a0million"),
        ("1979-01-07, S-21, tri-border", "1979-01-07, S-21, tri-border"),
        ("N 13°45.0994' E 106°58.3465'", "N 13°45.0994' E 106°58.3465'"),
        ("Pol Pot-Hua banquet in the 3 Mays", "Pol Pot-Hua banquet in the 3 Mays"),
    ],
)
def test_signs(plain: str, shown: str) -> None:
    assert typeset(plain) == shown
    assert typed(shown) == plain


@given(st.text(alphabet="aA1 .'\"-–“’()°May", max_size=60))
def test_nothing_moves_and_twice_is_once(text: str) -> None:
    shown = typeset(text)
    assert len(shown) == len(text)
    assert typed(shown) == typed(text)
    assert typeset(shown) == shown
