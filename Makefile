# Everything a newcomer types. Needs Python 3.11 or later, pip and make; the rest goes into .venv, by hash, from the locks.

PYTHON ?= python3
VENV ?= .venv
DIST ?= dist
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
BUILT := $(VENV)/bin/python
READY := $(VENV)/.ready-to-run
READY_DEV := $(VENV)/.ready-to-develop
READY_BENCH := $(VENV)/.ready-to-measure
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links

# Where bytecode may not be written, each of the hundred processes that tests start would compile the package anew.
unexport PYTHONDONTWRITEBYTECODE

# What covers the core completely, by branch; all others run without that measuring, which would double their time.
CORE_TESTS := tests/domain tests/services

.DEFAULT_GOAL := help
.PHONY: help run test core lint fmt types bench dist lock clean browser

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-7s %s\n", $$1, $$2}' Makefile

run: $(READY) ## Start Casebook on this machine, with demo accounts the first time
	@$(BIN)/python -m kb run

test: lint browser ## Run every check that a change must pass
	@$(MAKE) --no-print-directory -j2 -O types core
	$(BIN)/python -m pytest -n 3 $(addprefix --ignore=,$(CORE_TESTS)) # one more than two cores: many wait for a process

core: $(READY_DEV)
	@rm -f .coverage .coverage.*
	$(BIN)/python -m pytest --cov --cov-report= $(CORE_TESTS)
	@echo "Branch coverage of domain and services, by their own tests, must be complete:"
	@$(BIN)/python -m coverage report --fail-under=100

lint: $(READY_DEV) ## Check style, formatting and the law of dependencies
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports

fmt: $(READY_DEV) ## Format the code and mend what can be mended safely
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

types: $(READY_DEV) ## Check types
	$(BIN)/mypy

bench: $(READY_BENCH) ## Measure, beside reference engines in the same run
	$(BIN)/python -m benchmarks

# hatchling packs untracked files too, and a case saved in a checkout is one: build from a copy of the tracked files.
dist: $(READY_DEV) ## Build the wheel from the tracked files alone
	@mkdir -p '$(DIST)'; tree=$$(mktemp -d) && trap 'rm -rf "$$tree"' EXIT && \
	git ls-files -z | tar -cf "$$tree.tar" --null --files-from=- && tar -xf "$$tree.tar" -C "$$tree" && rm "$$tree.tar" && \
	$(BIN)/python -m build --wheel --no-isolation --outdir '$(DIST)' "$$tree"

lock: $(READY_DEV) ## Write the locks anew; UPGRADE=1 takes newer releases
	$(COMPILE) $(if $(UPGRADE),--upgrade) --extra build -o requirements.lock pyproject.toml
	$(COMPILE) $(if $(UPGRADE),--upgrade) --extra build --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml
	$(COMPILE) $(if $(UPGRADE),--upgrade) --extra bench -c requirements.lock -o requirements-bench.lock pyproject.toml

clean: ## Remove what the tools made, never data
	rm -rf '$(VENV)' '$(DIST)' build .coverage .coverage.* htmlcov .hypothesis .import_linter_cache .mypy_cache \
		.pytest_cache .ruff_cache

# Tests in a browser use the system's Chromium. They skip, and say so, where it is missing and cannot be installed.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || { \
		[ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
		apt-get -qq update && apt-get -qq install -y --no-install-recommends chromium fonts-dejavu-core >/dev/null; } || \
		echo "No Chromium: browser tests will be skipped. Install it with: apt-get install chromium fonts-dejavu-core" >&2

$(BUILT):
	@'$(PYTHON)' -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Casebook needs Python 3.11 or later: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@'$(PYTHON)' -m venv '$(VENV)' || \
		{ rm -rf '$(VENV)'; echo "No venv could be made; on Debian: apt-get install python3-venv" >&2; exit 1; }

# Both locks name the same releases, so that run and develop share one environment in either order.
$(READY): requirements.lock pyproject.toml | $(BUILT)
	@echo "Installing Casebook into $(VENV) ..."
	@$(PIP) install --require-hashes --only-binary :all: -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch '$@'

$(READY_DEV): requirements-dev.lock pyproject.toml | $(BUILT)
	@echo "Installing Casebook and its tools into $(VENV) ..."
	@$(PIP) install --require-hashes --only-binary :all: -r requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch '$@' '$(READY)'

# Beside the tools, not among them: `make test` does without.
$(READY_BENCH): $(READY_DEV) requirements-bench.lock
	@echo "Installing the engines that are measured beside ours into $(VENV) ..."
	@$(PIP) install --require-hashes --only-binary :all: -r requirements-bench.lock
	@touch '$@'
