"""A view as one line of text, to pass on: ``atlas:1/story/panel?d=1979-03-04&at=106.76,21.85,320``.

Floor: core; neighbours: state, actions (what a panel opens with is left out of the text). A link
says what is looked at: panel, date, place, layers, selection. Size of the window, projection,
theme, furniture and step are the reader's own and stay. Whatever text comes in, out come a state
and remarks on what the atlas does not know, or a `LinkError` in words; nothing is ever evaluated
or opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote, unquote

from atlas.core import actions, viewport
from atlas.core.day import iso_from_day
from atlas.core.edtf import EdtfError, parse_edtf
from atlas.core.model import Atlas, Panel, Story
from atlas.core.problems import near_misses
from atlas.core.state import BASE_LAYERS, LEAST_OPACITY, Comparison, State
from atlas.core.viewport import Camera
from atlas.core.words import day_in_words

SCHEME: Final = "atlas:"
VERSION: Final = 1
LONGEST: Final = 2_000
MOST_NAMES: Final = 100
_HEAD: Final = re.compile(r"(\d{1,6})/([^/?#]+)/([^/?#]+)(?:\?([^#]*))?", re.ASCII)
_NUMBER: Final = re.compile(r"-?\d{1,5}(?:\.\d{1,9})?", re.ASCII)
_PERCENT: Final = re.compile(r"\d\d", re.ASCII)
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_EXAMPLE: Final = "atlas:1/story/panel?d=1979-01-07"


class LinkError(ValueError):
    """A text is no link to a view; the message says why."""


@dataclass(frozen=True, slots=True)
class Linked:
    """What a link leads to, and a sentence on each thing it names that the atlas does not know."""

    state: State
    remarks: tuple[str, ...] = ()

    def on(self, now: State) -> State:
        """Return the view in the window of `now`: the action that goes there."""
        return replace(self.state, viewport_px=now.viewport_px, step=now.step)


def is_link(text: str) -> bool:
    """Tell whether a text means to be a link, well made or not."""
    return _bare(text)[: len(SCHEME)].lower() == SCHEME


def story_of(text: str) -> str:
    """Return the id of the story a link was made in, empty if the text is no link."""
    match = _HEAD.fullmatch(_bare(text)[len(SCHEME) :]) if is_link(text) else None
    return unquote(match[2]) if match else ""


def link_to(state: State, story: Story) -> str:
    """Return the shortest link to a view; a reader's own overlays are in none."""
    for layer in state.own:
        state = actions.close_own(layer)(state)
    panel = story.panel(state.panel)
    base = frozenset(BASE_LAYERS)
    overlays = state.layers - base
    said = [("d", iso_from_day(state.day)), ("at", _camera_text(state))]
    if overlays != actions.overlays_of(panel):
        said.append(("on", _listed(overlays)))
    if hidden := base - state.layers:
        said.append(("off", _listed(hidden)))
    if state.selection:
        said.append(("sel", _quoted(state.selection)))
    if state.range_days:
        said.insert(0, ("from", iso_from_day(state.first_day)))
    if state.solo:
        said.append(("solo", _quoted(state.solo)))
    if state.opacity:
        said.append(("op", ",".join(f"{_quoted(name)}:{per}" for name, per in state.opacity)))
    if state.other_day is not None:
        said.append((state.comparison.mode, iso_from_day(state.other_day)))
    if state.attested_only:
        said.append(("sure", "1"))
    if state.by_alignment:
        said.append(("sides", "1"))
    query = "&".join(f"{key}={value}" for key, value in said)
    return f"{SCHEME}{VERSION}/{_quoted(story.id)}/{_quoted(panel.id)}?{query}"


def read_link(text: str, atlas: Atlas, now: State) -> Linked:
    """Return the view a link leads to, in the window and with the habits of `now`.

    Raises
    ------
    LinkError
        If the text is no link, is longer than `LONGEST`, is of another version, or gives a value
        that cannot be read.
    """
    story_id, panel_id, said, remarks = _parts(text)
    reader = _Reader(atlas, said, remarks)
    if story_id != atlas.story.id:
        remarks.append(f"The link was made in another story, “{_short(story_id)}”.")
    return Linked(reader.state(panel_id, now), tuple(remarks))


def _parts(text: str) -> tuple[str, str, dict[str, str], list[str]]:
    text = _bare(text)
    if len(text) > LONGEST:
        raise LinkError(f"A link has at most {LONGEST:,} characters, this text {len(text):,}.")
    if not is_link(text):
        raise LinkError(f"This is no link to a view; one looks like {_EXAMPLE}")
    match = _HEAD.fullmatch(text[len(SCHEME) :])
    if match is None:
        raise LinkError(f"The link is not whole; one looks like {_EXAMPLE}")
    version, story_id, panel_id, query = match.groups()
    if int(version) != VERSION:
        raise LinkError(f"The link is of version {int(version)}; this atlas reads {VERSION}.")
    remarks: list[str] = []
    said: dict[str, str] = {}
    for pair in (query or "").split("&"):
        key, _, value = pair.partition("=")
        if key in said:
            raise LinkError(f"The link says “{_short(key)}” twice.")
        if key in _KEYS:
            said[key] = value
        elif pair:
            remarks.append(f"“{_short(key)}” in the link is not understood.")
    return unquote(story_id), unquote(panel_id), said, remarks


_KEYS: Final = frozenset(
    ("d", "from", "at", "swipe", "side", "on", "off", "sel", "solo", "op", "sure", "sides")
)


class _Reader:
    """Turns what a link says into a state, noting what the atlas does not know."""

    def __init__(self, atlas: Atlas, said: dict[str, str], remarks: list[str]) -> None:
        self._atlas, self._story = atlas, atlas.story
        self._said, self._remarks = said, remarks

    def state(self, panel_id: str, now: State) -> State:
        day = self._day()
        panel = self._panel(panel_id, day)
        opened = actions.open_panel(panel)(replace(now, layers=frozenset(BASE_LAYERS)))
        day = panel.day if day is None else day
        first = self._day("from")
        return replace(
            opened,
            day=day,
            range_days=0 if first is None else max(day - first, 0),
            comparison=self._comparison(opened.comparison),
            camera=self._camera(opened),
            layers=self._layers(opened.layers) | (now.layers & frozenset(now.own)),
            selection=self._selection(),
            solo=self._solo(),
            opacity=self._opacity(),
            attested_only=self._said.get("sure") == "1",
            by_alignment=self._said.get("sides") == "1",
        )

    def _panel(self, panel_id: str, day: int | None) -> Panel:
        known = [panel.id for panel in self._story.panels]
        if panel_id in known:
            return self._story.panel(panel_id)
        self._unknown("panel", panel_id, known)
        return self._story.panels[0] if day is None else self._story.panel_at(day)

    def _comparison(self, opened: Comparison) -> Comparison:
        for mode in ("swipe", "side"):
            other = self._day(mode)
            if other is not None:
                return opened._replace(mode=mode, day=other)
        return opened._replace(mode="off", day=None)

    def _day(self, key: str = "d") -> int | None:
        text = self._said.get(key)
        if text is None:
            return None
        try:
            # Only a whole day: other dates would be read, and written back differently.
            day = parse_edtf(text if _DAY.fullmatch(text) else "no day").start_day
        except EdtfError:
            raise LinkError(f"“{_short(text)}” in the link is no day such as 1979-01-07.") from None
        kept = min(max(day, self._story.first_day), self._story.last_day)
        if kept != day:
            self._remarks.append(
                f"{day_in_words(day)} lies outside the story; shown is {day_in_words(kept)}."
            )
        return kept

    def _camera(self, opened: State) -> Camera:
        text = self._said.get("at")
        if text is None:
            return opened.camera
        parts = text.split(",")
        if len(parts) != 3 or not all(map(_NUMBER.fullmatch, parts)):
            raise LinkError(f"“{_short(text)}” in the link is no place such as 106.76,21.85,320.")
        lon_deg, lat_deg, across_km = map(float, parts)
        if abs(lon_deg) > 180 or abs(lat_deg) > 90 or across_km <= 0:
            raise LinkError(f"“{_short(text)}” in the link is no place on the Earth.")
        projection = opened.camera.projection
        x_m, y_m = projection.forward(lon_deg, lat_deg)
        ground_m = across_km * 1000 / max(min(opened.viewport_px), 1)
        m_per_px = ground_m * projection.stretch_at(x_m, y_m)
        return viewport.clamped(Camera(x_m, y_m, m_per_px, projection))

    def _layers(self, opened: frozenset[str]) -> frozenset[str]:
        base = frozenset(BASE_LAYERS)
        layers = opened
        if "on" in self._said:
            layers = (opened & base) | (self._names("on", "layer", self._layer_ids()) - base)
        return layers - (self._names("off", "layer", self._layer_ids()) & base)

    def _layer_ids(self) -> list[str]:
        return [layer.id for layer in self._story.layers]

    def _selection(self) -> str:
        feature_id = unquote(self._said.get("sel", ""))
        if feature_id and feature_id not in self._atlas.feature_by_id:
            self._unknown("mark", feature_id, self._atlas.feature_by_id)
            return ""
        return feature_id

    def _solo(self) -> str:
        overlays = [layer for layer in self._layer_ids() if layer not in BASE_LAYERS]
        return next(iter(self._names("solo", "layer", overlays)), "")

    def _opacity(self) -> tuple[tuple[str, int], ...]:
        known, found = self._layer_ids(), {}
        for pair in filter(None, self._said.get("op", "").split(",")):
            name, _, percent = pair.rpartition(":")
            if not _PERCENT.fullmatch(percent) or not LEAST_OPACITY <= int(percent) < 100:
                raise LinkError(f"“{_short(pair)}” in the link is no opacity such as events:40.")
            if unquote(name) in known:
                found[unquote(name)] = int(percent)
            else:
                self._unknown("layer", unquote(name), known)
        return tuple(sorted(found.items()))

    def _names(self, key: str, kind: str, known: Iterable[str]) -> frozenset[str]:
        names = [unquote(name) for name in self._said.get(key, "").split(",") if name]
        if len(names) > MOST_NAMES:
            raise LinkError(f"The link names {len(names)} layers; {MOST_NAMES} is the most.")
        known = frozenset(known)
        for name in dict.fromkeys(names):
            if name not in known:
                self._unknown(kind, name, known)
        return frozenset(names) & known

    def _unknown(self, kind: str, name: str, known: Iterable[str]) -> None:
        hint = near_misses(name[:80], known)
        tail = f" ({hint})" if hint else ""
        self._remarks.append(f"There is no {kind} “{_short(name)}”{tail}.")


def _camera_text(state: State) -> str:
    """Return middle and how far the window's shorter side reaches, good to part of a pixel.

    Both are of the ground: how it is projected is the reader's own choice.
    """
    lon_deg, lat_deg = state.camera.projection.inverse(state.camera.x_m, state.camera.y_m)
    across_km = state.camera.ground_m_per_px * min(state.viewport_px) / 1000
    return ",".join((_number(lon_deg, 4), _number(lat_deg, 4), _number(across_km, 1)))


def _number(value: float, places: int) -> str:
    text = f"{value:.{places}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _listed(names: Iterable[str]) -> str:
    return ",".join(_quoted(name) for name in sorted(names))


def _quoted(name: str) -> str:
    return quote(name, safe="")


def _bare(text: str) -> str:
    """Return the text without the blanks and brackets that mail and chat put round a link."""
    return text[: 2 * LONGEST].strip().strip("<>\"'“”").strip()


def _short(text: str) -> str:
    """Return a text fit to be said back: printable, and not long."""
    said = "".join(char if char.isprintable() else "\ufffd" for char in text[:60])
    return said + ("…" if len(text) > 60 else "")
