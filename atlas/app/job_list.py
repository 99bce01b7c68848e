"""A list of exports in a TOML file, drawn in processes side by side.

Floor: app; neighbours: arguments and pictures (a job is what one `export` command would be),
library. Every job is judged before the first is drawn; what goes wrong later names its job, and
the others are drawn all the same. The form of the file is told in docs/export-list.md.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final, NamedTuple

from atlas.app import offscreen
from atlas.app.arguments import Arguments
from atlas.app.library import Library, open_library
from atlas.app.pictures import judge, write_pictures
from atlas.app.refusal import Refusal, refusal_of
from atlas.app.view import ViewWords
from atlas.core.bounded import read_toml
from atlas.core.problems import near_misses

MOST_JOBS: Final = 2_000
MAX_BYTES: Final = 1_000_000
_VIEW: Final = frozenset(ViewWords._fields)
_TEXTS: Final = frozenset({"size", "page", "dpi", "title", "caption"})
_PATHS: Final = {"file": "file", "from-file": "from_file"}
_SWITCHES: Final = {
    "transparent": "transparent", "georeference": "georeference", "pdf-a": "archival",
    "outlines": "outlines",
}  # fmt: skip
_KNOWN: Final = sorted(_VIEW | _TEXTS | _PATHS.keys() | _SWITCHES.keys())


class Job(NamedTuple):
    """One picture of a list; `name` tells which it is."""

    name: str
    arguments: Arguments


def read_jobs(path: Path, story: Path | None = None) -> tuple[Job, ...]:
    """Read a list; files are looked for and written beside it.

    Raises
    ------
    Refusal
        If it cannot be read, or a job says what no export can be told.
    """
    try:
        if path.exists() and not path.is_file():
            raise Refusal(str(path), "is no file", "name a TOML file")
        with path.open("rb") as file:
            text = file.read(MAX_BYTES + 1)
        if len(text) > MAX_BYTES:
            raise Refusal(str(path), f"is longer than {MAX_BYTES:,} bytes", "make two lists of it")
        data = read_toml(text.decode("utf-8"))
    except OSError as error:
        raise refusal_of(error, "be read", path) from error
    except UnicodeDecodeError as error:
        raise Refusal(str(path), "is not UTF-8 text", "save it as UTF-8") from error
    except ValueError as error:
        raise Refusal(str(path), f"is no list of jobs: {error}") from error
    unknown = sorted(data.keys() - {"job", "defaults"})
    rows, defaults = data.get("job", []), data.get("defaults", {})
    if unknown or not isinstance(defaults, dict) or not _are_records(rows) or not rows:
        what = f"“{unknown[0]}” is not understood" if unknown else "holds no jobs"
        raise Refusal(str(path), what, "write [[job]] for each, [defaults] for what they share")
    if len(rows) > MOST_JOBS:
        raise Refusal(str(path), f"holds {len(rows)} jobs", f"at most {MOST_JOBS}")
    jobs = tuple(
        _job(path, number, {**_shared(defaults, row), **row}, story)
        for number, row in enumerate(rows, 1)
    )
    _require_own_files(jobs)
    return jobs


def write_listed(
    library: Library, jobs: tuple[Job, ...], warn: Callable[[str], None]
) -> Iterator[Path]:
    """Write the pictures of a list; yields each path once its file stands.

    Raises
    ------
    Refusal
        Before the first picture if a job asks for what cannot be had; after the last if one could
        not be written.
    """
    for job in jobs:
        try:
            judge(library, job.arguments, lambda _: None)
        except Refusal as refusal:
            raise _named(job, refusal) from refusal
    failed = 0
    for outcome in _side_by_side(library, jobs):
        for remark in outcome.remarks:
            warn(remark)
        if outcome.path is None:
            failed += 1
        else:
            yield outcome.path
    if failed:
        raise Refusal("--list", f"{failed} of {len(jobs)} jobs failed, named above")


class _Outcome(NamedTuple):
    path: Path | None
    remarks: tuple[str, ...]


def _side_by_side(library: Library, jobs: tuple[Job, ...]) -> Iterator[_Outcome]:
    count = min(os.cpu_count() or 1, len(jobs))
    if count == 1:
        yield from (_drawn(library, job) for job in jobs)
        return
    # Started afresh: a copy of a process that has begun to draw is not safe to draw in.
    with ProcessPoolExecutor(count, get_context("spawn"), _begin) as others:
        try:
            waiting = {others.submit(_draw, job): job for job in jobs}
            for done in as_completed(waiting):
                try:
                    yield done.result()
                except BrokenProcessPool:
                    yield _Outcome(None, (f"{waiting[done].name}: the process that drew it died",))
        finally:
            others.shutdown(wait=True, cancel_futures=True)


def _begin() -> None:
    # Ctrl+C is for the one that gave out the jobs.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@cache
def _here(story: Path | None) -> tuple[Library, object]:
    """Return what a process draws with, opened once: the library, and Qt, which is kept."""
    application = offscreen.start_drawing()
    return open_library(story), application


def _draw(job: Job) -> _Outcome:
    return _drawn(_here(job.arguments.story)[0], job)


def _drawn(library: Library, job: Job) -> _Outcome:
    remarks: list[str] = []
    try:
        (path,) = write_pictures(library, job.arguments, remarks.append)
    except Refusal as refusal:
        return _Outcome(None, (*remarks, str(_named(job, refusal))))
    return _Outcome(path, tuple(remarks))


def _shared(defaults: Mapping[str, Any], row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a job takes of the defaults: no view, if it has that from a file."""
    if "from-file" not in row:
        return defaults
    return {key: value for key, value in defaults.items() if key not in _VIEW}


def _job(path: Path, number: int, said: Mapping[str, Any], story: Path | None) -> Job:
    name = f"{path}: job {number}"
    for key, value in said.items():
        if key not in _KNOWN:
            remedy = near_misses(key, _KNOWN) or f"choose from {', '.join(_KNOWN)}"
            raise Refusal(name, f"“{key}” is not understood", remedy)
        wanted = bool if key in _SWITCHES else str
        if not (isinstance(value, wanted) or (key == "dpi" and type(value) is int)):
            kind = "true or false" if wanted is bool else "a text in quotes"
            raise Refusal(name, f"“{key}” is not {kind}")
    if not said.get("file"):
        raise Refusal(name, "names no file", 'write file = "map.png"')
    texts = {key: str(value) for key, value in said.items()}
    view = ViewWords(**{key: texts[key] for key in _VIEW & texts.keys()})
    if "from-file" in said and view.any:
        raise Refusal(name, "from-file takes the view from the file", "leave out what it shows")
    said_so: dict[str, Any] = {
        **{to: path.parent / texts[key] for key, to in _PATHS.items() if key in texts},
        **{key: texts[key] for key in _TEXTS & texts.keys()},
        **{to: said[key] for key, to in _SWITCHES.items() if key in said},
    }
    arguments = Arguments("export", view, story=story)._replace(**said_so)
    return Job(f"{name} ({texts['file']})", arguments)


def _require_own_files(jobs: tuple[Job, ...]) -> None:
    taken: dict[Path | None, Job] = {}
    for job in jobs:
        other = taken.setdefault(job.arguments.file, job)
        if other is not job:
            raise Refusal(job.name, "another job writes the same file", "name another file")


def _are_records(rows: object) -> bool:
    return isinstance(rows, list) and all(isinstance(row, dict) for row in rows)


def _named(job: Job, refusal: Refusal) -> Refusal:
    return Refusal(f"{job.name}: {refusal.where}", refusal.what, refusal.remedy)
