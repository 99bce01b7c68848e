"""Build step of the wheel: a current pack, and the resources inside the package `atlas`.

Runs inside hatchling, never in the atlas, and stays out of the wheel. It starts the pack build as
its own process because the build backend does not put the project on its import path.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PackHook(BuildHookInterface[Any]):
    """Adds `resources`, with a pack built from the committed inputs, to a standard wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the pack if it is missing or stale; an editable install is left alone.

        Raises
        ------
        SystemExit
            When the pack cannot be built; the build's own words stand above.
        """
        if version == "editable":
            return
        command = [sys.executable, "-m", "geodata", "build"]
        if subprocess.run(command, cwd=self.root, check=False).returncode:
            raise SystemExit(f"The pack could not be built: {' '.join(command)}")
        # As forced files, because git ignores the pack and hatchling follows git.
        build_data["force_include"][str(Path(self.root, "resources"))] = "atlas/resources"
