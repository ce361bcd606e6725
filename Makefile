# Sagwan's tasks. `make help` lists them; nothing is needed but make and Python 3.11 or later.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV ?= .venv
BIN := $(VENV)/bin
# Arguments for pytest, such as TESTS='tests/tlog -x'
TESTS ?=
# Empty leaves the coverage out, which costs time
COVERAGE ?= --cov --cov-report term

.PHONY: help demo venv test lint format bench docs clean

help: ## Show these lines
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/.installed ## Replay the first half of 2016, verify and compare it; serve it at http://127.0.0.1:8000, and a desk at http://localhost:8001
	@$(BIN)/sagwan demo

venv: $(VENV)/.developing ## Set up .venv with everything for working on Sagwan

test: lint ## Check style, types and arrows, then run every test, with coverage
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder $(COVERAGE) $(TESTS)

lint: $(VENV)/.developing ## Check style, types and the arrows between the rooms
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: $(VENV)/.developing ## Put the code into the house's form
	@$(BIN)/ruff format
	@$(BIN)/ruff check --fix

bench: $(VENV)/.developing ## Measure recount, sealer, comparison and demo beside others' and the machine's own limits
	@scripts/install-others $(VENV) build/others || echo "without others' libraries: they could not be installed"
	@run() { echo "== $$*"; PYTHONPATH=build/others $(BIN)/python "benchmarks/$$@"; }; \
		run verify.py; run seal.py --log-size 0 1,000,000 --rounds 1; run compare.py; run demo.py

docs: $(VENV)/.developing ## Bring the generated documents and translations up to date
	@$(BIN)/python scripts/command_reference.py
	@$(BIN)/python scripts/messages.py update

clean: ## Remove everything that these tasks made
	@rm -rf $(VENV) build dist htmlcov .coverage .coverage.* sagwan-demo
	@rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is newer than what was installed from, so that a second time costs nothing.
$(VENV)/.made: scripts/make-venv
	@scripts/make-venv $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.made pyproject.toml
	@scripts/install $(VENV)
	@touch $@

$(VENV)/.developing: $(VENV)/.made pyproject.toml
	@scripts/install $(VENV) dev
	@touch $@ $(VENV)/.installed
