# What contributors and CI call. `make demo` and `make test` need only Python >= 3.11, make and git.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
TOOL := $(VENV)/.tool
DEV := $(VENV)/.dev
# uv installs in a fifth of pip's time. It doesn't read pip's configuration; where it fails (a mirror, no wheel), pip takes over.
UV := $(BIN)/uv pip install --quiet --python $(BIN)/python
LOCKED = $(UV) --require-hashes $(1) || $(PIP) --no-compile --require-hashes $(1)

.DEFAULT_GOAL := help
.PHONY: help demo run ui test check lint types unused docs picture lock model browser bench soak clean

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST)

$(TOOL): requirements.lock requirements-uv.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements-uv.lock || true
	$(call LOCKED,-r requirements.lock)
	$(PIP) --no-deps --no-build-isolation --editable .
	touch $@

$(DEV): $(TOOL) requirements-dev.lock
	$(call LOCKED,-r requirements-dev.lock)
	touch $@

demo: $(TOOL)  ## invented exports, the whole pipeline, the report
	$(BIN)/dancecard demo

run: $(TOOL)  ## read the inbox of ./dancecard-data
	$(BIN)/dancecard run

ui: $(TOOL)  ## Dagster's web UI
	$(BIN)/dancecard ui

test: $(DEV) browser lint types  ## everything that CI runs
	$(BIN)/python -m pytest -q -n auto --dist worksteal --durations=15 -m "not alone"
	$(BIN)/python -m pytest -q -m alone

check: $(DEV) lint types  ## lint, types, and the tests of what changed since main
	$(BIN)/python -m pytest -q -n auto --dist worksteal $$($(BIN)/python -m tests.changed)

lint: $(DEV) unused  ## style of Python and SQL
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/sqlfluff lint --disable-progress-bar sql

types: $(DEV)  ## mypy, strict
	$(BIN)/mypy

unused: $(DEV)  ## functions that nothing calls, or only tests
	$(BIN)/vulture

docs: $(TOOL)  ## write docs/sources, docs/tables.md and docs/commands.md from the code
	$(BIN)/python -m pipeline.documentation.pages docs

picture: $(DEV) browser demo  ## docs/report.png, the README's picture of the demo's report
	$(BIN)/python -m tests.reports.picture dancecard-demo/reports/index.html docs/report.png

COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-annotate --no-header --no-strip-extras
lock:  ## resolve the dependencies again (needs uv); UPGRADE=--upgrade takes newer versions
	$(COMPILE) $(UPGRADE) pyproject.toml --group build -o requirements.lock
	$(COMPILE) $(UPGRADE) --group dev -c requirements.lock -o requirements-dev.lock
	$(COMPILE) $(UPGRADE) --group installer -o requirements-uv.lock

model: $(DEV)  ## train the text model on the labelled texts; writes its weights
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tests.measures.texts.labelled.train

browser:  ## the report's tests drive Debian's chromium; nothing downloads a browser of its own
	@command -v chromium >/dev/null || { command -v apt-get >/dev/null && apt-get update -qq && \
	  apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null; } || \
	  echo "install chromium to run the report's tests"

bench: $(DEV)  ## times and memory that the README quotes
	$(BIN)/python -m tests.bench

soak: $(DEV)  ## long simulations and fuzzing; writes docs/validation.md
	$(BIN)/python -m tests.soak

clean:  ## remove the environment and all caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
