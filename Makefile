# GNU make 3.81 or newer and any POSIX sh. Every target sets up .venv first and does nothing for it the second time.
BIN = .venv/bin
quoted = '$(subst ','\'',$(value $(1)))'

.PHONY: help setup crawl test attacks quick check chaos extraction bench lock demo-stack clean
.DEFAULT_GOAL := help

help: ## This list
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1  |\2/p' Makefile | awk -F'|' '{ printf "%-19s %s\n", $$1, $$2 }'

setup: ## Make .venv as requirements.lock says (PYTHON=… names the Python)
	@sh deploy/setup.sh

crawl: setup ## Crawl the demo site, or URL=https://… [PAGES=50]
	$(BIN)/wireroom crawl $(if $(URL),$(call quoted,URL)) $(if $(PAGES),--pages $(call quoted,PAGES))

# Where bytecode may not be written, each of the many processes that tests start compiles all of Wireroom anew.
PYTEST = PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest
# How many processes run tests. Many tests wait more than they compute, so it is twice the two cores of CI.
JOBS = 4
# The attacks go by the clock: they run by themselves, four systems at a time, also when another test has failed.
# 5 says that ARGS left none of these tests; it must leave some of the one or the other.
test: setup ## All tests
	@$(PYTEST) -m "not chaos" -n $(JOBS) $(ARGS); others=$$?; \
	$(PYTEST) -m chaos -n 4 $(ARGS); attacks=$$?; \
	case $$others-$$attacks in 0-0|0-5|5-0) ;; *) exit 1;; esac

attacks: setup ## The short attacks on a running crawl, on both databases
	$(PYTEST) -m chaos -n 4 $(ARGS)

quick: setup ## The tests that take seconds
	$(PYTEST) -m "not slow and not chaos" -n 2 $(ARGS)

check: setup ## ruff, mypy --strict and the quick tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(PYTEST) -m "not slow and not chaos" -n 2 $(ARGS)

chaos: setup ## Attack a running crawl, and print what came of it
	$(BIN)/python tests/chaos $(ARGS)
	WIREROOM_LONG_TESTS=1 $(PYTEST) -m chaos -s tests/pipeline/test_politeness.py

extraction: setup ## How well and how quickly articles are read, beside other libraries
	$(BIN)/python -m benchmarks.extraction $(ARGS)

bench: setup ## The whole crawl beside other crawlers (ARGS=--quick: seconds; all: half an hour)
	$(BIN)/python -m benchmarks.crawl $(ARGS)

# Versions stay as they are unless ARGS=--upgrade, or ARGS="--upgrade-package NAME". No package host is written, and
# it fails when a package has no wheel for a machine that we promise.
compile = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock" $(ARGS)
lock: setup ## Write the lock files anew from pyproject.toml
	$(compile) --all-extras --group dev pyproject.toml -o requirements.lock > /dev/null
	$(compile) benchmarks/peers/requirements.in -o benchmarks/peers/requirements.lock > /dev/null
	echo uv | $(compile) --no-annotate - -o deploy/uv.txt > /dev/null
	@for machine in x86_64-unknown-linux-gnu aarch64-unknown-linux-gnu aarch64-apple-darwin x86_64-apple-darwin; do \
		for python in 3.11 3.12 3.13; do \
			$(BIN)/uv pip install --quiet --dry-run --target .venv/none --no-build --require-hashes -r requirements.lock \
				--python-platform $$machine --python-version $$python || exit 1; \
		done; \
	done

# The demo site is on the stack's own network, so private addresses must be allowed: this is not for real crawls.
demo-stack: ## The docker compose stack with the demo site inside it, to watch (needs Docker)
	WIREROOM_ALLOW_PRIVATE=true docker compose --profile demo up --build --wait $(ARGS)
	@echo "Look at it:  http://127.0.0.1:8321 (the token: docker compose exec console cat /run/secrets/wireroom_console_token)"
	@echo "Dashboards:  http://127.0.0.1:3000 (user admin; docker compose exec grafana cat /run/secrets/password)"
	@echo "Stop it:     docker compose --profile demo down    (with -v: and forget what it stored)"

clean: ## Remove what set-up and the tools made; the crawled data in .wireroom stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis dist
	find workers tests deploy benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
