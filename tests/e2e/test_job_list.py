"""A list of exports: drawn side by side, judged first, each fault named with its job."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlas.app.job_list import read_jobs
from atlas.app.refusal import Refusal
from tests.e2e.test_cli import atlas

GOOD = """
[defaults]
size = "320x240"
panel = "deng"

[[job]]
file = "a.png"

[[job]]
file = "b.jpg"
date = "1979-02-20"
theme = "night"
dpi = 144

[[job]]
file = "c.tif"
size = "120x90mm"
georeference = true
"""


def test_a_list_is_drawn_beside_it(project_root: Path, pack_path: Path, tmp_path: Path) -> None:
    assert pack_path.exists()
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "jobs.toml").write_text(GOOD)
    done = atlas(tmp_path, "export", "--list", "lists/jobs.toml", root=project_root)
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(done.stdout.split()) == ["lists/a.png", "lists/b.jpg", "lists/c.tif"]
    alone = "export a.png --panel deng --size 320x240"
    assert atlas(tmp_path, *alone.split(), root=project_root).returncode == 0
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "lists" / "a.png").read_bytes()


def test_a_job_that_cannot_be_had_is_named_before_any_is_drawn(
    project_root: Path, tmp_path: Path
) -> None:
    (tmp_path / "jobs.toml").write_text(GOOD.replace("1979-02-20", "long ago"))
    done = atlas(tmp_path, "export", "--list", "jobs.toml", root=project_root)
    assert done.returncode == 1
    assert "jobs.toml: job 2 (b.jpg): --date" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["jobs.toml"]


def test_a_job_that_fails_is_named_and_the_others_are_drawn(
    project_root: Path, tmp_path: Path
) -> None:
    # The world file of the third finds a folder in its place, which only shows in the end.
    (tmp_path / "jobs.toml").write_text(GOOD.replace("c.tif", "c.png"))
    (tmp_path / "c.pgw").mkdir()
    done = atlas(tmp_path, "export", "--list", "jobs.toml", root=project_root)
    assert done.returncode == 1
    assert "jobs.toml: job 3 (c.png): c.pgw: is a folder" in done.stderr
    assert "1 of 3 jobs failed" in done.stderr
    assert sorted(done.stdout.split()) == ["a.png", "b.jpg"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "holds no jobs"),
        ("job = 3", "holds no jobs"),
        ("[[job]]", "job 1: names no file"),
        ('[[job]]\nfile = "a.png"\nsiez = "3x4"', "job 1: “siez” is not understood; did you mean"),
        ('[[job]]\nfile = "a.png"\ntransparent = "yes"', "“transparent” is not true or false"),
        ('[[job]]\nfile = "a.png"\n[[job]]\nfile = "a.png"', "job 2 (a.png): another job"),
        ('[[job]]\nfile = "a.png"\nfrom-file = "b.png"\ndate = "1979"', "takes the view"),
        ("[[jobs]]", "“jobs” is not understood"),
        ("[[job", "is no list of jobs"),
    ],
)
def test_what_is_no_list_is_refused(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "jobs.toml"
    path.write_text(text)
    with pytest.raises(Refusal) as refused:
        read_jobs(path)
    assert says in str(refused.value)
    assert str(refused.value).startswith(str(path))
