"""The window's look, made of a theme's colours: palette and one small style sheet.

Floor: ui; neighbours: application and window, which apply it when the theme changes.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QColor, QFont, QPalette

from atlas.core.resources import resources_dir
from atlas.render.style import Style

_NAMES: Final = ("paper", "panel", "text", "text_soft", "accent", "focus", "rule", "plate_edge")

_FONT: Final = ("Noto Sans", 13)
_SHEET: Final = """
* { font-family: "$family"; font-size: $sizepx; }
QMainWindow, QDialog, QMessageBox { background: $paper; }
QMainWindow::separator { background: $rule; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: $accent; }
QDialogButtonBox, QMessageBox { dialogbuttonbox-buttons-have-icons: 0; }
QLabel { color: $text; background: transparent; }
QCheckBox { color: $text; }
QMenuBar { background: $paper; color: $text; border-bottom: 1px solid $rule; padding: 2px 6px; }
QMenuBar::item { padding: 4px 10px; background: transparent; border-radius: 3px; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $panel; color: $text; border: 1px solid $edge; padding: 5px 0; }
QMenu::item { padding: 5px 28px 5px 26px; }
QMenu::item:selected { background: $hover; color: $text; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $rule; margin: 5px 10px; }
QStatusBar { background: $paper; color: $soft; border-top: 1px solid $rule; min-height: 26px; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: $soft; padding: 0 8px; }
QDockWidget { color: $text; }
#dock_title { color: $soft; font-size: 12px; font-weight: bold; }
#dock_hide { color: $soft; font-size: 14px; padding: 0 5px; }
#layers_dock_bar { background: $paper; }
#text_dock_bar { background: $panel; }
QDockWidget > QWidget { background: $paper; }
QTreeWidget, QListWidget, QTextBrowser, QScrollArea { background: $paper; border: none;
  color: $text; selection-background-color: $hover; selection-color: $text; outline: none; }
#identify_card QTextBrowser { background: $panel; }
QTreeWidget::item { padding: 3px 2px; border-radius: 3px; }
QTreeWidget::item:hover, QListWidget::item:hover { background: $faint_hover; }
QTreeWidget::item:selected, QListWidget::item:selected { background: $hover; color: $text; }
QTreeWidget::item:focus { border: 1px solid $focus; }
QTreeWidget::indicator, QCheckBox::indicator { width: 12px; height: 12px; background: $panel;
  border: 1px solid $soft; border-radius: 2px; }
QTreeWidget::indicator:checked, QCheckBox::indicator:checked { image: url("$icons/check.svg"); }
QTreeWidget::indicator:indeterminate { image: url("$icons/some.svg"); }
QPushButton { background: $panel; color: $text; border: 1px solid $edge; border-radius: 3px;
  padding: 4px 12px; min-height: 18px; }
QPushButton:hover { border-color: $accent; color: $accent; }
QPushButton:pressed { background: $hover; }
QPushButton:disabled, QComboBox:disabled, QLineEdit:disabled, QSpinBox:disabled {
  color: $faint; border-color: $rule; }
QLabel:disabled { color: $faint; }
QPushButton:default { border-color: $accent; }
QToolButton { background: transparent; color: $text; border: 1px solid transparent;
  border-radius: 3px; padding: 2px 6px; }
QToolButton:hover { background: $hover; color: $accent; }
QToolButton:checked { background: $hover; border-color: $edge; }
QScrollArea:focus, QListWidget:focus { border: 1px solid $focus; }
QPushButton:focus, QToolButton:focus, QComboBox:focus, QLineEdit:focus, QSpinBox:focus {
  border: 1px solid $focus; }
QLineEdit, QComboBox, QSpinBox { background: $panel; color: $text; border: 1px solid $edge;
  border-radius: 3px; padding: 3px 7px; min-height: 18px;
  selection-background-color: $focus; selection-color: $panel; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url("$icons/down.svg"); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $panel; color: $text; border: 1px solid $edge;
  selection-background-color: $hover; selection-color: $text; outline: none; }
QScrollBar:vertical { background: transparent; width: 9px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 9px; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: 4px; min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: $faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
#date_message, #other_date_message { background: $panel; color: $accent; border: 1px solid $accent;
  border-radius: 3px; }
QToolTip { background: $panel; color: $text; border: 1px solid $edge; padding: 5px 7px; }
#identify_card { background: $panel; border: 1px solid $edge; border-radius: 4px; }
#card_name { font-family: "Noto Serif"; font-size: 17px; font-weight: bold; }
#card_stack { color: $soft; font-size: 12px; }
#card_close { font-size: 18px; padding: 0 5px 2px 5px; }
#section_head { color: $soft; font-size: 12px; font-weight: bold; padding-top: 10px; }
QHeaderView::section { background: $paper; color: $soft; border: none;
  border-bottom: 1px solid $rule; padding: 4px 2px; }
#present_hint { background: $panel; color: $text; border: 1px solid $edge; border-radius: 4px;
  padding: 6px 14px; font-size: 15px; }
#dialog_title { font-family: "Noto Serif"; font-size: 20px; font-weight: bold; }
"""


def stylesheet(style: Style) -> str:
    """Return the application's style sheet in a theme's colours."""
    colors = {name: style.color(name).name() for name in _NAMES}
    family, size_px = _FONT
    put = colors | {
        "family": family,
        "size": str(size_px),
        "icons": (resources_dir() / "icons").as_posix(),
        "soft": colors["text_soft"],
        "edge": colors["plate_edge"],
        "hover": mixed(style, "paper", "accent", 0.14).name(),
        "faint_hover": mixed(style, "paper", "accent", 0.07).name(),
        "faint": mixed(style, "paper", "text_soft", 0.6).name(),
    }
    sheet = _SHEET
    for name in sorted(put, key=len, reverse=True):
        sheet = sheet.replace(f"${name}", put[name])
    return sheet


def sheet_font() -> QFont:
    """Return the font the style sheet gives to all that says nothing else."""
    family, size_px = _FONT
    made = QFont(family)
    made.setPixelSize(size_px)
    return made


def palette(style: Style) -> QPalette:
    """Return the palette for what the style sheet does not reach."""
    roles = QPalette.ColorRole
    made = QPalette()
    named = {
        roles.Window: "paper",
        roles.Base: "panel",
        roles.AlternateBase: "paper",
        roles.ToolTipBase: "panel",
        roles.Button: "panel",
        roles.WindowText: "text",
        roles.Text: "text",
        roles.ButtonText: "text",
        roles.ToolTipText: "text",
        roles.PlaceholderText: "text_soft",
        roles.Link: "accent",
        roles.LinkVisited: "accent",
        roles.Highlight: "focus",
        roles.HighlightedText: "panel",
        roles.Mid: "rule",
    }
    for role, name in named.items():
        made.setColor(role, style.color(name))
    soft = mixed(style, "paper", "text_soft", 0.6)
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, soft)
    return made


def mixed(style: Style, ground: str, ink: str, share: float) -> QColor:
    """Return `share` of an ink laid over a ground."""
    a, b = style.color(ground), style.color(ink)
    return QColor.fromRgbF(
        a.redF() + (b.redF() - a.redF()) * share,
        a.greenF() + (b.greenF() - a.greenF()) * share,
        a.blueF() + (b.blueF() - a.blueF()) * share,
    )
