"""Films as MP4 (H.264) and WebM (VP9) by PyAV, which is an extra: imported here and nowhere else.

Floor: app; neighbour: film. Colours are those of HDTV (BT.709, 16 to 235), four dots sharing one,
which every player shows. One thread encodes: with more, x264 may make other bytes of the same film.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from fractions import Fraction
from types import TracebackType
from typing import BinaryIO, Final, NamedTuple

import av
import numpy as np
from PySide6.QtGui import QImage

from atlas.app.refusal import Refusal
from atlas.core.viewport import SizePx

_BT709: Final = 1
_LIMITED: Final = 1
_THREADS: Final = 1
_KEY_EVERY_S: Final = 5


class _Coder(NamedTuple):
    name: str
    options: dict[str, str]


_CODERS: Final = {
    ".mp4": _Coder("libx264", {"crf": "18", "preset": "veryfast", "tune": "animation"}),
    ".webm": _Coder("libvpx-vp9", {"crf": "24", "b": "0", "deadline": "good", "cpu-used": "5"}),
}


class VideoWriter:
    """Takes frames one after the other; used with ``with``, which ends the file.

    Raises `Refusal` if PyAV was built without a coder for the kind, or the coder refuses.
    """

    def __init__(
        self,
        file: BinaryIO,
        kind: str,
        size_px: SizePx,
        fps: Fraction,
        texts: Mapping[str, str],
    ) -> None:
        coder = _coder(kind)
        # Without the date and the versions of libraries, which would change the bytes.
        exact = {"fflags": "+bitexact"}
        self._container = av.open(file, "w", format=kind[1:], container_options=exact)
        self._container.metadata.update(texts)
        stream = self._container.add_stream(coder.name, rate=fps, options=coder.options)
        assert isinstance(stream, av.VideoStream)
        _set_up(stream, size_px, fps)
        self._stream = stream
        self._tick, self._done = 1 / fps, 0

    def __enter__(self) -> VideoWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            with _told_as_refusal():
                self._mux(None)
                self._container.close()
            return
        with suppress(OSError, av.FFmpegError):
            # What went wrong is known; the file is thrown away.
            self._container.close()

    def add(self, image: QImage, ticks: int) -> None:
        """Show an image of 32 bits a dot for so many frames, which may be none."""
        frame = _yuv(image)
        with _told_as_refusal():
            for _ in range(ticks):
                frame.pts, frame.time_base = self._done, self._tick
                self._done += 1
                self._mux(frame)

    def _mux(self, frame: av.VideoFrame | None) -> None:
        for packet in self._stream.encode(frame):
            self._container.mux(packet)


def _set_up(stream: av.VideoStream, size_px: SizePx, fps: Fraction) -> None:
    stream.width, stream.height = size_px
    stream.pix_fmt = "yuv420p"
    context = stream.codec_context
    context.thread_count = _THREADS
    context.gop_size = max(round(fps * _KEY_EVERY_S), 1)
    context.color_primaries = context.color_trc = context.colorspace = _BT709
    context.color_range = _LIMITED


def _yuv(image: QImage) -> av.VideoFrame:
    shape = image.height(), image.bytesPerLine() // 4, 4
    dots = np.frombuffer(image.constBits(), np.uint8).reshape(shape)[:, : image.width()]
    frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(dots), format="bgra")
    return frame.reformat(format="yuv420p", dst_colorspace=_BT709, dst_color_range=_LIMITED)


def _coder(kind: str) -> _Coder:
    coder = _CODERS[kind]
    try:
        av.codec.Codec(coder.name, "w")
    except ValueError as error:
        what, remedy = (
            f"this PyAV was built without {coder.name}",
            "install another, or write a GIF",
        )
        raise Refusal(f"*{kind}", what, remedy) from error
    return coder


@contextmanager
def _told_as_refusal() -> Iterator[None]:
    """Pass on errors of files, which name the path later, and tell the coder's own in words."""
    try:
        yield
    except av.FFmpegError as error:
        if isinstance(error, OSError):
            raise
        raise Refusal("film", f"the video cannot be packed: {error}") from error
