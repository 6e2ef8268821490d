# Every target installs what it needs first (scripts/setup; Debian 12) and can be run from a clean checkout.
SHELL := /bin/bash
JOBS ?= $(shell nproc)
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run build test bench check check-quick data format clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## Build build/release/writ
	@scripts/setup build
	@cmake --preset release
	@cmake --build --preset release --parallel $(JOBS) --target writ

run: ## Build and start a Writ on 127.0.0.1:7600 with its data in build/run
	@scripts/run $(ARGS)

test: ## Unit, property, command line and client tests
	@scripts/test $(ARGS)

check: ## Everything slow: format, lint, sanitizers, fuzzing, ten minutes of engine against oracle
	@scripts/check full

check-quick: ## The part of check that takes a few minutes
	@scripts/check quick

bench: ## Measure, print one table, write build/bench/results.json
	@scripts/setup bench
	@bench/run $(ARGS)

data: ## Regenerate the fact tables in data/ from the pinned packages
	@data/regenerate

format: ## Format all C++ sources
	@scripts/setup check
	@git ls-files '*.h' '*.cpp' '*.c' | xargs clang-format-19 -i

clean: ## Remove build/
	@rm -rf build
