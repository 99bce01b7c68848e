"""How the files end that may carry a view. Floor: app; no neighbours; read before `carried` is."""

from __future__ import annotations

from typing import Final

ENDINGS: Final = (".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".pdf", ".svg")
