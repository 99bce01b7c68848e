"""Modules that are run only when somebody asks them for something.

Floor: app, but standard library only; `atlas.__main__` and qt_code use it before anything imports
Qt. Importing PySide imports much that it needs only to word an error or to write documentation,
and some of Python's own library for the same: a fifth of what a start of PySide takes.
"""

from __future__ import annotations

import sys
from _thread import RLock
from collections.abc import Callable
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import module_from_spec
from types import ModuleType
from typing import Any, Final

Run = Callable[[], object]
_lock: Final = RLock()
_waiting: dict[str, Run] = {}
"""What runs a module, by its name."""
STAND_IN: Final = f"from {__name__} import asked\n__getattr__ = asked(globals())\n"
"""The text of a module that waits: it runs what `wait_for` was told once it is asked."""


def import_seldom(*names: str) -> None:
    """Import modules of Python's library as such that run when first asked for something."""
    for name in names:
        if name not in sys.modules and name in sys.stdlib_module_names:
            sys.modules[name] = _waiting_module(name)


def _waiting_module(name: str) -> ModuleType:
    module = ModuleType(name)
    # Where its source lies is looked up when it is asked for as well.
    module.__spec__ = ModuleSpec(name, None)
    wait_for(name, lambda: _run(module))
    vars(module)["__getattr__"] = asked(vars(module))
    return module


def _run(module: ModuleType) -> None:
    spec = PathFinder.find_spec(module.__name__)
    if spec is None or spec.loader is None:
        raise ImportError(f"no module named {module.__name__!r}", name=module.__name__)
    made = module_from_spec(spec)
    vars(module).update(vars(made))
    spec.loader.exec_module(module)


def wait_for(name: str, run: Run) -> None:
    """Have a module run in this way when it is first asked for something."""
    _waiting[name] = run


def asked(module: dict[str, Any]) -> Callable[[str], object]:
    """Return the `__getattr__` of a module that waits, given its globals."""

    def attribute(attribute_name: str) -> object:
        name = module["__name__"]
        # What imports ask of a module (`__path__`, `__all__`) is no reason to run it.
        if not attribute_name.startswith("__"):
            with _lock:
                if run := _waiting.pop(name, None):
                    run()
                    del module["__getattr__"]
        if attribute_name in module:
            return module[attribute_name]
        raise AttributeError(f"module {name!r} has no attribute {attribute_name!r}")

    return attribute
