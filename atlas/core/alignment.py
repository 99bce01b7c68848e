"""With whom a country stood on a date: blocs as the table of polities has them.

Floor: core; neighbours: model, when. A side that the table only calls leaning, whose time is in
doubt, or that rests on weak evidence is told as unsure.
"""

from __future__ import annotations

from typing import Final

from atlas.core.model import Bloc, Polity
from atlas.core.when import Presence

BLOC_WORDS: Final = {
    "west": "Allied with the United States or Britain",
    "soviet": "Allied with the Soviet Union",
    "china": "China, or allied with it",
    "both": "Allied with China and the Soviet Union",
    "neutral": "Non-aligned or neutral",
    "asean": "Association of Southeast Asian Nations",
    "colonial": "Under colonial rule",
    "japan": "Japan, or under it",
}
UNSURE_WORDS: Final = "Hatched: leaning that way, or its time in doubt"


def side_on(polity: Polity, day: int) -> tuple[str, bool] | None:
    """Return the bloc of a polity on a day and whether it is sure; None if none is given.

    What is dated counts before what holds for the whole of a row, what is named later before what
    is named earlier; a regional association only where there is no other side.
    """
    holding = [bloc for bloc in polity.blocs if bloc.span.presence(day) is not Presence.ABSENT]
    if not holding:
        return None
    chosen = max(enumerate(holding), key=lambda item: (*_weight(item[1]), item[0]))[1]
    sure = (
        not chosen.leaning
        and chosen.span.presence(day) is Presence.CERTAIN
        and polity.confidence != "low"
    )
    return chosen.name, sure


def _weight(bloc: Bloc) -> tuple[bool, bool]:
    return bloc.name != "asean", bloc.dated
