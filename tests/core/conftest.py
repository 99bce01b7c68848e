"""Settings of the core's tests: examples without a clock, so that a busy machine fails nothing."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("core", deadline=None, max_examples=80)
settings.load_profile("core")
