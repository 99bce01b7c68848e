"""File > Booklet and its like: ask where to, write with a bar that can be cancelled, say why not.

Floor: ui; neighbours: window_commands. The window stays alive between two steps of the work, and
takes no orders meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QProgressDialog, QWidget

from atlas.app.refusal import Refusal
from atlas.app.steps import Cancelled, Report
from atlas.core.day import iso_from_day
from atlas.core.state import State
from atlas.ui.plain_text import plain
from atlas.ui.window import MainWindow

KEPT: Final = "PDF/A-2b, to keep (*.pdf)"
Write = Callable[[Path, Report], object]


def publish_booklet(window: MainWindow, _state: State, folder: Path | None) -> Path | None:
    """Write the story as a PDF where the reader wants it; None if it was not written."""
    from atlas.app.publish.booklet import write_booklet

    library = window.library
    path, kind = _asked(
        window, "Write the booklet", folder, f"{library.atlas.story.id}.pdf", f"PDF (*.pdf);;{KEPT}"
    )
    return written(
        window,
        path,
        "the booklet",
        lambda p, report: write_booklet(library, p, report=report, archival=kind == KEPT),
    )


def publish_page(window: MainWindow, state: State, folder: Path | None) -> Path | None:
    """Write the story as one HTML file in the window's theme; None if it was not written."""
    from atlas.app.publish.web_page import write_page

    library, theme = window.library, state.theme
    name = f"{library.atlas.story.id}.html"
    path, _ = _asked(window, "Write the web page", folder, name, "Web page (*.html)")
    return written(
        window, path, "the web page", lambda p, report: write_page(library, p, theme, report)
    )


def publish_film(window: MainWindow, state: State, folder: Path | None) -> Path | None:
    """Write a film of the map as it is shown; None if it was not written."""
    from atlas.app.publish.film import FilmPlan, write_film
    from atlas.ui.film_dialog import FilmDialog

    library = window.library
    dialog = FilmDialog(state, library.atlas.story, window)
    plan = dialog.plan if dialog.exec() else None
    kind, words = dialog.kind, dialog.kind_of.currentText()
    dialog.deleteLater()
    if plan is None:
        return None
    story = library.atlas.story.id
    name = f"{state.panel}-{iso_from_day(plan.days[0])}" if isinstance(plan, FilmPlan) else story
    kinds = f"{words} (*{kind})" if kind else ""
    path, _ = _asked(window, "Write the film", folder, name + kind, kinds)
    return written(
        window, path, "the film", lambda p, report: write_film(library, state, p, plan, report)
    )


def _asked(
    parent: QWidget, title: str, folder: Path | None, name: str, kinds: str
) -> tuple[Path | None, str]:
    """Ask for a file and its kind; a name without an ending gets that of the proposal."""
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    folder = folder or Path(QStandardPaths.writableLocation(documents))
    proposal = (folder if folder.is_dir() else Path.home()) / name
    chosen, kind = QFileDialog.getSaveFileName(parent, title, str(proposal), kinds)
    if not chosen:
        return None, kind
    path = Path(chosen)
    return path if path.suffix else path.with_suffix(proposal.suffix), kind


def written(parent: QWidget, path: Path | None, what: str, write: Write) -> Path | None:
    """Write a file if one was asked for; None if it was stopped or refused, which is told."""
    if path is None:
        return None
    try:
        with_progress(parent, f"Writing {what}", lambda report: write(path, report))
    except Cancelled:
        return None
    except Refusal as refusal:
        box = QMessageBox(QMessageBox.Icon.Warning, "Not written", "", parent=parent)
        box.setText(plain(f"{what[:1].upper()}{what[1:]} was not written: {refusal.what}."))
        where = "\n".join(part for part in (refusal.where, refusal.remedy) if part)
        box.setInformativeText(plain(where))
        box.exec()
        return None
    return path


def with_progress(parent: QWidget, words: str, work: Callable[[Report], object]) -> None:
    """Do a long work with a bar and a button that stops it.

    Raises
    ------
    Cancelled
        If the button was pressed.
    """
    bar = QProgressDialog(words, "Cancel", 0, 0, parent)
    bar.setObjectName("publish_progress")
    bar.setWindowTitle(words)
    bar.setWindowModality(Qt.WindowModality.WindowModal)
    bar.setMinimumDuration(300)
    bar.setAutoClose(False)

    def report(done: int, total: int) -> bool:
        bar.setMaximum(total)
        bar.setValue(done)
        QApplication.processEvents()
        return not bar.wasCanceled()

    try:
        work(report)
    finally:
        bar.close()
        bar.deleteLater()
