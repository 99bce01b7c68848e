"""Text for XML. Floor: app, standard library only; neighbours: xmp, svg_layers, pdf.metadata.

Python's own `xml.sax.saxutils` reads in all that fetches from the network: 7 MB with ciphers.
"""

from __future__ import annotations

from html import escape


def escaped(text: str) -> str:
    """Return a text as it stands between tags."""
    return escape(text, quote=False)


def quoted(text: str) -> str:
    """Return a text on one line as the value of an attribute, with its quotes."""
    return '"' + escaped(text).replace('"', "&quot;") + '"'
