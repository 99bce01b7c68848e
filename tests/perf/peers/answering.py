"""How a peer is asked: a task a line in, what it took a line out, both JSON. Standard library only.

The peers run under other Pythons than ours, so nothing here imports the atlas.
"""

import json
import os
import resource
import sys
import time


class Clock:
    """Takes times: by the clock on the wall, and of all cores this process ran on."""

    def __init__(self):
        self.ms, self.cpu_ms = [], []

    def __enter__(self):
        self._start, self._cpu = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_):
        self.ms.append((time.perf_counter() - self._start) * 1000)
        self.cpu_ms.append((time.process_time() - self._cpu) * 1000)

    def told(self, leave_out=0):
        """Return the times for an answer, without the first ones."""
        return {"ms": self.ms[leave_out:], "cpu_ms": self.cpu_ms[leave_out:]}


def peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def read_plan(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def rgba(look, which):
    """Return red, green, blue and opacity, 0..255."""
    text = look[which].lstrip("#")
    parts = [int(text[i : i + 2], 16) for i in (0, 2, 4)]
    return [*parts, round(255 * look.get(which + "_alpha", 1.0))]


def answer(tasks):
    """Answer the tasks on standard input by their functions until there are no more.

    Only answers go to the channel that is read: libraries like to say things, too.
    """
    channel = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        asked = json.loads(line)
        told = tasks[asked.pop("task")](**asked)
        channel.write(json.dumps(told) + "\n")
        channel.flush()
    # No teardown: some of them crash in it, and nobody waits for it.
    os._exit(0)
