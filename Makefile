# The same few commands here and in CI. Each makes its own virtual environment first.
PYTHON ?= python3.11
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: help venv pictures oracle-env oracle ear-env ear encoder-env encoder encoder-further mutants run test soak check prove evaluate bench lint clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

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

$(VENV)-oracle/.ready: requirements-oracle.txt
	test -x $(VENV)-oracle/bin/python || $(PYTHON) -m venv $(VENV)-oracle
	$(VENV)-oracle/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements-oracle.txt
	@touch $@

oracle-env: $(VENV)-oracle/.ready  ## openfisca-france in an environment of its own, for the tests that compare with it

oracle: venv oracle-env  ## the cards against openfisca-france on 10,000 households: no wrong no, no unexplained yes
	PASSERELLE_ORACLE_MENAGES=10000 $(BIN)/pytest tests/oracle
	$(BIN)/python -m tests.oracle 10000

$(VENV)-ear/.ready: requirements-ear.txt
	test -x $(VENV)-ear/bin/python || $(PYTHON) -m venv $(VENV)-ear
	$(VENV)-ear/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements-ear.txt
	@touch $@

ear-env: $(VENV)-ear/.ready  ## scikit-learn in an environment of its own, to train what hears danger

ear: ear-env  ## train the second ear of danger and the sense of subjects on their sentences, and tell what they are worth
	$(VENV)-ear/bin/python -m tests.ear
	$(VENV)-ear/bin/python -m tests.ear.subjects

$(VENV)-encoder/.ready: requirements-encoder.txt
	test -x $(VENV)-encoder/bin/python || $(PYTHON) -m venv $(VENV)-encoder
	$(VENV)-encoder/bin/python -m pip --disable-pip-version-check --quiet install -r requirements-encoder.txt
	@touch $@

encoder-env: $(VENV)-encoder/.ready  ## PyTorch and the model to begin with, in an environment of their own

encoder: encoder-env  ## train the encoder that reads whole sentences, and tell what it is worth; some three and a half hours on two processors
	$(VENV)-encoder/bin/python -m tests.encoder

encoder-further: encoder-env  ## teach the encoder only the sentences written since it was trained; three quarters of an hour
	$(VENV)-encoder/bin/python -m tests.encoder.further

mutants: venv  ## every card's conditions changed on purpose: the examples must notice
	$(BIN)/python -m tests.mutation

run: $(VENV)/.product  ## start everything: web pages on loopback, Telegram when a token is set
	@PASSERELLE_DONNEES="$${PASSERELLE_DONNEES:-donnees}" $(BIN)/passerelle serve

test: venv  ## the tests, a file at a time on each processor
	$(BIN)/pytest -n auto --dist loadfile

soak: venv  ## 100,000 turns at random with faults and kills, about half an hour; SOAK_TURNS=5000 does fewer
	$(BIN)/python -m tests.soak

pictures: venv  ## the pictures of the documentation, drawn again from the real product (needs chromium)
	$(BIN)/python -m tests.pictures

check: $(VENV)/.product  ## every problem in content, trees, translations, dates
	$(BIN)/passerelle check

prove: $(VENV)/.product  ## the prover's report and the coverage matrix
	$(BIN)/passerelle prove

evaluate: venv  ## what is understood and found, beside FTS5, rapidfuzz and rank-bm25, in half a minute
	$(BIN)/python -m tests.evaluation

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
