"""Matplotlib draws the plan: python plot_peer.py PLAN cartopy|geopandas [--once SHEET].

Through cartopy's axes or through geopandas' plot; both from the packages of these names. What is
timed is the drawing of a figure whose artists are all there already.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import matplotlib
from answering import Clock, answer, peak_mb, read_plan

matplotlib.use("Agg")
import geopandas
from matplotlib import font_manager, patheffects, pyplot

DPI = 100


class Peer:
    def __init__(self, plan, way):
        self.plan, self.way, self.kept = plan, way, {}
        for font in plan["fonts"]:
            font_manager.fontManager.addfont(font)

    def figure(self, name):
        if name not in self.kept:
            self.kept[name] = self.made(self.plan["sheets"][name])
        return self.kept[name]

    def made(self, sheet):
        width, height = sheet["dots"]
        figure = pyplot.figure(figsize=(width / DPI, height / DPI), dpi=DPI)
        x_min, y_min, x_max, y_max = sheet["extent_m"]
        if self.way == "cartopy":
            import cartopy.crs

            lon_deg, lat_deg = self.plan["lonlat_0_deg"]
            self.crs = cartopy.crs.LambertAzimuthalEqualArea(lon_deg, lat_deg)
            axes = figure.add_axes([0, 0, 1, 1], projection=self.crs)
            axes.set_extent([x_min, x_max, y_min, y_max], crs=self.crs)
            axes.set_facecolor(self.plan["sea"])
        else:
            axes = figure.add_axes([0, 0, 1, 1])
            axes.set_axis_off()
            figure.set_facecolor(self.plan["sea"])
        for order, layer in enumerate(sheet["layers"]):
            self.layer(axes, sheet, layer, order)
        axes.set_xlim(x_min, x_max)
        axes.set_ylim(y_min, y_max)
        return figure

    def layer(self, axes, sheet, layer, order):
        rows = geopandas.read_file(sheet["file"], layer=layer["name"])
        points = 72 / DPI * sheet["dots_per_px"]
        if layer["kind"] == "label":
            for row in rows.itertuples():
                self.name(axes, row, points, order)
            return
        for number, look in enumerate(layer["looks"]):
            shapes = rows.geometry[rows["look"] == number]
            if len(shapes):
                self.shapes(axes, shapes, layer["kind"], look, points, order)

    def shapes(self, axes, shapes, kind, look, points, order):
        style = {"zorder": order + 1, "linewidth": look.get("line_px", 0) * points}
        if kind == "point":
            style |= {"c": look["fill"], "edgecolors": look["line"]}
            size = (look["radius_px"] * 2 * points) ** 2
            axes.scatter(shapes.x, shapes.y, s=size, alpha=look["fill_alpha"], **style)
            return
        if kind == "fill":
            style["facecolor"] = (look["fill"], look["fill_alpha"])
            edge = (look["line"], look["line_alpha"]) if "line" in look else "none"
            style["edgecolor"] = edge
        else:
            line = (look["line"], look["line_alpha"])
            width = max(look["line_px"], 0.01)
            dash = [max(0.05, part / width) for part in look["dash"]]
            style |= {"linestyle": (0, dash)} if dash else {"capstyle": "round"}
            style |= {"edgecolor": line, "facecolor": "none"} if self.way == "cartopy" else {}
            style |= {} if self.way == "cartopy" else {"color": line}
        if self.way == "cartopy":
            from cartopy.feature import ShapelyFeature

            axes.add_feature(ShapelyFeature(shapes, self.crs), **style)
        else:
            shapes.plot(ax=axes, aspect=None, **style)

    def name(self, axes, row, points, order):
        halo = patheffects.withStroke(linewidth=row.halo_px * 2 * points, foreground=row.halo)
        axes.text(
            row.x_m,
            row.y_m,
            row.text.replace("|", "\n"),
            fontsize=row.size_px * points,
            color=row.color,
            family=row.family,
            weight="bold" if row.bold else "normal",
            style="italic" if row.italic else "normal",
            ha="center",
            va="center",
            zorder=order + 1,
            path_effects=[halo],
            clip_on=True,
        )

    def redraw(self, sheet, keep=""):
        figure = self.figure(sheet)
        with Clock() as clock:
            figure.canvas.draw()
        if keep:
            figure.savefig(keep)
        return clock.told()

    def about(self):
        if self.way == "cartopy":
            import cartopy

            return {"version": cartopy.__version__}
        return {"version": geopandas.__version__}


def main(words):
    peer = Peer(read_plan(words[0]), words[1])
    if "--once" in words:
        peer.redraw(words[words.index("--once") + 1])
        os._exit(0)
    answer(
        {
            "redraw": peer.redraw,
            "about": peer.about,
            "memory": lambda: {"peak_mb": peak_mb()},
        }
    )


if __name__ == "__main__":
    main(sys.argv[1:])
