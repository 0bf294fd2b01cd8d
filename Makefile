# The same few commands here and in CI. Each makes its own virtual environment first.
PYTHON ?= python3.11
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: help venv run test soak check prove bench lint clean

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

$(VENV)/.product: requirements.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) est introuvable : installez Python 3.11, ou lancez make PYTHON=/chemin/de/python3.11"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.tests: $(VENV)/.product requirements-dev.txt
	$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@

venv: $(VENV)/.tests  ## the virtual environment, with what the product and its tests need

run: $(VENV)/.product  ## start everything: web pages on loopback, Telegram when a token is set
	@PASSERELLE_DONNEES="$${PASSERELLE_DONNEES:-donnees}" $(BIN)/passerelle serve

test: venv  ## the tests
	$(BIN)/pytest

soak: venv  ## 100,000 turns at random with faults and kills, about half an hour; SOAK_TURNS=5000 does fewer
	$(BIN)/python -m tests.soak

check: $(VENV)/.product  ## every problem in content, trees, translations, dates
	$(BIN)/passerelle check

prove: $(VENV)/.product  ## the prover's report and the coverage matrix
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
