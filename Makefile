# Two commands do everything from a fresh clone: `make demo` and `make test`.
# the first of these that runs and is new enough
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
SANDBOX ?= auto
# compiled modules are kept, whatever the surroundings say: the tests start hundreds of processes
export PYTHONDONTWRITEBYTECODE :=
BIN := .venv/bin
SETUP := .venv/.complete

.PHONY: setup demo test quick thorough check release docs bench fuzz clean

setup: $(SETUP)

$(SETUP): pyproject.toml
	@test -n "$(PYTHON)" && $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name one with: make $(MAKECMDGOALS) PYTHON=/path/to/python3"; exit 1; }
	@echo "Setting up .venv (once; a minute or two) ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(SETUP)

# Derive the references, build the release and the handbook, grade a demo class.
demo: $(SETUP)
	$(BIN)/autograder generate
	$(BIN)/autograder handbook --out build/demo/handbook
	$(BIN)/autograder grade derivatives docs/demo/derivatives --out build/demo/derivatives --sandbox $(SANDBOX)
	$(BIN)/autograder grade sgd docs/demo/sgd --out build/demo/sgd --sandbox $(SANDBOX)
	@echo
	@echo "Look at the class first   build/demo/derivatives/index.html, build/demo/sgd/index.html"
	@echo "What students read        build/demo/derivatives/feedback/chen.html"
	@echo "What is right, and why    build/demo/handbook/index.html"

# Style, types, and every test once.
test: check
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m 'not thorough'

# What to run while working: a minute or two.
quick: check
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m 'not slow and not thorough'

# All of that, and the same files again as other students', in every situation: what to run before a release.
thorough: check
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: $(SETUP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

release: $(SETUP)
	$(BIN)/autograder generate

# The documentation as a site: build/docs/index.html.
docs: $(SETUP)
	$(BIN)/python -m sphinx -W --keep-going -q -b html docs build/docs
	@echo "build/docs/index.html"

bench: $(SETUP)
	$(BIN)/python benchmarks/homeworks.py
	$(BIN)/python benchmarks/start.py
	$(BIN)/python benchmarks/grade.py
	$(BIN)/python benchmarks/diagnosis.py
	$(BIN)/python benchmarks/accuracy.py
	$(BIN)/python benchmarks/nbgrader.py
	$(BIN)/python benchmarks/hostile.py
	$(BIN)/python benchmarks/busy.py
	$(BIN)/python benchmarks/intake.py
	$(BIN)/python benchmarks/ledger.py
	$(BIN)/python benchmarks/peers.py
	$(BIN)/python benchmarks/class_page.py

# Random and damaged input for whatever reads strangers' bytes: a quarter of an hour.
fuzz: $(SETUP)
	$(BIN)/python tests/hostile/fuzzing.py wire 1000000
	$(BIN)/python tests/hostile/fuzzing.py notebooks 10000
	$(BIN)/python tests/hostile/fuzzing.py outcomes 20000
	$(BIN)/python tests/hostile/fuzzing.py sequences 100000
	$(BIN)/python tests/hostile/fuzzing.py reports 50000
	$(BIN)/python tests/hostile/fuzzing.py rubrics 1000
	$(BIN)/python tests/hostile/fuzzing.py downloads 20000
	$(BIN)/python tests/hostile/fuzzing.py rosters 20000
	$(BIN)/python tests/hostile/fuzzing.py tables 50000

clean:
	rm -rf .venv build
