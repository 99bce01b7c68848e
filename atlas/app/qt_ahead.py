"""Has Qt's libraries loaded while Python still reads the atlas's own code.

Floor: app, but standard library only; `atlas.__main__` calls it before anything imports Qt. Loading
them takes the system some milliseconds, which another core can spend meanwhile: a start is that
much shorter. Where it cannot be done nothing is lost; Qt is then loaded when it is imported.
"""

from __future__ import annotations

import _thread
import ctypes
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Final

_LIBRARIES: Final = ("QtCore.abi3.so", "QtGui.abi3.so", "QtWidgets.abi3.so")
"""What Python imports; Qt's own libraries come with them."""
_PLATFORMS: Final = {"": "xcb", "xcb": "xcb", "offscreen": "offscreen"}
_RTLD_LAZY: Final = 1


def load_ahead(platform: str = sys.platform) -> bool:
    """Start loading Qt's libraries on a thread; False if it is of no use here."""
    spec = find_spec("PySide6") if platform.startswith("linux") else None
    if spec is None or not spec.submodule_search_locations:
        return False
    folder = Path(spec.submodule_search_locations[0])
    try:
        # Called as a foreign function `dlopen` leaves Python's lock to others; `CDLL` does not.
        dlopen = ctypes.CDLL(None).dlopen
    except (AttributeError, OSError):
        return False
    dlopen.restype = ctypes.c_void_p
    dlopen.argtypes = [ctypes.c_char_p, ctypes.c_int]
    wanted = [folder / name for name in _LIBRARIES]
    if platform_name := _PLATFORMS.get(os.environ.get("QT_QPA_PLATFORM", "")):
        wanted.append(folder / "Qt" / "plugins" / "platforms" / f"libq{platform_name}.so")
    _thread.start_new_thread(_load, (dlopen, wanted))
    return True


def _load(dlopen: Callable[[bytes, int], object], wanted: Sequence[Path]) -> None:
    for path in wanted:
        dlopen(os.fsencode(path), _RTLD_LAZY)
    # Qt asks fontconfig for the system's fonts, which it then has listed already.
    with suppress(AttributeError, OSError):
        ctypes.CDLL("libfontconfig.so.1").FcInit()
