"""What a picture shows, as an image."""

from __future__ import annotations

from PySide6.QtGui import QImage, QPainter

from atlas.app.picture import MapPicture
from atlas.core.scene import Scene


def shown(picture: MapPicture, scene: Scene, ratio: float = 1.0) -> QImage:
    image = QImage(
        round(scene.size_px[0] * ratio), round(scene.size_px[1] * ratio), QImage.Format.Format_RGB32
    )
    image.setDevicePixelRatio(ratio)
    image.fill("magenta")
    painter = QPainter(image)
    picture.paint(painter, scene, ratio)
    painter.end()
    return image
