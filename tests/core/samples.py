"""Small made-up records for the core's tests; none of them claims anything about the past."""

from __future__ import annotations

from atlas.core.day import FAR_FUTURE_DAY, FAR_PAST_DAY, day_from_ymd
from atlas.core.model import (
    Atlas,
    DatedName,
    Feature,
    Layer,
    Panel,
    Place,
    PointM,
    Polity,
    Story,
    Waypoint,
)
from atlas.core.state import BASE_LAYERS, State
from atlas.core.viewport import Camera
from atlas.core.when import Span, When, span_from_edtf

FOREVER = Span(FAR_PAST_DAY, FAR_PAST_DAY, FAR_FUTURE_DAY, FAR_FUTURE_DAY)
MIDDLE = Camera(0.0, -1_000_000.0, 1_000.0)


def day(text: str) -> int:
    year, month, of_month = (int(part) for part in text.split("-"))
    return day_from_ymd(year, month, of_month)


def panel(panel_id: str, order: int, span: str, on: str) -> Panel:
    start, _, end = span.partition("/")
    return Panel(
        id=panel_id,
        order=order,
        title=f"About {panel_id}",
        short_title=panel_id,
        span=span_from_edtf(start, end) if span else None,
        day=day(on),
        bbox_deg=(101.0, 8.0, 111.0, 24.0),
        layers=frozenset({"camps", "fronts"}),
        body="",
    )


def story() -> Story:
    return Story(
        id="sample",
        title="Sample",
        subtitle="",
        first_day=day("1930-01-01"),
        last_day=day("2026-12-31"),
        layers=(Layer("camps", "Camps", "overlay"), Layer("fronts", "Fronts", "overlay")),
        panels=(
            panel("intro", 0, "", "1975-04-17"),
            panel("early", 1, "1930-01-01/1969-12-31", "1960-09-28"),
            panel("war", 2, "1970-01-01/1978-12-31", "1970-03-18"),
            panel("late", 3, "1979-01-01/2026-12-31", "1979-01-07"),
        ),
        default_panel="intro",
    )


def camp(
    feature_id: str = "camp", start: str = "1968", end: str = "1970", **more: object
) -> Feature:
    at: PointM = (0.0, -1_000_000.0)
    fields: dict[str, object] = {
        "id": feature_id,
        "layer": "camps",
        "kind": "camp",
        "actor": "dk",
        "name": feature_id.title(),
        "geometry": "point",
        "parts_m": ((at,),),
        "lonlat_deg": (104.0, 15.0),
        "bbox_m": (*at, *at),
        "radius_m": 2_000.0,
        "when": When((span_from_edtf(start, end),)),
        "confidence": "high",
    }
    return Feature(**(fields | more))  # type: ignore[arg-type]


def axis(feature_id: str = "axis") -> Feature:
    first, second, last = (day(f"1978-12-{n}") for n in (22, 26, 30))
    return camp(
        feature_id,
        "1978-12-22",
        "1978-12-30",
        layer="fronts",
        kind="advance-axis",
        geometry="lines",
        parts_m=(((0.0, 0.0), (100.0, 0.0), (100.0, 300.0)),),
        fractions=(0.0, 0.25, 1.0),
        growth=((first, 0.0), (second, 0.25), (last, 1.0)),
        waypoints=(
            Waypoint(0.0, first, "start", True),
            Waypoint(0.25, second, "corner", True),
            Waypoint(1.0, last, "end", False),
        ),
    )


def polity(unit: str, atoms: tuple[str, ...], span: Span = FOREVER, kind: str = "fill") -> Polity:
    anchors = ((0.0, -1_000_000.0, 50_000.0),)
    return Polity(
        unit, kind, atoms, unit, unit, "", "state", span, anchors, float(len(atoms)), state=unit
    )


def town(place_id: str, rank: int = 0, x_m: float = 0.0, **more: object) -> Place:
    fields: dict[str, object] = {
        "id": place_id,
        "name": place_id.title(),
        "x_m": x_m,
        "y_m": -1_000_000.0,
        "lon_deg": 104.0,
        "lat_deg": 15.0,
        "rank": rank,
        "capital_spans": (),
        "story": False,
        "country": "XX",
    }
    return Place(**(fields | more))  # type: ignore[arg-type]


def saigon() -> Place:
    before, after = span_from_edtf("", "1976-07-01"), span_from_edtf("1976-07-02", "")
    names = (DatedName("Saigon", "en", before), DatedName("Ho Chi Minh City", "en", after))
    return town("saigon", names=names, name="Today's name")


def atlas(
    *features: Feature, polities: tuple[Polity, ...] = (), places: tuple[Place, ...] = ()
) -> Atlas:
    return Atlas(story(), features, polities, places)


def state(on: str = "1969-06-01", **more: object) -> State:
    fields: dict[str, object] = {
        "day": day(on),
        "camera": MIDDLE,
        "viewport_px": (800, 600),
        "layers": frozenset({*BASE_LAYERS, "camps", "fronts"}),
        "panel": "intro",
    }
    return State(**(fields | more))  # type: ignore[arg-type]
