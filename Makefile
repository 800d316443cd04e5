# What a user and CI run. Everything happens in .venv; nothing is installed outside this folder.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared

.PHONY: demo test measure bench bench-browser faults backtest screenshots figures stories-model claims-model model lock clean

demo: $(VENV)/.installed
	$(BIN)/onrecord read examples/captured-page.txt
	@mkdir -p build
	$(BIN)/onrecord add examples/captured-page.txt --record build/demo.db
	@echo
	@echo "see it in the browser: $(BIN)/onrecord serve --record build/demo.db --open"

test: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

# accuracy on the captures of $(SHARED), beside trafilatura in the same run; writes bench/results.json
measure: $(VENV)/.bench
	$(BIN)/python -m bench.measure --shared $(SHARED)

# speed and memory on this machine; writes bench/results.json
bench: $(VENV)/.bench
	$(BIN)/python -m bench.speed --shared $(SHARED)
	$(BIN)/python -m bench.pages --shared $(SHARED)

# kills `onrecord add` 200 times and looks what became of the record; writes bench/results.json
faults: $(VENV)/.installed
	$(BIN)/python -m bench.faults --kills 200

# how well outlook's projections held, over all built-in series; writes bench/results.json, the tables of
# docs/outlook.md and what the package learns from it
backtest: $(VENV)/.installed
	$(BIN)/python -m bench.backtest

# how long a reader waits for marked text; needs Debian's chromium; writes bench/results.json
bench-browser: $(VENV)/.installed
	$(BIN)/python -m bench.browser --shared $(SHARED)

# pictures of every page, light, dark and on a phone; needs Debian's chromium
screenshots: $(VENV)/.installed
	$(BIN)/python -m tools.make_screenshots docs/screenshots

# makes the built-in figures from $(SHARED)/figures
figures: $(VENV)/.installed
	$(BIN)/python tools/make_figures.py $(SHARED)/figures

# trains the block classifier from $(SHARED)/reading
stories-model: $(VENV)/.bench
	$(BIN)/python tools/train_stories.py --shared $(SHARED)

# trains the models of claims: on written stories, then further on real captures; before that without a part of these, to
# measure on it what the models are worth (build/claims-unseen.jsonl) and how sure they may be; half an hour on two cores
GOLD := $(SHARED)/claims/dev.jsonl
WRITTEN := build/written.jsonl $(SHARED)/claims/own.jsonl
BESIDE := $(SHARED)/claims/own.jsonl build/beside.jsonl
claims-model: $(VENV)/.train $(VENV)/.bench
	mkdir -p build
	$(BIN)/python tools/compile_claims.py training/claims/*.txt > build/written.jsonl
	awk 'NR % 5 == 1' build/written.jsonl > build/beside.jsonl
	$(BIN)/python -m tools.train_claims.train $(WRITTEN) --out build/claims
	$(BIN)/python -m tools.train_claims.adapt build/claims $(GOLD) $(BESIDE) --folds 3 --predicted build/claims-unseen.jsonl
	$(BIN)/python -m tools.train_claims.adapt build/claims $(GOLD) $(BESIDE)
	$(BIN)/python -m tools.train_claims.calibrate build/claims-unseen.jsonl $(GOLD)

# trains the encoder of the language pipeline from $(SHARED)/treebanks, as tools/train_language/config.toml says, and
# puts its weights into the package: about half an hour on two cores
model: $(VENV)/.train
	$(BIN)/python -m tools.train_language.train --shared $(SHARED) --out build/language
	$(BIN)/python -m tools.train_language.export build/language/network.pt
	$(BIN)/python -m tools.train_language.score --shared $(SHARED) ewt-dev gum-dev

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "onrecord needs Python 3.11 or newer; name one: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "no virtual environment could be made; on Debian and Ubuntu: apt install python3-venv"; exit 1; }

$(VENV)/.installed: pyproject.toml requirements-dev.lock | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/.bench: requirements-bench.lock $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-bench.lock
	@touch $@

# on Linux the registry's own torch brings CUDA along; a CPU build serves as well
$(VENV)/.train: requirements-train.lock $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --requirement requirements-train.lock
	@touch $@

# pins the newest versions that pyproject.toml admits
lock: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra plots --extra postgres --extra review --extra web --extra mcp --group dev --python-version 3.11 --universal --no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet --upgrade -o requirements-dev.lock
	$(BIN)/uv pip compile pyproject.toml --extra plots --extra postgres --extra review --extra web --extra mcp --group dev --group bench --python-version 3.11 --universal --no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet --upgrade -o requirements-bench.lock

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
