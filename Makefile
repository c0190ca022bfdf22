.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help demo test test-all check bench lock clean

help: ## list what make can do
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

$(VENV)/runtime.done: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "dondoc needs Python 3.11 or newer: make PYTHON=python3.12 ...")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/dev.done: requirements-dev.lock $(VENV)/runtime.done
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-dev.lock
	touch $@

demo: $(VENV)/runtime.done ## run dispatch 908 from issue to final report, in about a minute and a half
	$(BIN)/dondoc demo --out out/demo

test: $(VENV)/dev.done check ## all checks and tests that CI runs
	$(BIN)/python -m pytest -n 2 -m 'not slow'

test-all: $(VENV)/dev.done check ## the slow tests too
	$(BIN)/python -m pytest -n 2

check: $(VENV)/dev.done ## lint, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .

bench: $(VENV)/dev.done ## measure against floors, in one run
	$(BIN)/python -m bench

lock: $(VENV)/dev.done ## resolve the dependencies again
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --custom-compile-command 'make lock' --extra build -o requirements.lock pyproject.toml
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --custom-compile-command 'make lock' --extra build --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml

clean: ## remove the environment and what runs left behind
	rm -rf $(VENV) out var .mypy_cache .pytest_cache .ruff_cache .hypothesis
