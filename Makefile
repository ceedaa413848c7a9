# SPDX-License-Identifier: GPL-2.0-only
# `make` alone says what each target does.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

# Everything below names .venv itself: somebody else's environment has no say in it.
unexport VIRTUAL_ENV PYTHONHOME PYTHONPATH

# An environment that was copied or moved here with the folder still runs the old folder's code:
# the stamp holds the folder it was made in, and another one's is made anew.
ifneq ($(shell $(BIN)/python -c '' 2>/dev/null && cat $(READY) 2>/dev/null),$(CURDIR))
$(UV): FORCE
endif

.PHONY: help
help: ## say what each target does
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

.PHONY: setup
setup: $(READY) ## make .venv with everything that the other targets need

.PHONY: check
check: $(READY) ## the contract check: specs, generated tests, both semantics, one table
	$(BIN)/errpath check

.PHONY: test
test: $(READY) ## all that proves a change: linters, types, tests, contract check
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/errpath lint
	$(BIN)/errpath generate --check
	$(BIN)/pytest tests generated_tests -n auto
	$(BIN)/errpath coverage
	$(BIN)/errpath mutate
	$(BIN)/errpath check

.PHONY: coverage
coverage: $(READY) ## every exit and every fault is exercised by a scenario
	$(BIN)/errpath coverage

# Tracing branches makes the tests three times as slow, and no figure of it is a gate.
.PHONY: branches
branches: $(READY) ## the branches of errpath itself that no test takes
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest tests generated_tests -n auto
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

.PHONY: generate
generate: $(READY) ## write generated_tests/ from specs/
	$(BIN)/errpath generate

.PHONY: format
format: $(READY) ## format the sources, and mend what the linter can mend
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

.PHONY: bench
bench: $(READY) ## measure the speed
	$(BIN)/python benchmarks/run.py

.PHONY: dist
dist: $(READY) ## build the sdist and the wheel into dist/
	rm -rf dist
	$(BIN)/python -m build --no-isolation --outdir dist

# Pins are kept where they still fit; UPGRADE=1 takes the newest of everything.
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make requirements" $(if $(UPGRADE),--upgrade)

.PHONY: requirements
requirements: $(UV) ## pin the requirements anew (UPGRADE=1: newest of everything)
	$(COMPILE) --output-file requirements/uv.txt requirements/uv.in
	$(COMPILE) --output-file requirements/dev.txt pyproject.toml requirements/dev.in
	$(COMPILE) --output-file benchmarks/requirements.txt benchmarks/requirements.in

.PHONY: clean
clean: ## remove .venv and everything else that was made here
	rm -rf $(VENV) build dist .coverage .coverage.* htmlcov .hypothesis \
		.mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- The environment ---------------------------------------------------------------------------

# pip only brings uv; uv brings the rest, at the pinned versions and hashes and nothing besides.
$(UV): requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo 'errpath needs Python 3.11 or later; name one: make PYTHON=python3.11 ...' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo 'this Python has no venv module; on Debian: apt-get install python3-venv' >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--require-hashes -r requirements/uv.txt
	@touch $@

# Bytecode is compiled at once, or under PYTHONDONTWRITEBYTECODE every start would compile it again.
$(READY): $(UV) requirements/dev.txt pyproject.toml
	$(UV) pip sync --quiet --python $(BIN)/python --compile-bytecode \
		--require-hashes requirements/dev.txt
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@printf '%s\n' '$(CURDIR)' > $@

.PHONY: FORCE
FORCE:
