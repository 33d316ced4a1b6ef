# Two commands do everything on a fresh machine: `make demo` and `make test`.
# `make test ARGS="-k limit"` passes arguments to pytest; `make test-long ARGS=lives` runs one part of what takes long.
PYTHON ?= python3
export ARGS PORT DEMO_MODULES

COMMANDS = demo demo-reset smoke test test-long test-engine test-odoo test-system lint i18n setup

.PHONY: help $(COMMANDS)

help:
	@$(PYTHON) -m environment --help

$(COMMANDS):
	@$(PYTHON) -m environment $@

bench-%:
	@$(PYTHON) -m benchmarks $*
