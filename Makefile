# `make up` runs the product; `make test` passes its tests. Both set up what they need.

PYTHON ?= python3
UV := .tools/bin/uv
READY := .venv/.ready
export UV_PYTHON_DOWNLOADS := never
# Python compiles a module once: hundreds of processes start here, and the largest would each
# need seconds to compile what they import.
export UV_COMPILE_BYTECODE := 1
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: up test quick check sbom bench clean help

up: $(READY)  ## Run the product in the foreground; Ctrl-C ends it
	@.venv/bin/agenda up

test: $(READY)  ## Run the tests, and list the twenty slowest
	.venv/bin/pytest -n auto --dist loadgroup --durations=20

quick: $(READY)  ## Run the tests of the rules: no database, nothing started
	.venv/bin/pytest -n auto --dist loadgroup -m quick tests/agenda tests/notifications

check: $(READY)  ## Check formatting, lint, types, import contracts, migrations, lock, advisories
	.venv/bin/ruff format --check
	.venv/bin/ruff check
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/python -m agenda.storage.migrations check
	$(UV) lock --check
	@$(UV) export --quiet --locked --no-dev --no-emit-project --output-file .tools/pylock.toml
	.venv/bin/python -m tests.audit .tools/pylock.toml

sbom: $(READY)  ## Print what the product is made of (CycloneDX 1.5)
	@$(UV) export --quiet --locked --no-dev --format cyclonedx1.5

bench: $(READY)  ## Measure against floors taken in the same run
	.venv/bin/python -m tests.bench

clean:  ## Remove what was set up; var/, which holds all state, stays
	rm -rf tests/calendar_readers/icaljs/node_modules .venv .tools .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

help:  ## Show this list
	@sed -n 's/^\([a-z]*\):.*  ## /make \1\t/p' $(MAKEFILE_LIST)

$(READY): pyproject.toml uv.lock | $(UV)
	$(UV) sync --locked --quiet --python $(PYTHON)
	@touch $@

$(UV):
	$(PYTHON) -m venv .tools
	.tools/bin/pip install --quiet --disable-pip-version-check uv==0.13.8
