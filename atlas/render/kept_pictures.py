"""Small pictures kept to be copied again, within a budget in bytes. Floor: render.

Neighbours: letters and stamps, which make them. For the window's thread and the one that paints
ahead of it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from PySide6.QtGui import QImage


class KeptPictures:
    """Pictures by what they show; oldest go first.

    If all of them are drawn every time (`together`) what was there first stays instead: letting
    the oldest go would let each go just before it is drawn again.
    """

    def __init__(self, most_bytes: float, together: bool = False) -> None:
        self._most_bytes, self._together = most_bytes, together
        self._kept: OrderedDict[Hashable, QImage] = OrderedDict()
        self.bytes = 0
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], QImage]) -> QImage:
        """Return the picture kept under a key, made and kept if there is none."""
        with self._lock:
            image = self._kept.get(key)
            if image is not None:
                self._kept.move_to_end(key)
                return image
        # Not the picture that was painted on: Qt keeps 8 kB of what painted it with it, more
        # than the dots of most of these take.
        image = make().copy()
        with self._lock:
            if key not in self._kept:
                self._kept[key] = image
                self.bytes += image.sizeInBytes()
            while self.bytes > self._most_bytes:
                self.bytes -= self._kept.popitem(last=self._together)[1].sizeInBytes()
        return image
