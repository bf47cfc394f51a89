# Everything a contributor and CI call. `make demo` and `make test` need only Python >= 3.11, make and git.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test lint types run ui docs soak bench compat browser clean

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(READY)

demo: $(READY)  ## invented exports, whole pipeline, report
	$(BIN)/dancecard demo

test: $(READY) browser lint types  ## everything that CI runs
	$(BIN)/python -m pytest -q

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/sqlfluff lint --disable-progress-bar sql

types: $(READY)
	$(BIN)/mypy

run: $(READY)  ## read the inbox of ./dancecard-data
	$(BIN)/dancecard run

ui: $(READY)
	$(BIN)/dancecard ui

docs: $(READY)  ## make docs/sources, docs/tables.md and docs/commands.md anew from the code
	$(BIN)/python -m pipeline.documentation.pages docs

soak: $(READY)  ## long simulations and fuzzing; writes docs/validation.md
	$(BIN)/python -m tests.soak

bench: $(READY)  ## times and memory that the README quotes
	$(BIN)/python -m tests.bench

browser:  ## the report's tests drive Debian's chromium; downloads no browser of their own
	@command -v chromium >/dev/null || { command -v apt-get >/dev/null && apt-get update -qq && \
	  apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null; } || \
	  echo "install chromium to run the report's tests"

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
