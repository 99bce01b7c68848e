"""Keeps the compiled form of the Python code inside PySide, which it compiles anew at each start.

Floor: app, but standard library only; used by `atlas.__main__` and offscreen around the first
import of Qt. PySide carries some of its Python as text within a library; compiling it costs about
fifteen milliseconds of every start. What was compiled once is kept beside this module's own
compiled file, by the same rules: not if Python is told to write none, nor where nothing may be
written. It is found again by the text itself, so that another PySide simply compiles its own.
What only tells of signatures, as a call is refused or documented, waits until it is asked; and
PySide does not read the source of every module to look for its own name.
"""

from __future__ import annotations

import builtins
import marshal
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import cache_from_source
from pathlib import Path
from types import CodeType
from typing import Any, Final

from atlas.app import seldom

_OF_PYSIDE: Final = ("shibokensupport/", "signature_bootstrap.py")
_ABOUT: Final = (
    "errorhandler",
    "layout",
    "parser",
    "lib/enum_sig",
    "lib/pyi_generator",
    "lib/tool",
)
_OF_SIGNATURES: Final = frozenset(f"shibokensupport/signature/{name}.py" for name in _ABOUT)
_TRIED: Final = ((6, 11),)
"""Versions of PySide known to ask for these as Python does, not past a module's `getattr`."""
_OF_FEATURES: Final = "shibokensupport/feature.py"
_READ_NOTHING: Final = b"\n_mod_uses_pyside = lambda module: True\n"
"""It would look which modules may ask for `snake_case` or `true_property`; none of ours does."""


@contextmanager
def kept_code(cache_file: Path | None = None) -> Iterator[None]:
    """Import PySide within this: its own code is compiled once, and then read."""
    cache = _Cache(cache_file or Path(cache_from_source(__file__)).with_suffix(".qt"))
    compiled, imported = builtins.compile, builtins.__import__
    builtins.compile = cache.compiling(compiled)
    try:
        yield
    finally:
        # PySide puts its own in place, four times as slow, for `from __feature__ import`: not ours.
        builtins.compile, builtins.__import__ = compiled, imported
        cache.save()


class _Cache:
    """Code by the name and the text it was compiled from."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[tuple[str, bytes], CodeType] = {}
        self._used: dict[tuple[str, bytes], CodeType] = {}
        with suppress(OSError, ValueError, EOFError, TypeError):
            known = marshal.loads(path.read_bytes())
            self._known = known if isinstance(known, dict) else {}

    def compiling(self, compiled: Callable[..., Any]) -> Callable[..., Any]:
        """Return what compiles as `compiled` does, but PySide's own code only once."""

        def compile_once(source: Any, filename: Any, mode: str, *rest: Any, **more: Any) -> Any:
            name = str(filename)
            if not name.startswith(_OF_PYSIDE) or mode != "exec" or rest or more:
                return compiled(source, filename, mode, *rest, **more)
            text = source if isinstance(source, bytes) else str(source).encode()
            if name in _OF_SIGNATURES and _version() in _TRIED:
                _put_off(name, text)
                text = seldom.STAND_IN.encode()
            elif name == _OF_FEATURES:
                text += _READ_NOTHING
            key = name, text
            code = self._known.get(key)
            if not isinstance(code, CodeType):
                code = compiled(text, filename, mode)
            self._used[key] = code
            return code

        return compile_once

    def save(self) -> None:
        """Keep what this start used, if it is not what was known."""
        if sys.dont_write_bytecode or self._used.keys() <= self._known.keys():
            return
        beside = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        try:
            beside.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(marshal.dumps(self._used))
            beside.replace(self._path)
        except OSError:
            with suppress(OSError):
                beside.unlink()


def _version() -> tuple[int, ...]:
    return tuple(getattr(sys.modules.get("shiboken6"), "__version_info__", ())[:2])


def _put_off(filename: str, text: bytes) -> None:
    name = filename.removesuffix(".py").replace("/", ".")

    def run() -> None:
        exec(compile(text, filename, "exec"), vars(sys.modules[name]))

    seldom.wait_for(name, run)


def read_no_more() -> None:
    """Have PySide read the source of no module imported from now on, and let go what it read.

    Where PySide was imported in another way than above: what comes later, such as numpy, is large.
    """
    import linecache

    support = sys.modules.get("PySide6.support.feature")
    if hasattr(support, "_mod_uses_pyside"):
        vars(support)["_mod_uses_pyside"] = lambda module: True
    linecache.clearcache()
