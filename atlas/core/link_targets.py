"""Where the links in a panel's text lead, and which of them lead anywhere at all.

Floor: core; neighbours: panel_markup, model, edtf.
"""

from __future__ import annotations

from atlas.core.edtf import EdtfError, parse_edtf
from atlas.core.model import Atlas
from atlas.core.panel_markup import Link
from atlas.core.verdicts import is_web_link


def leads_anywhere(link: Link, atlas: Atlas) -> bool:
    """Tell whether a link leads to something the atlas has, to a date, or to the web."""
    match link.kind:
        case "feature":
            return link.target in atlas.feature_by_id
        case "place":
            return link.target in atlas.place_by_id
        case "claim":
            return link.target in atlas.claim_by_id
        case "panel":
            return any(panel.id == link.target for panel in atlas.story.panels)
        case "date":
            return day_of_link(link.target) is not None
        case _:
            return link.kind == "web" and is_web_link(link.target)


def day_of_link(text: str) -> int | None:
    """Return the first day a date text may mean, None if it is no date or open."""
    try:
        date = parse_edtf(text)
    except EdtfError:
        return None
    return None if date.unit == "open" else date.start_day
