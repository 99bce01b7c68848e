"""The pack: one file of named blobs that the program opens by memory map.

Duty: write the file whole or not at all, and read it without trusting it. Floor: geodata, standard
library only; neighbours: reproject, read in when another projection is wanted. Layout: magic,
length of the header, header (JSON with sorted keys), padding to 16, blobs, each padded to 16.
Offsets in the header count from the start of the blob area.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
from binascii import crc32
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakValueDictionary

if TYPE_CHECKING:
    from atlas.core.projection import Projection
    from geodata.reproject import ReprojectedPack

MAGIC: Final = b"ATLASPK1"
VERSION: Final = 1
REMEDY: Final = "build it again with: python -m geodata build --force"
_LENGTH: Final = struct.Struct("<Q")
_ALIGN: Final = 16
_HEAD_BYTES: Final = len(MAGIC) + _LENGTH.size
_MAX_HEADER_BYTES: Final = 1 << 24


class PackError(ValueError):
    """A pack cannot be read; the message names the file and the remedy."""


class Pack:
    """An open pack. Use it as a context manager, or call `close`.

    Views given out by `blob` keep the file mapped until the last of them is gone.
    """

    def __init__(self, path: Path, view: memoryview, source: mmap.mmap) -> None:
        self.path = path
        self._source = source
        self._view = view
        self._seen: WeakValueDictionary[Projection, ReprojectedPack] = WeakValueDictionary()
        self.header, self._start = _read_header(path, view)
        self._blobs: dict[str, tuple[int, int]] = _read_table(
            path, self.header, len(view) - self._start
        )
        self._unread = _read_checks(path, self.header)
        """Sums of the parts not looked at yet: each is checked once."""

    @staticmethod
    def open(path: str | Path) -> Pack:
        """Open a pack read-only.

        Raises
        ------
        PackError
            If the file is missing, is not a pack, or is damaged.
        """
        path = Path(path)
        try:
            with path.open("rb") as file:
                source = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except FileNotFoundError:
            raise PackError(f"{path}: there is no map data here; {REMEDY}") from None
        except (OSError, ValueError) as error:
            raise PackError(f"{path}: the map data cannot be opened ({error}); {REMEDY}") from error
        view = memoryview(source)
        try:
            return Pack(path, view, source)
        except PackError:
            view.release()
            source.close()
            raise

    def names(self) -> tuple[str, ...]:
        """Return the names of all blobs in order."""
        return tuple(sorted(self._blobs))

    def blob(self, name: str) -> memoryview:
        """Return the bytes of one blob, without copying.

        Raises
        ------
        PackError
            If the pack has no blob of that name, or its bytes are not those that were written.
        """
        try:
            offset, length = self._blobs[name]
        except KeyError:
            raise PackError(f"{self.path}: has no part “{name}”; {REMEDY}") from None
        begin = self._start + offset
        view = self._view[begin : begin + length]
        if name in self._unread:
            if crc32(view) != self._unread[name]:
                raise PackError(f"{self.path}: part “{name}” is damaged; {REMEDY}")
            del self._unread[name]
        return view

    def json(self, name: str) -> Any:
        """Return one blob read as JSON.

        Raises
        ------
        PackError
            If the blob is missing or is not JSON.
        """
        try:
            return json.loads(bytes(self.blob(name)))
        except (ValueError, RecursionError) as error:
            if isinstance(error, PackError):
                raise
            raise PackError(f"{self.path}: part “{name}” is damaged; {REMEDY}") from error

    def rest(self) -> None:
        """Hold no page of the file until it is read again; for where the system can do that."""
        if hasattr(mmap, "MADV_DONTNEED") and not self._source.closed:
            self._source.madvise(mmap.MADV_DONTNEED)

    def seen_in(self, projection: Projection) -> ReprojectedPack:
        """Return the pack with its base map in another projection; one for all who hold it."""
        seen = self._seen.get(projection)
        if seen is None:
            from geodata.reproject import ReprojectedPack

            seen = self._seen[projection] = ReprojectedPack(self, projection)
        return seen

    def close(self) -> None:
        """Let go of the file; views still in use keep their bytes."""
        try:
            self._view.release()
            self._source.close()
        except BufferError:
            return

    def __enter__(self) -> Pack:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _read_header(path: Path, view: memoryview) -> tuple[dict[str, Any], int]:
    """Return the header and where the blob area starts."""
    if len(view) < _HEAD_BYTES or bytes(view[: len(MAGIC)]) != MAGIC:
        raise PackError(f"{path}: is not a map pack; {REMEDY}")
    (length,) = _LENGTH.unpack_from(view, len(MAGIC))
    if length > _MAX_HEADER_BYTES or _HEAD_BYTES + length > len(view):
        raise PackError(f"{path}: the header is cut short; {REMEDY}")
    try:
        header = json.loads(bytes(view[_HEAD_BYTES : _HEAD_BYTES + length]))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise PackError(f"{path}: the header is damaged; {REMEDY}") from error
    if not isinstance(header, dict):
        raise PackError(f"{path}: the header is damaged; {REMEDY}")
    if header.get("version") != VERSION:
        raise PackError(f"{path}: is of another version than {VERSION}; {REMEDY}")
    if not isinstance(header.get("inputs_sha256"), str):
        raise PackError(f"{path}: the header lacks its inputs_sha256; {REMEDY}")
    return header, _padded(_HEAD_BYTES + length)


def _read_table(path: Path, header: dict[str, Any], room: int) -> dict[str, tuple[int, int]]:
    """Return name to (offset, length), every one checked against the size of the file."""
    table = header.get("blobs")
    if not isinstance(table, dict):
        raise PackError(f"{path}: the header lacks its table of parts; {REMEDY}")
    blobs: dict[str, tuple[int, int]] = {}
    for name, entry in table.items():
        if not (isinstance(entry, list) and len(entry) == 2 and all(_is_count(n) for n in entry)):
            raise PackError(f"{path}: the entry of part “{name}” is damaged; {REMEDY}")
        offset, length = entry
        if offset + length > room:
            raise PackError(f"{path}: part “{name}” is cut short; {REMEDY}")
        blobs[name] = (offset, length)
    return blobs


def _read_checks(path: Path, header: dict[str, Any]) -> dict[str, int]:
    """Return name to CRC-32; none for a pack made before there were any."""
    checks = header.get("crc32", {})
    if not isinstance(checks, dict) or not all(map(_is_count, checks.values())):
        raise PackError(f"{path}: the table of sums is damaged; {REMEDY}")
    return dict(checks)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _padded(length: int) -> int:
    return -(-length // _ALIGN) * _ALIGN


def write_pack(path: str | Path, blobs: Mapping[str, bytes], inputs_sha256: str) -> None:
    """Write a pack beside `path` and move it into place in one step.

    Raises
    ------
    OSError
        If the folder cannot be written; an older pack then stays as it was.
    """
    path = Path(path)
    table: dict[str, list[int]] = {}
    offset = 0
    for name in sorted(blobs):
        table[name] = [offset, len(blobs[name])]
        offset += _padded(len(blobs[name]))
    checks = {name: crc32(data) for name, data in blobs.items()}
    content = {
        "version": VERSION,
        "inputs_sha256": inputs_sha256,
        "blobs": table,
        "crc32": checks,
    }
    header = json.dumps(content, sort_keys=True, separators=(",", ":")).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with temporary.open("wb") as file:
            head = MAGIC + _LENGTH.pack(len(header)) + header
            file.write(head.ljust(_padded(len(head)), b"\0"))
            for name in sorted(blobs):
                file.write(blobs[name].ljust(_padded(len(blobs[name])), b"\0"))
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
