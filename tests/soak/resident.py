"""How much memory the process holds: what is resident, and what of it is its own."""

from __future__ import annotations

import resource
import sys
from pathlib import Path
from typing import NamedTuple

_STATUS = Path("/proc/self/status")


class Resident(NamedTuple):
    """Megabytes: all that is resident (VmRSS); of it, what no file holds (RssAnon)."""

    all_mb: float
    own_mb: float


def resident() -> Resident:
    """Return the memory held now; elsewhere than on Linux the most there ever was."""
    if _STATUS.exists():
        rows = (line.split() for line in _STATUS.read_text().splitlines())
        kb = {row[0]: int(row[1]) for row in rows if row[0] in ("VmRSS:", "RssAnon:")}
        return Resident(kb["VmRSS:"] / 1024, kb["RssAnon:"] / 1024)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    mb = most / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return Resident(mb, mb)
