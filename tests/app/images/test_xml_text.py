from __future__ import annotations

import subprocess
import sys
from xml.sax.saxutils import escape

import pytest

from atlas.app.images.xml_text import escaped, quoted


@pytest.mark.parametrize("text", ["", "plain", "a < b & c > d", "&amp;", 'a "b"', "it's"])
def test_text_is_escaped_as_xml_has_it(text: str) -> None:
    assert escaped(text) == escape(text)
    assert quoted(text) == '"' + escape(text, {'"': "&quot;"}) + '"'


def test_nothing_that_fetches_from_the_network_is_read_in_to_export() -> None:
    words = "import sys, atlas.app.export, atlas.app.publish.film; assert 'ssl' not in sys.modules"
    subprocess.run([sys.executable, "-c", words], check=True)
