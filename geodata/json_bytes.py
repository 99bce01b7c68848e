"""JSON as the pack holds it: compact, sorted keys, UTF-8. Floor: geodata; no neighbours."""

from __future__ import annotations

import json
from typing import Any


def json_bytes(value: Any) -> bytes:
    """Return `value` as JSON bytes, the same bytes for the same value.

    Raises
    ------
    ValueError
        If a number is not finite.
    """
    text = json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return text.encode("utf-8")
