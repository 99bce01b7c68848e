"""The whole story as one HTML file: text, notes and maps, and nothing fetched from anywhere.

Floor: app; neighbours: book and web_page_parts (the text), web_page_style, film_frames (which
draws the maps). There is no script; the page's own policy forbids scripts, frames and the network.
The same data gives the same bytes. Needs a QGuiApplication.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Final

from atlas import __version__
from atlas.app.export_options import ExportOptions
from atlas.app.files import require_folder, write_whole
from atlas.app.images.picture_codecs import coded
from atlas.app.library import Library
from atlas.app.publish.book import Section, sections_of, works_of
from atlas.app.publish.booklet_words import LICENCES, edition
from atlas.app.publish.film_frames import FilmMaker
from atlas.app.publish.film_plan import Shot
from atlas.app.publish.web_page_parts import MapPicture, said, section_html, verdict_key, works_html
from atlas.app.publish.web_page_style import MOST_MAPS, sheet
from atlas.app.refusal import Refusal
from atlas.app.steps import Report, silently, tell
from atlas.app.view import ViewWords, state_for
from atlas.core.scene import Scene
from atlas.core.state import State
from atlas.core.viewport import SizePx
from atlas.core.words import day_in_words
from atlas.render.style import StyleError, load_style

MAP_PX: Final[SizePx] = (1080, 900)
_QUALITY: Final = 80
_NAMED: Final = 12
_FURNITURE: Final = frozenset(
    {"date", "scale_bar", "north_arrow", "graticule", "legend", "credits", "overview"}
)
_INTRO: Final = (
    "Each section has a map and a text. The buttons above a map change its date; dates in the text "
    "that are underlined with dots do the same. A sign and a letter after a claim of the article "
    "lead to the verdict on it, the reason and the sources; a number leads to a mark on the map. "
    "A source marked “not checked” was not read for this atlas."
)


def write_page(
    library: Library, path: Path, theme: str = "paper", report: Report = silently
) -> None:
    """Write the story as one HTML file.

    Raises
    ------
    Refusal
        If the name does not end in .html, there is no such theme, or it cannot be written.
    Cancelled
        If `report` wants no more; nothing is written.
    """
    if path.suffix.lower() not in (".html", ".htm"):
        raise Refusal(str(path), "a page is an HTML file", "end the name in .html")
    require_folder(path)
    write_whole(path, page_html(library, theme, report).encode("utf-8"))


def page_html(library: Library, theme: str, report: Report = silently) -> str:
    """Return the page; `report` is told of every map.

    Raises
    ------
    Refusal
        If there is no such theme.
    Cancelled
        If `report` wants no more.
    """
    try:
        css = sheet(load_style(theme))
    except StyleError as error:
        raise Refusal("--theme", str(error)) from error
    sections = sections_of(library)
    body = "".join(_sections(library, sections, theme, report))
    return f'{_head(library, css)}\n<body>\n{_top(library)}\n<main id="story">{body}\n</main>\n' + (
        f"{works_html(works_of(library))}\n{_credits(library)}\n</body>\n</html>\n"
    )


def _head(library: Library, css: str) -> str:
    story, version = library.atlas.story, escape(library.atlas.data_version)
    allowed = f"'sha256-{b64encode(sha256(css.encode()).digest()).decode()}'"
    policy = (
        f"default-src 'none'; img-src data:; style-src {allowed}; "
        "base-uri 'none'; form-action 'none'"
    )
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Indochina Atlas {escape(__version__)}, data {version}">
<meta name="description" content="{said(story.subtitle)}">
<title>{said(story.title)}</title>
<style>{css}</style>
</head>"""


def _top(library: Library) -> str:
    story = library.atlas.story
    items = "".join(
        f'<li><a href="#panel-{escape(panel.id)}">{said(panel.title)}</a></li>'
        for panel in story.panels
    )
    return f"""<a class="skip" href="#story">Skip to the story</a>
<header class="top" id="top">
<h1>{said(story.title)}</h1>
<p class="subtitle">{said(story.subtitle)}</p>
<div class="about"><p>{escape(_INTRO)}</p></div>
{verdict_key()}
<nav aria-label="Contents"><ol>{items}</ol></nav>
</header>"""


def _credits(library: Library) -> str:
    evidence = "".join(f"<p>{said(line)}</p>" for line in library.atlas.story.credits)
    maps = "".join(f"<li>{said(line)}</li>" for line in library.atlas.credits)
    licences = "".join(
        f"<li><strong>{escape(name)}.</strong> {escape(terms)} {_address(url)}</li>"
        for name, terms, url in LICENCES
    )
    return f"""<footer class="end" id="credits">
<h2>Credits and licences</h2>
<h3>On the evidence</h3>{evidence}
<h3>Credits of the maps</h3><ul>{maps}</ul>
<h3>Data and their licences</h3><ul>{licences}</ul>
<p>{escape(edition(library))}</p>
</footer>"""


def _address(url: str) -> str:
    bare = escape(url.partition("://")[2])
    return f'<a href="{escape(url)}" rel="noreferrer">{bare}</a>' if url else ""


def _sections(
    library: Library, sections: tuple[Section, ...], theme: str, report: Report
) -> Iterator[str]:
    panels = [None, *(section.panel for section in sections), None]
    days = [shown_days(section) for section in sections]
    done, total = 0, sum(map(len, days))
    maker = FilmMaker(library, theme, ExportOptions(size_px=MAP_PX, furniture=_FURNITURE))
    for index, section in enumerate(sections):
        maps = []
        state = state_for(
            ViewWords(panel=section.panel.id, theme=theme), library.atlas.story, MAP_PX
        )
        for day in days[index]:
            tell(report, done, total)
            maps.append(_map(library, maker, replace(state, day=day)))
            done += 1
        yield section_html(section, maps, panels[index], panels[index + 2])


def shown_days(section: Section) -> tuple[int, ...]:
    """Return the days of a section's maps: its own, those linked, others while there is room."""
    own = section.panel.day
    linked = [own, *sorted(section.linked_days - {own})][:MOST_MAPS]
    others = [day for day in section.key_days if day not in linked]
    room = min(MOST_MAPS - len(linked), len(others))
    last = max(room - 1, 1)
    spread = (others[round(i * (len(others) - 1) / last)] for i in range(room))
    return tuple(sorted({*linked, *spread}))


def _map(library: Library, maker: FilmMaker, state: State) -> MapPicture:
    data = coded(maker.image(Shot(state, 0.0)), b"webp", _QUALITY)
    src = f"data:image/webp;base64,{b64encode(data).decode()}"
    return MapPicture(state.day, src, MAP_PX, _in_words(library, maker.scene(state)))


def _in_words(library: Library, scene: Scene) -> str:
    """Return what a map shows, for those who do not see it: its date and its first marks."""
    by_id = library.atlas.feature_by_id
    ids = dict.fromkeys(
        [a.feature_id for a in scene.arrows]
        + [m.feature_id for m in sorted(scene.marks, key=lambda mark: mark.label_rank)]
    )
    names = [by_id[i].name for i in ids if i in by_id]
    shown = f" Marks: {'; '.join(names[:_NAMED])}" if names else " No marks"
    more = f"; and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"Map, {day_in_words(scene.day)}.{shown}{more}."
