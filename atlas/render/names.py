"""Names on the map: of those planned for a neighbourhood, the ones chosen for the day.

Floor: render; neighbours: name_plan, letters, style, frame, name_boxes.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Final, NamedTuple

from atlas.core.label_plan import Planned
from atlas.core.labels import BoxPx, Occupied
from atlas.core.leaders import Leader
from atlas.core.lettering import short_label
from atlas.core.scene import Mark, Scene
from atlas.core.slid import slid_box
from atlas.core.wish import Wish
from atlas.render.frame import Frame
from atlas.render.letters import Lettering, size_of
from atlas.render.marks import SYMBOL_PX
from atlas.render.name_boxes import boxes_for
from atlas.render.name_plan import DOT_BOX_PX, DOTTED, NamePlan, map_px, name_plan
from atlas.render.style import Style

_LEAST_LABEL_INK: Final = 0.45
_PRESENT_INK: Final = 0.7
_AT_POINTS: Final = DOTTED | {"mark"}


class PlacedName(NamedTuple):
    """A name with the corner it is drawn at, and the town's dot it belongs to, if any."""

    wish: Wish
    letters: Lettering
    x_px: float
    y_px: float
    dot_px: tuple[float, float] | None = None
    leader: Leader | None = None
    """The hairline to a sign further off."""


def placed_names(
    scene: Scene, style: Style, frame: Frame, furniture: Occupied, planned_for: Scene | None = None
) -> list[PlacedName]:
    """Return the names shown on the scene's day, each at its own place.

    With `planned_for` the plan of that scene is used, each name going with its own map point: a
    plan takes longer than a frame of a map in motion may.
    """
    planned_for = planned_for or scene
    plan_ = name_plan(planned_for.wishes, style, planned_for.camera.m_per_px)
    return _Chooser(scene, frame, furniture, plan_).names()


class _Chooser:
    """Goes through a plan in order of importance and keeps what may be shown today."""

    def __init__(self, scene: Scene, frame: Frame, furniture: Occupied, plan_: NamePlan) -> None:
        self._scene = scene
        self._lettered = Occupied()
        """In a stretch of time also what never stood side by side on one day is shown."""
        self._frame = frame
        self._furniture = furniture
        self._plan = plan_
        self._marks = {mark.feature_id: mark for mark in scene.marks}
        self._signs = self._signs_in_frame()
        self._areas = {area.feature_id: area for area in scene.areas}
        self._actors = {arrow.feature_id: arrow.actor for arrow in scene.arrows}
        self._visible = frozenset(self._marks) | frozenset(
            arrow.feature_id for arrow in scene.arrows if arrow.ink >= 0.5
        )

    def _signs_in_frame(self) -> Occupied:
        """Return the boxes within which a sign as good as covers a town's dot."""
        signs = Occupied()
        for mark in self._scene.marks:
            if mark.ink >= _PRESENT_INK and not mark.hatched:
                x_px, y_px = self._frame.to_px(mark.x_m, mark.y_m)
                r = SYMBOL_PX + 1
                signs.add((x_px - r, y_px - r, x_px + r, y_px + r))
        return signs

    def names(self) -> list[PlacedName]:
        shown: set[int] = set()
        owners: set[str] = set()
        names = []
        titles = self._mark_titles()
        for index, wish in enumerate(self._plan.wishes):
            if wish.owner in owners or not self._is_wanted(wish, titles):
                continue
            planned = self._plan.planned[index]
            chosen = wish.owner == self._scene.selection
            box = self._box_of_chosen(index) if chosen else self._in_frame(wish, planned.box)
            if box is None or not (chosen or self._is_free(wish, planned, shown)):
                continue
            if self._scene.range_days:
                if self._lettered.hits(box) and not chosen:
                    continue
                self._lettered.add(box)
            shown.add(index)
            owners.update((wish.owner, *wish.twins))
            names.append(self._placed(index, wish, box))
        return [*names, *self._slid(names, owners)]

    def _slid(self, names: list[PlacedName], owners: set[str]) -> Iterator[PlacedName]:
        """Yield names cut off at their own places, of what reaches into the picture."""
        taken = Occupied()
        for name in names:
            width, height = size_of(name.letters)
            taken.add((name.x_px, name.y_px, name.x_px + width, name.y_px + height))
        wanted = [
            (index, wish)
            for index in self._plan.sliding
            for wish in (self._plan.wishes[index],)
            if wish.owner not in owners and self._is_wanted(wish, ())
        ]
        for index, wish in wanted:
            if self._in_frame(wish, self._plan.planned[index].box):
                owners.add(wish.owner)  # it has its place, and gives way there today
        for index, wish in wanted:
            if wish.owner in owners:
                continue
            box = self._slid_box(index, wish)
            if box and not any(o.hits(box) for o in (taken, self._signs, self._furniture)):
                owners.add(wish.owner)
                taken.add(box)
                yield self._placed(index, wish, box)

    def _is_cut_off(self, wish: Wish, box: BoxPx) -> bool:
        """Tell whether a planned box reaches over the picture's rim."""
        dx, dy = self._moved_px(wish)
        width, height = self._frame.size_px
        left, top, right, bottom = box[0] + dx, box[1] + dy, box[2] + dx, box[3] + dy
        return left < 3 or top < 3 or right > width - 3 or bottom > height - 3

    def _slid_box(self, index: int, wish: Wish) -> BoxPx | None:
        """Return where it can be named whatever the date, so that the name stays there."""
        k = self._frame.camera.m_per_px
        discs = [(*self._frame.to_px(x_m, y_m), room_m / k) for x_m, y_m, room_m in wish.rooms]
        name_px = size_of(self._plan.letters[index])
        return slid_box(discs, name_px, self._frame.size_px, self._is_left_free)

    def _is_left_free(self, box: BoxPx) -> bool:
        """Tell whether no name stands in a box that does not come and go with events."""
        width, height = self._frame.size_px
        for index in self._plan.lasting:
            x0, y0, x1, y1 = self._plan.planned[index].box
            dx, dy = self._moved_px(self._plan.wishes[index])
            x0, y0, x1, y1 = x0 + dx, y0 + dy, x1 + dx, y1 + dy
            cut_off = x0 < 0 or y0 < 0 or x1 > width or y1 > height
            if not cut_off and x0 < box[2] and box[0] < x1 and y0 < box[3] and box[1] < y1:
                return False
        return True

    def _mark_titles(self) -> frozenset[str]:
        """Return the words lettered at symbols: a town of that name needs no second label."""
        return frozenset(
            short_label(mark.label).casefold()
            for mark in self._scene.marks
            if mark.ink >= _LEAST_LABEL_INK
        )

    def _is_wanted(self, wish: Wish, titles: Container[str]) -> bool:
        mark = self._marks.get(wish.owner) if wish.kind == "mark" else None
        if mark is not None and self._is_chosen(mark):
            return True
        dated = wish.kind in ("mark", "area")
        first_day = self._scene.day - (self._scene.range_days if dated else 0)
        if not (wish.first_day <= self._scene.day and first_day <= wish.last_day):
            return False
        if wish.kind == "mark":
            return mark is not None and mark.ink >= _LEAST_LABEL_INK
        if wish.kind == "area":
            return wish.owner in self._areas
        if wish.line:
            return wish.line in self._visible
        return not (wish.kind == "town" and (wish.english or wish.text).casefold() in titles)

    def _is_chosen(self, mark: Mark) -> bool:
        return mark.feature_id == self._scene.selection

    def _box_of_chosen(self, index: int) -> BoxPx | None:
        """Return a box for what is selected: its planned one, or any that the picture holds."""
        wish, letters = self._plan.wishes[index], self._plan.letters[index]
        boxes, _ = boxes_for(wish, letters, self._plan.m_per_px)
        found = (self._in_frame(wish, box) for box in (self._plan.planned[index].box, *boxes))
        return next((box for box in found if box is not None), None)

    def _is_free(self, wish: Wish, planned: Planned, shown: set[int]) -> bool:
        if any(other in shown for other in planned.yields_to):
            return False
        owners = self._plan.obstacle_owners
        return not any(self._gives_way(wish, owners[o]) for o in planned.hidden_by)

    def _gives_way(self, wish: Wish, obstacle: str) -> bool:
        """Tell whether a name is left out for a symbol or an arrow on its letters.

        Countries and what is at hand may cross an arrow; towns may not, and what is past or in
        doubt only one of its own side. What has faded too far to be named hides no name.
        """
        sign = self._marks.get(obstacle)
        if sign is not None or obstacle not in self._visible:
            return sign is not None and sign.ink >= _LEAST_LABEL_INK
        mark = self._marks.get(wish.owner)
        if mark is None:
            return wish.kind != "country"
        at_hand = mark.ink >= _PRESENT_INK and not mark.doubt
        return not at_hand and self._actors.get(obstacle) != mark.actor

    def _in_frame(self, wish: Wish, box: BoxPx) -> BoxPx | None:
        """Return a planned box in pixels of the picture, None if it is cut off or covered."""
        dx, dy = self._moved_px(wish)
        moved = (box[0] + dx, box[1] + dy, box[2] + dx, box[3] + dy)
        if self._is_cut_off(wish, box):
            return None
        if self._furniture.hits(moved):
            return None
        x_px, y_px = self._frame.to_px(wish.x_m, wish.y_m)
        r = SYMBOL_PX if wish.kind == "mark" else DOT_BOX_PX
        if wish.kind == "town" and self._signs.hits((x_px, y_px, x_px, y_px)):
            return None  # without its dot the name would be read as the sign's
        return moved if wish.kind not in _AT_POINTS or self._is_seen(x_px, y_px, r) else None

    def _moved_px(self, wish: Wish) -> tuple[float, float]:
        """Return how far a name's own point lies from where the plan had it."""
        x_px, y_px = self._frame.to_px(wish.x_m, wish.y_m)
        planned_x_px, planned_y_px = map_px(wish.x_m, wish.y_m, self._plan.m_per_px)
        return x_px - planned_x_px, y_px - planned_y_px

    def _is_seen(self, x_px: float, y_px: float, r: float) -> bool:
        """Tell whether the sign a name belongs to stands in the picture, under no furniture."""
        width, height = self._frame.size_px
        inside = r <= x_px <= width - r and r <= y_px <= height - r
        return inside and not self._furniture.hits((x_px - r, y_px - r, x_px + r, y_px + r))

    def _dot(self, wish: Wish) -> tuple[float, float] | None:
        """Return where a town's dot is drawn, None where a sign stands for it."""
        x_px, y_px = self._frame.to_px(wish.x_m, wish.y_m)
        return None if self._signs.hits((x_px, y_px, x_px, y_px)) else (x_px, y_px)

    def _placed(self, index: int, wish: Wish, box: BoxPx) -> PlacedName:
        dot = leader = None
        if wish.kind in DOTTED:
            dot = self._dot(wish)
        planned = self._plan.planned[index]
        dx, dy = self._moved_px(wish)
        if planned.leader and box[:2] == (planned.box[0] + dx, planned.box[1] + dy):
            (x0, y0), (x1, y1) = planned.leader
            leader = Leader((x0 + dx, y0 + dy), (x1 + dx, y1 + dy))
        return PlacedName(wish, self._plan.letters[index], box[0], box[1], dot, leader)
