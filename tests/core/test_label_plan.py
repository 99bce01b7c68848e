"""Labels planned once for all time: never two at one spot on one day, never a box of chance."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from atlas.core.label_plan import Candidate, Obstacle, Planned, plan
from atlas.core.labels import BoxPx
from atlas.core.leaders import Leader
from atlas.core.lines import SOFT_WEIGHT, Lines, share_within

corners = st.tuples(st.integers(0, 300), st.integers(0, 200))


@st.composite
def boxes(draw: st.DrawFn) -> BoxPx:
    x, y = draw(corners)
    return (x, y, x + draw(st.integers(5, 80)), y + draw(st.integers(5, 25)))


@st.composite
def candidates(draw: st.DrawFn) -> Candidate:
    first = draw(st.integers(0, 100))
    return Candidate(
        tuple(draw(st.lists(boxes(), min_size=1, max_size=4))),
        first,
        first + draw(st.integers(0, 60)),
        draw(st.booleans()),
    )


@st.composite
def obstacles(draw: st.DrawFn) -> Obstacle:
    first = draw(st.integers(0, 100))
    return Obstacle(draw(boxes()), first, first + draw(st.integers(0, 60)), draw(st.booleans()))


def shown_on(day: int, wanted: list[Candidate], planned: tuple[Planned, ...]) -> list[int]:
    shown: list[int] = []
    for index, candidate in enumerate(wanted):
        if candidate.first_day <= day <= candidate.last_day and not (
            set(planned[index].yields_to) & set(shown)
        ):
            shown.append(index)
    return shown


def overlap(a: BoxPx, b: BoxPx) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@given(st.lists(candidates(), max_size=25), st.lists(obstacles(), max_size=10))
def test_no_two_labels_shown_on_one_day_overlap(
    wanted: list[Candidate], blocks: list[Obstacle]
) -> None:
    planned = plan(wanted, blocks)
    for day in range(0, 161, 20):
        shown = shown_on(day, wanted, planned)
        for i, a in enumerate(shown):
            assert not any(overlap(planned[a].box, planned[b].box) for b in shown[i + 1 :])


@given(st.lists(candidates(), max_size=25), st.lists(obstacles(), max_size=10))
def test_each_label_gets_one_of_its_boxes_and_names_what_hides_it(
    wanted: list[Candidate], blocks: list[Obstacle]
) -> None:
    for candidate, place in zip(wanted, plan(wanted, blocks), strict=True):
        assert place.box in candidate.boxes
        hidden_by = {
            index
            for index, block in enumerate(blocks)
            if overlap(place.box, block.box)
            and candidate.first_day <= block.last_day
            and block.first_day <= candidate.last_day
        }
        assert set(place.hidden_by) == (set() if candidate.insists else hidden_by)


def test_a_label_takes_the_free_box_and_crosses_an_arrow_rather_than_a_symbol() -> None:
    left, right = (0.0, 0.0, 40.0, 10.0), (60.0, 0.0, 100.0, 10.0)
    wish = Candidate((left, right), 0, 9)
    assert plan([wish], [Obstacle(left, 0, 9)])[0].box == right
    blocked = [Obstacle(left, 0, 9), Obstacle(right, 0, 9, soft=True)]
    assert plan([wish], blocked)[0].box == right
    assert plan([wish], [Obstacle(left, 20, 29)])[0].box == left


def test_lines_cost_their_longest_day_and_more_the_more_letters_they_strike() -> None:
    lines = Lines(
        [
            ([(0.0, 0.0), (200.0, 0.0)], 1, 10),
            ([(100.0, -90.0), (100.0, 90.0), (400.0, 90.0)], 1, 100),
        ]
    )
    for box, first, days in (
        ((20.0, -4.0, 60.0, 4.0), 1, 10),
        ((20.0, -4.0, 120.0, 4.0), 1, 100),
        ((280.0, 84.0, 300.0, 94.0), 60, 41),
    ):
        cost = lines.cost_days(box, first, 1000)
        assert days * SOFT_WEIGHT < cost <= 2 * days * SOFT_WEIGHT < days
    assert lines.cost_days((20.0, -4.0, 120.0, 4.0), 101, 1000) == 0
    assert lines.cost_days((20.0, 40.0, 60.0, 60.0), 1, 1000) == 0
    short, long = (20.0, -4.0, 30.0, 4.0), (20.0, -4.0, 90.0, 4.0)
    assert lines.cost_days(short, 1, 1000) < lines.cost_days(long, 1, 1000)


def test_lines_are_looked_at_only_within_bounds() -> None:
    far = [([(-1e7, 0.0), (1e7, 0.0)], 1, 100)]
    near = Lines(far, within=(0.0, -50.0, 200.0, 50.0))
    assert near.cost_days((20.0, -4.0, 60.0, 4.0), 1, 100) > 0
    assert near.cost_days((900.0, -4.0, 960.0, 4.0), 1, 100) == 0


@given(boxes(), corners, corners)
def test_the_share_of_a_stretch_within_a_box_lies_in_it(
    box: BoxPx, start: tuple[int, int], end: tuple[int, int]
) -> None:
    first, last = share_within(start, end, box)
    ends = (first, (first + last) / 2, last) if first < last else ()
    for share in ends:
        x, y = (a + (b - a) * share for a, b in zip(start, end, strict=True))
        assert box[0] - 1e-6 <= x <= box[2] + 1e-6
        assert box[1] - 1e-6 <= y <= box[3] + 1e-6
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    if box[0] < middle[0] < box[2] and box[1] < middle[1] < box[3] and start != end:
        assert first < 0.5 < last


LEFT, RIGHT = (0.0, 0.0, 40.0, 10.0), (60.0, 0.0, 100.0, 10.0)


def test_a_name_stands_aside_of_the_dot_of_a_lesser_town() -> None:
    great = Candidate((LEFT, RIGHT), 0, 99)
    small = Candidate(((0.0, 20.0, 40.0, 30.0),), 0, 99, dot=(10.0, 3.0, 16.0, 9.0))
    assert [place.box for place in plan([great], [])] == [LEFT]
    assert plan([great, small], [])[0].box == RIGHT


def test_a_town_whose_dot_is_lettered_over_gives_way() -> None:
    great = Candidate((LEFT,), 0, 99)
    small = Candidate(((0.0, 20.0, 40.0, 30.0),), 0, 99, dot=(10.0, 3.0, 16.0, 9.0))
    assert plan([great, small], [])[1].yields_to == (0,)
    first = plan([small, great], [])
    assert first[0].yields_to == ()
    assert first[1].yields_to == (0,)


def test_a_name_off_lines_stands_clear_of_them_if_it_can() -> None:
    lines = Lines([([(20.0, -50.0), (20.0, 50.0)], 0, 99)])
    crossing, clear = (
        Candidate((LEFT, RIGHT), 0, 99),
        Candidate((LEFT, RIGHT), 0, 99, off_lines=True),
    )
    assert plan([crossing], [], lines=lines)[0].box == LEFT
    assert plan([clear], [], lines=lines)[0].box == RIGHT
    # Better across a line than under a symbol.
    assert plan([clear], [Obstacle(RIGHT, 0, 99)], lines=lines)[0].box == LEFT


def test_a_spare_place_of_a_name_moves_few_others_and_still_has_precedence() -> None:
    spare = Candidate((LEFT,), 0, 99, spare=True)
    dear = Candidate((LEFT, RIGHT), 0, 99, costs_days=(0.0, 40.0))
    planned = plan([spare, dear], [])
    assert planned[1] == Planned(LEFT, (0,), ())
    assert plan([spare._replace(spare=False), dear], [])[1].box == RIGHT


def test_a_name_does_not_begin_beside_the_dot_of_another_town() -> None:
    beside = Candidate((LEFT, RIGHT), 0, 99, dot=(42.0, 3.0, 48.0, 9.0))
    other = Candidate(((0.0, 40.0, 40.0, 50.0),), 0, 99, dot=(-9.0, 3.0, -3.0, 9.0))
    assert plan([beside], [])[0].box == LEFT
    assert plan([beside, other], [])[0].box == RIGHT


def test_a_name_without_room_is_tied_to_its_sign_by_a_hairline() -> None:
    crowd = [Obstacle((x, -20.0, x + 30.0, 30.0), 0, 2999) for x in (-70.0, -40.0, 10.0, 40.0)]
    beside = Candidate((LEFT, RIGHT), 0, 2999)
    planned = plan([beside._replace(at=(3.0, 5.0), apart_costs_days=900.0)], crowd)[0]
    assert plan([beside], crowd)[0].leader is None
    assert planned.leader is not None
    assert planned.hidden_by == ()
    assert not any(overlap(planned.box, taken.box) for taken in crowd)
    x, y = planned.leader.end
    grown = (planned.box[0] - 3, planned.box[1] - 3, planned.box[2] + 3, planned.box[3] + 3)
    assert grown[0] <= x <= grown[2]
    assert grown[1] <= y <= grown[3]
    free = plan([beside._replace(at=(3.0, 5.0), apart_costs_days=900.0)], [])[0]
    assert free == Planned(LEFT, (), ())


@given(st.lists(candidates(), max_size=25), st.lists(corners, min_size=25, max_size=25))
def test_no_hairline_runs_through_a_name_shown_with_it(
    wanted: list[Candidate], signs: list[tuple[int, int]]
) -> None:
    long = [
        c._replace(last_day=c.last_day + 4000, at=at, apart_costs_days=100.0)
        for c, at in zip(wanted, signs, strict=False)
    ]
    planned = plan(long, [])
    for day in (0, 50, 2000, 4100):
        names = shown_on(day, long, planned)
        for one in names:
            leader = planned[one].leader
            for other in names:
                if leader and other != one and not stands_on(planned[other].box, signs[one]):
                    first, last = share_within(*leader, planned[other].box)
                    assert not first < last


def stands_on(box: BoxPx, sign: tuple[int, int]) -> bool:
    """Tell whether a name covers a sign, as only a capital's or a large country's may."""
    (x, y), (x0, y0, x1, y1) = sign, box
    return x0 - 6 <= x <= x1 + 6 and y0 - 2 <= y <= y1 + 2


def test_greater_names_leave_the_best_box_to_one_that_reserves_it() -> None:
    great = Candidate((LEFT, RIGHT), 0, 99)
    assert plan([great, Candidate((LEFT,), 0, 99)], [])[0].box == LEFT
    assert plan([great, Candidate((LEFT,), 0, 99, reserves=True)], [])[0].box == RIGHT


def test_a_name_left_out_under_arrows_keeps_off_them_at_any_price_below_that() -> None:
    arrow = Obstacle(LEFT, 0, 99, soft=True)
    name = Candidate((LEFT, RIGHT), 0, 99, costs_days=(0.0, 50.0))
    assert plan([name], [arrow])[0].box == LEFT
    assert plan([name._replace(under_arrows=True)], [arrow])[0].box == RIGHT


def test_a_name_stands_rather_by_its_own_sign_than_nearer_to_another() -> None:
    sign, name = (100.0, 100.0), ((111.0, 94.0, 161.0, 106.0), (39.0, 94.0, 89.0, 106.0))
    candidate = Candidate(name, 0, 99, at=sign)
    other = Obstacle((162.0, 93.0, 176.0, 107.0), 0, 99)
    assert plan([candidate], [])[0].box == name[0]
    assert plan([candidate], [other])[0].box == name[1]
    assert plan([candidate], [other._replace(soft=True)])[0].box == name[0]
    assert plan([candidate._replace(at=None)], [other])[0].box == name[0]


def test_a_name_is_hidden_while_its_hairline_would_run_under_another_sign() -> None:
    """Signs stand on all sides for a time: away from them it runs there whichever way it goes."""
    crowd = [Obstacle((-90.0, -14.0, 96.0, 24.0), 0, 2999)]
    ring = [
        Obstacle((3 + x, 5 + y, 9 + 3 + x, 9 + 5 + y), 0, 9)
        for x in range(-24, 25, 8)
        for y in range(-24, 25, 8)
        if max(abs(x), abs(y)) > 16
    ]
    beside = Candidate((LEFT, RIGHT), 0, 2999, at=(3.0, 5.0), apart_costs_days=900.0)
    planned = plan([beside], crowd + ring)[0]
    assert planned.leader is not None
    struck = [i for i, one in enumerate(ring, 1) if crosses(planned.leader, one.box)]
    assert struck
    assert set(struck) <= set(planned.hidden_by)


def crosses(leader: Leader, box: BoxPx) -> bool:
    first, last = share_within(*leader, box)
    return first < last


def test_a_hairline_crosses_an_arrow_rather_than_run_along_it() -> None:
    crowd = [Obstacle((-40.0, -9.0, 80.0, 18.0), 0, 2999)]
    beside = Candidate((LEFT, RIGHT), 0, 2999, at=(3.0, 5.0), apart_costs_days=900.0)
    free = plan([beside], crowd)[0]
    assert free.leader is not None
    (x0, y0), (x1, y1) = free.leader
    along = [
        Obstacle((x - 4, y - 4, x + 4, y + 4), 0, 2999, soft=True)
        for x, y in ((x0 + (x1 - x0) * i / 8, y0 + (y1 - y0) * i / 8) for i in range(9))
    ]
    turned = plan([beside], crowd + along)[0]
    assert turned.leader is not None
    assert turned.leader != free.leader


def test_the_words_of_a_line_stand_nearer_to_it_than_to_another() -> None:
    def strung(line: str, y: float) -> list[Obstacle]:
        boxes = ((x - 4.0, y - 4.0, x + 4.0, y + 4.0) for x in range(0, 100, 9))
        return [Obstacle(box, 0, 99, soft=True, line=line) for box in boxes]

    below, above = (20.0, 109.0, 60.0, 121.0), (20.0, 79.0, 60.0, 91.0)
    words = Candidate((below, above), 0, 99, line="own")
    own, other = strung("own", 100.0), strung("other", 126.0)
    assert plan([words], own)[0].box == below
    assert plan([words], own + other)[0].box == above
    assert plan([words._replace(line="")], own + other)[0].box == below


def test_what_stands_level_with_a_name_is_read_with_it_from_further_off() -> None:
    sign, boxes = (100.0, 80.0), ((111.0, 94.0, 161.0, 106.0), (75.0, 53.0, 125.0, 65.0))
    candidate = Candidate(boxes, 0, 99, at=sign)
    level = Obstacle((85.0, 93.0, 99.0, 107.0), 0, 99)
    lower = Obstacle((85.0, 108.0, 99.0, 122.0), 0, 99)
    assert plan([candidate], [lower])[0].box == boxes[0]
    assert plan([candidate], [level])[0].box == boxes[1]
