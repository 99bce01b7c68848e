"""Every reader keeps its promise for any file: good ones made bad, and bytes of no kind at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from tests.fuzz.__main__ import broken_promise, case
from tests.fuzz.readers import PROMISED, Reader, readers

NAMES = (
    "session", "bookmarks", "keys", "story", "claims", "panel", "panel written out", "pack",
    "pack meta.json", "pack features.json", "pack polities.json", "pack places.json", "png", "svg",
    "pdf", "link", "edtf", "typed date", "view words", "jobs", "style", "font", "export a.geojson",
    "export a.json", "export a.csv", "overlay own.csv", "overlay own.geojson",
)  # fmt: skip
SLOWER = (
    "evidence events.geojson", "evidence fronts.geojson", "evidence thai_border_areas.geojson",
    "evidence bibliography.json", "evidence polities.csv", "evidence relations.csv",
    "evidence placenames.csv", "overlay own.gpkg",
)  # fmt: skip
SETTINGS = {
    "deadline": None,
    "derandomize": True,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
}


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> dict[str, Reader]:
    folder: Path = tmp_path_factory.mktemp("fuzz")
    return {reader.name: reader for reader in readers(folder)}


def test_every_reader_is_tried(known: dict[str, Reader]) -> None:
    assert set(known) == {*NAMES, *SLOWER}


def test_good_files_are_read(known: dict[str, Reader]) -> None:
    refused = {}
    for reader in known.values():
        assert reader.seeds, reader.name
        for seed in reader.seeds:
            try:
                reader.read(seed)
            except PROMISED as error:
                refused[reader.name] = str(error)
    assert refused == {}


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=25, **SETTINGS)
@given(number=st.integers(0, 10**6), bare=st.none() | st.binary(max_size=200))
def test_no_file_breaks_a_reader(
    known: dict[str, Reader], name: str, number: int, bare: bytes | None
) -> None:
    data = case(known[name], 0, number) if bare is None else bare
    assert broken_promise(known[name], data) is None


@pytest.mark.parametrize("name", SLOWER)
@settings(max_examples=6, **SETTINGS)
@given(number=st.integers(0, 10**6))
def test_no_evidence_breaks_the_check(known: dict[str, Reader], name: str, number: int) -> None:
    assert broken_promise(known[name], case(known[name], 0, number)) is None
