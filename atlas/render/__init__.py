"""Drawing: from a Scene to any QPainter. Knows QtGui, no widgets."""
