# Two commands for everybody: `make run` opens the shop, `make test` proves it. `make help` lists all.

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
VENV := .venv
BIN := $(VENV)/bin
SHOP := $(VENV)/shop-installed
TOOLS := $(VENV)/tools-installed
# Compiled now, so that every start is quick even where Python may not write.
UV := $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python
LOCKED := --require-hashes --requirement

# A checkout that was moved, or whose Python is gone, needs a new virtual environment.
ifneq ($(shell $(BIN)/python -c pass 2>/dev/null && cat $(SHOP) 2>/dev/null),$(CURDIR))
$(shell rm -f $(SHOP) $(TOOLS))
endif

.PHONY: help run stop test check format trials bench audit clean
.DEFAULT_GOAL := help

help: ## List what can be asked for
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

run: $(SHOP) ## Open the shop on http://127.0.0.1:8000 (PORT, HOST, STOREFRONT_VAR, DATABASE_URL, REDIS_URL)
	@exec $(BIN)/python -m storefront up

stop: $(SHOP) ## Stop a shop whose terminal is gone
	@$(BIN)/python -m storefront stop

# Some hundred processes are started, each of which would compile the whole shop anew.
test trials: export PYTHONDONTWRITEBYTECODE =

test: $(TOOLS) ## Run all tests on throw-away servers, with branch coverage
	@$(BIN)/python .ci/chromium.py
	@$(BIN)/python .ci/deploying.py
	$(BIN)/python -m pytest -n auto --dist worksteal --cov --cov-report term $(PYTEST)

check: $(TOOLS) ## Look without running: style, types, imports, templates, migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/python -m tests.migrated

format: $(TOOLS) ## Put the code into its one form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

trials: $(TOOLS) ## Run the long storms (half an hour and more)
	@$(BIN)/python .ci/deploying.py
	$(BIN)/python -m pytest -n 0 -m trial --timeout 7200 tests $(PYTEST)

bench: $(TOOLS) ## Print the ratios of tests/bench
	@for bench in tests/bench/*/__main__.py; do $(BIN)/python -m $$(dirname $$bench | tr / .) || exit 1; done

audit: $(TOOLS) ## Ask others what they know of our packages and containers, where the network lets us
	@$(BIN)/python .ci/audit.py

clean: ## Remove the virtual environment and what tools left; the shop's data in var stays
	rm -rf $(VENV) .coverage* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(SHOP): requirements.txt .ci/uv.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Storefront needs Python 3.11 or newer: install it, or name it: make run PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "Installing what requirements.txt locks (once) …"
	@test -e $(SHOP) || $(PYTHON) -m venv --clear $(VENV) \
		|| { echo "This Python has no venv: install it (Debian: apt-get install python3-venv) and try again." >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement .ci/uv.txt
	@$(UV) --system-certs $(LOCKED) requirements.txt || $(UV) $(LOCKED) requirements.txt
	@$(UV) --offline --no-deps --editable .
	@printf %s '$(CURDIR)' > $@

$(TOOLS): $(SHOP) tests/requirements.txt
	@echo "Installing what tests/requirements.txt locks (once) …"
	@$(UV) --system-certs $(LOCKED) tests/requirements.txt || $(UV) $(LOCKED) tests/requirements.txt
	@touch $@
