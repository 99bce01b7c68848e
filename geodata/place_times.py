"""Since when a town exists, and what it was called before: the rules of names.toml put to places.

Duty: keep modern towns off earlier maps, and give towns the gazetteers know only by today's name
the earlier one. Floor: geodata, standard library only; neighbour: spans.
"""

from __future__ import annotations

from typing import Any

from atlas.core.edtf import EdtfError
from geodata.spans import span_days

Name = dict[str, Any]


class PlaceRuleError(ValueError):
    """A rule of names.toml names no place or has a date that cannot be read."""


def dated_name(name: str, language: str, start: str, end: str, sources: list[str]) -> Name:
    """Return a name with its time and the keys of its sources.

    Raises
    ------
    EdtfError
        If a date cannot be read or the end lies before the start.
    """
    return {
        "name": name,
        "lang": language,
        "from": start,
        "to": end,
        "span": span_days(start, end),
        "sources": sources,
    }


def with_former_names(names: list[Name], rules: list[dict[str, str]]) -> list[Name]:
    """Return a town's names with its former ones: today's begin when the last former one ends."""
    if not rules:
        return names
    former = [
        dated_name(rule["name"], "en", rule.get("from", ""), rule["to"], rule["sources"].split())
        for rule in rules
    ]
    changed = max(rule["then"] for rule in rules)
    return [*former, *(_since(name, changed) if name["lang"] == "en" else name for name in names)]


def names_since(names: list[Name], since: str) -> list[Name]:
    """Return the names of a town that did not exist before `since`."""
    return [_since(name, since) for name in names]


def _since(name: Name, start: str) -> Name:
    if name["from"]:
        return name
    return {**name, "from": start, "span": span_days(start, name["to"])}


def check_rules(rules: dict[str, Any], slugs: set[str]) -> None:
    """Make sure that every rule of names.toml meets a town.

    Raises
    ------
    PlaceRuleError
        If one does not; the message names it.
    """
    former = (rule["id"] for rule in rules["former"])
    wanted = {*rules["since"], *former, *rules["wrong"]["local"]}
    missing = sorted(wanted - slugs)
    if missing:
        raise PlaceRuleError(f"names.toml: no place {', '.join(missing)}")
    for slug, since in rules["since"].items():
        try:
            span_days(since, "..")
        except EdtfError as error:
            raise PlaceRuleError(f"names.toml: since of {slug}: {error}") from error
