# The front door. `make` alone prints what it can do.
#
# Every target may be repeated; what is done already is not done again.
# Variables: BUILD=folder (build), TYPE=CMake build type (Release),
#            JOBS=compilers at once (by cores and memory).

BUILD ?= build
TYPE ?= Release
JOBS ?= $(shell scripts/jobs.sh)
say = @printf '\n==> %s\n'

.DEFAULT_GOAL := help
.PHONY: help setup configure build run test bench format clean

help:
	@echo 'Assay verifies model-written code and mathematics, and keeps the gold.'
	@echo
	@echo '  make run      set up, build, start the farm, verify examples/ and'
	@echo '                print the yield table'
	@echo '  make test     set up, build everything and run every test'
	@echo '  make bench    set up, build, and measure throughput beside baselines'
	@echo '  make build    set up and build everything, bench included'
	@echo '  make setup    install the Debian packages that are missing'
	@echo '  make format   clang-format all C++'
	@echo '  make clean    remove $(BUILD)/'
	@echo
	@echo 'After a build: $(BUILD)/bin/assay --help, $(BUILD)/bin/assayd --help.'

setup:
	$(say) 'set-up: packages (scripts/packages.txt)'
	@scripts/setup.sh

configure: setup
	$(say) 'configure: CMake, $(TYPE), in $(BUILD)/'
	@mkdir -p $(BUILD)
	@cmake -S . -B $(BUILD) -G Ninja -DCMAKE_BUILD_TYPE=$(TYPE) \
	  >$(BUILD)/configure.log 2>&1 || { cat $(BUILD)/configure.log; exit 1; }
	@echo 'configured; the log is $(BUILD)/configure.log'

build: configure
	$(say) 'build: everything, $(JOBS) at a time'
	@cmake --build $(BUILD) -j $(JOBS)

run: configure
	$(say) 'build: the service and the client, $(JOBS) at a time'
	@cmake --build $(BUILD) -j $(JOBS) --target assayd assay
	@scripts/run.sh $(BUILD)

test: configure
	$(say) 'build: everything that is tested, $(JOBS) at a time'
	@cmake --build $(BUILD) -j $(JOBS)
	$(say) 'test: every test'
	@ctest --test-dir $(BUILD) --output-on-failure -j $(JOBS)

bench: configure
	$(say) 'build: the service, the client and the benchmarks'
	@cmake --build $(BUILD) -j $(JOBS) --target assayd assay
	$(say) 'bench: throughput through the service, beside two baselines'
	@python3 bench/throughput.py --build $(BUILD)

format:
	@git ls-files '*.h' '*.cc' '*.cu' '*.cuh' '*.c' \
	  ':!tests/*/hostile/*' | xargs clang-format -i

clean:
	rm -rf $(BUILD)
