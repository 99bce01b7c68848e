from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from atlas.app.library import Library
from atlas.core.day import day_from_ymd
from atlas.core.scene import Scene
from atlas.core.viewport import Camera
from atlas.render.basemap import BaseMap
from atlas.render.ground import RELIEF_FULL_M_PER_PX, RELIEF_LEAST, relief_opacity
from atlas.render.painter import MapPainter
from atlas.render.style import Style, load_style
from atlas.render.water import lake_shown, water_key
from tests.records import replace
from tests.render.scenes import (
    NO_RELIEF,
    apart,
    base_of,
    color_at,
    count_near,
    differing,
    multiplied,
    picture_of,
    px_of,
    scene_at,
)

INDOCHINA = (99.0, 8.0, 112.0, 24.0)
SEA, KAMPONG_SPEU = (110.0, 12.0), (104.6, 11.45)
TONKIN_SEA = (107.6, 19.5)
TONLE_SAP, NAM_NGUM = (104.0, 12.9), (102.72, 18.6)
TONKIN, COCHINCHINA = (105.5, 21.2), (106.6, 11.5)


@pytest.fixture
def scene(library: Library) -> Scene:
    return flat(library, "1979-01-07")


def flat(library: Library, on: str, layers: frozenset[str] = NO_RELIEF) -> Scene:
    """Indochina without its hills, so that fills show as the style names them."""
    return scene_at(library.atlas, on, INDOCHINA, (800, 1000), layers)


def test_the_sea_is_sea(painter: MapPainter, scene: Scene, paper: Style) -> None:
    assert color_at(base_of(painter, scene), scene, *SEA) == paper.color("sea")


def test_land_is_tinted_as_the_country_of_the_date(
    painter: MapPainter, scene: Scene, paper: Style
) -> None:
    tint = paper.tint("KH")
    assert tint is not None
    expected = multiplied(paper.color("land"), tint)
    assert apart(color_at(base_of(painter, scene), scene, *KAMPONG_SPEU), expected) <= 1


def test_land_without_polities_is_plain_land(
    painter: MapPainter, library: Library, paper: Style
) -> None:
    scene = flat(library, "1979-01-07", frozenset({"rivers"}))
    assert color_at(base_of(painter, scene), scene, *KAMPONG_SPEU) == paper.color("land")


def test_two_vietnams_until_july_1976_and_one_after(painter: MapPainter, library: Library) -> None:
    def both(on: str) -> list[object]:
        scene = flat(library, on)
        image = base_of(painter, scene)
        return [color_at(image, scene, *at) for at in (TONKIN, COCHINCHINA)]

    for divided in ("1960-09-30", "1976-07-01"):
        assert both(divided)[0] != both(divided)[1]
    for united in ("1942-06-01", "1976-07-02", "1977-06-01"):
        assert both(united)[0] == both(united)[1]


def test_the_thai_annexation_shows_in_western_cambodia(
    painter: MapPainter, library: Library
) -> None:
    battambang = (103.0, 13.3)
    colors = []
    for on in ("1940-01-01", "1943-01-01", "1950-01-01"):
        scene = flat(library, on)
        colors.append(color_at(base_of(painter, scene), scene, *battambang))
    assert colors[0] == colors[2] != colors[1]


def test_a_border_is_ruled_only_while_it_divides(
    painter: MapPainter, library: Library, paper: Style
) -> None:
    """Along the 17th parallel, inland: in ink while there were two states, never after."""
    inks = []
    for on in ("1960-09-30", "1980-06-01"):
        scene = flat(library, on)
        x, y = px_of(scene, 106.85, 17.03)
        image = base_of(painter, scene).copy(x - 9, y - 9, 18, 18)
        inks.append(count_near(image, paper.color("border"), within=60))
    assert inks[0] >= 5
    assert inks[1] == 0


def test_the_great_lake_is_water_and_a_reservoir_waits_for_its_dam(
    painter: MapPainter, library: Library, paper: Style
) -> None:
    before, after = flat(library, "1971-12-31"), flat(library, "1972-01-01")
    first, then = base_of(painter, before), base_of(painter, after)
    lake = paper.color("lake")
    assert color_at(first, before, *TONLE_SAP) == lake == color_at(then, after, *TONLE_SAP)
    assert color_at(then, after, *NAM_NGUM) == lake
    assert apart(color_at(first, before, *NAM_NGUM), lake) > 10


def test_no_lake_without_the_layer_of_waters(
    painter: MapPainter, library: Library, paper: Style
) -> None:
    scene = flat(library, "1979-01-07", frozenset({"polities"}))
    assert apart(color_at(base_of(painter, scene), scene, *TONLE_SAP), paper.color("lake")) > 10


def test_reservoirs_are_shown_from_the_first_of_january() -> None:
    dam = {"kind": "reservoir", "year": 1972, "shown_from_year": 1972}
    assert not lake_shown(dam, day_from_ymd(1971, 12, 31))
    assert lake_shown(dam, day_from_ymd(1972, 1, 1))
    undated = {"kind": "reservoir", "year": None, "shown_from_year": 1999}
    assert not lake_shown(undated, day_from_ymd(1998, 12, 31))
    assert lake_shown(undated, day_from_ymd(1999, 1, 1))
    natural = {"kind": "lake", "year": None, "shown_from_year": None}
    assert lake_shown(natural, day_from_ymd(1, 1, 1))


def test_lakes_only_ever_get_more(library: Library, basemap: BaseMap) -> None:
    dates = ("1930-01-01", "1955-01-01", "1972-01-01", "1998-12-31", "2020-01-01")
    counts = [water_key(flat(library, on), basemap) for on in dates]
    assert counts == sorted(set(counts))
    assert counts[-1] == len(basemap.attributes("lakes"))


def test_relief_fades_where_it_would_be_coarse() -> None:
    opacities = [relief_opacity(m_per_px) for m_per_px in (130, 600, 1800, 2500, 9000)]
    assert opacities == sorted(opacities)
    assert opacities[0] > RELIEF_LEAST
    assert relief_opacity(RELIEF_FULL_M_PER_PX) == opacities[-1] == 1.0


def test_relief_changes_hills_and_leaves_sea_and_plain_alone(
    painter: MapPainter, library: Library
) -> None:
    flat_scene = flat(library, "1979-01-07")
    hilly = flat(library, "1979-01-07", NO_RELIEF | {"relief"})
    flat_land, hills = base_of(painter, flat_scene), base_of(painter, hilly)
    assert color_at(hills, hilly, *TONKIN_SEA) == color_at(flat_land, flat_scene, *TONKIN_SEA)
    x, y = px_of(hilly, 103.0, 20.2)
    box = (x - 20, y - 20, 40, 40)
    assert differing(hills.copy(*box), flat_land.copy(*box)) > 1000


def test_no_strip_of_the_relief_leaves_a_seam(painter: MapPainter, library: Library) -> None:
    """The relief is drawn in strips; over a plain sea no line may show where they meet."""
    scene = scene_at(
        library.atlas, "1979-01-07", (122.3, 32.8, 125.0, 36.2), (500, 700), ["relief"]
    )
    ground = painter.ground_image(scene, 1.0)
    assert ground is not None
    column = [ground.pixel(250, y) for y in range(700)]
    assert len(set(column)) == 1


def test_beyond_the_region_is_blank_paper_with_an_edge(
    painter: MapPainter, library: Library, paper: Style
) -> None:
    scene = scene_at(library.atlas, "1979-01-07", (60.0, -20.0, 148.0, 66.0), (500, 500))
    far = replace(scene, camera=Camera(0.0, 0.0, 22_000.0))
    ground = painter.ground_image(far, 1.0)
    assert ground is not None
    assert ground.pixelColor(3, 3) == paper.color("paper")
    assert count_near(ground, paper.color("plate_edge"), within=30) > 100


def test_a_cancelled_ground_is_no_ground(painter: MapPainter, scene: Scene) -> None:
    asked: list[bool] = []

    def after_the_first_step() -> bool:
        asked.append(True)
        return len(asked) > 1

    assert painter.ground_image(scene, 1.0, after_the_first_step) is None
    assert len(asked) == 2


def test_night_is_dark(basemap: BaseMap, scene: Scene, qapp: object) -> None:
    night = picture_of(MapPainter(basemap, load_style("night")), scene)
    dark = sum(night.pixelColor(x, 500).lightness() < 128 for x in range(800))
    assert dark > 700


def test_the_deep_sea_is_tinted_with_the_relief_and_not_without(library: Library) -> None:
    painter = MapPainter(BaseMap(library.pack), load_style("paper"))
    box = (100.0, 5.0, 120.0, 20.0)

    def sea_at(layers: set[str], lon: float, lat: float) -> QColor:
        scene = scene_at(library.atlas, "1979-01-07", box, (200, 160), layers)
        ground = painter.ground_image(scene, 1.0)
        assert ground is not None
        return color_at(ground, scene, lon, lat)

    plain = load_style("paper").color("sea")
    assert apart(sea_at({"relief"}, 102.0, 9.5), plain) <= 2
    assert apart(sea_at({"relief"}, 114.5, 14.0), plain) >= 8
    assert apart(sea_at(set(), 114.5, 14.0), plain) <= 2


@pytest.mark.parametrize("ratio", [1.25, 1.5, 1.75])
def test_no_edge_stays_black_between_whole_pixels(
    library: Library, painter: MapPainter, ratio: float
) -> None:
    """403 x 301 at these ratios is no whole number of device pixels."""
    scene = scene_at(library.atlas, "1979-01-07", size_px=(403, 301))
    ground = painter.ground_image(scene, ratio)
    assert ground is not None
    image = painter.with_politics(ground, scene)
    assert image.width() >= 403 * ratio
    assert image.height() >= 301 * ratio
    right, bottom = image.width() - 1, image.height() - 1
    edge = [image.pixelColor(right, y) for y in range(0, bottom, 7)]
    edge += [image.pixelColor(x, bottom) for x in range(0, right, 7)]
    assert min(color.lightness() for color in edge) > 40
