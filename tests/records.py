"""A changed copy of a record of either kind, as `copy.replace` gives from Python 3.13 on."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar

Record = TypeVar("Record")


def replace(record: Record, **changes: Any) -> Record:
    """Return the record with some fields changed."""
    if isinstance(record, tuple):
        return record._replace(**changes)  # type: ignore[attr-defined, no-any-return]
    return dataclasses.replace(record, **changes)  # type: ignore[type-var]
