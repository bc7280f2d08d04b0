# The two commands of the README are `make demo` and `make test`; the rest are their parts.
.PHONY: demo test check pytest gate bench schema docs clean
.DEFAULT_GOAL := demo

PYTHON := .venv/bin/python
RUN := .venv/bin/

demo: .venv/user
	$(RUN)onrecord extract examples --offline --html demo/report.html
	@echo "Open demo/report.html in a browser to see every claim in its text."

test: .venv/dev chromium check pytest gate

check: .venv/dev
	$(RUN)ruff check .
	$(RUN)ruff format --check .
	$(RUN)mypy
	$(RUN)lint-imports

pytest: .venv/dev chromium
	$(PYTHON) -m pytest -n 2 --dist loadfile

gate: .venv/dev
	$(PYTHON) -m eval.gate

bench: .venv/dev
	$(PYTHON) -m bench.extract

schema docs: .venv/dev
	$(PYTHON) -m docs.generate

.venv/user: pyproject.toml constraints.txt tools/venv
	tools/venv .
	touch $@

.venv/dev: pyproject.toml constraints.txt tools/venv
	tools/venv '.[dev]'
	touch $@ .venv/user

# The browser tests drive Debian's own Chromium.
.PHONY: chromium
chromium:
	tools/debian chromium chromium

clean:
	rm -rf .venv demo .pytest_cache .mypy_cache .ruff_cache .hypothesis
