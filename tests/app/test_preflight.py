from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from atlas.app import preflight

DEBIAN = {"ID": "debian"}
X11 = {"DISPLAY": ":0"}
WAYLAND = {"WAYLAND_DISPLAY": "wayland-0"}


def without(*sonames: str) -> Callable[[str], bool]:
    return lambda soname: soname not in sonames


def everything(soname: str) -> bool:
    return True


def judge(
    environ: dict[str, str], loads: Callable[[str], bool] = everything
) -> preflight.Preflight:
    return preflight.report(environ, "linux", loads, DEBIAN, is_root=False)


def test_all_is_well_without_a_word() -> None:
    assert judge(X11) == preflight.Preflight(ok=True, display=True, lines=())


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_other_systems_bring_their_own_libraries_and_display(platform: str) -> None:
    result = preflight.report({}, platform, loads=lambda soname: False)
    assert result == preflight.Preflight(ok=True, display=True, lines=())


def test_missing_cursor_library_is_named_with_its_command() -> None:
    result = judge(X11, without("libxcb-cursor.so.0"))
    assert not result.ok
    assert "libxcb-cursor.so.0" in result.lines[0]
    assert "open a window" in result.lines[0]
    assert result.lines[1].endswith("sudo apt-get install -y libxcb-cursor0")
    assert "export --all-panels" in result.lines[2]


def test_without_libegl_not_even_pictures() -> None:
    result = judge({}, without("libEGL.so.1"))
    assert not result.ok
    assert not result.display
    assert "Qt cannot start" in result.lines[0]
    assert not any("Pictures work" in line for line in result.lines)


def test_no_display_leads_to_pictures() -> None:
    result = judge({})
    assert result.ok
    assert not result.display
    assert "DISPLAY and WAYLAND_DISPLAY are not set" in result.lines[0]
    assert "pictures" in result.lines[1]


def test_window_libraries_do_not_matter_without_a_display() -> None:
    assert judge({}, without("libxcb-cursor.so.0")).ok


def test_one_working_display_server_is_enough() -> None:
    assert judge(X11 | WAYLAND, without("libxcb-cursor.so.0")).ok
    assert not judge(X11 | WAYLAND, without("libxcb-cursor.so.0", "libwayland-cursor.so.0")).ok
    assert not judge(WAYLAND, without("libwayland-cursor.so.0")).ok


@pytest.mark.parametrize(
    ("environ", "seen"),
    [
        (X11, True),
        (WAYLAND, True),
        ({}, False),
        ({"DISPLAY": ""}, False),
        (X11 | {"QT_QPA_PLATFORM": "offscreen"}, False),
        (X11 | {"QT_QPA_PLATFORM": "xcb"}, True),
        ({"QT_QPA_PLATFORM": "vnc:size=800x600"}, True),
    ],
)
def test_has_display(environ: dict[str, str], seen: bool) -> None:
    assert preflight.has_display(environ, "linux") is seen


EGL, GLIB, GTHREAD = (
    next(library for library in preflight.NEEDED if library.soname == soname)
    for soname in ("libEGL.so.1", "libglib-2.0.so.0", "libgthread-2.0.so.0")
)


@pytest.mark.parametrize(
    ("os_release", "command"),
    [
        ({"ID": "debian"}, "apt-get install -y libegl1 libglib2.0-0"),
        (
            {"ID": "linuxmint", "ID_LIKE": "ubuntu debian"},
            "apt-get install -y libegl1 libglib2.0-0",
        ),
        ({"ID": "arch"}, "pacman -S --needed libglvnd glib2"),
        (
            {"ID": "rocky", "ID_LIKE": "rhel centos fedora"},
            "dnf install -y 'libEGL.so.1()(64bit)' 'libglib-2.0.so.0()(64bit)'"
            " 'libgthread-2.0.so.0()(64bit)'",
        ),
        ({"ID": "plan9"}, ""),
        ({}, ""),
    ],
)
def test_install_command_speaks_each_system(os_release: dict[str, str], command: str) -> None:
    missing = (EGL, GLIB, GTHREAD)
    assert preflight.install_command(missing, os_release, is_root=True) == command
    as_user = preflight.install_command(missing, os_release, is_root=False)
    assert as_user == (f"sudo {command}" if command else "")


def test_nothing_missing_needs_no_command() -> None:
    assert preflight.install_command((), DEBIAN) == ""


def test_unknown_system_is_told_what_to_look_for() -> None:
    result = preflight.report({}, "linux", without("libEGL.so.1"), {"ID": "plan9"})
    assert "packages of your system" in result.lines[1]


def test_importing_it_does_not_import_qt() -> None:
    code = "import sys, atlas.app.preflight; sys.exit('PySide6' in sys.modules)"
    root = Path(preflight.__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the table is about Linux")
@pytest.mark.parametrize(
    ("purpose", "files"),
    [
        ("pictures", ["Core", "Gui", "Widgets", "DBus", "Svg", "PrintSupport"]),
        ("x11", ["XcbQpa"]),
        ("wayland", ["WaylandClient"]),
    ],
)
def test_table_names_all_that_the_installed_qt_links_to(purpose: str, files: list[str]) -> None:
    spec = find_spec("PySide6")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent / "Qt" / "lib"
    known = {lib.soname for lib in preflight.NEEDED if lib.purpose in ("pictures", purpose)}
    for name in files:
        assert linked_outside(folder / f"libQt6{name}.so.6") <= known


def linked_outside(library: Path) -> set[str]:
    """Return the sonames among the library's strings that neither Qt nor the C library brings."""
    strings = library.read_bytes().split(b"\0")
    names = {text.decode() for text in strings if text.startswith(b"lib") and b".so." in text}
    bundled = ("libQt6", "libicu")
    c_library = {"libc.so.6", "libm.so.6", "libgcc_s.so.1", "libpthread.so.0", "libdl.so.2"}
    return {name for name in names if not name.startswith(bundled)} - c_library
