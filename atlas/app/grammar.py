"""The grammar of the command line. Floor: app; neighbour: arguments, the record it fills.

What is no option or command ends the run with the usage and exit code 2. Most starts say nothing
and do without it.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from atlas import __version__
from atlas.app.arguments import PROGRAM, Arguments
from atlas.app.view import ViewWords
from atlas.core.projection import PROJECTION_KEYS

_ABSENT: Final = argparse.SUPPRESS

_EXAMPLES: Final = f"""\
examples:
  {PROGRAM}                                     open the atlas
  {PROGRAM} --panel deng --date 1979-01-07      open it at that view
  {PROGRAM} "atlas:1/…"                         open a link to a view (Edit > Copy link)
  {PROGRAM} export out.png --panel deng --bbox 101,8,111,24 --size 1920x1080
  {PROGRAM} export out.pdf --page a4 --panel origins
  {PROGRAM} export --all-panels --out-dir out/
  {PROGRAM} booklet story.pdf                   the whole story, to print
  {PROGRAM} page story.html                     the whole story, to read without the net
  {PROGRAM} film fall.gif --from 1978-12-25 --to 1979-01-10 --panel deng
  {PROGRAM} film story.mp4 --story              the whole story, from panel to panel
  {PROGRAM} export again.png --from-file old.png
  {PROGRAM} export --list jobs.toml               (see docs/export-list.md)
  {PROGRAM} data atlas.gpkg --date 1979-01-07 --visible
  {PROGRAM} check                               look for mistakes in story and evidence
  {PROGRAM} info --json                         versions, panels, layers

exit codes: 0 done, 1 what was asked cannot be had, 2 wrong use of the command line, or an extra
is not installed
"""


def read_words(argv: Sequence[str]) -> Arguments:
    """Read the words after the program's name, as `read_arguments` does."""
    parser = _parser()
    links, argv = _links_apart(argv)
    said = vars(parser.parse_args(argv))
    view = ViewWords(**{name: said.pop(name, "") for name in ViewWords._fields})
    overlays = tuple(said.pop("overlay", ()))
    arguments = Arguments(view=view, link="".join(links[:1]), overlays=overlays, **said)
    if len(links) > 1 or (links and (arguments.command or view.any)):
        parser.error("a link opens a view in the window; leave out commands and view options")
    if arguments.command == "export":
        _check_export(parser, arguments)
    if arguments.command == "film":
        _check_film(parser, arguments)
    if arguments.command == "data":
        _check_data(parser, arguments)
    return arguments


def _links_apart(argv: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the links to views among the words, and the other words."""
    if not any("atlas:" in word.lower() for word in argv):
        return [], list(argv)
    # Few starts come from a link: the others need not read its grammar in.
    from atlas.core.link import is_link

    before = ["", *argv]
    links = [w for w, b in zip(argv, before, strict=False) if is_link(w) and b[:2] != "--"]
    return links, [word for word in argv if word not in links]


def _check_export(parser: argparse.ArgumentParser, arguments: Arguments) -> None:
    asked = (arguments.all_panels, arguments.file is not None, arguments.list_file is not None)
    if sum(asked) != 1:
        parser.error("export: name one file to write, or say --all-panels or --list")
    if arguments.list_file is not None and (arguments.view.any or arguments.from_file is not None):
        parser.error("export: --list takes every view from the list")
    if arguments.from_file is not None and (arguments.all_panels or arguments.view.any):
        parser.error("export: --from-file takes the view from the file; leave out view options")
    if arguments.list_file is not None and arguments.overlays:
        parser.error("export: --overlay does not go with --list")
    if arguments.all_panels and (arguments.view.panel or arguments.view.date):
        parser.error("export: --all-panels takes each panel at its own date")


def _check_film(parser: argparse.ArgumentParser, arguments: Arguments) -> None:
    view, dates = arguments.view, (arguments.first, arguments.last)
    if view.date:
        parser.error("film: say --from and --to instead of --date")
    if arguments.whole_story and not any(dates):
        if view.panel or view.bbox or view.layers or arguments.title:
            parser.error("film: --story takes view and title from each panel")
    elif not all(dates):
        parser.error("film: say --from and --to, or --story for all of it")
    elif arguments.whole_story and arguments.story is None:
        parser.error("film: say --story, or --from and --to")


def _check_data(parser: argparse.ArgumentParser, arguments: Arguments) -> None:
    view = arguments.view
    if arguments.overlays:
        parser.error("data: --overlay is for pictures and the window")
    if view.bbox or view.theme or view.names or view.sides or view.projection:
        parser.error("data: --bbox, --theme, --names, --sides, --projection are for pictures")
    if view.date and not arguments.visible:
        parser.error("data: --date goes with --visible")
    if arguments.visible and not (view.date or view.panel):
        parser.error("data: --visible needs a day; say --date or --panel")


def _parser() -> argparse.ArgumentParser:
    view = _view_options()
    parser = argparse.ArgumentParser(
        PROGRAM,
        description="A historical atlas: why did China support the Khmer Rouge?",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[view],
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    parser.add_argument(
        "--until", choices=["first-map"], default=_ABSENT, help="quit once the map is drawn"
    )
    commands = parser.add_subparsers(dest="command", metavar="command", title="commands")
    parser.set_defaults(command="")
    _add_export(commands, view)
    _add_booklet(commands)
    _add_film(commands, _view_options(whole_story=True))
    _add_page(commands)
    _add_data(commands)
    _add_check(commands)
    _add_info(commands)
    _add_pictures(commands)
    return parser


def _view_options(whole_story: bool = False) -> argparse.ArgumentParser:
    """Return what window and export share; unsaid words stay absent, to be said on either side.

    With `whole_story`, ``--story`` without a folder asks for all of the story.
    """
    options = argparse.ArgumentParser(add_help=False, argument_default=_ABSENT)
    view = options.add_argument_group("view")
    view.add_argument("--panel", metavar="ID", help="open this panel (see info)")
    view.add_argument("--date", metavar="DATE", help="1979-01-07, 7 Jan 1979, March 1970, 1970")
    view.add_argument("--bbox", metavar="W,S,E,N", help="what to show, in degrees")
    view.add_argument(
        "--layers", metavar="A,B", help="overlays to show; the base map stays unless named; or none"
    )
    view.add_argument("--theme", metavar="NAME", help="paper, night or print")
    view.add_argument(
        "--sides", action="store_const", const="yes", help="tint countries by alignment"
    )
    view.add_argument("--names", metavar="NAME", help="english, local or both")
    view.add_argument("--projection", metavar="NAME", help=", ".join(PROJECTION_KEYS))
    if whole_story:
        said = "all of it, with flights from panel to panel; DIR: a story folder of your own"
        view.add_argument("--story", metavar="DIR", nargs="?", type=Path, action=_Story, help=said)
    else:
        view.add_argument("--story", metavar="DIR", type=Path, help="a story folder of your own")
    view.add_argument(
        "--overlay",
        metavar="FILE",
        type=Path,
        action="append",
        help="dated points of your own, .geojson, .csv or .gpkg; may be said again",
    )
    return options


class _Story(argparse.Action):
    """Notes that a story was asked for, and its folder if one was named."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,
        option_string: str | None = None,
    ) -> None:
        """Note it."""
        namespace.whole_story = True
        if values is not None:
            namespace.story = values


def _add_export(commands: Any, view: argparse.ArgumentParser) -> None:
    export = commands.add_parser(
        "export",
        help="write a picture: PNG, JPEG, WebP, TIFF, PDF or SVG",
        parents=[view],
        allow_abbrev=False,
        argument_default=_ABSENT,
    )
    endings = "ends in .png, .jpg, .webp, .tif, .pdf or .svg"
    export.add_argument("file", nargs="?", type=Path, default=None, help=endings)
    export.add_argument(
        "--list", dest="list_file", metavar="FILE", type=Path, help="draw what a list of jobs says"
    )
    export.add_argument(
        "--from-file", metavar="FILE", type=Path, help="draw again what this exported picture shows"
    )
    export.add_argument("--all-panels", action="store_true", help="one picture a panel")
    export.add_argument("--out-dir", metavar="DIR", type=Path, help="where to (default: out)")
    export.add_argument("--format", metavar="NAME", help="for --all-panels: png (default), jpg…")
    export.add_argument("--size", metavar="WxH", help="pixels at 96 dpi, or 420x297mm")
    export.add_argument("--page", metavar="NAME", help="a5, a4, a3 or letter, also a4-portrait")
    export.add_argument("--dpi", metavar="N", help="pixels an inch; 192 doubles them")
    export.add_argument("--title", metavar="TEXT", help="instead of the panel's title")
    export.add_argument("--caption", metavar="TEXT", help="a line of your own below the map")
    export.add_argument("--transparent", action="store_true", help="without sea and paper")
    export.add_argument(
        "--georeference", action="store_true", help="GeoTIFF, or world file and .prj beside"
    )
    export.add_argument("--outlines", action="store_true", help="letters of an SVG as shapes")
    _add_pdf_a(export)


def _add_pdf_a(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--pdf-a", dest="archival", action="store_true", help="a PDF to keep: PDF/A-2b"
    )


def _add_booklet(commands: Any) -> None:
    booklet = commands.add_parser(
        "booklet",
        help="write the whole story as a PDF to print",
        allow_abbrev=False,
        argument_default=_ABSENT,
    )
    booklet.add_argument("file", type=Path, help="ends in .pdf")
    booklet.add_argument("--page", metavar="NAME", help="a4 (default) or letter")
    _add_pdf_a(booklet)
    booklet.add_argument("--story", metavar="DIR", type=Path, help="a story folder of your own")


def _add_page(commands: Any) -> None:
    page = commands.add_parser(
        "page",
        help="write the whole story as one HTML file that needs no network",
        allow_abbrev=False,
        argument_default=_ABSENT,
    )
    page.add_argument("file", type=Path, help="ends in .html")
    page.add_argument("--theme", metavar="NAME", help="paper (default), night or print")
    page.add_argument("--story", metavar="DIR", type=Path, help="a story folder of your own")


def _add_film(commands: Any, view: argparse.ArgumentParser) -> None:
    film = commands.add_parser(
        "film",
        help="write a stretch of time or the whole story as GIF, WebP, MP4, WebM or PNG frames",
        parents=[view],
        allow_abbrev=False,
        argument_default=_ABSENT,
    )
    endings = "ends in .gif, .webp, .mp4 or .webm (these two with PyAV); a folder for PNG frames"
    film.add_argument("file", type=Path, help=endings)
    film.add_argument("--from", dest="first", metavar="DATE", help="first day")
    film.add_argument("--to", dest="last", metavar="DATE", help="last day")
    film.add_argument("--step", metavar="STEP", help="from date to date: 1d (default), 1w, 1m, 1y")
    film.add_argument("--fps", metavar="N", help="dates a second (default: 8)")
    film.add_argument(
        "--hold", metavar="SECONDS", help="stay so much longer on events (default: 0; --story: 1)"
    )
    film.add_argument("--size", metavar="WxH", help="pixels (default: 1280x720)")
    film.add_argument("--title", metavar="TEXT", help="instead of the panel's title")


def _add_data(commands: Any) -> None:
    data = commands.add_parser(
        "data",
        help="write the overlays for other programs: GeoJSON, GeoPackage, CSV, KML, KMZ",
        allow_abbrev=False,
        argument_default=_ABSENT,
    )
    data.add_argument("file", type=Path, help="ends in .geojson, .json, .gpkg, .csv, .kml or .kmz")
    data.add_argument(
        "--format", metavar="NAME", help="geojson, linked-places, gpkg, csv, kml or kmz"
    )
    data.add_argument("--layers", metavar="A,B", help="overlays to write (default: all)")
    data.add_argument("--visible", action="store_true", help="only what held on one day")
    data.add_argument("--date", metavar="DATE", help="that day (default: the panel's)")
    data.add_argument("--panel", metavar="ID", help="the overlays this panel shows")
    data.add_argument("--story", metavar="DIR", type=Path, help="a story folder of your own")


def _add_check(commands: Any) -> None:
    check = commands.add_parser("check", help="look for mistakes in story and evidence")
    check.add_argument("folder", nargs="?", type=Path, help="a story or evidence folder")


def _add_info(commands: Any) -> None:
    info = commands.add_parser("info", help="versions, panels, layers", argument_default=_ABSENT)
    info.add_argument("--json", action="store_true", help="for programs")
    info.add_argument("--story", metavar="DIR", type=Path, help="a story folder of your own")


def _add_pictures(commands: Any) -> None:
    """Add what `make pictures` runs; without help, so that readers are not told of it."""
    pictures = commands.add_parser("pictures", allow_abbrev=False)
    pictures.add_argument("out_dir", metavar="DIR", type=Path)
