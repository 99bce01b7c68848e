"""Starts the atlas on a screen: fonts, style, window, session; runs until it is closed.

Floor: ui; neighbours: window below, `atlas.__main__` above, which opens the library. Nothing
heavier than QtWidgets is imported before the first picture; the window's other parts come after
it, as soon as it stands on the screen.
"""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QWidget

from atlas import __version__
from atlas.app.fault_report import Fault, report, tell_terminal
from atlas.app.kept_file import cannot_keep
from atlas.app.library import Library
from atlas.app.picture import MapPicture
from atlas.app.refusal import refusal_of
from atlas.app.session import (
    KeptOverlay,
    Session,
    load_session,
    names_folder,
    save_session,
    session_path,
)
from atlas.core import actions
from atlas.core.resources import resources_dir
from atlas.core.state import State
from atlas.core.store import Store
from atlas.render.basemap import BaseMap
from atlas.render.fonts import LATIN, load_fonts
from atlas.render.known_names import KnownNames
from atlas.render.name_plan import ask_first, keep_names
from atlas.render.style import Style, load_style
from atlas.ui.fault_hooks import FaultHooks
from atlas.ui.plain_text import plain
from atlas.ui.window import MainWindow

if TYPE_CHECKING:
    from atlas.ui.fault_dialog import FaultTeller

TOLD_APART: Final = frozenset({"MapCanvas", "TimeTrack", "PageArea", "QKeySequenceEdit"})
"""Classes of which a screen reader is told more than Qt knows of them."""
LARGEST_FIRST: Final = QSize(1680, 1050)
GUESSED_CANVAS: Final = (900, 640)
_AT_MOST_S: Final = 0.001
"""How long the window waits for a thread that reckons in Python; Python's own choice is five."""
NO_DATA_LINE: Final = "Some of the story could not be read; see: indochina-atlas check"


def run(
    library: Library,
    state: State | None = None,
    *,
    until_first_map: bool = False,
    link: str = "",
    overlays: Sequence[Path] = (),
) -> int:
    """Show the atlas and return the exit code once it is closed.

    Without `state` the last session is taken up, and the first panel opened if there is none. A
    `link` (a readable one) opens its view instead, with the habits of the last session.
    With `until_first_map` the atlas closes after the first sharp picture, to time a start; it
    then neither reads nor writes the session. `overlays` are read once the map stands.
    """
    app = make_application()
    session = Session() if until_first_map else load_session(session_path(), library.atlas)
    if link:
        state, session = _linked(library, session, link)
    window, store, picture = _map_window(library, state or session.state)
    _arrange(window, session)
    if store.state.name_language != "english":
        _load_fonts()
    if notice := session.notice or (NO_DATA_LINE if library.problems else ""):
        window.status.notice(notice)
    if until_first_map:
        picture.shown.connect(_quit, Qt.ConnectionType.QueuedConnection)
    else:
        complete = partial(_complete, window, store, _to_open(session, overlays))
        picture.shown.connect(complete, Qt.ConnectionType.QueuedConnection)
        window.closing.connect(lambda: _save(window, store))
    faults = FaultHooks(_give_up if until_first_map else _teller(window, store))
    # Not left to Qt, which waits for every window: after a fault one may linger unseen.
    window.closing.connect(QApplication.quit, Qt.ConnectionType.QueuedConnection)
    window.show()
    window.canvas.setFocus()
    with faults, _until_closed(window, picture):
        code = app.exec()
        return code or int(until_first_map and faults.count > 0)


@contextmanager
def _until_closed(window: MainWindow, picture: MapPicture) -> Iterator[None]:
    """Close the window down at the end, and leave Python's looks for garbage as they were.

    The names of the view that is left are kept: the next start takes it up.
    """
    thresholds, known = gc.get_threshold(), KnownNames(names_folder())
    ask_first(known)
    try:
        yield
        if picture.is_sharp:
            scene = window.canvas.scene
            keep_names(known, scene.wishes, picture.style, scene.camera.m_per_px)
    finally:
        close_window(window, picture)
        gc.set_threshold(*thresholds)


def _linked(library: Library, session: Session, link: str) -> tuple[State, Session]:
    """Return the view a link leads to, and the session with what the link's view lacks told."""
    from atlas.core.link import read_link

    now = session.state or actions.initial_state(library.atlas.story, GUESSED_CANVAS)
    linked = read_link(link, library.atlas, now)
    notice = "  ".join(part for part in (session.notice, *linked.remarks) if part)
    return linked.state, session._replace(notice=notice)


def make_application() -> QApplication:
    """Return the application, made and dressed once."""
    sys.setswitchinterval(_AT_MOST_S)
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("indochina-atlas")
    app.setApplicationDisplayName("Indochina Atlas")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("indochina-atlas")
    app.setStyle("Fusion")
    _load_fonts(LATIN)
    return app


@cache
def _tell_screen_readers() -> None:
    """Tell Qt, once, who speaks for the widgets painted by hand."""
    QAccessible.installFactory(_told_of)


def _told_of(class_name: str, widget: QObject) -> QAccessibleInterface | None:
    if class_name not in TOLD_APART or not isinstance(widget, QWidget):
        return None
    from atlas.ui.accessible import told_of

    return told_of(widget)


def _load_fonts(pattern: str = "*.ttf") -> None:
    for name in load_fonts(pattern=pattern):
        logging.getLogger(__name__).warning("The font %s could not be read", name)


def make_window(
    library: Library, state: State | None, *, synchronous: bool = False
) -> tuple[MainWindow, Store, MapPicture]:
    """Return a whole window over its own store and picture, not yet shown."""
    window, store, picture = _map_window(library, state, synchronous=synchronous)
    window.complete()
    return window, store, picture


def _map_window(
    library: Library, state: State | None, *, synchronous: bool = False
) -> tuple[MainWindow, Store, MapPicture]:
    """Return a window with the map alone."""
    _tell_screen_readers()
    store = Store(state or actions.initial_state(library.atlas.story, GUESSED_CANVAS))
    style_of = styles()
    picture = MapPicture(BaseMap(library.pack), style_of(store.state.theme), synchronous)
    return MainWindow(store, library, picture, style_of), store, picture


def styles() -> Callable[[str], Style]:
    """Return a reader of themes that reads each file once."""
    return cache(load_style)


def close_window(window: MainWindow, picture: MapPicture) -> None:
    """Stop what runs: listeners, then the worker."""
    window.close_down()
    picture.close()


def _arrange(window: MainWindow, session: Session) -> None:
    room = QApplication.primaryScreen().availableGeometry()
    size = room.size().boundedTo(LARGEST_FIRST)
    window.arrange(size.width(), size.height())
    window.move(room.center() - window.rect().center())
    if session.geometry and not window.arrange_as(session.geometry, session.docks):
        window.arrange(size.width(), size.height())
    window.text_px, window.reading = session.text_px, session.reading


def _complete(window: MainWindow, store: Store, overlays: Sequence[KeptOverlay] = ()) -> None:
    """Fill in what stands beside the map, and have overlays read, now that the map is seen."""
    from PySide6.QtGui import QIcon

    _load_fonts()
    QApplication.setWindowIcon(QIcon(str(resources_dir() / "icons" / "atlas.svg")))
    window.complete()
    keep_memory_low(window, store)
    window.commands.reopen(overlays)
    _collect_again()
    _tell_if_forgetful(window)


def _to_open(session: Session, overlays: Sequence[Path]) -> tuple[KeptOverlay, ...]:
    """Return the overlays of the last run and those asked for now."""
    return (*session.overlays, *(KeptOverlay(str(path)) for path in overlays))


def _tell_if_forgetful(window: MainWindow) -> None:
    """Say once that nothing will be remembered, where the reader's folder takes no files."""
    path = session_path()
    reason = cannot_keep(path)
    if reason:
        window.told_forgetful = True
        said = window.status.currentMessage()
        words = (
            f"Nothing can be remembered in {path.parent} ({reason}): "
            "bookmarks, keys and the last view are lost when the atlas closes."
        )
        window.status.notice("  ".join(filter(None, (said, words))))


def keep_memory_low(window: MainWindow, store: Store) -> None:
    """Hold little of what a start needed, and of what long use no longer does."""
    from atlas.app.memory import Tidy, give_back_freed
    from atlas.app.qt_code import read_no_more

    give_back_freed()
    read_no_more()
    Tidy(window.library.pack, store, window)


def _quit() -> None:
    _collect_again()
    QApplication.quit()


def _collect_again() -> None:
    """Look for garbage from now on; what a start makes is none, and need not be looked through."""
    gc.freeze()
    gc.enable()


def _save(window: MainWindow, store: Store) -> None:
    window.commands.stop_presenting()
    window.show_map_and_text_only(False)
    state = store.state  # before the map makes room for what comes back
    window.arrangement.leave()
    session = Session(
        state=state,
        geometry=bytes(window.saveGeometry().data()),
        docks=bytes(window.saveState().data()),
        text_px=window.panel_dock.text_px,
        reading=window.panel_dock.place.places,
        overlays=window.commands.overlays_left(),
    )
    try:
        save_session(session_path(), session)
    except OSError as error:
        logging.getLogger(__name__).warning(
            "The session could not be saved in %s: %s", session_path(), error
        )
        app = QApplication.instance()
        # Who logs out is not to be asked anything.
        logs_out = isinstance(app, QApplication) and app.isSavingSession()
        if not window.told_forgetful and not logs_out:
            _tell_unsaved(error)


def _tell_unsaved(error: OSError) -> None:
    """Say before the window goes that the next start will not know this view."""
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox(QMessageBox.Icon.Warning, "Not remembered", "")
    box.setText("The view could not be saved; the next start opens an earlier one.")
    box.setInformativeText(plain(str(refusal_of(error, "be written", session_path()))))
    box.exec()


def _teller(window: MainWindow, store: Store) -> Callable[[Fault], None]:
    """Return what tells a reader of faults; made with the first."""

    @cache
    def made() -> FaultTeller:
        from atlas.ui.fault_dialog import FaultTeller

        return FaultTeller(window, lambda: _shown(window, store.state))

    @cache
    def completed() -> None:
        # A map that cannot be painted is no reason to be without menus and text.
        QTimer.singleShot(0, window, partial(_complete, window, store))

    def tell(fault: Fault) -> None:
        made().tell(fault)
        completed()

    return tell


def _shown(window: MainWindow, state: State) -> str:
    """Return what a report says of the window: enough to do the same again."""
    view = f"panel {state.panel}, day {state.day}, {state.theme}, {state.viewport_px}"
    return f"Data of {window.library.atlas.data_version}. Shown: {view}."


def _give_up(fault: Fault) -> None:
    """Tell the terminal of a fault and end: nobody is there to read a dialog."""
    tell_terminal(report([(fault, 1)]))
    QApplication.exit(1)
