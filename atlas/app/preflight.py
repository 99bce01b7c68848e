"""Find out, before Qt is imported, whether it can start here, and say what to do if it cannot.

Floor: atlas.app, but standard library only, because importing Qt is the very thing that may fail.
The command line asks `report` first. `python -m atlas.app.preflight` gives the same answer to
`make test`, and with `--install-command` to the preparation of a bare machine.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

Purpose = Literal["pictures", "x11", "wayland"]

# Chosen by someone who knows: these Qt platforms need no display server to show a window.
_DISPLAYLESS_WINDOWS = frozenset({"eglfs", "linuxfb", "vkkhrdisplay", "vnc"})
# These never show anything.
_INVISIBLE = frozenset({"minimal", "minimalegl", "offscreen"})


class Library(NamedTuple):
    """A shared library of the system that Qt loads, and the packages that hold it."""

    soname: str
    purpose: Purpose
    debian: str
    arch: str


class Preflight(NamedTuple):
    """Whether Qt can start (`ok`), whether a window can be seen, and what to tell the reader."""

    ok: bool
    display: bool
    lines: tuple[str, ...]


# What the libraries inside PySide6-Essentials 6.10 and 6.11 link to outside themselves.
NEEDED: tuple[Library, ...] = (
    Library("libEGL.so.1", "pictures", "libegl1", "libglvnd"),
    Library("libGL.so.1", "pictures", "libgl1", "libglvnd"),
    Library("libX11.so.6", "pictures", "libx11-6", "libx11"),
    Library("libxkbcommon.so.0", "pictures", "libxkbcommon0", "libxkbcommon"),
    Library("libdbus-1.so.3", "pictures", "libdbus-1-3", "dbus"),
    Library("libfontconfig.so.1", "pictures", "libfontconfig1", "fontconfig"),
    Library("libfreetype.so.6", "pictures", "libfreetype6", "freetype2"),
    Library("libglib-2.0.so.0", "pictures", "libglib2.0-0", "glib2"),
    Library("libgthread-2.0.so.0", "pictures", "libglib2.0-0", "glib2"),
    Library("libz.so.1", "pictures", "zlib1g", "zlib"),
    Library("libzstd.so.1", "pictures", "libzstd1", "zstd"),
    Library("libstdc++.so.6", "pictures", "libstdc++6", "gcc-libs"),
    Library("libxcb-cursor.so.0", "x11", "libxcb-cursor0", "xcb-util-cursor"),
    Library("libxcb-icccm.so.4", "x11", "libxcb-icccm4", "xcb-util-wm"),
    Library("libxcb-image.so.0", "x11", "libxcb-image0", "xcb-util-image"),
    Library("libxcb-keysyms.so.1", "x11", "libxcb-keysyms1", "xcb-util-keysyms"),
    Library("libxcb-render-util.so.0", "x11", "libxcb-render-util0", "xcb-util-renderutil"),
    Library("libxcb-util.so.1", "x11", "libxcb-util1", "xcb-util"),
    Library("libxcb-randr.so.0", "x11", "libxcb-randr0", "libxcb"),
    Library("libxcb-render.so.0", "x11", "libxcb-render0", "libxcb"),
    Library("libxcb-shape.so.0", "x11", "libxcb-shape0", "libxcb"),
    Library("libxcb-shm.so.0", "x11", "libxcb-shm0", "libxcb"),
    Library("libxcb-sync.so.1", "x11", "libxcb-sync1", "libxcb"),
    Library("libxcb-xfixes.so.0", "x11", "libxcb-xfixes0", "libxcb"),
    Library("libxcb-xkb.so.1", "x11", "libxcb-xkb1", "libxcb"),
    Library("libxcb.so.1", "x11", "libxcb1", "libxcb"),
    Library("libX11-xcb.so.1", "x11", "libx11-xcb1", "libx11"),
    Library("libxkbcommon-x11.so.0", "x11", "libxkbcommon-x11-0", "libxkbcommon-x11"),
    Library("libwayland-client.so.0", "wayland", "libwayland-client0", "wayland"),
    Library("libwayland-cursor.so.0", "wayland", "libwayland-cursor0", "wayland"),
)


def can_load(soname: str) -> bool:
    """Whether the dynamic loader finds this library and all it needs in turn."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def missing_libraries(
    purposes: Collection[Purpose] = ("pictures", "x11"),
    platform: str = sys.platform,
    loads: Callable[[str], bool] = can_load,
) -> tuple[Library, ...]:
    """Return the libraries for these purposes that are not here; none outside Linux."""
    if not platform.startswith("linux"):
        return ()
    wanted = (library for library in NEEDED if library.purpose in purposes)
    return tuple(library for library in wanted if not loads(library.soname))


def install_command(
    missing: Sequence[Library],
    os_release: Mapping[str, str] | None = None,
    is_root: bool | None = None,
) -> str:
    """Return the shell command that installs them, or "" where none is needed or known."""
    release = _os_release() if os_release is None else os_release
    families = {release.get("ID", ""), *release.get("ID_LIKE", "").split()}
    install = _install_words(missing, families) if missing else ""
    root = _is_root() if is_root is None else is_root
    return install if root or not install else f"sudo {install}"


def has_display(environ: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Whether a window opened in this environment could be seen by anyone."""
    chosen = environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if chosen in _INVISIBLE:
        return False
    if chosen in _DISPLAYLESS_WINDOWS or not platform.startswith("linux"):
        return True
    return bool(_display_purposes(environ))


def report(
    environ: Mapping[str, str],
    platform: str = sys.platform,
    loads: Callable[[str], bool] = can_load,
    os_release: Mapping[str, str] | None = None,
    is_root: bool | None = None,
) -> Preflight:
    """Judge this machine: `ok` if Qt can do what it has to here, a window or else pictures.

    The lines name what is missing together with the command that installs it, and say where a
    missing display leads to pictures instead of a window; they are empty when all is well.
    """
    display = has_display(environ, platform)
    no_pictures = missing_libraries(["pictures"], platform, loads)
    no_window = _missing_for_window(environ, platform, loads) if display else ()
    if missing := no_pictures + no_window:
        return Preflight(False, display, _missing_lines(missing, os_release, is_root))
    return Preflight(True, display, () if display else _displayless_lines(environ))


def _missing_for_window(
    environ: Mapping[str, str], platform: str, loads: Callable[[str], bool]
) -> tuple[Library, ...]:
    """Return what the first display server lacks, unless another one could serve."""
    lacks = [missing_libraries([kind], platform, loads) for kind in _display_purposes(environ)]
    return lacks[0] if lacks and all(lacks) else ()


def _display_purposes(environ: Mapping[str, str]) -> list[Purpose]:
    found: list[Purpose] = []
    if environ.get("DISPLAY"):
        found.append("x11")
    if environ.get("WAYLAND_DISPLAY"):
        found.append("wayland")
    return found


def _missing_lines(
    missing: Sequence[Library], os_release: Mapping[str, str] | None, is_root: bool | None
) -> tuple[str, ...]:
    names = ", ".join(library.soname for library in missing)
    window_only = all(library.purpose != "pictures" for library in missing)
    what = "open a window" if window_only else "start"
    command = install_command(missing, os_release, is_root)
    lines = [
        f"Qt cannot {what}: this system lacks {names}.",
        f"Install what is missing:  {command}"
        if command
        else "Install the packages of your system that contain these files.",
    ]
    if window_only:
        lines.append("Pictures work already:  python -m atlas export --all-panels --out-dir out/")
    return tuple(lines)


def _displayless_lines(environ: Mapping[str, str]) -> tuple[str, ...]:
    chosen = environ.get("QT_QPA_PLATFORM", "")
    reason = (
        f"QT_QPA_PLATFORM={chosen} shows no window"
        if chosen
        else "no display was found (DISPLAY and WAYLAND_DISPLAY are not set)"
    )
    return (f"No window can be shown: {reason}.", "The panels are written as pictures instead.")


def _install_words(missing: Sequence[Library], families: set[str]) -> str:
    if families & {"debian", "ubuntu"}:
        return f"apt-get install -y {_unique(library.debian for library in missing)}"
    if families & {"fedora", "rhel", "centos"}:
        return f"dnf install -y {_capabilities(missing)}"
    if families & {"suse", "opensuse"}:
        return f"zypper install -y {_capabilities(missing)}"
    if "arch" in families:
        return f"pacman -S --needed {_unique(library.arch for library in missing)}"
    return ""


def _capabilities(missing: Sequence[Library]) -> str:
    # RPM resolves a file's soname itself; package names differ from release to release.
    return _unique(f"'{library.soname}()(64bit)'" for library in missing)


def _unique(words: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(words))


def _os_release() -> Mapping[str, str]:
    # Read in only by who lacks something: every start of the atlas passes here.
    import platform as host

    try:
        return host.freedesktop_os_release()
    except OSError:
        return {}


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def main(arguments: Sequence[str]) -> int:
    """Say what drawing pictures lacks, exit 1 if anything; or print the install command."""
    if "--install-command" in arguments:
        everything = missing_libraries(("pictures", "x11"))
        sys.stdout.write(install_command(everything) + "\n")
        return 0
    result = report({"QT_QPA_PLATFORM": "offscreen"})
    if not result.ok:
        sys.stderr.write("\n".join(result.lines) + "\n")
    return 0 if result.ok else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
