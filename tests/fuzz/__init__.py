"""Hostile input for every reader of the atlas: `python -m tests.fuzz --minutes 10`."""
