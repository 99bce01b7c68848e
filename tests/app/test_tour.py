from __future__ import annotations

from pytestqt.qtbot import QtBot

from atlas.app.tour import SHORTEST_MS, TO_LOOK_MS, WORDS_A_MINUTE, Tour, reading_ms


def test_reading_takes_as_long_as_the_words_that_are_seen() -> None:
    word = "[one](feature:a-long-target-nobody-reads) "
    assert reading_ms(word * WORDS_A_MINUTE) == TO_LOOK_MS + 60_000
    assert reading_ms("Short.") == SHORTEST_MS


def test_a_panel_lasts_its_time_and_pauses_hold_it(qtbot: QtBot) -> None:
    tour = Tour()
    shares: list[float] = []
    ends: list[int] = []
    tour.ticked.connect(shares.append)
    tour.ended.connect(lambda: ends.append(tour.left_ms))
    tour.begin(1000)
    tour.go_on()
    assert tour.running
    tour.advance(400)
    tour.pause()
    assert not tour.running
    assert tour.left_ms == 600
    tour.go_on()
    tour.advance(600)
    assert shares == [0.4, 1.0]
    assert ends == [0]
    tour.pause()


def test_time_goes_by_by_itself(qtbot: QtBot) -> None:
    tour = Tour()
    tour.begin(150)
    with qtbot.waitSignal(tour.ended):
        tour.go_on()
    tour.pause()
