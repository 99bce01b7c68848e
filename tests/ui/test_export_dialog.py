from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QProgressDialog,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from atlas.app.export_options import layout_px
from atlas.app.images.carried import read_frame
from atlas.app.library import Library
from atlas.core.state import FURNITURE
from atlas.core.store import Store
from atlas.ui.export_dialog import ExportDialog
from atlas.ui.export_size import SIZES

SAVE = QDialogButtonBox.StandardButton.Save


@pytest.fixture
def dialog(qtbot: QtBot, store: Store, library: Library) -> ExportDialog:
    made = ExportDialog(library, store.state)
    qtbot.addWidget(made)
    made.show()
    return made


def part(dialog: ExportDialog, kind: type[QWidget], name: str) -> QWidget:
    found = dialog.findChild(kind, name)
    assert found is not None, name
    return found


def choose(dialog: ExportDialog, name: str, data: object) -> None:
    box = part(dialog, QComboBox, name)
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData(data))
    box.activated.emit(box.currentIndex())


def name_file(dialog: ExportDialog, path: Path) -> None:
    field = part(dialog, QLineEdit, "export_path")
    assert isinstance(field, QLineEdit)
    field.setText(str(path))


def save(dialog: ExportDialog) -> None:
    dialog.buttons.button(SAVE).click()


def answer(with_button: QMessageBox.StandardButton, said: list[str]) -> Callable[[], None]:
    def click() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        said.append(f"{box.text()} {box.informativeText()}")
        box.button(with_button).click()

    return click


def test_it_begins_with_the_window_s_view_and_a_name(dialog: ExportDialog, store: Store) -> None:
    options = dialog.form.options()
    assert options.size_px == store.state.viewport_px
    assert options.furniture == frozenset(FURNITURE)
    assert dialog.form.path().name == "intro-1975-06-21.png"


def test_it_offers_the_folder_of_the_last_export(
    qtbot: QtBot, store: Store, library: Library, tmp_path: Path
) -> None:
    made = ExportDialog(library, store.state, None, tmp_path)
    qtbot.addWidget(made)
    assert made.form.path() == tmp_path / "intro-1975-06-21.png"
    gone = ExportDialog(library, store.state, None, tmp_path / "gone")
    qtbot.addWidget(gone)
    assert gone.form.path().parent.is_dir()


@pytest.mark.parametrize("size", [(900, 600), (800, 500)])
def test_it_fits_into_a_small_window(
    qtbot: QtBot, store: Store, library: Library, size: tuple[int, int]
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(*size)
    made = ExportDialog(library, store.state, parent)
    made.show()
    assert made.width() <= size[0]
    assert made.height() <= size[1]
    field = part(made, QLineEdit, "export_path")
    area = made.findChild(QScrollArea)
    assert area is not None
    assert field.mapTo(area, field.rect().bottomRight()).x() <= area.viewport().width()
    assert made.rect().contains(made.buttons.geometry())


def test_saving_writes_what_the_preview_promised(dialog: ExportDialog, tmp_path: Path) -> None:
    name_file(dialog, tmp_path / "map.png")
    choose(dialog, "export_dpi", 192)
    save(dialog)
    image = QImage(str(tmp_path / "map.png"))
    assert (image.width(), image.height()) == (1600, 1200)
    assert image.text("Date") == "21 June 1975"
    assert dialog.result() == ExportDialog.DialogCode.Accepted


@pytest.mark.parametrize(("ending", "magic"), [("pdf", b"%PDF"), ("svg", b"<?xml")])
def test_the_name_decides_the_format(
    dialog: ExportDialog, tmp_path: Path, ending: str, magic: bytes
) -> None:
    name_file(dialog, tmp_path / f"map.{ending}")
    box = part(dialog, QComboBox, "export_format")
    assert isinstance(box, QComboBox)
    assert box.currentData() == ending
    save(dialog)
    assert (tmp_path / f"map.{ending}").read_bytes().startswith(magic)


def test_the_format_changes_the_name(dialog: ExportDialog, tmp_path: Path) -> None:
    name_file(dialog, tmp_path / "map.png")
    choose(dialog, "export_format", "pdf")
    assert dialog.form.path() == tmp_path / "map.pdf"
    assert not part(dialog, QComboBox, "export_dpi").isEnabled()


def test_a_name_without_ending_gets_one(dialog: ExportDialog, tmp_path: Path) -> None:
    name_file(dialog, tmp_path / "map")
    assert dialog.form.path() == tmp_path / "map.png"


def test_a_size_of_ones_own(dialog: ExportDialog, tmp_path: Path) -> None:
    width = part(dialog, QSpinBox, "export_width")
    assert isinstance(width, QSpinBox)
    assert not width.isVisible()
    choose(dialog, "export_size", "custom")
    assert width.isVisible()
    width.setValue(1000)
    assert dialog.form.options().size_px == (1000, 600)
    assert part(dialog, QLabel, "export_extent").text() == "1,000 × 600 pixels"


def test_a_page_tells_its_measure(dialog: ExportDialog, tmp_path: Path) -> None:
    name_file(dialog, tmp_path / "map.pdf")
    choose(dialog, "export_size", "a4-portrait")
    assert dialog.form.options().page == "a4-portrait"
    assert "210 × 297 mm" in part(dialog, QLabel, "export_extent").text()


def test_title_and_furniture_are_taken(dialog: ExportDialog) -> None:
    field, legend = (
        part(dialog, QLineEdit, "export_title"),
        part(dialog, QCheckBox, "export_legend"),
    )
    field.setText("My own map")
    legend.click()
    options = dialog.form.options()
    assert options.title == "My own map"
    assert options.furniture == frozenset(FURNITURE) - {"legend"}


def test_the_preview_follows_a_moment_later(dialog: ExportDialog, qtbot: QtBot) -> None:
    before = dialog.preview.pixmap().toImage()
    part(dialog, QCheckBox, "export_credits").click()
    qtbot.waitUntil(lambda: dialog.preview.pixmap().toImage() != before)


def test_too_large_is_said_in_the_preview(dialog: ExportDialog, qtbot: QtBot) -> None:
    choose(dialog, "export_format", "jpg")
    choose(dialog, "export_size", "custom")
    for name in ("export_width", "export_height"):
        part(dialog, QSpinBox, name).setValue(16_000)
    qtbot.waitUntil(lambda: "too large" in dialog.preview.text())
    assert not dialog.buttons.button(SAVE).isEnabled()
    choose(dialog, "export_size", "window")
    qtbot.waitUntil(dialog.buttons.button(SAVE).isEnabled)


def test_a_missing_folder_is_named_and_the_dialog_stays(
    dialog: ExportDialog, tmp_path: Path
) -> None:
    name_file(dialog, tmp_path / "nowhere" / "map.png")
    said: list[str] = []
    QTimer.singleShot(0, answer(QMessageBox.StandardButton.Ok, said))
    save(dialog)
    assert str(tmp_path / "nowhere") in said[0]
    assert "create it" in said[0]
    assert dialog.isVisible()


@pytest.mark.parametrize("yes", [True, False])
def test_an_existing_file_is_replaced_only_after_asking(
    dialog: ExportDialog, tmp_path: Path, yes: bool
) -> None:
    path = tmp_path / "map.png"
    path.write_bytes(b"old")
    name_file(dialog, path)
    buttons, said = QMessageBox.StandardButton, []
    QTimer.singleShot(0, answer(buttons.Yes if yes else buttons.No, said))
    save(dialog)
    assert str(path) in said[0]
    assert (path.read_bytes() == b"old") is not yes


def test_a_size_of_ones_own_in_millimetres(dialog: ExportDialog) -> None:
    width = part(dialog, QSpinBox, "export_width")
    choose(dialog, "export_size", "custom")
    width.setValue(960)
    choose(dialog, "export_size", "custom-mm")
    assert (width.value(), width.suffix()) == (254, " mm")
    width.setValue(508)
    assert dialog.form.options().size_px == (1920, 600)
    choose(dialog, "export_size", "custom")
    assert (width.value(), width.suffix()) == (1920, " px")


def test_every_preset_can_be_had(dialog: ExportDialog) -> None:
    for kind in ("png", "pdf"):
        choose(dialog, "export_format", kind)
        for key, _ in SIZES:
            choose(dialog, "export_size", key)
            width_px, height_px = layout_px((800, 600), dialog.form.options())
            assert width_px >= 200, key
            assert height_px >= 200, key


def test_caption_theme_names_and_ground_are_taken(dialog: ExportDialog, tmp_path: Path) -> None:
    part(dialog, QLineEdit, "export_caption").setText("Drawn for class 7b")
    choose(dialog, "export_theme", "night")
    choose(dialog, "export_names", "both")
    part(dialog, QCheckBox, "export_transparent").click()
    name_file(dialog, tmp_path / "map.png")
    save(dialog)
    frame = read_frame(tmp_path / "map.png", dialog._library)
    assert (frame.state.theme, frame.state.name_language) == ("night", "both")
    assert (frame.options.caption, frame.options.transparent) == ("Drawn for class 7b", True)


def test_what_a_format_cannot_carry_cannot_be_chosen(dialog: ExportDialog) -> None:
    clear = part(dialog, QCheckBox, "export_transparent")
    placed = part(dialog, QCheckBox, "export_georeference")
    clear.click()
    placed.click()
    choose(dialog, "export_format", "jpg")
    assert (clear.isEnabled(), placed.isEnabled()) == (False, True)
    choose(dialog, "export_format", "pdf")
    assert (clear.isEnabled(), placed.isEnabled()) == (False, False)
    options = dialog.form.options()
    assert (options.transparent, options.georeference) == (False, False)


def test_a_pdf_can_be_one_to_keep(dialog: ExportDialog, tmp_path: Path) -> None:
    kept = part(dialog, QCheckBox, "export_archival")
    assert not kept.isEnabled()
    assert "not certified" in kept.toolTip()
    name_file(dialog, tmp_path / "map.pdf")
    kept.click()
    save(dialog)
    assert b"<pdfaid:part>2</pdfaid:part>" in (tmp_path / "map.pdf").read_bytes()
    choose(dialog, "export_format", "png")
    assert not dialog.form.options().archival


def test_a_long_export_can_be_stopped(dialog: ExportDialog, tmp_path: Path) -> None:
    choose(dialog, "export_size", "a0-portrait")
    choose(dialog, "export_dpi", 300)
    path = tmp_path / "poster.png"
    name_file(dialog, path)
    seen: list[int] = []

    def stop() -> None:
        box = dialog.findChild(QProgressDialog, "export_progress")
        if box is None or not box.isVisible():
            return
        seen.append(box.maximum())
        box.findChild(QPushButton).click()

    watch = QTimer(dialog, interval=20)
    watch.timeout.connect(stop)
    watch.start()
    save(dialog)
    watch.stop()
    assert seen[0] > 10
    assert dialog.isVisible()
    assert not path.exists()
    assert not list(tmp_path.glob(".atlas*"))


def test_a_closed_dialog_holds_no_map(dialog: ExportDialog) -> None:
    choose(dialog, "export_theme", "night")
    dialog.show_preview()
    assert dialog._exporters
    dialog.reject()
    assert not dialog._exporters
