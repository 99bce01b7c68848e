"""The Markdown of panels, read into plain blocks and runs: nothing in it is ever taken as HTML.

Floor: core; neighbours: typesetting; whoever shows a panel writes the blocks. Read are headings,
paragraphs, lists, quotes, rules, emphasis and links; what is not understood stays as text. Time
grows with the length of the text only.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from atlas.core.typesetting import typeset

ANCHOR_KINDS: Final = frozenset({"feature", "date", "place", "claim", "panel"})
WEB_KINDS: Final = frozenset({"http", "https"})
_HEADING: Final = re.compile(r"(#{1,4})\s+(.*)")
_BULLET: Final = re.compile(r"[-*+]\s+(.*)")
_NUMBERED: Final = re.compile(r"(\d{1,3})[.)]\s+(.*)")
_RULE: Final = re.compile(r"(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}")
_TOKEN: Final = re.compile(
    r"\\(?P<escaped>[\\`*_{}\[\]()#+\-.!>~|])"
    r"|!?\[(?P<text>(?:[^\[\]\\]|\\.)+)\]\((?P<target>[^()\s]+)\)"
    r"|`(?P<code>[^`]+)`"
    r"|(?P<mark>\*\*|__|\*|_)"
)


@dataclass(frozen=True, slots=True)
class Link:
    """Where a run leads: an anchor's kind and id, or ``web`` and an address."""

    kind: str
    target: str

    @property
    def href(self) -> str:
        """The link as it stands in the text."""
        return self.target if self.kind == "web" else f"{self.kind}:{self.target}"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one look."""

    text: str
    bold: bool = False
    italic: bool = False
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (`level` 1-4), paragraph, list item (`mark` is its sign), quote or rule."""

    kind: str
    runs: tuple[Run, ...] = ()
    level: int = 0
    mark: str = ""

    @property
    def text(self) -> str:
        """The block's words without any look."""
        return "".join(run.text for run in self.runs)


def read_blocks(body: str) -> tuple[Block, ...]:
    """Read a panel's body."""
    blocks: list[Block] = []
    open_block: Block | None = None
    lines: list[str] = []

    def close() -> None:
        nonlocal open_block
        if open_block is not None:
            blocks.append(replace(open_block, runs=read_runs(" ".join(lines))))
        open_block = None
        lines.clear()

    for line in body.splitlines():
        text = line.strip()
        start = _begun(text) if text else None
        goes_on = text and start is None and open_block is not None
        if not goes_on:
            close()
        if not text:
            continue
        if start is not None:
            open_block, rest = start
            lines.append(rest)
            if open_block.kind in ("heading", "rule"):
                close()
        else:
            open_block = open_block or Block("paragraph")
            lines.append(text)
    close()
    return tuple(blocks)


def _begun(text: str) -> tuple[Block, str] | None:
    """Return the block a line begins and its words, None if it only goes on with one."""
    if _RULE.fullmatch(text):
        return Block("rule"), ""
    if match := _HEADING.fullmatch(text):
        return Block("heading", level=len(match[1])), match[2].rstrip("#").rstrip()
    if match := _BULLET.fullmatch(text):
        return Block("item", mark="•"), match[1]
    if match := _NUMBERED.fullmatch(text):
        return Block("item", mark=f"{match[1]}."), match[2]
    if text.startswith(">"):
        return Block("quote"), text.lstrip("> ")
    return None


def read_runs(text: str) -> tuple[Run, ...]:
    """Read the emphasis and links of one paragraph."""
    return _merged(_runs(text, None))


def _runs(text: str, link: Link | None) -> Iterator[Run]:
    tokens = list(_TOKEN.finditer(text))
    closers = _closers(text, tokens)
    bold = italic = False
    done = 0
    for token in tokens:
        if token.start() > done:
            yield Run(text[done : token.start()], bold, italic, link)
        done = token.end()
        mark = token["mark"]
        if not mark:
            yield from _piece(token, bold, italic, link)
            continue
        strong = len(mark) == 2
        is_on = bold if strong else italic
        if is_on and _is_closed_at(closers[mark], token.start()):
            is_on = False
        elif not is_on and _opens(text, token) and _closed_later(closers[mark], token.end()):
            is_on = True
        else:
            yield Run(mark, bold, italic, link)
            continue
        bold, italic = (is_on, italic) if strong else (bold, is_on)
    if done < len(text):
        yield Run(text[done:], bold, italic, link)


def _piece(token: re.Match[str], bold: bool, italic: bool, link: Link | None) -> Iterator[Run]:
    """Yield an escaped sign, a code span, or what a link's text holds."""
    if token["target"] is None:
        yield Run(token["escaped"] or token["code"] or "", bold, italic, link)
        return
    is_image = token[0].startswith("!")
    inner = link if link or is_image else link_to(token["target"])
    for run in _runs(token["text"], inner):
        yield replace(run, bold=run.bold or bold, italic=run.italic or italic)


def link_to(target: str) -> Link | None:
    """Return what a link's target means, None for a scheme the atlas does not know."""
    kind, colon, rest = target.partition(":")
    if not colon or not rest:
        return None
    if kind in ANCHOR_KINDS:
        return Link(kind, rest)
    return Link("web", target) if kind.lower() in WEB_KINDS else None


def _opens(text: str, token: re.Match[str]) -> bool:
    after = text[token.end() : token.end() + 1]
    before = text[token.start() - 1 : token.start()] if token.start() else ""
    return (
        bool(after) and not after.isspace() and not (token["mark"][0] == "_" and before.isalnum())
    )


def _closers(text: str, tokens: list[re.Match[str]]) -> dict[str, list[int]]:
    """Return where each mark may close: after a word, and an underscore never inside one."""
    found: dict[str, list[int]] = {"**": [], "__": [], "*": [], "_": []}
    for token in tokens:
        if mark := token["mark"]:
            before = text[token.start() - 1 : token.start()] if token.start() else ""
            after = text[token.end() : token.end() + 1]
            inside = mark[0] == "_" and after.isalnum()
            if before and not before.isspace() and not inside:
                found[mark].append(token.start())
    return found


def _is_closed_at(starts: list[int], index: int) -> bool:
    at = bisect_right(starts, index)
    return at > 0 and starts[at - 1] == index


def _closed_later(starts: list[int], from_index: int) -> bool:
    index = bisect_right(starts, from_index)
    return index < len(starts)


def _merged(runs: Iterator[Run]) -> tuple[Run, ...]:
    """Join neighbours of one look, so that a link is one run."""
    joined: list[Run] = []
    for run in runs:
        if joined and replace(run, text="") == replace(joined[-1], text=""):
            joined[-1] = replace(run, text=joined[-1].text + run.text)
        elif run.text:
            joined.append(run)
    return tuple(joined)


def known_only(blocks: tuple[Block, ...], is_known: Callable[[Link], bool]) -> tuple[Block, ...]:
    """Return the blocks with links to unknown things turned into plain text."""

    def cleared(run: Run) -> Run:
        return run if run.link is None or is_known(run.link) else replace(run, link=None)

    return tuple(
        replace(block, runs=_merged(cleared(run) for run in block.runs)) for block in blocks
    )


def typeset_blocks(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks with printers' signs; whole blocks, for quotes run across links."""
    return tuple(_typeset(block) for block in blocks)


def _typeset(block: Block) -> Block:
    text, runs, start = typeset(block.text), [], 0
    for run in block.runs:
        runs.append(replace(run, text=text[start : start + len(run.text)]))
        start += len(run.text)
    return replace(block, runs=tuple(runs))


_SENTENCE_END: Final = re.compile(r"[.!?…][\"'”’)]*(?:\u2060\u202f\ufffc)?\s+(?=[\"'“‘(]?[A-Z0-9])")
"""With the sign of a verdict after the full stop, if there is one."""


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence or sentences that hold [start, end) begin and end."""
    first, last = 0, len(text)
    for match in _SENTENCE_END.finditer(text):
        if match.end() <= start:
            first = match.end()
        elif match.start() >= end - 1:
            last = match.end() - len(match[0]) + len(match[0].rstrip())
            break
    return first, last
