# Everything a reader or a developer runs. Plain `make` lists it.
#
#   PYTHON=/path/to/python3.12   another Python than the first good one found
#   VENV=.venv                   where the libraries are installed
#   ARGS="--panel deng"          words passed on to the atlas, or to pytest

.DEFAULT_GOAL := help
.PHONY: help run pack test lint fuzz bench soak peers pictures wheel clean

VENV ?= .venv
ARGS ?=
PY := $(VENV)/bin/python

help:  ## list these targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1|/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-14s%s\n", $$1, $$2}'

run: $(VENV)/ready-pack pack  ## install what is needed, then open the atlas (without a display: write its pictures to out/)
	@$(PY) -m atlas $(ARGS)

pack: $(VENV)/ready-pack  ## build resources/pack/atlas.pack if its inputs changed
	@$(PY) -m geodata build
	@$(PY) -m compileall -q atlas geodata  # also where Python is told to keep no compiled files

test: lint  ## every check: format, lint, types, floors, tests
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest -q $(ARGS)

lint: $(VENV)/ready-test pack
	@$(PY) -m atlas.app.preflight
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

fuzz: $(VENV)/ready-test pack  ## feed bad files to every reader for ten minutes, or: ARGS="--minutes 60 --seed 7"
	QT_QPA_PLATFORM=offscreen $(PY) -m tests.fuzz $(ARGS)

bench: $(VENV)/ready-test pack  ## measure ours beside the peers there are, and print one table
	@$(PY) -m tests.perf.bench $(ARGS)
	@$(PY) -m tests.perf.scaling

peers: $(VENV)/ready-pack  ## install the Python peers for make bench (QGIS, Mapnik: apt-get install python3-qgis python3-mapnik)
	@$(PY) -m venv .venv-peers
	@.venv-peers/bin/python -m pip install --disable-pip-version-check --quiet cartopy geopandas matplotlib pyogrio

soak: $(VENV)/ready-test pack  ## let a random reader use the window for half an hour (ARGS="--seed 7 --minutes 30")
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.soak.run $(ARGS)

pictures: $(VENV)/ready-pack pack  ## draw the pictures in docs/pictures/ anew
	@$(PY) -m atlas pictures docs/pictures

wheel: $(VENV)/ready-test  ## build the wheel and the source archive into dist/
	$(PY) -m build

clean:  ## remove everything made here, the virtual environment included
	rm -rf $(VENV) .venv-peers resources/pack out dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/ready-%: pyproject.toml .ci/venv
	@sh .ci/venv "$(VENV)" $*
