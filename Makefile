# Everything needs only python3 (3.11 or newer) with its venv module, and the package index:
# the first target that is asked for makes .venv, installs uv into it and syncs uv.lock.

PYTHON ?= python3
PORT ?= 8000
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
SYNCED := $(VENV)/.synced
# The range that reads this uv.lock; raise it together with the lock.
UV := uv>=0.13,<0.14
export UV_PROJECT_ENVIRONMENT := $(VENV)
export UV_PYTHON_DOWNLOADS := never
# Behind a proxy that inspects TLS only the machine's own certificates are valid.
export UV_SYSTEM_CERTS ?= 1

.DEFAULT_GOAL := help
.PHONY: help run test check evals evals-inspect evals-compare bench fit format generate lock-prompts

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(SYNCED) ## Set up, serve the page and the API, and print the address (PORT=8000)
	@exec $(BIN)/interviewer serve --port $(PORT)

test: $(SYNCED) ## Set up and run the tests that need nothing else (ARGS="-k drift")
	@$(BIN)/python -m pytest -n 2 -m "not slow and not browser and not integration" $(ARGS)

check: $(SYNCED) ## Lint, format, types, import layers, content, generated files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/interviewer check
	$(BIN)/python -m interviewer.store.schema_files --check
	$(BIN)/python -m tools.settings_page --check
	$(BIN)/python -m tools.everyday_vectors --check
	$(BIN)/python -m tools.said_directions --check

evals: $(SYNCED) ## Measure how far the grading agrees with the labelled answers
	@$(BIN)/python -m evals.report $(ARGS)

evals-inspect: $(SYNCED) ## The same and more as Inspect AI tasks (ARGS="persona --engine model --spend-limit-tokens N")
	@$(BIN)/uv sync --locked --inexact --quiet --group evals
	@$(BIN)/python -m evals.tasks $(ARGS)

evals-compare: $(SYNCED) ## Whether the change between two runs is real (A=log B=log)
	@test -n "$(A)" -a -n "$(B)" || { echo 'usage: make evals-compare A=logs/one.eval B=logs/other.eval'; exit 2; }
	@$(BIN)/uv sync --locked --inexact --quiet --group evals
	@$(BIN)/python -m evals.compare "$(A)" "$(B)"

bench: $(SYNCED) ## Measure start, turns, tokens and search; writes benchmarks/RESULTS.md
	@$(BIN)/python -m benchmarks $(ARGS)

fit: $(SYNCED) ## Refit the offline assessor to the example answers
	@$(BIN)/python -m evals.fit_offline $(ARGS)

format: $(SYNCED) ## Format the code and correct what ruff can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

generate: $(SYNCED) ## Write the seeds' JSON Schemas, docs/settings.md and the vectors that ship
	$(BIN)/python -m interviewer.store.schema_files
	$(BIN)/python -m tools.settings_page
	$(BIN)/python -m tools.everyday_vectors
	$(BIN)/python -m tools.said_directions

lock-prompts: $(SYNCED) ## Lock new prompt versions; a locked one can no longer be edited
	@$(BIN)/python -c "from interviewer.paths import shipped; \
	from interviewer.prompting.library import PromptLibrary; \
	print(*PromptLibrary(shipped('prompts')).lock() or ['nothing new'], sep='\n')"

$(SYNCED): pyproject.toml uv.lock
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " \
	+ sys.version.split()[0] + ": make PYTHON=python3.12 ..." if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/pip || { echo "Setting up $(VENV) ..." && $(PYTHON) -m venv $(VENV); }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check '$(UV)'
	@$(BIN)/uv sync --locked --quiet
	@touch $@
