"""What a TIFF tells of itself: texts, XMP, and on request where it lies.

Floor: app; neighbours: tiff_file, xmp, georeference.
"""

from __future__ import annotations

from collections.abc import Mapping

from atlas.app.images.raster import Raster
from atlas.app.images.tiff_file import UNDEFINED, Tag, text_tag
from atlas.app.images.xmp import xmp_packet


def tags_of(raster: Raster, texts: Mapping[str, str], georeference: bool) -> list[Tag]:
    """Return the tags of a picture beyond those of its rows."""
    about = f"{texts['Title']}, {texts['Date']}"
    tags = [
        text_tag(270, about),
        text_tag(305, texts["Software"]),
        Tag(700, UNDEFINED, xmp_packet(texts)),
        text_tag(33432, texts["Credits"]),
    ]
    if georeference:
        from atlas.app.images.georeference import geotiff_tags

        tags.extend(geotiff_tags(raster))
    return tags
