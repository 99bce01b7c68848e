"""Opens a person's own file of dated points, whatever of the three formats it has.

Floor: geodata; neighbours: the readers, rows, points (numpy, so nothing imports this module
before a map is shown).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from geodata.own.csv_file import read_csv
from geodata.own.geojson_file import read_geojson
from geodata.own.gpkg_file import read_gpkg
from geodata.own.limits import OverlayError, Unwanted, require_size
from geodata.own.points import DatedPoints
from geodata.own.rows import Rows

READERS: Final[dict[str, Callable[[Path, Rows], None]]] = {
    ".geojson": read_geojson,
    ".json": read_geojson,
    ".csv": read_csv,
    ".gpkg": read_gpkg,
}


def read_own(path: Path, layer: str, unwanted: Unwanted = lambda: False) -> DatedPoints:
    """Return the dated points of a file.

    `unwanted` is asked now and then whether to give up.

    Raises
    ------
    OverlayError
        If the file cannot be read or holds no dated point on the map.
    geodata.own.limits.Unasked
        If `unwanted` said so.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise OverlayError(path, "is no overlay", "choose a .geojson, .csv or .gpkg file")
    require_size(path)
    rows = Rows(path, unwanted)
    try:
        reader(path, rows)
    except OSError as error:
        said = f"cannot be read ({error.strerror or error})"
        raise OverlayError(path, said, "choose another file") from error
    except MemoryError as error:
        raise OverlayError(path, "is too large for this machine's memory", "split it") from error
    if not len(rows):
        raise _nothing(path, rows)
    return DatedPoints(path, layer, rows)


def _nothing(path: Path, rows: Rows) -> OverlayError:
    """Return the error that tells why no row was good, by the first that was not."""
    if not rows.problems:
        return OverlayError(path, "holds no point", "look whether it is the right file")
    first = rows.problems[0]
    what = f"{first.field} {first.message}" if first.field else first.message
    none = f"none of its {rows.left_out:,} rows can be shown; the first: {what}"
    return OverlayError(path, none, first.hint or "look at that row", first.where)
