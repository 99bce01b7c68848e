"""Rules of the house that no other tool enforces; each failure lists the offenders."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CODE = ("atlas", "geodata")
FILE_LINES, FUNCTION_LINES, CLASS_LINES = 400, 40, 200
EXCUSE = re.compile(r"#\s*long because: \S")
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}
# In pieces, so that this file does not name them itself.
FOREIGN = ("python" + "hosted", "npm" + "js.", "pypi" + ".org")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules(*folders: str) -> list[Path]:
    return sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def long_nodes(kind: type[ast.AST] | tuple[type[ast.AST], ...], limit: int) -> Iterator[str]:
    for file in modules(*CODE, "tests"):
        lines = file.read_text(encoding="utf-8").splitlines()
        for node in ast.walk(tree(file)):
            if not isinstance(node, kind) or not isinstance(node, Function | ast.ClassDef):
                continue
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > limit and not is_excused(node, lines):
                yield f"{name(file)}:{node.lineno} {node.name} has {length} lines"


def is_excused(node: Function | ast.ClassDef, lines: list[str]) -> bool:
    """Whether `# long because: ...` stands right above the def, or between it and its body."""
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    near = lines[max(first - 2, 0) : node.body[0].lineno]
    return any(EXCUSE.search(line) for line in near)


def test_files_stay_short() -> None:
    lengths = {file: len(file.read_text("utf-8").splitlines()) for file in modules(*CODE, "tests")}
    assert not [f"{name(f)}: {count}" for f, count in lengths.items() if count > FILE_LINES]


def test_functions_stay_short() -> None:
    assert not list(long_nodes((ast.FunctionDef, ast.AsyncFunctionDef), FUNCTION_LINES))


def test_classes_stay_short() -> None:
    assert not list(long_nodes(ast.ClassDef, CLASS_LINES))


def test_module_names_say_what_is_inside() -> None:
    assert not [name(file) for file in modules(*CODE, "tests") if file.stem in VAGUE_NAMES]


def test_every_module_says_its_duty() -> None:
    assert not [name(file) for file in modules(*CODE) if not ast.get_docstring(tree(file))]


def test_core_imports_the_standard_library_only() -> None:
    allowed = sys.stdlib_module_names | {"atlas"}
    offenders = [
        f"{name(file)}:{node.lineno} {module}"
        for file in modules("atlas/core")
        for node in ast.walk(tree(file))
        for module in imported(node)
        if module.partition(".")[0] not in allowed
    ]
    assert not offenders


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.level == 0:
        return [node.module or ""]
    return []


@pytest.mark.parametrize("module", ["geodata.pack", "atlas.core.state", "atlas.app.preflight"])
def test_start_up_modules_bring_nothing_heavy(module: str) -> None:
    heavy = "{'numpy', 'pandas', 'geopandas', 'shapely', 'pyproj', 'pyogrio', 'PIL', 'PySide6'}"
    code = f"import sys, {module}; sys.exit(', '.join({heavy} & set(sys.modules)) or 0)"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{module} imports {done.stderr}"


def test_the_project_speaks_only_of_itself() -> None:
    offenders = [
        f"{name(file)} names {word}"
        for file in tracked_files()
        for word in FOREIGN
        if word.encode() in file.read_bytes()
    ]
    assert not offenders


def tracked_files() -> list[Path]:
    """Return what git tracks; in a source archive, everything that is not made here."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        files = [ROOT / path for path in done.stdout.split("\0") if path]
    else:
        files = [file for top in (*CODE, "tests", "docs") for file in (ROOT / top).rglob("*")]
    return [file for file in files if file.is_file() and "__pycache__" not in file.parts]
