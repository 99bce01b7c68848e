"""How large an export is: the window's size, a screen's, a sheet of paper, or one's own.

Floor: ui; neighbours: export_form, which it is a part of.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from atlas.app.export_options import MAX_SIDE_PX, MIN_SIDE_PX
from atlas.app.pages import LOGICAL_DPI, MM_PER_INCH, page_names, px_from_mm
from atlas.core.viewport import SizePx

WINDOW: Final = "window"
CUSTOM: Final = "custom"
CUSTOM_MM: Final = "custom-mm"
SCREENS: Final[dict[str, SizePx]] = {
    "1280x720": (1280, 720),
    "1920x1080": (1920, 1080),
    "3840x2160": (3840, 2160),
    "1080x1080": (1080, 1080),
}
SIZES: Final = (
    (WINDOW, "As in this window"),
    ("1280x720", "Slide 16:9, 1280 × 720"),
    ("1920x1080", "Slide 16:9, 1920 × 1080"),
    ("3840x2160", "Slide 16:9, 3840 × 2160"),
    ("1080x1080", "Square, 1080 × 1080"),
    ("a4", "A4, landscape"),
    ("a4-portrait", "A4, portrait"),
    ("a3", "A3, landscape"),
    ("a3-portrait", "A3, portrait"),
    ("letter", "Letter, landscape"),
    ("letter-portrait", "Letter, portrait"),
    ("a1-portrait", "Poster A1, portrait"),
    ("a0-portrait", "Poster A0, portrait"),
    (CUSTOM, "Width and height in pixels…"),
    (CUSTOM_MM, "Width and height in millimetres…"),
)
_MIN_MM, _MAX_MM = 32, 4200


class SizeField(QWidget):
    """A list of sizes, and two fields where the size is one's own."""

    changed = Signal()

    def __init__(self, window_px: SizePx) -> None:
        super().__init__()
        self._window_px = window_px
        self.choice = QComboBox()
        self.choice.setObjectName("export_size")
        self.choice.setAccessibleName("Size")
        for key, words in SIZES:
            self.choice.addItem(words, key)
        self._width, self._height = QSpinBox(), QSpinBox()
        self._width.setObjectName("export_width")
        self._height.setObjectName("export_height")
        for field in (self._width, self._height):
            field.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self._width.setAccessibleName("Width")
        self._height.setAccessibleName("Height")
        self._sides = QWidget()
        self._lay_out()
        self._unit = ""
        self._take_unit(CUSTOM, window_px)
        self.choice.currentIndexChanged.connect(self._show)
        self._width.valueChanged.connect(self.changed)
        self._height.valueChanged.connect(self.changed)
        self._show()

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.choice)
        line = QHBoxLayout(self._sides)
        line.setContentsMargins(0, 0, 0, 0)
        for part in (self._width, QLabel("×"), self._height):
            line.addWidget(part)
        line.addStretch(1)
        rows.addWidget(self._sides)
        self.setFocusProxy(self.choice)

    @property
    def page(self) -> str:
        """The sheet chosen, empty if none is."""
        key = str(self.choice.currentData())
        return key if key in page_names() else ""

    @property
    def size_px(self) -> SizePx | None:
        """The size chosen in logical pixels, None if a sheet is."""
        key = str(self.choice.currentData())
        sides = (self._width.value(), self._height.value())
        if key == CUSTOM:
            return sides
        if key == CUSTOM_MM:
            return px_from_mm(sides[0]), px_from_mm(sides[1])
        return None if self.page else SCREENS.get(key, self._window_px)

    def _show(self) -> None:
        key = str(self.choice.currentData())
        own = key in (CUSTOM, CUSTOM_MM)
        if own and key != self._unit:
            px = (self._width.value(), self._height.value())
            if self._unit == CUSTOM_MM:
                px = px_from_mm(px[0]), px_from_mm(px[1])
            self._take_unit(key, px)
        self._sides.setVisible(own)
        self.changed.emit()

    def _take_unit(self, unit: str, px: SizePx) -> None:
        """Let the fields tell the same size in another unit."""
        self._unit = unit
        for field, side_px in zip((self._width, self._height), px, strict=True):
            field.blockSignals(True)
            if unit == CUSTOM:
                field.setRange(MIN_SIDE_PX, MAX_SIDE_PX)
                field.setSuffix(" px")
                field.setValue(side_px)
            else:
                field.setRange(_MIN_MM, _MAX_MM)
                field.setSuffix(" mm")
                field.setValue(round(side_px / LOGICAL_DPI * MM_PER_INCH))
            field.blockSignals(False)
