"""Bands of rows cut into strips, and strips packed on all cores while the next are painted.

Floor: app; neighbours: raster (the bands), png_file and tiff_file, which write them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from atlas.app.images.raster import Rows

LEVEL: Final = 4
"""How hard zlib packs: beyond it files shrink little and take twice as long."""
STRIP_BYTES: Final = 1 << 21
_MOST_AHEAD: Final = 64
T = TypeVar("T")
R = TypeVar("R")


def strips(bands: Iterable[Rows], rows_a_strip: int) -> Iterator[Rows]:
    """Yield the rows again, so many at a time: strips do not end where bands do."""
    import numpy as np

    kept: Rows | None = None
    for band in bands:
        rows = band if kept is None else np.concatenate([kept, band])
        whole = len(rows) // rows_a_strip * rows_a_strip
        for top in range(0, whole, rows_a_strip):
            yield rows[top : top + rows_a_strip]
        kept = rows[whole:].copy() if whole < len(rows) else None
    if kept is not None:
        yield kept


def packed(items: Iterable[T], pack: Callable[[T], R]) -> Iterator[R]:
    """Yield what `pack` makes of each item, in order; zlib leaves Python to others meanwhile."""
    ahead: list[Future[R]] = []
    with ThreadPoolExecutor(os.cpu_count() or 1) as others:
        for item in items:
            ahead.append(others.submit(pack, item))
            while ahead and (ahead[0].done() or len(ahead) > _MOST_AHEAD):
                yield ahead.pop(0).result()
        for one in ahead:
            yield one.result()
