"""Modules that run when first asked for something, and not before."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from threading import Thread

import PySide6
import pytest

from atlas.__main__ import SELDOM_ASKED
from atlas.app import qt_code
from atlas.app.seldom import STAND_IN, asked, import_seldom, wait_for
from atlas.app.session import HOME_VARIABLE

ROOT = Path(__file__).parents[2]
AT_A_START = """
import sys
from atlas.__main__ import open_window, SELDOM_ASKED
from atlas.app.seldom import import_seldom
import_seldom(*SELDOM_ASKED)
from atlas.app import cli
code = cli.run(["--until", "first-map"], open_window)
print(*(name for name in (*SELDOM_ASKED, "dis", "random") if name in sys.modules))
print(*(name for name in SELDOM_ASKED if "__getattr__" in vars(sys.modules[name])))
print(*(name for name, module in sys.modules.items()
    if name.startswith("shibokensupport.signature.") and "__getattr__" in vars(module)))
import PySide6.QtCore, inspect, traceback
assert inspect.isfunction(cli.run) and "dis" in sys.modules
try:
    PySide6.QtCore.QPoint("not", "numbers")
except TypeError as error:
    told = "".join(traceback.format_exception(error))
    assert "Supported signatures" in told and "xpos: int" in told, told
signature = PySide6.support.signature.get_signature(PySide6.QtCore.QObject.timerEvent)
assert "event" in str(signature), signature
sys.exit(code)
"""
TEXT = "value = [1]\ndef twice():\n    return value * 2\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "stdlib_module_names", sys.stdlib_module_names | {"seldom_a"})
    return tmp_path


def test_a_module_runs_when_it_is_asked_for_something(folder: Path) -> None:
    (folder / "seldom_a.py").write_text(f"import sys\nsys.seldom_ran = True\n{TEXT}")
    import_seldom("seldom_a")
    import seldom_a  # type: ignore[import-not-found]

    assert not hasattr(sys, "seldom_ran")
    assert not hasattr(seldom_a, "__path__")
    assert seldom_a.__name__ == "seldom_a"
    assert not hasattr(sys, "seldom_ran")
    from seldom_a import twice  # type: ignore[import-not-found]

    assert vars(sys).pop("seldom_ran")
    assert twice() == [1, 1]
    assert seldom_a is sys.modules["seldom_a"]
    assert seldom_a.__file__ == str(folder / "seldom_a.py") == seldom_a.__spec__.origin
    with pytest.raises(AttributeError, match="has no attribute 'thrice'"):
        _ = seldom_a.thrice


def test_what_is_imported_already_stays_as_it_is() -> None:
    before = sys.modules["pathlib"]
    import_seldom("pathlib", "pytest_not_of_pythons_own")
    assert sys.modules["pathlib"] is before
    assert "pytest_not_of_pythons_own" not in sys.modules


def test_who_asks_meanwhile_gets_a_module_that_has_run() -> None:
    held: dict[str, object] = {"__name__": "seldom_b"}
    exec(STAND_IN, held)
    attribute, got = asked(held), []
    others = [Thread(target=lambda: got.append(attribute("value"))) for _ in range(4)]

    def run() -> None:
        for other in others:
            other.start()
        exec(TEXT, held)

    wait_for("seldom_b", run)
    value = attribute("value")
    for other in others:
        other.join()
    assert len(got) == 4
    assert all(one is value for one in got)


def test_a_start_runs_none_of_them_and_errors_are_worded_as_ever(tmp_path: Path) -> None:
    words = [sys.executable, "-c", AT_A_START]
    env = os.environ | {HOME_VARIABLE: str(tmp_path)}
    done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    imported, waiting, of_signatures = done.stdout.splitlines()
    assert imported.split() == waiting.split() == list(SELDOM_ASKED)
    wait = ["enum_sig", "errorhandler", "layout", "parser", "pyi_generator", "tool"]
    tried = PySide6.__version_info__[:2] in qt_code._TRIED
    found = sorted(name.rpartition(".")[2] for name in of_signatures.split())
    assert found == (wait if tried else [])
