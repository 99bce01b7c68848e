"""Opens the atlas's data: the pack and a story folder become one `Atlas`.

Floor: app; neighbours: geodata.pack below, core.story. Reads with the standard library only, so
that the first picture need not wait for anything heavier; cards are read when first asked for.
"""

from __future__ import annotations

import os
import tomllib
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator, Mapping
from json import JSONDecodeError, JSONDecoder
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

from atlas.app.paths import pack_path, resources_dir
from atlas.core.day import FAR_PAST_DAY
from atlas.core.edtf import parse_edtf
from atlas.core.gazetteer import Gazetteer, ReadLater
from atlas.core.model import (
    Atlas,
    Bloc,
    DatedName,
    Feature,
    Place,
    Polity,
    Province,
    RiverName,
    Sea,
    Story,
    Waypoint,
)
from atlas.core.problems import Problem, Severity
from atlas.core.projection import ATLAS_PROJECTION
from atlas.core.story import MAX_CLAIMS_TEXT, MOST_PANELS, StoryError, read_story
from atlas.core.when import Span, When
from geodata.pack import REMEDY, Pack, PackError

Row = Mapping[str, Any]
_T = TypeVar("_T")
_OTHERWISE: Final = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What a record may raise of a row that says something else."""
_PIECE_BYTES: Final = 1 << 15
PROVINCES_OF = frozenset({"KH", "VN", "LA", "TH", "CN"})


class Library(NamedTuple):
    """The opened data: the atlas's records, the pack they came from, what was wrong."""

    atlas: Atlas
    pack: Pack
    problems: tuple[Problem, ...]

    def card(self, feature_id: str) -> Row:
        """Return what the identify card tells of a feature; empty if nothing is recorded."""
        points = self.atlas.own.get(feature_id.rpartition("#")[0])
        if points is not None:
            return points.card(feature_id)
        card = self._cards().get(feature_id, {})
        return card if isinstance(card, dict) else {}

    def alternative_names(self) -> dict[str, tuple[str, ...]]:
        """Return by feature id what sources call a feature elsewhere."""
        return {
            feature_id: tuple(_names_in(card.get("alt_names")))
            for feature_id, card in self._cards().items()
            if isinstance(card, dict)
        }

    def _cards(self) -> dict[str, dict[str, object]]:
        if not self.atlas.cards:
            for name in _present(self.pack, "cards.json", "relation_cards.json"):
                self.atlas.cards.update(self.pack.json(name))
        return self.atlas.cards


def _names_in(alt_names: object) -> Iterator[str]:
    for item in alt_names if isinstance(alt_names, list) else ():
        name = item.get("name") if isinstance(item, dict) else item
        if isinstance(name, str) and name:
            yield name


def open_library(story_dir: Path | None = None, pack_file: Path | None = None) -> Library:
    """Open the pack and the story.

    Raises
    ------
    geodata.pack.PackError, OSError, atlas.core.story.StoryError
        If the pack is missing or damaged, or the story holds no panel.
    """
    pack = Pack.open(pack_file or pack_path())
    story, problems = load_story(story_dir or resources_dir() / "story")
    try:
        return Library(_atlas(pack, story), pack, tuple(problems))
    except PackError:
        raise
    except _OTHERWISE as error:
        raise _of_another_version(pack, "meta.json", error) from error


def _made(pack: Pack, name: str, make: Callable[[Row], _T]) -> Iterator[_T]:
    """Yield a record for each row of a list in the pack, each made when it is asked for."""
    try:
        for row in _rows(pack, name):
            yield make(row)
    except PackError:
        raise
    except _OTHERWISE as error:
        raise _of_another_version(pack, name, error) from error


def _of_another_version(pack: Pack, name: str, error: Exception) -> PackError:
    """Return what to say of a part that is whole, as its sum says, but not as it is written now."""
    what = f"part “{name}” is of another version of the atlas ({type(error).__name__}: {error})"
    return PackError(f"{pack.path}: {what}; {REMEDY}")


def _atlas(pack: Pack, story: Story) -> Atlas:
    meta = pack.json("meta.json")
    return Atlas(
        story=story,
        features=tuple(
            feature
            for name in ("features.json", *_present(pack, "relation_features.json"))
            for feature in _made(pack, name, feature_from)
        ),
        polities=tuple(_made(pack, "polities.json", _polity)),
        places=Gazetteer(_made(pack, "places.json", _place)),
        seas=_seas(resources_dir() / "map" / "seas.toml"),
        provinces=ReadLater(_provinces(pack)),
        river_names=ReadLater(_river_names(pack)),
        credits=tuple(meta["credits"]),
        data_version=str(meta["data_version"]),
        can_draw=_can_draw,
    )


def _can_draw(text: str) -> bool:
    from atlas.render.scripts import can_draw

    return can_draw(text)


def _present(pack: Pack, *names: str) -> list[str]:
    """Return those parts the pack has: one made by an older build has fewer."""
    return [name for name in names if name in pack.names()]


def _rows(pack: Pack, name: str) -> Iterator[Row]:
    """Yield the rows of a list in the pack, each read when it is asked for."""
    blob, scan = pack.blob(name), JSONDecoder().raw_decode
    decode = getincrementaldecoder("utf-8")().decode
    # Piece by piece: whole, a list of towns would fill megabytes that a first map never looks at.
    text, at, done = decode(blob[:_PIECE_BYTES]), 1, _PIECE_BYTES
    while text[at : at + 1] != "]":
        try:
            row, end = scan(text, at)
            at = end + (text[end] == ",")
        except (JSONDecodeError, IndexError) as error:
            if done >= len(blob):
                raise PackError(f"{pack.path}: part “{name}” is damaged; {REMEDY}") from error
            text, at = text[at:] + decode(blob[done : done + _PIECE_BYTES]), 0
            done += _PIECE_BYTES
        else:
            yield row


def load_story(folder: Path) -> tuple[Story, list[Problem]]:
    """Read a story folder: ``story.toml``, ``panels/*.md``, ``claims.json``."""
    problems: list[Problem] = []
    panels = {
        f"panels/{path.name}": text
        for path in sorted((folder / "panels").glob("*.md"))[: MOST_PANELS + 1]
        if (text := _text(path, folder, problems))
    }
    claims = folder / "claims.json"
    claims_text = _text(claims, folder, problems) if claims.exists() else ""
    head = _text(folder / "story.toml", folder, problems)
    try:
        story, found = read_story(head, panels, claims_text)
    except StoryError as error:
        raise StoryError([*problems, *error.problems]) from error
    return story, [*problems, *found]


def _text(path: Path, folder: Path, problems: list[Problem]) -> str:
    """Return a text of a story; empty, and a problem noted, if it cannot be had."""
    fault, hint = "", ""
    data = b""
    # Where neither it nor its folder is a link there is nothing to follow.
    links = any(map(os.path.islink, (path, path.parent)))
    if links and not os.path.realpath(path).startswith(os.path.realpath(folder) + os.sep):
        fault, hint = "leads out of the story's folder", "copy the file into it"
    elif path.exists() and not path.is_file():
        fault = "is no file"
    else:
        try:
            with path.open("rb") as file:
                data = file.read(MAX_CLAIMS_TEXT + 1)
        except OSError as error:
            fault = f"cannot be read ({error.strerror})"
    if len(data) > MAX_CLAIMS_TEXT:
        fault = f"is larger than {MAX_CLAIMS_TEXT >> 20} MB"
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError:
        from geodata.text_files import encoding_fault

        fault, hint = encoding_fault(data), "save it as UTF-8"
    if not fault:
        return text.replace("\r\n", "\n").replace("\r", "\n")
    name = path.relative_to(folder).as_posix()
    problems.append(Problem(Severity.ERROR, name, "", "", fault, hint))
    return ""


def feature_from(row: Row) -> Feature:
    """Make a feature of its row in the pack."""
    return Feature(
        id=row["id"],
        layer=row["layer"],
        kind=row["kind"],
        actor=row.get("actor") or "",
        name=row["name"],
        geometry=row["geometry"]["type"],
        parts_m=tuple(tuple((p[0], p[1]) for p in part) for part in row["geometry"]["parts"]),
        lonlat_deg=(row["lonlat"][0], row["lonlat"][1]),
        bbox_m=(row["bbox_m"][0], row["bbox_m"][1], row["bbox_m"][2], row["bbox_m"][3]),
        radius_m=float(row.get("radius_m") or 0.0),
        when=When(tuple(Span(*span) for span in row["spans"])),
        confidence=row["confidence"] or "",
        group=row.get("group") or "",
        draw_as=row.get("draw_as") or "",
        area_ref=row.get("area_ref") or "",
        default_visible=row.get("default_visible") is not False,
        rank=row.get("rank") or 2,
        panel=row.get("panel") or "",
        inset=bool(row.get("inset")),
        growth=tuple((day, fraction) for day, fraction in row.get("growth") or ()),
        fractions=tuple(row.get("fractions") or ()),
        waypoints=tuple(_waypoint(item) for item in row.get("waypoints") or ()),
        schematic=bool(row.get("schematic")),
        same_as=row.get("same_as") or "",
        rooms_m=tuple((x, y, radius) for x, y, radius in row.get("rooms") or ()),
        map_label=row.get("map_label") or "",
        weight=row.get("weight") or 0,
        far=row.get("far") or "",
    )


def _waypoint(row: Row) -> Waypoint:
    return Waypoint(
        row["fraction"], row["day"], row["name"], bool(row["sourced"]), row.get("on_map") or ""
    )


def _polity(row: Row) -> Polity:
    return Polity(
        unit=row["unit"],
        kind=row["kind"],
        atoms=tuple(row["atoms"]),
        label=row["label"] or "",
        official_name=row["official_name"] or "",
        endonym=row["endonym"] or "",
        status=row["status"] or "",
        span=Span(*row["span"]),
        anchors_m=tuple((a[0], a[1], a[2]) for a in row["anchors"]),
        area_m2=float(row["area_m2"] or 0.0),
        alignment=row["alignment"] or "",
        source=row["source"] or "",
        confidence=row["confidence"] or "",
        note=row["note"] or "",
        start_text=row["from"] or "",
        end_text=row["to"] or "",
        state=row["state"] or row["unit"],
        blocs=tuple(
            Bloc(b["bloc"], b["leaning"], b["dated"], Span(*b["span"]))
            for b in row.get("blocs") or ()
        ),
    )


def _place(row: Row) -> Place:
    return Place(
        id=row["id"],
        name=row["name"],
        x_m=row["x_m"],
        y_m=row["y_m"],
        lon_deg=row["lon_deg"],
        lat_deg=row["lat_deg"],
        rank=row["rank"],
        capital_spans=tuple(Span(*span) for span in row["capital_spans"]),
        first_day=row["first_day"] if row["first_day"] is not None else FAR_PAST_DAY,
        story=bool(row["story"]),
        country=row["country"] or "",
        names=tuple(DatedName(n["name"], n["lang"], Span(*n["span"])) for n in row["names"]),
    )


def _provinces(pack: Pack) -> Iterator[Province]:
    """Yield the provinces of the countries the story plays in."""
    with (resources_dir() / "map" / "provinces.toml").open("rb") as file:
        rule = tomllib.load(file)
    first_days = {name: parse_edtf(year).start_day for name, year in rule["from"].items()}
    otherwise = parse_edtf(rule["otherwise"]).start_day
    for part in _present(pack, "provinces.json"):
        for row in pack.json(part):
            if row["country"] in PROVINCES_OF:
                first_day = first_days.get(row["name"], otherwise)
                yield Province(row["name"], row["x_m"], row["y_m"], row["radius_m"], first_day)


def _river_names(pack: Pack) -> Iterator[RiverName]:
    for part in _present(pack, "river_names.json"):
        for row in pack.json(part):
            yield RiverName(**row)


def _seas(path: Path) -> tuple[Sea, ...]:
    with path.open("rb") as file:
        rows = tomllib.load(file)["sea"]
    seas = []
    for row in rows:
        x_m, y_m = ATLAS_PROJECTION.forward(row["lon"], row["lat"])
        near, far = row["m_per_px"]
        seas.append(Sea(row["name"], x_m, y_m, row["size"], near, far))
    return tuple(seas)
