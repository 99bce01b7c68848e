"""Feeds bad files to every reader for as long as asked, and keeps those that broke one.

    python -m tests.fuzz --minutes 10 [--seed 1] [--only panel,session] [--keep out/fuzz]

A case is its reader, the seed and its number, so that every finding can be had again with
`--only NAME --seed S --first N --cases 1`. Limits a case: `SECONDS` and `MEMORY_BYTES`.
"""

from __future__ import annotations

import argparse
import faulthandler
import os
import random
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from atlas.app.fault_report import fault_of
from tests.fuzz.mutate import mutated
from tests.fuzz.readers import PROMISED, Reader, readers

SECONDS = 10
MEMORY_BYTES = 3 << 30


class TooLong(Exception):
    """A case took longer than `SECONDS`."""


def main() -> int:
    """Run until the time is over; return 1 if anything broke."""
    asked = _asked()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    faulthandler.enable()
    with tempfile.TemporaryDirectory() as folder:
        return _run(asked, Path(folder))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser("tests.fuzz", description="Feed bad files to every reader.")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--first", type=int, default=0, metavar="N", help="number of the first case"
    )
    parser.add_argument("--cases", type=int, default=0, metavar="N", help="stop after so many")
    parser.add_argument("--only", default="", metavar="A,B", help="these readers alone")
    parser.add_argument("--keep", type=Path, default=Path("out/fuzz"), help="for what broke one")
    return parser.parse_args()


def _run(asked: argparse.Namespace, folder: Path) -> int:
    only = set(filter(None, asked.only.split(",")))
    all_readers = [reader for reader in readers(folder) if not only or reader.name in only]
    end = time.monotonic() + asked.minutes * 60
    records = [Record(reader) for reader in all_readers]
    while time.monotonic() < end:
        # The one that had least time so far: quick readers get more cases, none is starved.
        record = min(records, key=lambda r: (r.cases >= asked.cases > 0, r.spent_s))
        if record.cases >= asked.cases > 0:
            break
        number = asked.first + record.cases
        data = case(record.reader, asked.seed, number)
        start = time.perf_counter()
        fault = broken_promise(record.reader, data)
        record.add(time.perf_counter() - start)
        if fault and record.broken.setdefault(fault[0], number) == number:
            _keep(asked, record.reader.name, number, data, fault[1])
    for r in records:
        print(f"{r.reader.name:36} {r.cases:8,} cases   slowest {r.slowest_s * 1000:8.1f} ms")
    broken = sum(len(r.broken) for r in records)
    total = sum(r.cases for r in records)
    print(f"{total:,} cases, seed {asked.seed}: {broken} ways to break a reader")
    return 1 if broken else 0


@dataclass
class Record:
    """What one reader was given so far: cases, time, and the first case of each fault."""

    reader: Reader
    cases: int = 0
    spent_s: float = 0.0
    slowest_s: float = 0.0
    broken: dict[str, int] = field(default_factory=dict)

    def add(self, took_s: float) -> None:
        self.cases += 1
        self.spent_s += took_s
        self.slowest_s = max(self.slowest_s, took_s)


def case(reader: Reader, seed: int, number: int) -> bytes:
    """Return the file of one case, the same in every run."""
    chance = random.Random(f"{seed}/{reader.name}/{number}")
    return mutated(chance.choice(reader.seeds), chance)


def broken_promise(reader: Reader, data: bytes) -> tuple[str, str] | None:
    """Return where and how a reader broke its promise on a file, None if it kept it."""
    try:
        with _in_time():
            reader.read(data)
    except PROMISED:
        return None
    except (Exception, MemoryError) as error:  # noqa: BLE001 - every other one is a finding
        found = fault_of(type(error), error, error.__traceback__)
        return found.place, found.trace
    return None


@contextmanager
def _in_time() -> Iterator[None]:
    def late(*_: object) -> None:
        raise TooLong(f"more than {SECONDS} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _keep(asked: argparse.Namespace, name: str, number: int, data: bytes, fault: str) -> None:
    asked.keep.mkdir(parents=True, exist_ok=True)
    path = asked.keep / f"{name.replace(' ', '-')}-{asked.seed}-{number}"
    path.write_bytes(data)
    print(f"{name}: case {number} of seed {asked.seed}, kept as {path}\n{fault}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
