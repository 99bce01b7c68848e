"""The choices of an export: file, size, resolution, words, look, what else stands on the map.

Floor: ui; neighbours: export_dialog, export_size. It turns what is chosen into `ExportOptions` and
a state; whether that can be had is judged by `atlas.app.export`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from atlas.app.export_options import ALIASES, CLEAR, DOTTED, FORMATS, LONGEST, ExportOptions
from atlas.app.pages import page_named
from atlas.core.state import State
from atlas.ui.export_size import SizeField
from atlas.ui.menus import FURNITURE_WORDS, THEME_WORDS

FORMAT_WORDS: Final = {
    "png": "PNG, a picture",
    "jpg": "JPEG, a small picture",
    "webp": "WebP, for web pages",
    "tif": "TIFF, for print and GIS",
    "pdf": "PDF, a page",
    "svg": "SVG, a drawing",
}
FILTERS: Final = tuple(f"{words} (*.{kind})" for kind, words in FORMAT_WORDS.items())
NAME_WORDS: Final = {"english": "English", "local": "Local", "both": "English and local"}
KEPT_WORDS: Final = (
    "Fonts, colours and what the file says of itself as archives want them. "
    "Checked by the atlas's own tests, not certified."
)
DPIS: Final = (96, 144, 150, 192, 300, 600)


class ExportForm(QWidget):
    """The fields; `changed` says that the picture would look different."""

    changed = Signal()

    def __init__(self, state: State, title: str, path: Path) -> None:
        super().__init__()
        self._state = state
        self._name = QLineEdit(str(path), objectName="export_path")
        self.browse = QPushButton("Browse…", objectName="export_browse")
        self._format = _combo("export_format", FORMAT_WORDS.items())
        self._size = SizeField(state.viewport_px)
        self._dpi = _combo("export_dpi", ((dpi, f"{dpi} dots per inch") for dpi in DPIS))
        self._title = QLineEdit(objectName="export_title", placeholderText=title)
        self._caption = QLineEdit(objectName="export_caption", placeholderText="none")
        for field in (self._title, self._caption):
            field.setMaxLength(LONGEST)
        self._theme = _combo("export_theme", THEME_WORDS.items(), state.theme)
        self._names = _combo("export_names", NAME_WORDS.items(), state.name_language)
        self._extent = QLabel(objectName="export_extent")
        self._items = {key: QCheckBox(words) for key, words in FURNITURE_WORDS.items()}
        for key, box in self._items.items():
            box.setObjectName(f"export_{key}")
            box.setChecked(True)
        self._transparent = QCheckBox("Without sea and paper", objectName="export_transparent")
        self._placed = QCheckBox("Placed for GIS", objectName="export_georeference")
        self._kept = QCheckBox("To keep: PDF/A-2b", objectName="export_archival")
        self._kept.setToolTip(KEPT_WORDS)
        self._shapes = QCheckBox("Letters as shapes", objectName="export_outlines")
        self._name.setAccessibleName("File")
        self._lay_out()
        self._connect()
        self._show()

    @property
    def _file_boxes(self) -> tuple[QCheckBox, ...]:
        """The choices that only some formats have."""
        return self._transparent, self._placed, self._kept, self._shapes

    def _lay_out(self) -> None:
        rows = QFormLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setVerticalSpacing(9)
        rows.setHorizontalSpacing(14)
        rows.addRow("File", _side_by_side(self._name, self.browse))
        rows.addRow("Format", self._format)
        size_label = QLabel("Size")
        size_label.setBuddy(self._size.choice)
        rows.addRow(size_label, self._size)
        self._dpi_label = QLabel("Resolution")
        self._dpi_label.setBuddy(self._dpi)
        rows.addRow(self._dpi_label, self._dpi)
        rows.addRow("", self._extent)
        rows.addRow("Title", self._title)
        rows.addRow("Caption", self._caption)
        rows.addRow("Theme", self._theme)
        rows.addRow("Names", self._names)
        boxes = QWidget()
        grid = QGridLayout(boxes)
        grid.setContentsMargins(0, 0, 0, 0)
        for place, box in enumerate((*self._items.values(), *self._file_boxes)):
            grid.addWidget(box, place // 2, place % 2)
        rows.addRow("On the map", boxes)
        self._name.setMinimumWidth(230)

    def _connect(self) -> None:
        self._name.textChanged.connect(self._take_format_of_name)
        self._format.activated.connect(self._put_format_into_name)
        self._size.changed.connect(self._show)
        self._dpi.currentIndexChanged.connect(self._show)
        for words in (self._title, self._caption):
            words.textChanged.connect(self.changed)
        for choice in (self._theme, self._names):
            choice.currentIndexChanged.connect(self.changed)
        for box in (*self._items.values(), *self._file_boxes):
            box.toggled.connect(self.changed)

    def path(self) -> Path:
        """Return the file named; a name without an ending gets the chosen format's."""
        path = Path(self._name.text().strip()).expanduser()
        if path.suffix or not path.name:
            return path
        return path.with_suffix(f".{self.format}")

    def set_path(self, path: Path) -> None:
        """Name the file."""
        self._name.setText(str(path))

    def choose_page(self, page: str) -> None:
        """Choose a sheet of paper."""
        choice = self._size.choice
        choice.setCurrentIndex(max(choice.findData(page), 0))

    def state(self) -> State:
        """Return the view in the look chosen."""
        return replace(
            self._state,
            theme=str(self._theme.currentData()),
            name_language=str(self._names.currentData()),
        )

    def options(self) -> ExportOptions:
        """Return what is chosen as the exporter wants it."""
        return ExportOptions(
            size_px=self._size.size_px,
            dpi=int(self._dpi.currentData()) if self._has_dots() else DPIS[0],
            page=self._size.page,
            title=self._title.text().strip(),
            caption=self._caption.text().strip(),
            furniture=frozenset(key for key, box in self._items.items() if box.isChecked()),
            transparent=self._transparent.isEnabled() and self._transparent.isChecked(),
            georeference=self._placed.isEnabled() and self._placed.isChecked(),
            archival=self._kept.isEnabled() and self._kept.isChecked(),
            outlines=self._shapes.isEnabled() and self._shapes.isChecked(),
        )

    @property
    def format(self) -> str:
        """The format chosen, one of `FORMATS`."""
        return str(self._format.currentData())

    def _has_dots(self) -> bool:
        return self.format in DOTTED

    def _take_format_of_name(self, name: str) -> None:
        ending = Path(name.strip()).suffix.lower().removeprefix(".")
        kind = ALIASES.get(ending, ending)
        if kind in FORMATS:
            self._format.setCurrentIndex(self._format.findData(kind))
            self._show()

    def _put_format_into_name(self) -> None:
        path = Path(self._name.text().strip())
        if path.name:
            self._name.setText(str(path.with_suffix(f".{self.format}")))
        self._show()

    def _show(self) -> None:
        """Show the fields that matter for the choice, and what it comes to."""
        for part in (self._dpi, self._dpi_label):
            part.setEnabled(self._has_dots())
            part.setToolTip("" if self._has_dots() else "Lines and text are sharp anyway")
        self._transparent.setEnabled(self.format in CLEAR)
        self._placed.setEnabled(self._has_dots())
        self._kept.setEnabled(self.format == "pdf")
        self._shapes.setEnabled(self.format == "svg")
        self._extent.setText(self._extent_words(self.options()))
        self.changed.emit()

    def _extent_words(self, options: ExportOptions) -> str:
        page = page_named(options.page) if options.page else None
        width, height = page.map_px if page else options.size_px or (0, 0)
        if self._has_dots():
            dots = options.dots_per_px
            return f"{round(width * dots):,} × {round(height * dots):,} pixels"
        if page:
            return f"{page.width_mm:g} × {page.height_mm:g} mm, any resolution"
        return "Lines and text, sharp at any size"


def _combo(name: str, rows: Iterable[tuple[object, str]], chosen: object = None) -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    for data, words in rows:
        box.addItem(words, data)
    box.setCurrentIndex(max(box.findData(chosen), 0))
    return box


def _side_by_side(*widgets: QWidget) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    for widget in widgets:
        line.addWidget(widget)
    return row
