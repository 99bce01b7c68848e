"""Data in and out: committed evidence and base map to one pack file, and the pack's reader.

Floor: geodata, beside atlas.render and above atlas.core; knows nothing of Qt. `geodata.pack`
needs the standard library only, so that the program can open a pack before anything else is
loaded; every other module is for building and checking and may import shapely or geopandas.
"""

from __future__ import annotations
