"""What a random reader does in a dialog: something in it, then Escape, or lets it do its work."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QInputDialog,
    QLineEdit,
    QMessageBox,
    QProgressDialog,
    QWidget,
)

from atlas.ui.export_dialog import ExportDialog
from atlas.ui.film_dialog import FilmDialog
from tests.soak.hands import part
from tests.soak.moves import Reader

LOOK_EVERY_MS: Final = 15
PATIENCE: Final = 400
"""So many looks at a dialog that does not close."""
_SIZES: Final = ("window", "1280x720", "1080x1080", "a4", "1920x1080")
_ENDINGS: Final = ("png", "png", "jpg", "webp", "tif", "pdf", "svg")


class DialogHand(QObject):
    """Looks now and then whether a dialog is open, and uses it."""

    def __init__(self, reader: Reader, folder: Path) -> None:
        super().__init__()
        self._reader, self._folder = reader, folder
        self._dialog: QWidget | None = None
        self._looks = 0
        self._acting = False
        self.problems: list[str] = []
        self._again()

    def _again(self) -> None:
        # Not one timer for all: it would not look into a dialog opened by what it does.
        # And not a method: PySide keeps some of every such timer that calls one.
        QTimer.singleShot(LOOK_EVERY_MS, self, lambda: self._look())

    def _look(self) -> None:
        self._again()
        dialog = QApplication.activeModalWidget()
        if dialog is None or isinstance(dialog, QMessageBox | QDialog) is False:
            self._dialog = None
            return
        if dialog is not self._dialog:
            self._dialog, self._looks = dialog, 0
            self._use(dialog)
            return
        self._looks += 1
        if isinstance(dialog, QProgressDialog):
            return
        if self._looks % 10 == 5:
            self._reader.hands.key("Escape", dialog)
        if self._looks > PATIENCE:
            self.problems.append(f"{dialog.objectName() or type(dialog).__name__} does not close")
            dialog.close()

    def _use(self, dialog: QWidget) -> None:
        reader, name = self._reader, dialog.objectName() or type(dialog).__name__
        reader.say(f"in {name}")
        hands, dice = reader.hands, reader.dice
        match dialog:
            case QProgressDialog():
                if dice.random() < 0.3:
                    hands.key("Escape", dialog)
            case ExportDialog():
                self._export(dialog)
            case QFileDialog():
                self._choose_file(dialog)
            case QInputDialog():
                hands.key(dice.choice(("Return", "Escape")), dialog)
            case FilmDialog():
                self._film(dialog)
            case QMessageBox():
                hands.key("Escape", dialog)
            case _:
                for _ in range(dice.randint(0, 6)):
                    hands.key(dice.choice(("Tab", "Down", "Up", "PgDown")))
                hands.key("Escape", dialog)

    def _export(self, dialog: ExportDialog) -> None:
        hands, dice = self._reader.hands, self._reader.dice
        size = part(dialog, QComboBox, "export_size")
        size.setFocus()
        wanted = size.findData(dice.choice(_SIZES))
        while size.currentIndex() != wanted:
            hands.key("Down" if size.currentIndex() < wanted else "Up", size)
        theme = part(dialog, QComboBox, "export_theme")
        hands.key(dice.choice(("Down", "Up")), theme)
        field = part(dialog, QLineEdit, "export_path")
        field.setFocus()
        field.selectAll()
        hands.type(str(self._folder / f"map{dice.randint(1, 5)}.{dice.choice(_ENDINGS)}"))
        for _ in range(dice.choice((0, 5, 20))):
            hands.rest()
        if dice.random() < 0.6:
            save = dialog.buttons.button(QDialogButtonBox.StandardButton.Save)
            hands.click(save, (0.5, 0.5))
        else:
            hands.key("Escape", dialog)

    def _choose_file(self, dialog: QFileDialog) -> None:
        hands, dice = self._reader.hands, self._reader.dice
        opens = dialog.fileMode() == QFileDialog.FileMode.ExistingFile
        pictures = sorted(self._folder.glob("map*.png"))
        if opens and pictures and dice.random() < 0.7:
            hands.type(str(dice.choice(pictures)))
            hands.key("Return")
        elif not opens and dice.random() < 0.3:
            hands.type(str(self._folder / "publication"))
            hands.key("Return")
        else:
            hands.key("Escape", dialog)

    def _film(self, dialog: FilmDialog) -> None:
        hands, dice = self._reader.hands, self._reader.dice
        for field, words in ((dialog.first, "1979-01-01"), (dialog.last, "1979-01-09")):
            field.setFocus()
            field.selectAll()
            hands.type(words)
        hands.key(dice.choice(("Return", "Escape", "Escape")), dialog)
