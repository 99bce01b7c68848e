"""The base map's paths as they are needed: read from the pack when seen, given up when long unseen.

Floor: render; neighbours: basemap, which hands them out. Qt keeps two copies of a path once it was
drawn, so that all paths of one projection take 80 MB; what a view shows takes a few.
"""

from __future__ import annotations

import struct
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from threading import Lock
from typing import Final, NamedTuple

from PySide6.QtCore import QByteArray, QDataStream
from PySide6.QtGui import QPainterPath

Key = tuple[Hashable, str]
BoxM = tuple[float, float, float, float]
MOST_BYTES: Final = 3_200_000
"""Of the pack's streams, read and kept at once, at six times as much memory; a view of the whole
region at 1920 x 1080 takes 2.4."""
MOST_TABLES: Final = 16
"""A view takes eight; each of another projection holds its layer's stream."""
_HEAD_BYTES, _ELEMENT_BYTES = 12, 20
_AT_ONCE: Final = 64
"""So many paths are read before the first of them is drawn: then another thread may run."""
_RECORD: Final = struct.Struct("<4f4I")


class Piece(NamedTuple):
    """One path with its box, the feature it belongs to and its rank (0 = most important)."""

    path: QPainterPath
    box_m: BoxM
    feature: int
    rank: int


class Table:
    """The paths of one layer at one level of detail."""

    def __init__(self, index: memoryview, stream: memoryview) -> None:
        rows = list(_RECORD.iter_unpack(index))
        self._stream = stream
        self._boxes = [row[:4] for row in rows]
        self._records = [row[4:] for row in rows]
        self._pieces: list[Piece | None] = [None] * len(rows)
        self.read_bytes = 0

    def in_box(self, box_m: BoxM, kept: KeptTables) -> Iterator[Piece]:
        """Yield the paths that may show in a box of map metres; what is read counts as kept."""
        x_min, y_min, x_max, y_max = box_m
        found = [
            at
            for at, box in enumerate(self._boxes)
            if box[0] <= x_max and box[2] >= x_min and box[1] <= y_max and box[3] >= y_min
        ]
        for some in range(0, len(found), _AT_ONCE):
            ats = found[some : some + _AT_ONCE]
            self._read([at for at in ats if self._pieces[at] is None], kept)
            for at in ats:
                piece = self._pieces[at]
                assert piece is not None, "just read"
                yield piece

    def _read(self, ats: list[int], kept: KeptTables) -> None:
        """Read paths in one go: a stream for each would take longer than what it reads."""
        if not ats:
            return
        records = [self._records[at] for at in ats]
        parts = [self._stream[offset : offset + length] for offset, length, *_ in records]
        data = QDataStream(QByteArray(b"".join(parts)))
        data.setVersion(QDataStream.Version.Qt_6_0)
        for at, (_, length, feature, rank) in zip(ats, records, strict=True):
            path = QPainterPath()
            path.reserve((length - _HEAD_BYTES) // _ELEMENT_BYTES)
            data >> path
            self._pieces[at] = Piece(path, self._boxes[at], feature, rank)
        kept.count(self, sum(map(len, parts)))


class KeptTables:
    """Tables by what they hold, with no more read than a budget; the least asked for go first.

    For several threads; a table that went stays whole for who still reads it.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._tables: OrderedDict[Key, Table] = OrderedDict()
        self._lock = Lock()
        self.read_bytes = 0

    def table(self, key: Key, make: Callable[[], Table]) -> Table:
        """Return the table kept under a key, made if there is none."""
        with self._lock:
            table = self._tables.get(key)
            if table is not None:
                self._tables.move_to_end(key)
                return table
        made = make()
        with self._lock:
            table = self._tables.setdefault(key, made)
            while len(self._tables) > MOST_TABLES:
                self.read_bytes -= self._tables.popitem(last=False)[1].read_bytes
            return table

    def forget(self, among: Hashable) -> None:
        """Give up all tables whose key begins with something."""
        with self._lock:
            for key in [key for key in self._tables if key[0] == among]:
                self.read_bytes -= self._tables.pop(key).read_bytes

    def count(self, table: Table, read_bytes: int) -> None:
        """Take note that so much more of a table is kept; give up others for it."""
        with self._lock:
            if table not in self._tables.values():
                return
            table.read_bytes += read_bytes
            self.read_bytes += read_bytes
            for key in [key for key, other in self._tables.items() if other is not table]:
                if self.read_bytes <= self._most_bytes:
                    break
                self.read_bytes -= self._tables.pop(key).read_bytes
