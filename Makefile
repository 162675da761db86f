# `make demo` and `make test` start from nothing but Python.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CLAIM := The Soviet Union was always a ruthless opponent of Nazi Germany

LOWEST := .venv-lowest

.PHONY: demo test test-lowest test-thorough test-extras bench clean

$(BIN)/valla: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.dev: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

demo: $(BIN)/valla
	@$(BIN)/valla check "$(CLAIM)" --svg demo/timeline.svg
	@echo
	@$(BIN)/valla scan docs/examples/lecture.txt
	@echo
	@$(BIN)/valla publish casebooks/interwar -o demo/site

test: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2
	@echo "Left out: the tests marked extras; make test-extras installs what they need and runs them."

# uv can choose the lowest versions that pyproject.toml allows; it does not read pip's settings: UV_DEFAULT_INDEX names another index
$(LOWEST)/.dev: pyproject.toml
	$(PYTHON) -m venv --clear $(LOWEST)
	$(LOWEST)/bin/python -m pip install --quiet --disable-pip-version-check uv
	$(LOWEST)/bin/uv pip install --quiet --python $(LOWEST) --resolution lowest-direct --editable '.[dev]'
	touch $@

test-lowest: $(LOWEST)/.dev
	$(LOWEST)/bin/python -m pytest -n 2
	@echo "Left out: the linters, and the tests marked extras."

$(VENV)/.extras: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'torch==2.13.0'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,neural,spark]'
	touch $@

test-extras: $(VENV)/.extras
	$(BIN)/python -m pytest -m extras tests/extras tests/eval

test-thorough: $(VENV)/.dev
	VALLA_HYPOTHESIS=thorough $(BIN)/python -m pytest -n 2 tests/check/test_engine_oracle.py -k agree

bench: $(VENV)/.dev
	$(BIN)/python bench/run.py

clean:
	rm -rf $(VENV) $(LOWEST) demo site build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
