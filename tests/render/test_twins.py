"""Two features that tell of one thing are lettered once."""

from __future__ import annotations

from atlas.app.library import Library
from atlas.core.labels import Occupied
from atlas.render.names import placed_names
from atlas.render.painter import MapPainter
from tests.render.scenes import scene_at


def test_of_two_twins_at_most_one_is_lettered(library: Library, painter: MapPainter) -> None:
    twins = {f.id: f.same_as for f in library.atlas.features if f.same_as}
    assert len(twins) >= 20
    for on in ("1967-04-05", "1977-02-01", "1979-01-07", "1998-04-16", "1999-03-07"):
        scene = scene_at(library.atlas, on, (100.0, 9.0, 109.0, 18.0), (1200, 1000))
        names = placed_names(scene, painter.style, painter.frame(scene), Occupied())
        lettered = {name.wish.owner for name in names if name.wish.kind == "mark"}
        assert not {one for one in lettered if twins.get(one) in lettered}
