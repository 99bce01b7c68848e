"""The choices of an export: file, size, resolution, title and what else stands on the map.

Floor: ui; neighbours: export_dialog. It turns what is chosen into `ExportOptions`; whether that
can be had is judged by `atlas.app.export`.
"""

from __future__ import annotations

from collections.abc import Iterable
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
    QSpinBox,
    QWidget,
)

from atlas.app.export_options import (
    ALIASES,
    DOTTED,
    FORMATS,
    MAX_SIDE_PX,
    MIN_SIDE_PX,
    ExportOptions,
)
from atlas.app.pages import page_named
from atlas.core.state import State
from atlas.ui.menus import FURNITURE_WORDS

FORMAT_WORDS: Final = {
    "png": "PNG, a picture",
    "jpg": "JPEG, a small picture",
    "webp": "WebP, for web pages",
    "tif": "TIFF, for print and GIS",
    "pdf": "PDF, a page",
    "svg": "SVG, a drawing",
}
FILTERS: Final = tuple(f"{words} (*.{kind})" for kind, words in FORMAT_WORDS.items())
WINDOW: Final = "window"
CUSTOM: Final = "custom"
SIZES: Final = (
    (WINDOW, "As in this window"),
    ("1920x1080", "1920 × 1080"),
    ("3840x2160", "3840 × 2160"),
    (CUSTOM, "Width and height…"),
    ("a4", "A4, landscape"),
    ("a4-portrait", "A4, portrait"),
    ("a3", "A3, landscape"),
    ("a3-portrait", "A3, portrait"),
)
DPIS: Final = (96, 144, 192, 300)


class ExportForm(QWidget):
    """The fields; `changed` says that the picture would look different."""

    changed = Signal()

    def __init__(self, state: State, title: str, path: Path) -> None:
        super().__init__()
        self._state, self._panel_title = state, title
        self._name = QLineEdit(str(path), objectName="export_path")
        self.browse = QPushButton("Browse…", objectName="export_browse")
        self._format = _combo("export_format", FORMAT_WORDS.items())
        self._size = _combo("export_size", SIZES)
        self._width = _pixels("export_width", state.viewport_px[0])
        self._height = _pixels("export_height", state.viewport_px[1])
        self._dpi = _combo("export_dpi", ((dpi, f"{dpi} dots per inch") for dpi in DPIS))
        self._title = QLineEdit(objectName="export_title", placeholderText=title)
        self._extent = QLabel(objectName="export_extent")
        self._items = {key: QCheckBox(words) for key, words in FURNITURE_WORDS.items()}
        for key, box in self._items.items():
            box.setObjectName(f"export_{key}")
            box.setChecked(True)
        self._name.setAccessibleName("File")
        self._width.setAccessibleName("Width")
        self._height.setAccessibleName("Height")
        self._lay_out()
        self._connect()
        self._show()

    def _lay_out(self) -> None:
        rows = QFormLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setVerticalSpacing(9)
        rows.setHorizontalSpacing(14)
        rows.addRow("File", _side_by_side(self._name, self.browse))
        rows.addRow("Format", self._format)
        rows.addRow("Size", self._size)
        self._sides = _side_by_side(self._width, QLabel("×"), self._height)
        rows.addRow("", self._sides)
        self._dpi_label = QLabel("Resolution")
        self._dpi_label.setBuddy(self._dpi)
        rows.addRow(self._dpi_label, self._dpi)
        rows.addRow("", self._extent)
        rows.addRow("Title", self._title)
        boxes = QWidget()
        grid = QGridLayout(boxes)
        grid.setContentsMargins(0, 0, 0, 0)
        for place, box in enumerate(self._items.values()):
            grid.addWidget(box, place // 2, place % 2)
        rows.addRow("On the map", boxes)
        self._name.setMinimumWidth(230)

    def _connect(self) -> None:
        self._name.textChanged.connect(self._take_format_of_name)
        self._format.activated.connect(self._put_format_into_name)
        self._size.currentIndexChanged.connect(self._show)
        self._dpi.currentIndexChanged.connect(self._show)
        self._width.valueChanged.connect(self._show)
        self._height.valueChanged.connect(self._show)
        self._title.textChanged.connect(self.changed)
        for box in self._items.values():
            box.toggled.connect(self.changed)

    def path(self) -> Path:
        """Return the file named; a name without an ending gets the chosen format's."""
        path = Path(self._name.text().strip()).expanduser()
        if path.suffix or not path.name:
            return path
        return path.with_suffix(f".{self._format.currentData()}")

    def set_path(self, path: Path) -> None:
        """Name the file."""
        self._name.setText(str(path))

    def options(self) -> ExportOptions:
        """Return what is chosen as the exporter wants it."""
        size = str(self._size.currentData())
        page = size if size[:2] in ("a3", "a4") else ""
        size_px = {
            WINDOW: self._state.viewport_px,
            CUSTOM: (self._width.value(), self._height.value()),
            "1920x1080": (1920, 1080),
            "3840x2160": (3840, 2160),
        }.get(size)
        return ExportOptions(
            size_px=size_px,
            dpi=int(self._dpi.currentData()) if self._has_dots() else DPIS[0],
            page=page,
            title=self._title.text().strip(),
            furniture=frozenset(key for key, box in self._items.items() if box.isChecked()),
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
            self._name.setText(str(path.with_suffix(f".{self._format.currentData()}")))
        self._show()

    def _show(self) -> None:
        """Show the fields that matter for the choice, and what it comes to."""
        self._sides.setVisible(self._size.currentData() == CUSTOM)
        for part in (self._dpi, self._dpi_label):
            part.setEnabled(self._has_dots())
            part.setToolTip(
                "" if self._has_dots() else "Lines and text are sharp at any resolution"
            )
        options = self.options()
        width, height = (
            page_named(options.page).map_px if options.page else options.size_px or (0, 0)
        )
        if self._has_dots():
            dots = options.dots_per_px
            self._extent.setText(f"{round(width * dots):,} × {round(height * dots):,} pixels")
        elif options.page:
            page = page_named(options.page)
            self._extent.setText(f"{page.width_mm:g} × {page.height_mm:g} mm, any resolution")
        else:
            self._extent.setText("Lines and text, sharp at any size")
        self.changed.emit()


def _combo(name: str, rows: Iterable[tuple[object, str]]) -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    for data, words in rows:
        box.addItem(words, data)
    return box


def _pixels(name: str, value: int) -> QSpinBox:
    box = QSpinBox()
    box.setObjectName(name)
    box.setRange(MIN_SIDE_PX, MAX_SIDE_PX)
    box.setValue(value)
    box.setSuffix(" px")
    return box


def _side_by_side(*widgets: QWidget) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    for widget in widgets:
        line.addWidget(widget)
    return row
