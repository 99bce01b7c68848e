"""Widgets: the only floor that imports QtWidgets."""
