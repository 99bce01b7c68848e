"""A small atlas made by hand: three panels, four features, an empty base map."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from atlas.app.library import Library
from atlas.core.day import day_from_ymd
from atlas.core.model import Atlas, Claim, DatedName, Feature, Layer, Panel, Place, Source, Story
from atlas.core.projection import ATLAS_PROJECTION
from atlas.core.when import Span, When, span_from_edtf
from geodata.pack import Pack, write_pack

LAYERS = (
    Layer("polities", "Countries and rule", "base", "Who ruled where."),
    Layer("provinces", "Provinces", "base"),
    Layer("rivers", "Rivers and lakes", "base"),
    Layer("relief", "Hills and mountains", "base"),
    Layer("places", "Towns", "base"),
    Layer("ratanakiri_bases", "Bases in the north-east", "overlay", "Headquarters and camps."),
    Layer("events", "Events", "overlay", "Dated events, each at its place."),
)

CARDS: dict[str, dict[str, Any]] = {
    "office-100": {
        "summary": "A <b>jungle</b> camp & its guards.",
        "alt_names": [{"name": "Munti 100", "lang": "km-Latn"}],
        "start": "1963~",
        "end": "1967-11~",
        "date_note": "Sources differ on the year.",
        "basis": "A hand-placed guess.",
        "precision_km": 25,
        "sources": [
            {"citation": "Author, Book, p. 1", "claim": "camp at Ta Not", "seen": False},
            {"citation": "Court order, para. 7", "claim": "the office", "seen": True,
             "url": "https://example.org/order?a=1&b=2"},
        ],
        "confidence": "medium",
        "disputes": "Some place it across the border.",
    },
    "fall-of-phnom-penh": {
        "summary": "The army enters the capital.", "start": "1979-01-07", "end": "1979-01-07",
        "precision_km": 1, "sources": [{"citation": "A report", "seen": True}],
        "confidence": "high", "disputes": "", "place": "Phnom Penh",
    },
}  # fmt: skip


def day(year: int, month: int, day_of_month: int) -> int:
    return day_from_ymd(year, month, day_of_month)


def point(
    feature_id: str, layer: str, kind: str, name: str, lonlat: tuple[float, float], span: Span,
    **more: Any,
) -> Feature:  # fmt: skip
    x_m, y_m = ATLAS_PROJECTION.forward(*lonlat)
    given = {"actor": "dk", "radius_m": 1000.0, "confidence": "high", **more}
    return Feature(
        id=feature_id, layer=layer, kind=kind, name=name, geometry="point",
        parts_m=(((x_m, y_m),),), lonlat_deg=lonlat, bbox_m=(x_m, y_m, x_m, y_m),
        when=When((span,)), **given,
    )  # fmt: skip


FEATURES = (
    point("office-100", "ratanakiri_bases", "headquarters", "Office 100", (106.12, 11.66),
          span_from_edtf("1963~", "1967-11~"), radius_m=25_000.0, confidence="medium"),
    point("camp-two", "ratanakiri_bases", "camp", "Camp two, at the same spot", (106.12, 11.66),
          span_from_edtf("1963", "1970")),
    point("fall-of-phnom-penh", "events", "war", "Fall of Phnom Penh", (104.92, 11.56),
          span_from_edtf("1979-01-07", "1979-01-07"), actor="vietnam", rank=1),
    point("bombing", "events", "bombing", "Bombing of Neak Leung", (105.28, 11.26),
          span_from_edtf("1973-08-06", "1973-08-06"), actor="us"),
)  # fmt: skip


def panel(panel_id: str, order: int, title: str, span: Span | None, when: int) -> Panel:
    base = frozenset({"polities", "rivers", "places"})
    shown = base | {"events", "ratanakiri_bases"}
    body = f"About [7 January 1979](date:1979-01-07) and [{title}](claim:c1)."
    box = (101.0, 8.0, 110.0, 15.0)
    return Panel(panel_id, order, title, title[:20], span, when, box, shown, body, ("c1",))


STORY = Story(
    id="small",
    title="A small story",
    subtitle="Three panels",
    first_day=day(1930, 1, 1),
    last_day=day(2026, 12, 31),
    layers=LAYERS,
    panels=(
        panel("intro", 0, "A question", None, day(1975, 6, 21)),
        panel("bases", 1, "Bases in the forest", span_from_edtf("1963", "1970"), day(1966, 3, 1)),
        panel("war", 2, "The war", span_from_edtf("1970-01-02", "1991"), day(1979, 1, 7)),
    ),
    claims=(Claim("c1", "war", "A claim.", "disputed", "A note.", "low", (Source("A work"),)),),
    credits=("A small story for tests.",),
    default_panel="intro",
)

_X_M, _Y_M = ATLAS_PROJECTION.forward(104.92, 11.56)
PLACES = (
    Place(
        id="phnom-penh", name="Phnom Penh", x_m=_X_M, y_m=_Y_M, lon_deg=104.92, lat_deg=11.56,
        rank=0, capital_spans=(span_from_edtf("1953", ".."),), story=True, country="KH",
        names=(
            DatedName("Phnom Penh", "en", span_from_edtf("", "")),
            DatedName("ភ្នំពេញ", "km", span_from_edtf("", "")),
        ),
    ),
)  # fmt: skip


def square_path(x_m: float, y_m: float, half_m: float) -> bytes:
    """One square as a QPainterPath stream."""
    corners = [(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]
    elements = b"".join(
        struct.pack(">idd", int(i > 0), x_m + sx * half_m, y_m + sy * half_m)
        for i, (sx, sy) in enumerate(corners)
    )
    return struct.pack(">i", len(corners)) + elements + struct.pack(">ii", 0, 0)


def base_blobs() -> dict[str, bytes]:
    """The smallest base map: one square of land, no lines."""
    x_m, y_m = ATLAS_PROJECTION.forward(105.0, 12.5)
    land = square_path(x_m, y_m, 400_000.0)
    box = (x_m - 400_000, y_m - 400_000, x_m + 400_000, y_m + 400_000)
    blobs: dict[str, bytes] = {}
    for layer in ("land", "coast", "lakes", "rivers", "provinces", "atoms", "borders"):
        there = layer == "land"
        blobs[f"base/{layer}/l0.paths"] = land if there else b""
        index = struct.pack("<4f4I", *box, 0, len(land), 0, 0) if there else b""
        blobs[f"base/{layer}/l0.index"] = index
        blobs[f"base/{layer}.json"] = b"[{}]" if there else b"[]"
    return blobs


def flat_grey(side_px: int = 4) -> bytes:
    """Relief without a slope, as the pack holds it."""
    return struct.pack("<II", side_px, side_px) + b"\x80" * side_px * side_px


def pack_blobs() -> dict[str, bytes]:
    meta = {
        "levels": [{"name": "l0", "tolerance_m": 5000.0, "max_m_per_px": 1e9}],
        "relief_extent_m": [-1e6, -2e6, 1e6, 1e6],
        "region_ring_m": [[-3e6, -3e6], [3e6, -3e6], [3e6, 3e6], [-3e6, 3e6]],
        "credits": ["Drawn for tests."],
        "data_version": "2000-01-01",
    }
    return {
        **base_blobs(),
        "relief/shade.grey": flat_grey(),
        "relief/shade_small.grey": flat_grey(),
        "meta.json": json.dumps(meta).encode(),
        "cards.json": json.dumps(CARDS).encode(),
        "relations.json": b"[]",
    }


def fake_library(folder: Path, features: Iterable[Feature] = FEATURES) -> Library:
    """The small atlas with its pack, written into `folder`."""
    path = folder / "small.pack"
    write_pack(path, pack_blobs(), "0" * 64)
    atlas = Atlas(
        STORY, tuple(features), (), PLACES, credits=STORY.credits, data_version="2000-01-01"
    )
    return Library(atlas, Pack.open(path), ())
