"""The installed PySide6 keeps its references: one release lost a reference to None on every call.

Under Python 3.11 that release aborts the interpreter after some thousand calls, far from the cause.
Here the calls are made in a process of their own, so that this test fails and says why.
"""

from __future__ import annotations

import subprocess
import sys

CALLS = 4000
DRIVER = """
import sys
from PySide6.QtGui import QPainterPath, QPen

def draw(times):
    pen, path = QPen(), QPainterPath()
    for index in range(times):
        pen.setWidthF(1.0)
        path.lineTo(index, 1.0)

draw(100)
before = sys.getrefcount(None)
draw(int(sys.argv[1]))
print(sys.getrefcount(None) - before)
"""


def test_calls_that_return_none_keep_its_references() -> None:
    command = [sys.executable, "-c", DRIVER, str(CALLS // 2)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"PySide6 ended the interpreter: {done.stderr}"
    if sys.version_info < (3, 12):  # since 3.12 None is immortal and is not counted
        drift = int(done.stdout)
        assert abs(drift) < CALLS // 10, f"{drift} references to None after {CALLS} calls"
