from __future__ import annotations

from atlas.core.problems import Problem, Severity, has_errors, near_misses

FAULT = Problem(Severity.ERROR, "panels/deng.md", "front matter", "date", "is missing", "add one")


def test_a_problem_is_one_line_saying_where_what_and_what_to_do() -> None:
    assert FAULT.line() == "error: panels/deng.md: front matter date: is missing (add one)"
    bare = Problem(Severity.WARNING, "story.toml", "", "", "is empty")
    assert bare.line() == "warning: story.toml: is empty"


def test_near_misses_name_what_was_probably_meant() -> None:
    assert near_misses("dengg", ["deng", "origins"]) == "did you mean deng?"
    assert near_misses("zzz", ["deng", "origins"]) == ""


def test_only_errors_fail() -> None:
    warning = Problem(Severity.WARNING, "", "", "", "")
    assert has_errors([warning, FAULT])
    assert not has_errors([warning])
