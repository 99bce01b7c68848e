"""How long a reader waits for the first list of hits. Prints figures as JSON."""

from __future__ import annotations

import json
import sys
import time

from atlas.app.library import open_library
from atlas.core.search import SearchIndex, find_all
from atlas.core.search_entries import search_entries
from tests.perf.figures import Figure, figure

TYPED = ("s", "sagon", "ofice 102", "Thành phố Hồ Chí Minh", "金边", "7 jan 1979", "vietnamese war")


def figures() -> list[Figure]:
    library = open_library()
    start = time.perf_counter()
    index = SearchIndex(search_entries(library.atlas, library.alternative_names()))
    gathered_ms = (time.perf_counter() - start) * 1000
    found = [figure("search: gathering, once", [gathered_ms])]
    for typed in TYPED:
        samples = []
        for _ in range(20):
            start = time.perf_counter()
            if not find_all(index, library.atlas.story, typed):
                raise RuntimeError(f"nothing is found for {typed}")
            samples.append((time.perf_counter() - start) * 1000)
        found.append(figure(f"search: {typed}", samples))
    return found


def main() -> int:
    sys.stdout.write(json.dumps([one.as_json() for one in figures()]) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
