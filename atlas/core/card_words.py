"""What a card tells of a feature, in words: its kind and side, its times, how far off it may be.

Floor: core; neighbours: model, words, symbology. A card is a feature's row of evidence as read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from atlas.core.model import Feature
from atlas.core.symbology import actor_words, sign_for
from atlas.core.traces import HATCHED_ABOVE_M
from atlas.core.words import distance_in_words, span_in_words

Card = Mapping[str, Any]
_SPELLED_OUT: Final = {
    "ANS": "Sihanoukist National Army",
    "ARVN": "Army of the Republic of Vietnam",
    "CGDK": "Coalition Government of Democratic Kampuchea",
    "CIA": "US Central Intelligence Agency",
    "CPK": "Communist Party of Kampuchea",
    "CPT": "Communist Party of Thailand",
    "DK": "Democratic Kampuchea",
    "KPNLF": "Khmer People's National Liberation Front",
    "KUFNS": "Kampuchean United Front for National Salvation",
    "PAVN": "People's Army of Vietnam",
    "PLA": "People's Liberation Army",
    "UNBRO": "UN Border Relief Operation",
    "UNHCR": "UN High Commissioner for Refugees",
}
_SHORT: Final = re.compile(rf"\b(?:{'|'.join(_SPELLED_OUT)})\b")
"""Sides that the evidence shortens."""


def kind_and_side(feature: Feature, card: Card) -> str:
    """Return what it is and whose: ``Headquarters · Khmer Rouge / Democratic Kampuchea``."""
    side = _SHORT.sub(lambda short: _SPELLED_OUT[short[0]], str(card.get("belligerent") or ""))
    if not side and feature.actor:
        side = actor_words(feature.actor)
    kind = sign_for(feature.kind).words
    return f"{kind} · {side}" if side else kind


def where_in_words(feature: Feature, card: Card) -> str:
    """Return how far off the drawn place may be, empty if nothing is recorded."""
    precision_km = card.get("precision_km")
    radius_m = float(precision_km) * 1000 if precision_km else feature.radius_m
    if radius_m <= 0:
        return ""
    reach = distance_in_words(radius_m)
    if feature.geometry == "lines":
        return f"The line is schematic and may lie up to {reach} off."
    if feature.geometry == "polygons":
        return f"The limits are approximate and may lie up to {reach} off."
    if feature.draw_as.startswith("area-hatch") or radius_m > HATCHED_ABOVE_M:
        return f"Claimed or likely, not located: somewhere within {reach} of this point."
    if radius_m <= 1000:
        return f"Known to within about {reach}."
    return f"Somewhere within {reach} of this point."


def when_in_words(card: Card) -> str:
    """Return the times of a card in words, doubt included; empty if none is recorded."""
    intervals = card.get("intervals")
    if intervals:
        return "; ".join(span_in_words(str(pair[0]), str(pair[1])) for pair in intervals)
    start, end = str(card.get("start", "")), str(card.get("end", ""))
    words = span_in_words(start, end) if start or end else ""
    return words[:1].upper() + words[1:]
