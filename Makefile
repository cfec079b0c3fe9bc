# The two commands of the README, and what stands behind them.

PYTHON ?= python3
PORT ?= 8000
DATA ?= var/demo
SCALE ?= 0.02
RESET ?=
ARGS ?=

# With no DATA of the caller's own, a DATABASE_URL that happens to be set is not meant
# for the demo; with one, the settings refuse the pair.
ifeq ($(origin DATA),file)
UNSET = -u DATABASE_URL
endif

.PHONY: demo test bench clean environment

demo: environment
	@exec env $(UNSET) DATA="$(DATA)" .venv/bin/python manage.py demo --with-parent \
	  --port "$(PORT)" --scale "$(SCALE)" $(if $(filter-out 0,$(RESET)),--reset)

test: environment
	@.venv/bin/python -m pytest $(ARGS)

bench: environment
	@.venv/bin/python -m bench $(ARGS)

clean:
	rm -rf .venv var staticfiles .pytest_cache .ruff_cache .hypothesis

# Installs only when requirements.txt is another than the installed one.
environment:
	@cmp -s requirements.txt .venv/requirements.installed || $(MAKE) -s install

.PHONY: install
install:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11"; exit 1; }
	@.venv/bin/python -m pip --version >/dev/null 2>&1 || \
	  $(PYTHON) -m venv --clear .venv || \
	  { echo "No virtual environment: apt-get install python3-venv"; exit 1; }
	@echo "Installing the packages of requirements.txt ..."
	@.venv/bin/python -m pip install -q --disable-pip-version-check uv 2>/dev/null || true
	@if [ -x .venv/bin/uv ] && UV_LINK_MODE=copy .venv/bin/uv pip install -q \
	    --python .venv/bin/python -r requirements.txt; then :; \
	  else .venv/bin/python -m pip install -q --disable-pip-version-check \
	    -r requirements.txt; fi
	@cp requirements.txt .venv/requirements.installed
