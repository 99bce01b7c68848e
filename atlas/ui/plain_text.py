"""Words of stories and files shown as words: Qt would take what looks like HTML for HTML.

Floor: ui; no neighbours. Labels, tips and message boxes guess what a text is; a picture named in
one would be looked for among the reader's files.
"""

from __future__ import annotations

from PySide6.QtGui import Qt


def plain(text: str) -> str:
    """Return a text that a label, tip or box shows letter by letter."""
    if not Qt.mightBeRichText(text):
        return text
    from html import escape  # brings in all its entities: only where there is something to escape

    return f"<qt>{escape(text)}</qt>"
