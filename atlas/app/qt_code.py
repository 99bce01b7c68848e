"""Keeps the compiled form of the Python code inside PySide, which it compiles anew at each start.

Floor: app, but standard library only; used by `atlas.__main__` and offscreen around the first
import of Qt. PySide carries some of its Python as text within a library; compiling it costs about
fifteen milliseconds of every start. What was compiled once is kept beside this module's own
compiled file, by the same rules: not if Python is told to write none, nor where nothing may be
written. It is found again by the text itself, so that another PySide simply compiles its own.
"""

from __future__ import annotations

import builtins
import linecache
import marshal
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import cache_from_source
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, Final

_OF_PYSIDE: Final = ("shibokensupport/", "signature_bootstrap.py")


@contextmanager
def kept_code(cache_file: Path | None = None) -> Iterator[None]:
    """Import PySide within this: its own code is compiled once, and then read."""
    cache = _Cache(cache_file or Path(cache_from_source(__file__)).with_suffix(".qt"))
    compiled = builtins.compile
    builtins.compile = cache.compiling(compiled)
    try:
        yield
    finally:
        builtins.compile = compiled
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
            key = name, text
            code = self._known.get(key)
            if not isinstance(code, CodeType):
                code = compiled(source, filename, mode)
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


def spare_reading(*packages: ModuleType) -> None:
    """Have PySide not read the source of every module of some packages as it is imported.

    It looks there for its own name, to see which modules may ask for `snake_case` or
    `true_property`, and keeps the lines; ours ask for neither.
    """
    support = sys.modules.get("PySide6.support.feature")
    known = getattr(support, "pyside_feature_dict", None)
    if not isinstance(known, dict):
        return
    for package in packages:
        for name in _modules_in(package.__path__[0], package.__name__):
            known.setdefault(name, 0)


def read_no_more() -> None:
    """Have PySide read the source of no module imported from now on, and let go what it read.

    What comes later, such as numpy, is large and asks for none of it either.
    """
    support = sys.modules.get("PySide6.support.feature")
    if hasattr(support, "_mod_uses_pyside"):
        vars(support)["_mod_uses_pyside"] = lambda module: True
    linecache.clearcache()


def _modules_in(folder: str, package: str) -> Iterator[str]:
    yield package
    for entry in os.scandir(folder):
        if entry.name.endswith(".py"):
            yield f"{package}.{entry.name[:-3]}"
        elif entry.is_dir() and not entry.name.startswith("__"):
            yield from _modules_in(entry.path, f"{package}.{entry.name}")
