"""Reading a person's text files for the check: what is missing, or not plain UTF-8, is named.

Floor: geodata, standard library only; neighbour: faults.
"""

from __future__ import annotations

import codecs
import json
from collections import Counter
from pathlib import Path
from typing import Any, Final

from geodata.faults import Faults

MAX_BYTES: Final = 64 << 20
_SAVE_HINT = "save it as UTF-8 without a byte order mark"
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_text(path: Path, faults: Faults) -> str | None:
    """Return the text of a file; note why it cannot be read and return None if so."""
    try:
        if path.exists() and not path.is_file():
            faults.error("", "is no file")
            return None
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        faults.error("", f"cannot be read ({error.strerror})")
        return None
    if len(content) > MAX_BYTES:
        faults.error("", f"is larger than {MAX_BYTES >> 20} MB", "split or simplify it")
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
    except RecursionError:
        faults.error("", "is no JSON: it is nested too deep")
    except ValueError as error:
        faults.error("", f"is no JSON: {error}")
    return None


def _object(pairs: list[tuple[str, Any]], faults: Faults) -> dict[str, Any]:
    """Return an object; note a key written twice, of which JSON would keep the last in silence."""
    made = dict(pairs)
    if len(made) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        twice = sorted(key for key, count in counts.items() if count > 1)
        where = str(made.get("id") or made.get("name") or "")
        faults.at(where).error(", ".join(twice), "is written twice in one record")
    return made
