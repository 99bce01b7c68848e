"""QGIS without its window draws the plan: python3 qgis_peer.py PLAN [--once SHEET].

Needs the Debian package python3-qgis. Layers are read from the GeoPackage at every drawing, or
are QGIS's own layers in memory; simplification is as QGIS sets it by itself.
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent))
from answering import Clock, answer, peak_mb, read_plan, rgba
from qgis.core import (
    Qgis,
    QgsApplication,
    QgsCategorizedSymbolRenderer,
    QgsCoordinateReferenceSystem,
    QgsDateTimeRange,
    QgsFeatureRequest,
    QgsFillSymbol,
    QgsLineSymbol,
    QgsMapRendererCache,
    QgsMapRendererParallelJob,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsMarkerSymbol,
    QgsNullSymbolRenderer,
    QgsPalLayerSettings,
    QgsProperty,
    QgsRectangle,
    QgsRendererCategory,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsUnitTypes,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
    QgsVectorLayerTemporalProperties,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QSize, QTime
from qgis.PyQt.QtGui import QColor, QFont, QFontDatabase

PX = QgsUnitTypes.RenderPixels


def text_of(parts):
    return ",".join(map(str, parts))


def symbol_of(kind, look, k):
    line = "line" in look
    edge = {
        "outline_color": text_of(rgba(look, "line")) if line else "0,0,0,0",
        "outline_style": "solid" if line else "no",
        "outline_width": str(look.get("line_px", 0) * k),
        "outline_width_unit": "Pixel",
    }
    if kind == "fill":
        return QgsFillSymbol.createSimple({"color": text_of(rgba(look, "fill")), **edge})
    if kind == "point":
        size = str(look["radius_px"] * 2 * k)
        fill = {"name": "circle", "color": text_of(rgba(look, "fill")), "size": size}
        return QgsMarkerSymbol.createSimple({**fill, "size_unit": "Pixel", **edge})
    words = {
        "line_color": text_of(rgba(look, "line")),
        "line_width": str(look["line_px"] * k),
        "line_width_unit": "Pixel",
        "joinstyle": "round",
        "capstyle": "flat" if look["dash"] else "round",
        "use_custom_dash": "1" if look["dash"] else "0",
    }
    if look["dash"]:
        words["customdash"] = ";".join(str(max(0.1, part * k)) for part in look["dash"])
        words["customdash_unit"] = "Pixel"
    return QgsLineSymbol.createSimple(words)


def labelling(layer, spec, k):
    """Letter the names where the plan has them, in the same letters, halo and all."""
    first = spec["looks"][0]
    text = QgsTextFormat()
    text.setFont(QFont("Noto Sans"))
    text.setSizeUnit(PX)
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSizeUnit(PX)
    halo.setSize(first["halo_px"] * k)
    halo.setColor(QColor(first["halo"]))
    text.setBuffer(halo)
    made = QgsPalLayerSettings()
    made.setFormat(text)
    made.fieldName = "text"
    made.wrapChar = "|"
    made.displayAll = True
    given = made.dataDefinedProperties()
    for key, expression in {
        QgsPalLayerSettings.Size: f'"size_px" * {k}',
        QgsPalLayerSettings.Color: '"color"',
        QgsPalLayerSettings.Bold: '"bold"',
        QgsPalLayerSettings.Italic: '"italic"',
        QgsPalLayerSettings.Family: '"family"',
        QgsPalLayerSettings.PositionX: '"x_m"',
        QgsPalLayerSettings.PositionY: '"y_m"',
        QgsPalLayerSettings.Hali: "'Center'",
        QgsPalLayerSettings.Vali: "'Half'",
    }.items():
        given.setProperty(key, QgsProperty.fromExpression(expression))
    made.setDataDefinedProperties(given)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(made))
    layer.setLabelsEnabled(True)
    # The label is all there is of it.
    layer.setRenderer(QgsNullSymbolRenderer())


def layer_of(sheet, spec, in_memory):
    layer = QgsVectorLayer(f"{sheet['file']}|layername={spec['name']}", spec["name"], "ogr")
    if not layer.isValid():
        raise ValueError(f"QGIS cannot read {spec['name']} of {sheet['file']}")
    if in_memory:
        layer = layer.materialize(QgsFeatureRequest())
    k = sheet["dots_per_px"]
    if spec["kind"] == "label":
        labelling(layer, spec, k)
    else:
        symbols = enumerate(symbol_of(spec["kind"], look, k) for look in spec["looks"])
        categories = [QgsRendererCategory(i, symbol, str(i)) for i, symbol in symbols]
        layer.setRenderer(QgsCategorizedSymbolRenderer("look", categories))
    if spec["timed"]:
        times = layer.temporalProperties()
        times.setIsActive(True)
        times.setMode(QgsVectorLayerTemporalProperties.ModeFeatureDateTimeStartAndEndFromFields)
        times.setStartField("since")
        times.setEndField("until")
    return layer


class Peer:
    def __init__(self, plan):
        self.plan = plan
        self.kept = {}
        for font in plan["fonts"]:
            QFontDatabase.addApplicationFont(font)

    def settings(self, name, in_memory):
        """Return the sheet's map settings with its layers, read once."""
        if (name, in_memory) in self.kept:
            return self.kept[name, in_memory]
        sheet = self.plan["sheets"][name]
        layers = [layer_of(sheet, spec, in_memory) for spec in sheet["layers"]]
        made = QgsMapSettings()
        made.setLayers(layers[::-1])
        made.setOutputSize(QSize(*sheet["dots"]))
        x_min, y_min, x_max, y_max = sheet["extent_m"]
        made.setExtent(QgsRectangle(x_min, y_min, x_max, y_max))
        made.setDestinationCrs(QgsCoordinateReferenceSystem(layers[0].crs()))
        made.setBackgroundColor(QColor(self.plan["sea"]))
        made.setOutputDpi(96 * sheet["dots_per_px"])
        made.setFlag(QgsMapSettings.Antialiasing, True)
        made.setIsTemporal(True)
        made.setTemporalRange(day_range(sheet["days"][0]))
        self.kept[name, in_memory] = made, layers, sheet
        return self.kept[name, in_memory]

    def redraw(self, sheet, parallel=False, in_memory=False, names=True, keep=""):
        made, layers, _ = self.settings(sheet, in_memory)
        made.setLayers([layer for layer in layers[::-1] if names or layer.name() != "names"])
        job = (QgsMapRendererParallelJob if parallel else QgsMapRendererSequentialJob)(made)
        with Clock() as clock:
            job.start()
            job.waitForFinished()
            image = job.renderedImage()
        if keep:
            image.save(keep)
        return clock.told()

    def scrub(self, keep="", in_memory=False):
        """Go through the days with all layers that do not depend on them cached."""
        made, layers, sheet = self.settings("window", in_memory)
        timed = [
            layer for layer, spec in zip(layers, sheet["layers"], strict=True) if spec["timed"]
        ]
        cache = QgsMapRendererCache()
        clock, seen = Clock(), set()
        for day in [sheet["days"][0], *sheet["days"]]:
            with clock:
                made.setTemporalRange(day_range(day))
                for layer in timed:
                    cache.invalidateCacheForLayer(layer)
                cache.updateParameters(made.visibleExtent(), made.mapToPixel())
                job = QgsMapRendererParallelJob(made)
                job.setCache(cache)
                job.start()
                job.waitForFinished()
                image = job.renderedImage()
            seen.add(hash(image.constBits().asstring(image.sizeInBytes())))
        if keep:
            image.save(keep)
        # The first two fill the cache.
        return clock.told(leave_out=2) | {"distinct": len(seen)}


def day_range(text):
    day = QDate.fromString(text, "yyyy-MM-dd")
    return QgsDateTimeRange(QDateTime(day, QTime(0, 0)), QDateTime(day, QTime(23, 59, 59)))


def main(words):
    app = QgsApplication([], False)
    app.initQgis()
    peer = Peer(read_plan(words[0]))
    if "--once" in words:
        peer.redraw(words[words.index("--once") + 1], parallel=True)
        os._exit(0)
    answer(
        {
            "redraw": peer.redraw,
            "scrub": peer.scrub,
            "about": lambda: {"version": Qgis.QGIS_VERSION.partition("-")[0]},
            "memory": lambda: {"peak_mb": peak_mb()},
        }
    )


if __name__ == "__main__":
    main(sys.argv[1:])
