"""Mapnik draws the plan: python3 mapnik_peer.py PLAN [--once SHEET].

Needs the Debian package python3-mapnik. Reads shapefiles, the format it is quickest with, at every
drawing.
"""

import os
import sys
from pathlib import Path
from xml.sax.saxutils import quoteattr

sys.path.insert(0, str(Path(__file__).parent))
import mapnik
from answering import Clock, answer, peak_mb, read_plan, rgba

FACES = {(False, False): "Regular", (True, False): "Bold", (False, True): "Italic"}


def words(**values):
    return " ".join(f"{key.replace('_', '-')}={quoteattr(str(v))}" for key, v in values.items())


def colour(look, which):
    red, green, blue, alpha = rgba(look, which)
    return f"rgba({red},{green},{blue},{alpha / 255:.3f})"


def line(look, k):
    more = {"stroke-linejoin": "round"}
    if look["dash"]:
        more["stroke-dasharray"] = ",".join(str(max(0.1, part * k)) for part in look["dash"])
    else:
        more["stroke-linecap"] = "round"
    told = words(stroke=colour(look, "line"), stroke_width=look["line_px"] * k, **more)
    return f"<LineSymbolizer {told}/>"


def symbolizers(kind, look, k):
    if kind == "fill":
        fill = f"<PolygonSymbolizer {words(fill=colour(look, 'fill'))}/>"
        return fill + (line(look, k) if "line" in look else "")
    if kind == "line":
        return line(look, k)
    if kind == "point":
        size = look["radius_px"] * 2 * k
        told = words(
            marker_type="ellipse",
            width=size,
            height=size,
            fill=colour(look, "fill"),
            stroke=colour(look, "line"),
            stroke_width=look["line_px"] * k,
            allow_overlap="true",
        )
        return f"<MarkersSymbolizer {told}/>"
    return text(look, k)


def text(look, k):
    style = FACES[bool(look["bold"]), bool(look["italic"])]
    told = words(
        face_name=f"{look['family']} {style}",
        size=look["size_px"] * k,
        fill=look["color"],
        halo_fill=look["halo"],
        halo_radius=look["halo_px"] * k,
        allow_overlap="true",
    )
    return f"<TextSymbolizer {told}>[text].replace('[|]', '\\n')</TextSymbolizer>"


def map_xml(plan, sheet):
    k, out = sheet["dots_per_px"], []
    out.append(f"<Map {words(srs=plan['proj'], background_color=plan['sea'])}>")
    for layer in sheet["layers"]:
        out.append(f"<Style name={quoteattr(layer['name'])}>")
        for number, look in enumerate(layer["looks"]):
            drawn = symbolizers(layer["kind"], look, k)
            out.append(f"<Rule><Filter>[look] = {number}</Filter>{drawn}</Rule>")
        out.append("</Style>")
    for layer in sheet["layers"]:
        name = quoteattr(layer["name"])
        out.append(f"<Layer name={name} {words(srs=plan['proj'])}><StyleName>{layer['name']}")
        out.append("</StyleName><Datasource><Parameter name='type'>shape</Parameter>")
        out.append(f"<Parameter name='file'>{layer['shapefile']}</Parameter></Datasource></Layer>")
    return "".join([*out, "</Map>"])


class Peer:
    def __init__(self, plan):
        self.plan, self.kept = plan, {}
        for font in plan["fonts"]:
            mapnik.FontEngine.register_font(font)

    def map(self, name, names):
        if (name, names) not in self.kept:
            sheet = dict(self.plan["sheets"][name])
            sheet["layers"] = [
                layer for layer in sheet["layers"] if names or layer["name"] != "names"
            ]
            made = mapnik.Map(*sheet["dots"])
            mapnik.load_map_from_string(made, map_xml(self.plan, sheet))
            made.zoom_to_box(mapnik.Box2d(*sheet["extent_m"]))
            self.kept[name, names] = made
        return self.kept[name, names]

    def redraw(self, sheet, names=True, keep=""):
        made = self.map(sheet, names)
        with Clock() as clock:
            image = mapnik.Image(made.width, made.height)
            mapnik.render(made, image)
        if keep:
            image.save(keep, "png")
        return clock.told()


def main(said):
    peer = Peer(read_plan(said[0]))
    if "--once" in said:
        peer.redraw(said[said.index("--once") + 1])
        os._exit(0)
    answer(
        {
            "redraw": peer.redraw,
            "about": lambda: {"version": mapnik.mapnik_version_string()},
            "memory": lambda: {"peak_mb": peak_mb()},
        }
    )


if __name__ == "__main__":
    main(sys.argv[1:])
