"""Bookmarks of a PDF, and the places its inner links lead to: Qt writes neither.

Floor: app, standard library only; neighbours: parts, document.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from atlas.app.pdf.parts import Parts

_NAMES: Final = re.compile(rb"/Names (\d+) 0 R")


class Bookmark(NamedTuple):
    """A line of the outline: its words, its page from 0, and how deep it stands (0 or 1)."""

    title: str
    page: int
    level: int = 0


def add_outline(parts: Parts, outline: Sequence[Bookmark], anchors: Mapping[str, int]) -> None:
    """Add bookmarks, and pages (from 0) for links to ``#anchor``; nothing if a page is missing."""
    pages = parts.pages
    asked = [*(mark.page for mark in outline), *anchors.values()]
    if not outline or max(asked) >= len(pages):
        return
    root = _add_bookmarks(parts, outline, pages)
    parts.extend(parts.root, b"/Outlines %d 0 R\n/PageMode /UseOutlines\n/Lang (en)" % root)
    if anchors and (names := _NAMES.search(parts.objects[parts.root])):
        parts.extend(int(names[1]), _destinations(pages, anchors))


def text(words: str) -> bytes:
    """Return words as a PDF holds them, whatever their script."""
    return b"<FEFF" + words.encode("utf-16-be").hex().upper().encode() + b">"


def _destinations(pages: Sequence[int], anchors: Mapping[str, int]) -> bytes:
    """Return the name tree of what links lead to: Qt writes the names, but not the places."""
    rows = (b"%s [%d 0 R /Fit]" % (text(name), pages[anchors[name]]) for name in sorted(anchors))
    return b"/Dests << /Names [" + b"\n".join(rows) + b"] >>"


def _add_bookmarks(parts: Parts, outline: Sequence[Bookmark], pages: Sequence[int]) -> int:
    """Add the root of the outline and its bookmarks; return the root's number."""
    first = parts.add(b"")
    numbers = [parts.add(b"") for _ in outline]
    parents, last = [], first
    for number, mark in zip(numbers, outline, strict=True):
        parents.append(first if mark.level == 0 or last == first else last)
        last = number if mark.level == 0 else last
    parts.objects[first] = _family(first, numbers, parents, b"/Type /Outlines")
    for index, (number, mark) in enumerate(zip(numbers, outline, strict=True)):
        peers = [n for n, parent in zip(numbers, parents, strict=True) if parent == parents[index]]
        at = peers.index(number)
        head = b"/Title %s /Parent %d 0 R /Dest [%d 0 R /Fit]" % (
            text(mark.title), parents[index], pages[mark.page],
        )  # fmt: skip
        head += b" /Prev %d 0 R" % peers[at - 1] if at else b""
        head += b" /Next %d 0 R" % peers[at + 1] if at + 1 < len(peers) else b""
        parts.objects[number] = _family(number, numbers, parents, head)
    return first


def _family(number: int, numbers: list[int], parents: list[int], head: bytes) -> bytes:
    """Return an outline's dictionary with its children, closed but for the root's."""
    children = [n for n, parent in zip(numbers, parents, strict=True) if parent == number]
    if children:
        count = len(children) if number < numbers[0] else -len(children)
        head += b" /First %d 0 R /Last %d 0 R /Count %d" % (children[0], children[-1], count)
    return b"<< " + head + b" >>"
