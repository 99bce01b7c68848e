from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from atlas.app import contact_sheet as sheet
from atlas.app.arguments import read_arguments
from atlas.app.library import Library
from atlas.app.refusal import Refusal
from atlas.app.view import state_for
from atlas.render.fonts import load_fonts


def test_every_panel_and_ten_days_of_the_war_are_shown(library: Library) -> None:
    story = library.atlas.story
    shots = sheet.shots(story)
    names = [shot.name for shot in shots]
    assert len(set(names)) == len(story.panels) + 10
    assert names[0] == "panel-00-intro"
    days = [shot for shot in shots if shot.name.startswith("day-")]
    assert {name.rsplit("-", 1)[1] for name in names if name.startswith("day-")} == {
        "campaign",
        "cambodia",
        "tonkin",
    }
    assert all(shot.view.date[:4] in {"1978", "1979"} for shot in days)
    for shot in shots:
        assert state_for(shot.view, story, sheet.PICTURE_PX).viewport_px == sheet.PICTURE_PX


def test_pictures_and_sheet_are_written_and_come_out_alike(
    library: Library, qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_fonts()
    some = sheet.shots(library.atlas.story)[1:16:7]
    monkeypatch.setattr(sheet, "shots", lambda _story: some)
    # The first letters a process draws come out a shade different: Qt fills its glyph cache.
    _, one, other = (list(sheet.write_contact_sheet(library, tmp_path / name)) for name in "abc")
    assert [path.name for path in one] == [*(f"{shot.name}.jpg" for shot in some), "contact.jpg"]
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]
    for path in one[:-1]:
        picture = QImage(str(path))
        assert (picture.width(), picture.height()) == sheet.PICTURE_PX
        assert path.stat().st_size < 300_000
    assert QImage(str(one[-1])).width() > sheet.PICTURE_PX[0]


def test_a_folder_that_cannot_be_made_is_refused(
    library: Library, qapp: object, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    with pytest.raises(Refusal):
        next(sheet.write_contact_sheet(library, blocked / "pictures"))


def test_the_command_takes_a_folder_and_is_not_offered_to_readers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = read_arguments(["pictures", "docs/pictures"])
    assert (said.command, said.out_dir) == ("pictures", Path("docs/pictures"))
    with pytest.raises(SystemExit):
        read_arguments(["--help"])
    assert "pictures DIR" not in capsys.readouterr().out
