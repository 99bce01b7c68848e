"""The Indochina Atlas.

Floors, imports only downwards: `ui` (widgets), `app` (use cases), `render` (drawing), `core`
(time, story, state; standard library only). The sibling package `geodata` reads and writes data.
This file holds the version and must import nothing, since every start of the atlas runs it.
"""

__version__ = "0.1.0"
