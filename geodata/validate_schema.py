"""Checks against the JSON Schemas of geodata/schema: fields, types, unknown words.

Duty: say in one line a field what the schema holds against it, with near misses. Floor: geodata;
jsonschema is imported inside, for the check alone. Neighbour: faults.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from atlas.core.problems import near_misses
from geodata.faults import Faults

SCHEMA_FOLDER: Final = Path(__file__).parent / "schema"
_MOST_WORDS: Final = 8
_PLAIN: Final = {
    "string": "a text",
    "object": "a record",
    "array": "a list",
    "boolean": "true or false",
    "number": "a number",
    "integer": "a whole number",
}


def check_schema(name: str, content: Any, faults: Faults, *, part: str = "") -> None:
    """Note what one schema, or its definition `part`, holds against `content`.

    A field of which something was noted already in the same place is not mentioned again.
    """
    told = {(p.where, _root(p.field)) for p in faults.problems}
    for error in sorted(_errors(name, part, content), key=lambda e: list(map(str, e.path))):
        field = _field(error.absolute_path)
        message, hint, name_of = _in_words(error)
        shown = ".".join(part for part in (field, name_of) if part)
        if (faults.where, _root(shown)) not in told:
            faults.error(shown, message, hint)


def _errors(name: str, part: str, content: Any) -> Iterable[Any]:
    errors: Iterable[Any] = _validator(name, part).iter_errors(content)
    return errors


@cache
def _validator(name: str, part: str) -> Any:
    from jsonschema import Draft202012Validator

    text = (SCHEMA_FOLDER / f"{name}.schema.json").read_text(encoding="utf-8")
    schema = json.loads(text)
    if part == "items":
        schema = schema["items"]
    elif part:
        schema = {"$ref": f"#/$defs/{part}", "$defs": schema["$defs"]}
    return Draft202012Validator(schema)


def _root(field: str) -> str:
    """Return the outermost field: “sources” of “sources 1.seen”."""
    return field.replace(".", " ").partition(" ")[0]


def _field(path: Sequence[Any]) -> str:
    """Return the way to a field: “sources 1.seen”; “properties” goes without saying."""
    shown = ""
    for part in path:
        if isinstance(part, int):
            shown += f" {part + 1}"
        elif part != "properties":
            shown += f".{part}" if shown else str(part)
    return shown.strip()


def _in_words(error: Any) -> tuple[str, str, str]:
    """Return message, hint and the field's own name where the error stands at its record."""
    rule, value = error.validator, error.validator_value
    if rule == "additionalProperties":
        known = list(error.schema.get("properties", {}))
        unknown = next(key for key in error.instance if key not in known)
        return "is no field of the format", near_misses(unknown, known), unknown
    if rule == "required":
        missing = next(key for key in value if key not in error.instance)
        return "is missing", near_misses(missing, error.instance), missing
    if rule == "enum":
        wanted = [str(word) for word in value]
        hint = near_misses(str(error.instance), wanted)
        shown = ", ".join(wanted) if len(wanted) <= _MOST_WORDS else "the words of the format"
        return f"“{error.instance}” is not one of {shown}", hint, ""
    if rule == "type":
        return f"is not {_PLAIN.get(value, value)}", "", ""
    if rule in ("minLength", "minItems"):
        return "is empty", "", ""
    if rule == "pattern":
        return f"“{error.instance}” is not written as the format wants it", f"pattern {value}", ""
    if rule in ("minimum", "maximum"):
        return f"{error.instance} is out of bounds", f"{rule} {value}", ""
    if rule == "anyOf":
        wanted = [" and ".join(choice.get("required", ())) for choice in value]
        return f"has neither {' nor '.join(wanted)}", "", ""
    return "does not fit the format", "see docs/data-format.md", ""
