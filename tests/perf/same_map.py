"""Writes what the peers are to draw: our own layers as files, and a plan that says how they look.

    python -m tests.perf.same_map FOLDER WIDTH HEIGHT X_M Y_M M_PER_PX

The three sheets are the screen (1920 x 1080), A3 at 300 dots per inch, and the map of our window,
whose size and camera the words tell, over the days the slider is dragged through.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pyproj
import shapely
from PySide6.QtGui import QGuiApplication

from atlas.app.library import Library, open_library
from atlas.core.day import iso_from_day
from atlas.core.resolve import resolve
from atlas.core.resources import resources_dir
from atlas.core.scene import Scene
from atlas.core.viewport import extent_m
from atlas.render.basemap import BaseMap
from atlas.render.fonts import load_fonts
from atlas.render.frame import frame_of
from atlas.render.style import Style, load_style
from tests.perf.same_base import Sheet, base_sheets
from tests.perf.same_features import feature_sheets
from tests.perf.same_states import Asked, a3, screen, window
from tests.records import replace

_TYPES = {"fill": "MultiPolygon", "line": "LineString", "point": "Point", "label": "Point"}


class Draughtsman:
    """Writes the sheets of one library into a folder."""

    def __init__(self, library: Library, folder: Path) -> None:
        self._library, self._folder = library, folder
        self._basemap = BaseMap(library.pack)
        self._style: Style = load_style("paper")
        folder.mkdir(parents=True, exist_ok=True)

    def plan(self, asked: dict[str, Asked]) -> dict[str, Any]:
        projection = next(iter(asked.values())).state.camera.projection
        self._wkt = pyproj.CRS(projection.proj_text).to_wkt()
        fonts = resources_dir() / "fonts"
        return {
            "proj": projection.proj_text,
            "lonlat_0_deg": [projection.lon_0_deg, projection.lat_0_deg],
            "sea": self._style.color("sea").name(),
            "fonts": sorted(str(file) for file in fonts.glob("NotoS*-*.ttf")),
            "sheets": {name: self._sheet(name, one) for name, one in asked.items()},
        }

    def _sheet(self, name: str, asked: Asked) -> dict[str, Any]:
        scene = resolve(asked.state, self._library.atlas)
        frame = frame_of(scene, self._basemap, asked.dots_per_px)
        layers = base_sheets(self._library.pack, self._basemap, self._style, scene, frame)
        base = len(layers)
        layers += feature_sheets(self._days(asked), self._style)
        path = self._folder / f"{name}.gpkg"
        path.unlink(missing_ok=True)
        kept = [self._write(path, sheet, number >= base) for number, sheet in enumerate(layers)]
        return {
            "file": str(path),
            "dots": asked.dots,
            "dots_per_px": asked.dots_per_px,
            "extent_m": extent_m(scene.camera, scene.size_px),
            "days": [iso_from_day(day) for day in asked.days],
            "layers": [layer for layer in kept if layer["count"]],
        }

    def _days(self, asked: Asked) -> Iterator[tuple[int, Scene, Any]]:
        for day in asked.days:
            scene = resolve(replace(asked.state, day=day), self._library.atlas)
            yield day, scene, frame_of(scene, self._basemap, asked.dots_per_px)

    def _write(self, path: Path, sheet: Sheet, timed: bool) -> dict[str, Any]:
        """Write one layer, as a table of the GeoPackage and as a shapefile."""
        told = {
            "name": sheet.name,
            "kind": sheet.kind,
            "looks": sheet.looks,
            "timed": timed,
            "count": len(sheet.shapes),
            "vertices": sheet.vertices,
        }
        if not sheet.shapes:
            return told
        folder = path.with_suffix("")
        folder.mkdir(exist_ok=True)
        told["shapefile"] = str(folder / f"{sheet.name}.shp")
        single = _TYPES[sheet.kind].removeprefix("Multi")
        self._write_as(Path(told["shapefile"]), sheet, single, driver="ESRI Shapefile")
        # Of a version that older readers know, too.
        many = {"promote_to_multi": sheet.kind == "fill", "VERSION": "1.2"}
        self._write_as(path, sheet, _TYPES[sheet.kind], driver="GPKG", **many)
        return told

    def _write_as(self, path: Path, sheet: Sheet, geometry_type: str, **more: Any) -> None:
        columns: dict[str, Any] = {"look": np.array(sheet.numbers, dtype="int32")}
        for key, values in sheet.columns.items():
            if key in ("since", "until"):
                # Moments, not days: QGIS finds nothing by fields of days. Shapefiles know neither.
                if more["driver"] == "GPKG":
                    columns[key] = np.array(values, dtype="datetime64[ms]")
            else:
                text = isinstance(values[0], str)
                columns[key] = np.array(values, dtype=object if text else None)
        pyogrio.raw.write(
            path,
            geometry=shapely.to_wkb(np.array(sheet.shapes, dtype=object)),
            field_data=list(columns.values()),
            fields=list(columns),
            layer=sheet.name,
            geometry_type=geometry_type,
            crs=self._wkt,
            **more,
        )


def main(words: Sequence[str]) -> int:
    folder, width, height, *camera = words
    app = QGuiApplication(sys.argv[:1])
    load_fonts()
    library = open_library()
    one = screen(library)
    x_m, y_m, m_per_px = map(float, camera)
    seen = one.state.camera._replace(x_m=x_m, y_m=y_m, m_per_px=m_per_px)
    asked = {
        "screen": one,
        "a3": a3(library),
        "window": window(library, (int(width), int(height)), seen),
    }
    plan = Draughtsman(library, Path(folder)).plan(asked)
    text = json.dumps(plan, indent=1, ensure_ascii=False)
    (Path(folder) / "plan.json").write_text(text, encoding="utf-8")
    del app
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
