"""Reading a person's text files for the check: what is missing, or not plain UTF-8, is named.

Floor: geodata, standard library only; neighbour: faults.
"""

from __future__ import annotations

import codecs
import json
from pathlib import Path
from typing import Any

from geodata.faults import Faults

_SAVE_HINT = "save it as UTF-8 without a byte order mark"
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_text(path: Path, faults: Faults) -> str | None:
    """Return the text of a file; note why it cannot be read and return None if so."""
    try:
        content = path.read_bytes()
    except OSError as error:
        faults.error("", f"cannot be read ({error.strerror})")
        return None
    fault = encoding_fault(content)
    if fault:
        faults.error("", fault, _SAVE_HINT)
        return None
    return content.decode("utf-8")


def encoding_fault(content: bytes) -> str:
    """Return what is wrong with the encoding of a text, or an empty text."""
    if content.startswith(codecs.BOM_UTF8):
        return "starts with a byte order mark"
    if content.startswith(_MARKS):
        return "is not UTF-8 but UTF-16"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return f"is not UTF-8 (line {line})"
    return ""


def read_json(path: Path, faults: Faults) -> Any:
    """Return the content of a JSON file; note what is wrong and return None if it is not JSON."""
    text = read_text(path, faults)
    if text is None:
        return None
    try:
        return json.loads(text, object_pairs_hook=lambda pairs: _object(pairs, faults))
    except json.JSONDecodeError as error:
        faults.at(f"line {error.lineno}").error("", f"is no JSON: {error.msg}")
        return None


def _object(pairs: list[tuple[str, Any]], faults: Faults) -> dict[str, Any]:
    """Return an object; note a key written twice, of which JSON would keep the last in silence."""
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        where = str(made.get("id") or made.get("name") or "")
        faults.at(where).error(", ".join(twice), "is written twice in one record")
    return made
