"""What the verdicts on claims are called and mean, and what is said of sources nobody read.

Floor: core; neighbours: model. Used wherever claims are told: panels, cards, booklet, page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from atlas.core.model import Claim

NOT_CHECKED: Final = "not checked"
LONGEST_LINK: Final = 2_000
_SAYS_SO: Final = "no source checked"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict's short word, its sentence, and the name of its ink."""

    word: str
    sentence: str
    ink: str


VERDICTS: Final[dict[str, Verdict]] = {
    "supported": Verdict("Supported", "The sources bear this out.", "actor.thai"),
    "imprecise": Verdict("Imprecise", "Right in the main, not exact.", "actor.china"),
    "disputed": Verdict("Disputed", "The sources disagree.", "focus"),
    "wrong": Verdict("Wrong", "The sources say otherwise.", "accent"),
    "unverifiable": Verdict("Not verifiable", "No source at hand settles it.", "text_soft"),
}


def verdict_of(name: str) -> Verdict:
    """Return a verdict, for an unknown one its bare name."""
    return VERDICTS.get(name) or Verdict(name.capitalize() or "No verdict", "", "text_soft")


def sentence_on(claim: Claim) -> str:
    """Return what a verdict means; where no source was read the sources bear nothing out."""
    rests_on_sources = claim.verdict != "unverifiable" and claim.sources
    if rests_on_sources and not any(source.seen for source in claim.sources):
        return "Provisional: no source for it was read for this atlas."
    return verdict_of(claim.verdict).sentence


def is_to_be_marked(seen: bool, citation: str) -> bool:
    """Tell whether a work needs the mark of what nobody read: general knowledge says so itself."""
    return not seen and _SAYS_SO not in citation


def is_web_link(url: str) -> bool:
    """Tell whether a link leads to the web, and to where it says; nothing else is ever opened."""
    # Python's reader of addresses drops blanks and line ends, a browser may not.
    if len(url) > LONGEST_LINK or not url.isprintable() or " " in url:
        return False
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    # What stands before an @ is no part of the site, but looks like one.
    return parts.scheme in ("http", "https") and named and "@" not in parts.netloc
