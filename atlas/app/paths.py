"""Where the atlas's own files lie: in a checkout or inside the installed package.

Floor: app; no neighbours. Standard library only.
"""

from __future__ import annotations

from pathlib import Path

PACK_NAME = "atlas.pack"


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


def pack_path() -> Path:
    """Return the path of the built pack, whether or not it exists yet."""
    return resources_dir() / "pack" / PACK_NAME
