# The same few commands here and in CI. Each makes its own virtual environment first.
PYTHON ?= python3.11
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: help venv run test check prove bench lint clean

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(VENV)/.made: requirements.txt requirements-dev.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) est introuvable : installez Python 3.11, ou lancez make PYTHON=/chemin/de/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

venv: $(VENV)/.made  ## the virtual environment, with what the product and its tests need

run: venv  ## start everything: web pages on loopback, Telegram when a token is set
	@PASSERELLE_DONNEES="$${PASSERELLE_DONNEES:-donnees}" $(BIN)/passerelle serve

test: venv  ## the tests
	$(BIN)/pytest

check: venv  ## every problem in content, trees, translations, dates
	$(BIN)/passerelle check

prove: venv  ## the prover's report and the coverage matrix
	$(BIN)/passerelle prove

bench: venv  ## speed as ratios against a named peer in the same run
	$(BIN)/python -m bench

lint: venv  ## style, types, import directions, unused dependencies
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .

clean:  ## remove the virtual environment and caches, never the data
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info
