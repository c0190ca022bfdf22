.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help demo test test-all check chromium texts screens samples bench lock clean

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

$(VENV)/bench.done: requirements-bench.lock $(VENV)/dev.done
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-bench.lock
	touch $@

demo: $(VENV)/runtime.done ## run dispatch 908 from issue to final report, in a few minutes
	$(BIN)/dondoc demo --out out/demo

test: $(VENV)/dev.done check chromium ## all checks and tests that CI runs
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder -m 'not slow'

test-all: $(VENV)/dev.done check chromium ## the slow tests too
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

check: $(VENV)/dev.done ## lint, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .

chromium: $(VENV)/dev.done # Debian's browser for tests/browser, where it can be installed; those tests are skipped without one
	@$(BIN)/python -m tests.browser.chromium || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && timeout 300 apt-get install --yes --quiet=2 --no-install-recommends chromium >/dev/null 2>&1; } || true

screens: $(VENV)/dev.done chromium ## make the pictures of all pages and mails in docs/screens anew
	$(BIN)/python -m tests.browser.screens

samples: $(VENV)/dev.done ## make the reports of the founding directives in docs/samples anew
	$(BIN)/python -m tests.scenarios.samples

texts: $(VENV)/dev.done ## take new words of pages into texts/en.po, to be translated there
	mkdir -p out
	$(BIN)/pybabel --quiet extract -F pyproject.toml -k mark --no-location --sort-output --omit-header -o out/messages.pot .
	$(BIN)/pybabel --quiet update -i out/messages.pot -o texts/en.po -l en --no-fuzzy-matching --ignore-obsolete \
	  --omit-header --width 110

bench: $(VENV)/bench.done ## measure against floors and peers, in one run
	$(BIN)/python -m bench

lock: $(VENV)/dev.done ## resolve the dependencies again
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --custom-compile-command 'make lock' --extra build -o requirements.lock pyproject.toml
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --custom-compile-command 'make lock' --extra build --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --custom-compile-command 'make lock' --extra bench -c requirements-dev.lock -o requirements-bench.lock pyproject.toml

clean: ## remove the environment and what runs left behind
	rm -rf $(VENV) out var .mypy_cache .pytest_cache .ruff_cache .hypothesis
