"""File > Export: what, how large, where to, with a preview drawn by the code that writes.

Floor: ui; neighbours: export_form (the choices). The file's name decides the format; what cannot
be written is said with path and remedy, and the dialog stays open.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, QStandardPaths, Qt, QTimer
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from atlas.app.export import Exporter
from atlas.app.export_options import DPI_RANGE, ExportOptions, check_format, layout_px
from atlas.app.library import Library
from atlas.app.pages import LOGICAL_DPI
from atlas.app.refusal import Refusal
from atlas.app.steps import Cancelled
from atlas.core.day import iso_from_day
from atlas.core.state import State
from atlas.ui.export_form import FILTERS, ExportForm
from atlas.ui.export_progress import ExportProgress
from atlas.ui.plain_text import plain

PREVIEW_PX: Final = 560
SETTLE_MS: Final = 180
SCROLL_BAR_PX: Final = 16


class ExportDialog(QDialog):
    """Asks how to export a state and writes it; `written` is the file then."""

    def __init__(
        self,
        library: Library,
        state: State,
        parent: QWidget | None = None,
        folder: Path | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("export_dialog")
        self.setWindowTitle("Export the map")
        self._library, self._state = library, state
        self._exporters: dict[str, Exporter] = {}
        self._agreed: Path | None = None
        panel = library.atlas.story.panel(state.panel)
        self.form = ExportForm(state, panel.title, _first_path(state, folder))
        self.written: Path | None = None
        self.preview = _Preview()
        self._build()
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.show_preview)
        self.form.changed.connect(self._settle.start)
        self.show_preview()

    def _build(self) -> None:
        boxes = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(boxes.Save | boxes.Cancel)
        self.buttons.accepted.connect(self.save)
        self.buttons.rejected.connect(self.reject)
        self.printing = QPushButton("Print…", objectName="export_print")
        self.buttons.addButton(self.printing, QDialogButtonBox.ButtonRole.ActionRole)
        self.printing.clicked.connect(self.print)
        self.form.browse.clicked.connect(self._browse)
        side = QVBoxLayout()
        side.setSpacing(12)
        side.addWidget(QLabel("Export the map", objectName="dialog_title"))
        side.addWidget(self._scrolled_form(), 1)
        side.addWidget(self.buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 18, 20, 18)
        row.setSpacing(20)
        row.addWidget(self.preview, 1)
        row.addLayout(side)
        self.resize(QSize(PREVIEW_PX + 480, 690).boundedTo(self._room()))

    def _scrolled_form(self) -> QScrollArea:
        """Return the form in a frame that scrolls where a window is too low for it."""
        area = QScrollArea()
        area.setWidget(self.form)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumWidth(self.form.minimumSizeHint().width() + SCROLL_BAR_PX)
        return area

    def _room(self) -> QSize:
        """Return the size of the window it stands over, or of the screen."""
        parent = self.parentWidget()
        room = parent.window().size() if parent else self.screen().availableSize()
        return room - QSize(24, 48)

    def show_preview(self) -> None:
        """Draw the picture small, by the code that will write it."""
        options = self.form.options()
        try:
            size_px = layout_px(self._state.viewport_px, options)
            check_format(self.form.format, options, size_px)
            state = self.form.state()
            image = self._exporter(state).image(state, _small(options, size_px))
        except Refusal as refusal:
            self.preview.show_words(f"{refusal.what}. {refusal.remedy}".strip())
            self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(False)
            return
        self.preview.show_image(image)
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(True)

    def save(self) -> None:
        """Write the file and close, or say why not and stay."""
        path = self.form.path()
        if path.exists() and path != self._agreed and not self._may_replace(path):
            return
        try:
            self._write(path)
        except Cancelled:
            return
        except Refusal as refusal:
            self._say(refusal)
            return
        self.written = path
        self.accept()

    def done(self, result: int) -> None:
        """Close, and hold no longer what was read to draw."""
        self._exporters.clear()
        super().done(result)

    def print(self) -> None:
        """Print what the preview shows, on the printer's paper, and close; or say why not."""
        from atlas.ui.printing import print_map

        state = self.form.state()
        try:
            printed = print_map(self._exporter(state), state, self.form.options(), self)
        except Refusal as refusal:
            self._say(refusal)
            return
        if printed:
            self.reject()

    def _write(self, path: Path) -> None:
        state = self.form.state()
        progress = ExportProgress(self)
        try:
            self._exporter(state).write(state, path, self.form.options(), progress.report)
        finally:
            progress.end()

    def _exporter(self, state: State) -> Exporter:
        """Return what draws in a state's theme; each keeps what it read."""
        if state.theme not in self._exporters:
            self._exporters[state.theme] = Exporter(self._library, state.theme)
        return self._exporters[state.theme]

    def _may_replace(self, path: Path) -> bool:
        buttons = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self,
            "Replace the file?",
            plain(f"{path}\nexists already. Replace it?"),
            buttons.Yes | buttons.No,
            buttons.No,
        )
        return answer == buttons.Yes

    def _say(self, refusal: Refusal) -> None:
        box = QMessageBox(QMessageBox.Icon.Warning, "Not exported", "", parent=self)
        box.setText(plain(f"The map was not exported: {refusal.what}."))
        where = "\n".join(part for part in (refusal.where, refusal.remedy) if part)
        box.setInformativeText(plain(where))
        box.exec()

    def _browse(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, "Export the map to", str(self.form.path()), ";;".join(FILTERS)
        )
        if name:
            self._agreed = Path(name)
            self.form.set_path(self._agreed)


class _Preview(QLabel):
    """Shows a picture as large as fits, or words in its place."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("export_preview")
        self.setAccessibleName("Preview")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMinimumSize(200, 150)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setWordWrap(True)
        self._image = QImage()

    def show_image(self, image: QImage) -> None:
        self._image = image
        self._fit()

    def show_words(self, words: str) -> None:
        self._image = QImage()
        self.setText(words[:1].upper() + words[1:])

    def sizeHint(self) -> QSize:
        return QSize(PREVIEW_PX, PREVIEW_PX * 3 // 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._image.isNull():
            return
        ratio = self.devicePixelRatioF()
        room = self.size() * ratio
        smooth = Qt.TransformationMode.SmoothTransformation
        fitted = self._image.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, smooth)
        fitted.setDevicePixelRatio(ratio)
        self.setPixmap(QPixmap.fromImage(fitted))


def _small(options: ExportOptions, size_px: tuple[int, int]) -> ExportOptions:
    """Return the same layout with just the dots a preview needs."""
    wanted = round(LOGICAL_DPI * 1.6 * PREVIEW_PX / max(size_px))
    dpi = min(max(wanted, DPI_RANGE[0]), LOGICAL_DPI * 2)
    return replace(options, dpi=dpi)


def _first_path(state: State, folder: Path | None) -> Path:
    """Return a name that tells what is on the map, in the folder of the last export."""
    if folder is None or not folder.is_dir():
        pictures = QStandardPaths.StandardLocation.PicturesLocation
        folder = Path(QStandardPaths.writableLocation(pictures))
    if not folder.is_dir():
        folder = Path.home()
    days = dict.fromkeys((state.first_day, state.day))
    shown = "-to-".join(iso_from_day(day) for day in days)
    if state.other_day is not None:
        shown += f"-and-{iso_from_day(state.other_day)}"
    return folder / f"{state.panel}-{shown}.png"
