"""Where the atlas's own files lie: in a checkout or inside the installed package.

Floor: core; no neighbours.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def resources_dir() -> Path:
    """Return the folder of story, styles, fonts and pack.

    Raises
    ------
    FileNotFoundError
        If neither an installed copy nor a checkout holds it.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "resources", package.parent / "resources"):
        if (folder / "styles").is_dir():
            return folder
    raise FileNotFoundError(f"no resources folder beside {package}; reinstall indochina-atlas")
