"""GIF files as another program reads them: every pixel, every delay, unchanged frames merged."""

from __future__ import annotations

import io
import random

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from atlas.app.publish.gif import GifWriter, Rgb, palette_of

WIDTH, HEIGHT = 61, 37


def flat(color: int) -> Rgb:
    return np.full((HEIGHT, WIDTH), color, np.uint32)


def noise(seed: int, colors: int) -> Rgb:
    picks = np.random.default_rng(seed)
    table = picks.integers(0, 1 << 24, colors, dtype=np.uint32)
    return table[picks.integers(0, colors, (HEIGHT, WIDTH))]


def gif(frames: list[tuple[Rgb, int]]) -> bytes:
    palette = palette_of([pixels for pixels, _ in frames])
    file, (height, width) = io.BytesIO(), frames[0][0].shape
    writer = GifWriter(file, (width, height), palette, "Übersicht")
    for pixels, delay in frames:
        writer.add(pixels, delay)
    writer.finish()
    return file.getvalue()


def read(data: bytes) -> list[tuple[NDArray[np.int64], int]]:
    found = []
    with Image.open(io.BytesIO(data)) as image:
        for number in range(image.n_frames):
            image.seek(number)
            delay = image.info.get("duration", 0) // 10
            found.append((np.asarray(image.convert("RGB")).astype(np.int64), delay))
    return found


def apart(pixels: Rgb, shown: NDArray[np.int64]) -> int:
    """The largest difference in a channel."""
    parts = np.stack([(pixels >> shift) & 255 for shift in (16, 8, 0)], axis=2)
    return int(np.abs(parts.astype(np.int64) - shown).max())


def test_few_colours_come_back_nearly_as_they_were() -> None:
    frames = [(noise(seed, 40), 5 + seed) for seed in range(4)]
    shown = read(gif(frames))
    assert [delay for _, delay in shown] == [5, 6, 7, 8]
    # Six bits a channel: a colour may move by four of 255, and is then drawn as its box's mean.
    assert max(apart(f, s) for (f, _), (s, _) in zip(frames, shown, strict=True)) <= 8


def test_many_colours_keep_near_their_own() -> None:
    x, y = np.meshgrid(np.arange(256, dtype=np.uint32), np.arange(256, dtype=np.uint32))
    pixels = (x << np.uint32(16)) | (y << np.uint32(8)) | np.uint32(128)
    ((shown, _),) = read(gif([(pixels, 10)]))
    assert apart(pixels, shown) < 24


def test_only_what_changes_is_written_again() -> None:
    first = noise(1, 30)
    second = first.copy()
    second[10:13, 20:22] = first[0, 0]
    once, twice = gif([(first, 4)]), gif([(first, 4), (second, 4)])
    assert len(twice) - len(once) < 120
    assert apart(second, read(twice)[1][0]) <= 8


def test_a_frame_like_the_last_prolongs_it() -> None:
    shown = read(gif([(flat(0xFFFFFF), 4), (flat(0xFFFFFF), 30), (flat(0), 6)]))
    assert [delay for _, delay in shown] == [34, 6]


@pytest.mark.parametrize("length", [1, 2, 255, 4096, 60_000])
@pytest.mark.parametrize("colors", [1, 2, 250])
def test_codes_of_every_width_are_read_back(length: int, colors: int) -> None:
    picks = random.Random(length * colors)
    row = [picks.randrange(colors) * 0x010101 for _ in range(length)]
    pixels = np.array([row], np.uint32)
    ((shown, _),) = read(gif([(pixels, 1)]))
    assert apart(pixels, shown) <= 4


def test_it_loops_says_what_it_is_and_is_the_same_again() -> None:
    frames = [(noise(7, 90), 4), (noise(8, 90), 4)]
    data = gif(frames)
    assert data == gif(frames)
    with Image.open(io.BytesIO(data)) as image:
        assert image.info["loop"] == 0
        assert image.info["comment"].decode() == "Übersicht"
