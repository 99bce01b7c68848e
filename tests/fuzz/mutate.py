"""Good files made bad: cut, garbled, wrongly encoded, and with hostile values at any place."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from typing import Any

LONGEST = 60_000
TOKENS = (
    b"NaN", b"Infinity", b"-Infinity", b"1e999", b"9" * 5000, b"-0", b"null", b"[[", b"{{",
    b"\\ud800", b"\\u0000", b"\x00", b"\xff", b"\xef\xbb\xbf", b"\r", b"\n", b"+++\n",
    "\u202e".encode(), "\u200b\u2066".encode(), "\ufffc\ufeff".encode(), "é".encode("latin-1"),
    b"<script>x</script>", b"<img src='file:///etc/hostname'>", b"![x](file:///etc/passwd)",
    b"[a](javascript:x)", b"../../../x", b"a." * 400, b"[" * 3000, b"{a=" * 1500,
    b"0000", b"-0044", b"99999", b"1979-02-30", b"../..", b"1979-XX", b"Y170000002", b"1979-01-01T",
    b"<!ENTITY a 'b'>",
    b'"""', b"'''", b",,,", b"%n%s", b"\\", b"`" * 50, b"*_" * 50, b"# " * 50, b" " * 3000,
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1e308, -1e308, float("nan"), float("inf"), 10**30, "", "x" * 3000,
    "\ud800", "\u202eabc", "\x00", "<b>x</b>", "../../x", "0000", "-0044", "99999", "1979-02-30",
    "..", [], {}, [[]], [None], {"": None}, [float("nan")] * 2, [1e308] * 4, ["a"] * 200,
    json.loads("[" * 900 + "]" * 900), json.loads('{"a":' * 300 + "1" + "}" * 300),
)  # fmt: skip


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return a file with one to four things wrong in it."""
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(_WAYS)(data, chance)[:LONGEST]
    return data


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randint(0, len(data))]


def _garbled(data: bytes, chance: random.Random) -> bytes:
    made = bytearray(data or b"x")
    for _ in range(chance.randint(1, 8)):
        made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def _with_token(data: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + chance.choice(TOKENS) + data[at + chance.choice((0, 0, 1, 4)) :]


def _doubled(data: bytes, chance: random.Random) -> bytes:
    start = chance.randint(0, len(data))
    end = min(len(data), start + chance.randint(1, 400))
    return data[:end] + data[start:end] * chance.randint(1, 5) + data[end:]


def _recoded(data: bytes, chance: random.Random) -> bytes:
    text = data.decode("utf-8", "replace")
    how = chance.choice(("utf-16", "latin-1", "utf-8-sig", "utf-16-be", "utf-32", "cp1258"))
    return text.encode(how, "replace")


def _with_number(data: bytes, chance: random.Random) -> bytes:
    """Put another number in place of one."""
    found = list(re.finditer(rb"-?\d+(?:\.\d+)?", data))
    if not found:
        return data
    match = chance.choice(found)
    number = chance.choice((b"NaN", b"1e999", b"-1", b"0", b"99999999999999999999", b"1e-320"))
    return data[: match.start()] + number + data[match.end() :]


def _in_json(data: bytes, chance: random.Random) -> bytes:
    """Put a hostile value somewhere into a JSON text."""
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError):
        return _with_token(data, chance)
    return json.dumps(_changed(whole, chance), separators=(",", ":")).encode()


def _changed(value: Any, chance: random.Random) -> Any:
    if not value or not isinstance(value, dict | list) or chance.random() < 0.12:
        return chance.choice(VALUES)
    if isinstance(value, list):
        at = chance.randrange(len(value))
        match chance.randrange(5):
            case 0:
                return [*value, value[at]]
            case 1:
                return value[:at] + value[at + 1 :]
            case _:
                return [*value[:at], _changed(value[at], chance), *value[at + 1 :]]
    key = chance.choice(list(value))
    match chance.randrange(6):
        case 0:
            return {k: v for k, v in value.items() if k != key}
        case 1:
            return value | {chance.choice(list(value)): value[key]}
        case _:
            return value | {key: _changed(value[key], chance)}


_WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _cut, _garbled, _with_token, _with_token, _doubled, _recoded, _with_number, _in_json, _in_json,
    _in_json,
)  # fmt: skip
