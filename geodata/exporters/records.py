"""What an export holds: one record a feature, with its dates, place, sources and doubts.

Floor: geodata, standard library only; neighbours: shapes, atlas.core.when. Every format writes
these records and `reading` makes them again, so that equality is the test of a round trip.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from atlas.core.when import Span, When
from geodata.exporters.shapes import Position, Shape


class ExportError(ValueError):
    """The records cannot be written in that format; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One time it held: the EDTF texts of the source, and the days they may mean."""

    start: str
    end: str
    span: Span
    note: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """Another name with its language tag."""

    name: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A work cited; `seen` is whether it was read for the atlas, None where not recorded.

    `key` and `also` name entries of the bibliography, `locator` the passage.
    """

    citation: str
    claim: str = ""
    seen: bool | None = None
    url: str = ""
    other_urls: tuple[str, ...] = ()
    key: str = ""
    locator: str = ""
    also: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The citation with its passage, said once."""
        if not self.locator or self.locator in self.citation:
            return self.citation
        return f"{self.citation}, {self.locator}"


@dataclass(frozen=True, slots=True)
class Record:
    """One feature of an overlay.

    `precision_km` is the radius within which the place lies, `country` the side of the border
    stated for it (ISO 3166, two letters), `same_as` the id of a record of the same fact;
    `lonlat_deg` stands for the whole feature where a single point is wanted.
    """

    id: str
    layer: str
    kind: str
    name: str
    shape: Shape
    stretches: tuple[Stretch, ...]
    actor: str = ""
    other_names: tuple[Name, ...] = ()
    confidence: str = ""
    precision_km: float | None = None
    location_basis: str = ""
    country: str = ""
    draw_as: str = ""
    default_visible: bool = True
    summary: str = ""
    date_note: str = ""
    disputes: str = ""
    same_as: str = ""
    sources: tuple[Source, ...] = ()
    lonlat_deg: Position = field(default=(0.0, 0.0), compare=False)

    @property
    def when(self) -> When:
        """All its stretches, for presence on a day."""
        return When(tuple(stretch.span for stretch in self.stretches))


@dataclass(frozen=True, slots=True)
class Collection:
    """The records of one export and what is said of them all.

    `on_day` is the ISO date the records were chosen for; empty if they were not.
    """

    records: tuple[Record, ...]
    data_version: str = ""
    layer_titles: tuple[tuple[str, str], ...] = ()
    on_day: str = ""

    @property
    def title(self) -> str:
        """What the file is called inside."""
        return f"The Indochina Atlas, as of {self.on_day}" if self.on_day else "The Indochina Atlas"

    @property
    def rights(self) -> tuple[str, ...]:
        """Credits and licence, one statement a line."""
        return (
            f"The Indochina Atlas, data version {self.data_version or 'not known'}; MIT licence.",
            "Positions of towns: GeoNames (https://www.geonames.org), CC BY 4.0, changed.",
            "Outlines of zones: rebuilt from Natural Earth, public domain.",
            "Places are known only to within precision_km; no territorial claim is made.",
        )
