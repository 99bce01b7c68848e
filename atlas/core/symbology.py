"""Which symbol and which words a kind of feature gets, and how long its trace lingers.

Floor: core; no neighbours. Colours are a matter of style files; shapes and words are not, for
shape must tell kinds apart without colour.
"""

from typing import Final, NamedTuple


class Sign(NamedTuple):
    """How one kind is shown: symbol name, its line in the legend, label rank, days of trace.

    `linger_days` is how long a mark fades after its end; 0 for things that simply end.
    `label_rank` orders labels: 0 is placed first. `spot_symbol` is for kinds whose symbol is a
    line, where only the spot is known.
    """

    symbol: str
    words: str
    label_rank: int = 3
    linger_days: int = 0
    spot_symbol: str = ""


_UNKNOWN: Final = Sign("ring", "Other site")

SIGNS: Final[dict[str, Sign]] = {
    # Khmer Rouge bases
    "headquarters": Sign("flag", "Headquarters", 1),
    "base-area": Sign("hexagon", "Base area", 2),
    "camp": Sign("triangle", "Camp", 2),
    "vietnamese-base": Sign("square", "Base area across the border", 3),
    "place": Sign("ring", "Town in the account", 4),
    "meeting": Sign("lozenge", "Meeting", 3, 60),
    "uprising": Sign("flame", "Uprising", 2, 90),
    "prison": Sign("bars", "Prison", 1),
    "bombing": Sign("burst", "Bombing", 2, 30),
    "supply-route": Sign("route", "Supply route", 4),
    "movement": Sign("route", "Movement of people or units", 4, 30),
    "zone": Sign("zone", "Zone (schematic)", 4),
    # The Thai border
    "cpt-base": Sign("hexagon", "Base", 2),
    "cpt-border-camp": Sign("triangle", "Border camp", 2),
    "radio": Sign("mast", "Radio station", 3),
    "joint-operation": Sign("crossed", "Joint operation", 3, 30),
    "refugee-camp": Sign("tent", "Refugee camp", 3),
    "resistance-camp": Sign("triangle", "Resistance camp", 3),
    "stronghold": Sign("shield", "Stronghold", 2),
    # Campaigns
    "advance-axis": Sign("arrow", "Axis of advance", 4, 60),
    "landing": Sign("arrow-sea", "Landing from the sea", 4, 60),
    "withdrawal": Sign("arrow-open", "Withdrawal or redeployment", 4, 30),
    "incursion": Sign("arrow", "Incursion", 3, 45, spot_symbol="crossed"),
    "front-line": Sign("front", "Limit of advance (schematic)", 5, 4),
    "town-taken": Sign("disc-flag", "Town taken", 2, 45),
    "battle": Sign("crossed", "Battle or attack", 2, 45),
    # Relations
    "support": Sign("tie", "Support or supply", 4),
    "opposition": Sign("tie-against", "Rivalry or war", 4),
    # Events
    "event": Sign("diamond", "Event", 3, 60),
    "diplomacy": Sign("letter", "Diplomacy", 3, 60),
    "war": Sign("crossed-disc", "War and arms", 3, 60),
    "party": Sign("star", "Party matters", 3, 60),
    "regime": Sign("column", "Rule and institutions", 3, 60),
    "peace": Sign("leaf", "Peace and talks", 3, 60),
    "aid": Sign("crate", "Aid", 3, 60),
    "death": Sign("cross", "Death", 3, 60),
    "own": Sign("ring", "Place of your own overlay", 4),
    "area": Sign("zone", "Area, its limits not known", 4),
}

ACTOR_WORDS: Final[dict[str, str]] = {
    "vietnam": "Vietnam",
    "kufns": "Khmer front allied with Vietnam",
    "china": "China",
    "dk": "Khmer Rouge",
    "cgdk": "Coalition against the Vietnamese",
    "us": "United States",
    "us_south_vietnam": "United States and South Vietnam",
    "south_vietnam": "South Vietnam",
    "vietcong": "Vietnamese communists in the south",
    "cpt": "Communist Party of Thailand",
    "thai": "Thailand",
    "refugees": "Refugees",
    "ussr": "Soviet Union",
    "kpnlf": "Khmer People's National Liberation Front",
    "funcinpec": "Royalists (FUNCINPEC)",
    "khmer_dissidents": "Khmer opponents backed from Thailand",
    "khmer_republic": "Khmer Republic",
}


def sign_for(kind: str) -> Sign:
    """Return the sign of a kind, a plain ring for one the table does not know."""
    return SIGNS.get(kind, _UNKNOWN)


def actor_words(actor: str) -> str:
    """Return an actor's name for the legend."""
    return ACTOR_WORDS.get(actor, actor.replace("_", " ").capitalize())
