"""How far a movement is on a day, in words. Floor: ui; neighbours: halo, card_html."""

from __future__ import annotations

from typing import Final

from atlas.core.model import Feature
from atlas.core.when import Presence

IN_PROGRESS: Final = "in progress"


def progress_words(feature: Feature, day: int) -> str:
    """Return how far a movement is on a day: drawn to its end, it looks like one under way.

    Empty for what does not move, and before it begins.
    """
    if not feature.growth or day < feature.when.first_day:
        return ""
    presence = feature.when.presence(day)
    if presence is Presence.CERTAIN or (presence and day <= feature.growth[-1][0]):
        return IN_PROGRESS
    if presence:
        return "perhaps ended"
    return f"ended {time_in_words(day - feature.when.last_day)} ago"


def time_in_words(days: int) -> str:
    """Return a stretch of time with the precision it deserves: ``15 days``, ``8 years``."""
    for length, many in ((365.25, "years"), (30.44, "months")):
        if days >= 2 * length:
            return f"{days / length:.0f} {many}"
    return "1 day" if days == 1 else f"{days} days"
