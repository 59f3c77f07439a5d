# Everything that is done with this repository, by name. `make` alone lists it.

PREFIX ?= /usr/local
FUZZ_MINUTES ?= 10
DESTDIR ?=

.PHONY: help build run test bench stress lint documentation docs man install uninstall

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

build: ## build the release binaries, and print the path of portrun
	@scripts/dependencies.sh
	@scripts/build-release.sh

run: ## install what is missing, build, and run the quickstart example
	@scripts/dependencies.sh
	@binary=$$(scripts/build-release.sh) && PATH="$$PWD/$${binary%/*}:$$PATH" Examples/quickstart/run.sh

test: ## install what is missing and run all tests
	@scripts/dependencies.sh tests packages
	@scripts/servers.sh
	swift test

bench: ## measure against `env` and other launchers, and the daemon; write docs/benchmark.md and docs/daemon-benchmark.md
	@scripts/dependencies.sh bench
	@binary=$$(scripts/build-release.sh) && python3 scripts/bench.py "$$binary" && \
		python3 scripts/daemon-bench.py "$${binary}d"

stress: ## concurrency, kill -9 and scale through the command line, load on the daemon, then FUZZ_MINUTES of fuzzing
	@scripts/dependencies.sh tests
	@binary=$$(scripts/build-release.sh) && python3 scripts/stress.py "$$binary" && \
		python3 scripts/kills.py "$$binary" && python3 scripts/scale.py "$$binary" && python3 scripts/crowd.py "$$binary" && \
		python3 scripts/daemon-load.py "$${binary}d"
	PORTRUN_FUZZ_SECONDS=$$(($(FUZZ_MINUTES) * 60)) swift test --filter FuzzTests

lint: ## check the format of the sources and the scripts
	@scripts/dependencies.sh lint
	@scripts/lint.sh

documentation: ## build the reference of the library PortrunKit and print the path of its archive
	@scripts/dependencies.sh
	@scripts/documentation.sh

docs: ## run what the docs show, and build their site; print its folder
	@scripts/dependencies.sh tests
	@binary=$$(scripts/build-release.sh) && scripts/docs.sh "$$binary"

man: ## write the man page to .build/share and print its path
	@scripts/dependencies.sh
	@scripts/man.sh

install: ## install both binaries, their man pages and completions below PREFIX (default /usr/local)
	@scripts/dependencies.sh
	@scripts/install.sh "$(DESTDIR)$(PREFIX)"

uninstall: ## remove what `make install` has put below PREFIX
	@cd "$(DESTDIR)$(PREFIX)" && rm -f bin/portrun bin/portrund share/man/man1/portrun.1 share/man/man1/portrund.1 \
		share/bash-completion/completions/portrun share/zsh/site-functions/_portrun \
		share/fish/vendor_completions.d/portrun.fish && rm -rf share/doc/portrun
