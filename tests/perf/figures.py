"""Measured times as figures: medians, 95th percentiles and worst cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """What many runs of one thing took; `unit` is ``ms``, ``s`` or ``MB``."""

    name: str
    unit: str
    runs: int
    p50: float
    p95: float
    most: float

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def figure(name: str, samples: Sequence[float], unit: str = "ms") -> Figure:
    ordered = sorted(samples)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    rounded = [float(f"{value:.4g}") for value in (median(ordered), p95, ordered[-1])]
    return Figure(name, unit, len(ordered), *rounded)


def from_json(row: dict[str, object]) -> Figure:
    return Figure(**row)  # type: ignore[arg-type]
