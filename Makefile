# `make demo` opens the day; `make test` runs every test. Both set up what they need and skip what is already there.

PORT ?= 8000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2

.PHONY: demo test check fix lock clean words

demo: $(VENV)/demo.stamp $(VENV)/words.stamp
	@$(BIN)/daybreak demo --port $(PORT) $(if $(NO_BROWSER),--no-browser)

test: $(VENV)/test.stamp check
	@echo "== Tests on SQLite"
	@$(BIN)/pytest -q -n $(WORKERS) --dist loadgroup
	@echo "== The same stories on PostgreSQL"
	@DAYBREAK_TEST_ON=postgresql $(BIN)/pytest -q -n $(WORKERS) --dist loadgroup

check: $(VENV)/test.stamp $(VENV)/words.stamp
	@echo "== Style, types, layers, rules, words"
	@$(BIN)/ruff check -q src tests
	@$(BIN)/ruff format -q --check src tests
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-cache >/dev/null || $(BIN)/lint-imports --no-cache
	@$(BIN)/daybreak rules check
	@$(BIN)/daybreak words check

fix: $(VENV)/test.stamp
	@$(BIN)/ruff check -q --fix src tests
	@$(BIN)/ruff format -q src tests

# Exact versions and hashes, and no addresses: a lock must serve behind any company's mirror.
lock: $(VENV)/tools.stamp
	@sh requirements/with-uv pip compile -q pyproject.toml --group build --generate-hashes --universal \
	  --python-version 3.11 --no-header -o requirements/demo.txt
	@sh requirements/with-uv pip compile -q pyproject.toml --group build --group test --group bench --generate-hashes --universal \
	  --python-version 3.11 --no-header -o requirements/test.txt

words: $(VENV)/demo.stamp $(VENV)/words.stamp

# Compiled words are not committed; they are made anew whenever the Spanish changes.
$(VENV)/words.stamp: src/daybreak/web/locale/es/LC_MESSAGES/django.po | $(VENV)/demo.stamp
	@$(BIN)/daybreak words compile >/dev/null
	@touch $@

$(VENV)/demo.stamp: requirements/demo.txt pyproject.toml requirements/install
	@PYTHON=$(PYTHON) sh requirements/install demo
	@touch $@

$(VENV)/test.stamp: requirements/test.txt pyproject.toml requirements/install
	@PYTHON=$(PYTHON) sh requirements/install test
	@touch $(VENV)/demo.stamp $@

$(VENV)/tools.stamp: requirements/install
	@PYTHON=$(PYTHON) sh requirements/install tools
	@touch $@

clean:
	@rm -rf $(VENV) .tools data
