"""The maintainer's command: ``python -m geodata build | check | inventory | fetch``.

Duty: read the arguments, call one function, print lines, choose the exit code: 0 done, 1 faults
found or the work failed, 2 wrong use. Floor: geodata; the only module of it that prints.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from geodata.build import PACK_PATH, build
from geodata.evidence import SOURCES_FOLDER
from geodata.inventory import INVENTORY, STORY_FOLDER, write_inventory


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except (OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m geodata", description="Map data of the atlas.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    make = commands.add_parser("build", help="compile the committed inputs into the pack")
    make.add_argument("--out", type=Path, default=PACK_PATH, help="where to write the pack")
    make.add_argument("--force", action="store_true", help="build even if nothing changed")
    make.set_defaults(run=_build)
    check = commands.add_parser("check", help="look for faults in the evidence")
    check.add_argument("folder", type=Path, nargs="?", default=SOURCES_FOLDER)
    check.set_defaults(run=_check)
    note = commands.add_parser("inventory", help="list what evidence and story hold, for the check")
    note.add_argument("folder", type=Path, nargs="*", default=[SOURCES_FOLDER, STORY_FOLDER])
    note.set_defaults(run=_inventory)
    fetch = commands.add_parser("fetch", help="re-create the base inputs from their packages")
    fetch.add_argument("dest", type=Path, help="folder for downloads and results")
    fetch.set_defaults(run=_fetch)
    return parser


def _build(options: argparse.Namespace) -> int:
    build(options.out, force=options.force, report=lambda line: print(line, flush=True))
    return 0


def _check(options: argparse.Namespace) -> int:
    from atlas.core.problems import has_errors
    from geodata.validate import validate_sources

    problems = validate_sources(options.folder, None)
    for problem in problems:
        print(problem.line())
    print(f"{len(problems)} problems" if problems else "no problems")
    return 1 if has_errors(problems) else 0


def _inventory(options: argparse.Namespace) -> int:
    for folder in options.folder:
        for line in write_inventory(folder):
            print(line)
        print(f"{folder / INVENTORY} is written")
    return 0


def _fetch(options: argparse.Namespace) -> int:
    from geodata.fetch import fetch

    fetch(options.dest, report=lambda line: print(line, flush=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())
