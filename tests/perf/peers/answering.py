"""How a peer is asked: a task a line in, what it took a line out, both JSON. Standard library only.

The peers run under other Pythons than ours, so nothing here imports the atlas.
"""

import json
import os
import resource
import sys
import time

T0 = time.perf_counter()


def ms_since(start):
    return (time.perf_counter() - start) * 1000


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
