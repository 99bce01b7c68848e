"""The overlays as files for other programs: GeoJSON, Linked Places, GeoPackage, CSV, KML.

Floor: geodata, above atlas.core; no Qt. `from_pack` makes records of the pack, one module a format
writes them as bytes, `formats` lists the formats, `reading` reads exports back. Anything heavier
than the standard library is imported inside functions.
"""

from __future__ import annotations
