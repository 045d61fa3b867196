# `make run` shows what the package does; `make test` tests it. Each sets up its own .venv where there is none.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help run test check bench train schema clean

help:
	@echo "make run     records of the sample articles, as tables"
	@echo "make test    the test suite"
	@echo "make check   lint, format and types"
	@echo "make bench   speed beside other tools in one run, start and memory"
	@echo "make train   models anew from the corpus"
	@echo "make schema  docs/schema.json anew from the models"

$(VENV)/.ready: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[tables,batch,report]" --group dev
	touch $@

run: $(VENV)/.ready
	$(BIN)/cchc extract corpus/samples

test: $(VENV)/.ready
	$(BIN)/python -m pytest

check: $(VENV)/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.ready
	$(BIN)/python -m benchmarks.speed
	$(BIN)/python -m benchmarks.cost

train: $(VENV)/.ready
	$(BIN)/cchc train

schema: $(VENV)/.ready
	$(BIN)/cchc schema > docs/schema.json

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
