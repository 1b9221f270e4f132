# make help tells what there is.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
export PORT

# Only names relative to the checkout: its path may have spaces in it.
RUN := .venv/bin/python
LOCKS := requirements.lock requirements-dev.lock

.DEFAULT_GOAL := help
.PHONY: help setup demo test bench bench-load format messages lock audit release

help: ## Vis denne oversikten
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1: \2/p' Makefile

setup: .venv/installed ## Lag miljøet i .venv med alt som trengs for å kjøre og utvikle
	@echo "Miljøet i .venv er klart."

demo: .venv/installed ## Start arkivet med eksempelprogrammer på http://127.0.0.1:8000 (PORT=8001 velger en annen port)
	@$(RUN) manage.py demo --settings tools.settings

test: .venv/installed ## Kjør alle prøver: format, lint, typer, avhengigheter, migrasjoner, pytest
	@$(RUN) -m pytest --numprocesses auto

bench: .venv/installed ## Mål hvor raskt sidene svarer
	@$(RUN) manage.py bench_pages --settings tools.settings

bench-load: .venv/installed ## Mål hvor mange lesere nettstedet tåler, med 200 000 oppdiktede løfter (en time)
	@$(RUN) manage.py bench_load --settings tools.settings

format: .venv/installed ## Formater koden og malene, og rett det som kan rettes av seg selv
	@$(RUN) -m ruff format .
	@$(RUN) -m ruff check --fix .
	@$(RUN) -m djlint templates --reformat --quiet --warn

messages: .venv/installed ## Hent tekstene som skal oversettes, og kompiler oversettelsene (krever gettext)
	@$(RUN) manage.py makemessages --locale nn --locale en --no-location --no-obsolete --ignore "tests/*"
	@$(RUN) manage.py compilemessages --ignore ".venv" --verbosity 0

lock: .venv/installed ## Lås avhengighetene i pyproject.toml på nytt, til det som er på PyPI nå
	@.ci/lock

audit: .venv/installed ## Se etter svake steder i koden og kjente feil i bibliotekene (krever nett)
	@.ci/audit

release: .venv/installed ## Gi ut versjonen i pyproject.toml: merke, arkiv, innholdsliste og summer i dist/
	@$(RUN) manage.py release --settings tools.settings

.venv/installed: $(LOCKS) .ci/setup
	@PYTHON="$(PYTHON)" .ci/setup
