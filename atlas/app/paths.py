"""Where the built pack lies. Floor: app; neighbours: core.resources."""

from __future__ import annotations

from pathlib import Path

from atlas.core.resources import resources_dir

__all__ = ["pack_path", "resources_dir"]


def pack_path() -> Path:
    """Return the path of the built pack, whether or not it exists yet."""
    return resources_dir() / "pack" / "atlas.pack"
