"""The texts of a picture as an XMP packet: what PDF, SVG, TIFF, JPEG and WebP carry.

Floor: app; neighbours: frame_identity (the texts), carried (which reads them back). XMP is ISO
16684-1; besides Dublin Core's title and rights it holds the texts that draw the picture again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from atlas.app.images.xml_text import escaped

NAMESPACE: Final = "urn:indochina-atlas:frame:1"
TAGS: Final = {"Date": "atlas:date", "Atlas-State": "atlas:state", "Atlas-Frame": "atlas:frame"}
_BEGIN: Final = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
_END: Final = '\n<?xpacket end="r"?>'


def xmp_element(texts: Mapping[str, str], more: str = "") -> str:
    """Return the metadata as one XML element; `more` are further descriptions, as XML."""
    own = "\n".join(
        f"   <{tag}>{escaped(texts[key])}</{tag}>" for key, tag in TAGS.items() if key in texts
    )
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        ' <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        '  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:atlas="{NAMESPACE}">\n'
        f"   <dc:title>{default_text(texts['Title'])}</dc:title>\n"
        f"   <dc:rights>{default_text(texts['Credits'])}</dc:rights>\n"
        f"   <xmp:CreatorTool>{escaped(texts['Software'])}</xmp:CreatorTool>\n"
        f"{own}\n"
        f"  </rdf:Description>\n{more} </rdf:RDF>\n</x:xmpmeta>"
    )


def xmp_packet(texts: Mapping[str, str], more: str = "") -> bytes:
    """Return the metadata as a packet that scanners find in any file."""
    return f"{_BEGIN}{xmp_element(texts, more)}{_END}".encode()


def default_text(text: str) -> str:
    """Return a text in no particular language, as XML."""
    words = escaped(text.replace("\n", " · "))
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{words}</rdf:li></rdf:Alt>'
