# Every target installs what it needs into target/tools (never into your home) and does nothing twice.
SHELL := /bin/bash
.DELETE_ON_ERROR:

TOOLS := $(CURDIR)/target/tools
TRUNK_VERSION := 0.21.14
# The CLI must be of the very version that Cargo.lock names.
WASM_BINDGEN_VERSION := $(shell awk '/^name = "wasm-bindgen"$$/ { getline; gsub(/version = |"/, ""); print; exit }' Cargo.lock)
TRUNK := $(TOOLS)/trunk-$(TRUNK_VERSION)
WASM_BINDGEN := $(TOOLS)/wasm-bindgen-$(WASM_BINDGEN_VERSION)
GECKODRIVER_VERSION := 0.37.1
GECKODRIVER := $(TOOLS)/geckodriver-$(GECKODRIVER_VERSION)
CARGO_DENY_VERSION := 0.20.2
CARGO_DENY := $(TOOLS)/cargo-deny-$(CARGO_DENY_VERSION)
CARGO_AUDIT_VERSION := 0.22.2
CARGO_AUDIT := $(TOOLS)/cargo-audit-$(CARGO_AUDIT_VERSION)
AXE_VERSION := 4.14.1
AXE := $(TOOLS)/axe-core-$(AXE_VERSION).js
# Older ones, as Debian 12 has, write a program that does not start.
BINARYEN_VERSION := 132.0.0
WASM_OPT := $(TOOLS)/wasm-opt-$(BINARYEN_VERSION)
# Debian keeps web servers in sbin, which users do not always search.
export PATH := $(TOOLS)/bin:$(PATH):/usr/sbin

PORT ?= 8080
# What `make bench` compares with, and how long it takes; tests/bench/README.md.
RIG ?= ../shared/bench
ARTICLES ?= 100000
ROUNDS ?= 7

.PHONY: help serve build test test-browsers check deny fuzz chaos sizes bench bench-search clean
help:
	@echo "make serve   open the portal with the sample content on http://127.0.0.1:$(PORT)/"
	@echo "make build   write dist/, ready for a CDN"
	@echo "make test    run every test there is, in Chromium; the main journeys in Firefox and WebKit as well"
	@echo "make test-browsers   run all end-to-end tests in all three"
	@echo "make check   formatting, clippy for both targets, documentation, crates"
	@echo "make fuzz    documents changed at random (CASES=$(CASES))"
	@echo "make chaos   a reader at a server that fails at random (STEPS=$(STEPS))"
	@echo "make bench   a report: page speed beside other builders (RIG=$(RIG)), build speed beside Hugo (ARTICLES=$(ARTICLES))"

FETCH = cargo fetch --locked --quiet --offline 2>/dev/null || { echo "Fetching the crates: about a minute, once." && cargo fetch --locked --quiet; }
# What the standard library itself is made of, which is compiled anew for the browser; fetched for each target by itself.
FETCH_STD = $(SMALL) cargo fetch --locked --quiet --target wasm32-unknown-unknown
# $(call first,file,sentence): says how long something takes, until it has been done and has left that file.
first = [ -f $(1) ] || echo $(2)

# A published program is compiled together with the standard library, for size, and without the texts of panics: a
# seventh less to send. Both flags are unstable, which the exact version in rust-toolchain.toml makes safe to rely on.
# A plain `trunk build --release` works as well, and is larger.
SMALL := RUSTC_BOOTSTRAP=1 CARGO_UNSTABLE_BUILD_STD=std,panic_abort CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size \
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="-Zunstable-options -Cpanic=immediate-abort"

# Trunk's --offline keeps it from fetching tools of its own, but reaches cargo too: crates are fetched before.
# A folder of its own: dist/ is what is published.
serve: tools
	@mkdir -p target/serve
	@$(FETCH)
	@$(call first,target/serve/index.html,"Compiling the portal and its tools: about 4 minutes (once).")
	@echo "The search index is of now: start anew to search what you write. For another port: PORT=8081 make serve"
	@if (exec 3<>/dev/tcp/127.0.0.1/$(PORT)) 2>/dev/null; then \
	  echo "Something else listens on port $(PORT) already: stop it, or say PORT=8081 make serve" >&2; exit 1; fi
	cargo run --quiet --bin portal -- index --api public/api/v1 --out target/serve-index
	trunk serve --offline --port $(PORT) --dist target/serve

# Is there when documents were found to be wrong.
FINDINGS := $(CURDIR)/target/findings

# wasm-opt takes another 4 kB off, where there is npm to fetch it.
build: tools target/tools/rust-src
	@$(FETCH)
	@$(FETCH_STD)
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory $(WASM_OPT); fi
	@$(call first,dist/index.html,"Compiling the portal and its tools: about 7 minutes; later builds take seconds.")
	@rm -f $(FINDINGS)
	PORTAL_FINDINGS=$(FINDINGS) $(SMALL) trunk build --release --offline
	@[ ! -e $(FINDINGS) ] || { echo "Every page but those named above is in dist/: mend these, then build again." >&2; exit 1; }

.PHONY: times
times:
	@[ -f target/tools/.tested ] && echo "Every test there is: about 40 minutes on two cores." || \
	  echo "Every test there is: about an hour the first time on two cores, and 40 minutes later."

# Ends by writing down the day, as it is in Việt Nam: the accessibility statement tells it, from the next build on.
test: times check browsers $(AXE) $(WASM_OPT)
	$(MAKE) build
	cargo test
	PORTAL_BROWSER=firefox cargo test --test browser -- $(JOURNEYS)
	PORTAL_BROWSER=webkit cargo test --test browser -- $(JOURNEYS)
	@touch target/tools/.tested
	@TZ=UTC-7 date +%F >tests/passed-on.txt

# Open, follow links, go back, search, the drawer, the keyboard, settings, what is not there, what fails: names of tests,
# or the beginnings of names.
JOURNEYS := navigation:: keyboard:: settings:: search::results_come search::the_header_suggests \
  pages::an_unknown_address failures::a_server_error failures::a_server_that_cannot_be_reached failures::no_network

# Tests that need what only Chromium's driver can do say so in the other two, and are left out there.
test-browsers: browsers $(AXE) $(WASM_OPT)
	$(MAKE) build
	for engine in chromium firefox webkit; do \
	  echo "The end-to-end tests in $$engine:"; PORTAL_BROWSER=$$engine cargo test --test browser || failed="$$failed $$engine"; \
	done; [ -z "$$failed" ] || { echo "Failed in:$$failed" >&2; exit 1; }

check: target/tools/wasm-target
	cargo fmt --check
	cargo clippy --all-targets -- -D warnings
	cargo clippy --lib --bins --target wasm32-unknown-unknown -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --document-private-items --lib
	RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --document-private-items --lib --target wasm32-unknown-unknown
	@$(MAKE) --no-print-directory deny

# Licences, sources and doubles of the crates (deny.toml), and their known holes; a crate that nobody looks after any more, that is
# unsound or was taken back fails as well, so that somebody decides. The list of holes is a copy of RustSec's that
# somebody has fetched: without a network a check must not fail, nor pass for one that was made.
ADVISORIES ?= $(firstword $(foreach home,$(TOOLS) $(CARGO_HOME) $(HOME)/.cargo,$(wildcard $(home)/advisory-db $(home)/advisory-dbs/*)))
deny: $(CARGO_DENY)
	@$(FETCH)
	cargo deny --offline check licenses sources bans
	@if [ -z "$(ADVISORIES)" ]; then \
	  echo "NOT CHECKED: known holes of crates, for want of a copy of the RustSec list (git clone it to target/tools/advisory-db)."; \
	else $(MAKE) --no-print-directory $(CARGO_AUDIT) && cargo audit --no-fetch --stale --deny warnings --db "$(ADVISORIES)"; fi

# The hostile documents of `cargo test`, many times as many: a minute, once it is compiled.
CASES ?= 200000
fuzz:
	PORTAL_FUZZ=$(CASES) cargo test --profile tool --test hostile -- --nocapture fuzz

# A reader who goes on and on at a server that fails at random: about eleven minutes.
STEPS ?= 10000
chaos: browser
	$(MAKE) build
	PORTAL_CHAOS=$(STEPS) cargo test --test browser chaos -- --nocapture

# The sizes by crate that the budget test compares with; run it when a larger program is wanted.
sizes:
	cargo test --test size write_the_baseline -- --ignored

bench: tools target/tools/rust-src browser
	@$(FETCH)
	@$(FETCH_STD)
	$(SMALL) trunk build --release --offline --dist target/bench/program
	RIG="$(RIG)" ARTICLES="$(ARTICLES)" ROUNDS="$(ROUNDS)" tests/bench/run.sh

# Known-item search over a folder of API documents, beside Pagefind and MiniSearch where there is Node; without a FOLDER over
# the corpus in ../shared, or else the sample content.
FOLDER ?=
bench-search: browser
	$(MAKE) build
	FOLDER="$(FOLDER)" tests/bench/search.sh

clean:
	rm -rf dist

.PHONY: tools browser
tools: target/tools/wasm-target $(TRUNK) $(WASM_BINDGEN)

target/tools/wasm-target:
	@mkdir -p $(TOOLS)
	@echo "Adding Rust's wasm target: about half a minute, once."
	rustup target add wasm32-unknown-unknown
	@touch $@

target/tools/rust-src:
	@mkdir -p $(TOOLS)
	@echo "Adding the sources of Rust's standard library: about half a minute, once."
	rustup component add rust-src
	@touch $@

# Tools that wait for others more than they work are installed unoptimised and without what a debugger needs: they compile
# in less than half the time.
INSTALL_FAST := CARGO_PROFILE_DEV_DEBUG=0 cargo install --locked --debug --root $(TOOLS) --target-dir $(TOOLS)/build
$(TRUNK):
	@echo "Installing trunk $(TRUNK_VERSION) into target/tools: about 3 minutes, once."
	$(INSTALL_FAST) trunk --version $(TRUNK_VERSION)
	@rm -f $(TOOLS)/trunk-* && touch $@

# Without --locked: its lock file names a version that registries no longer give out.
$(WASM_BINDGEN):
	@echo "Installing the wasm-bindgen CLI $(WASM_BINDGEN_VERSION) into target/tools: about 3 minutes, once."
	cargo install wasm-bindgen-cli --version $(WASM_BINDGEN_VERSION) --root $(TOOLS) --target-dir $(TOOLS)/build
	@rm -f $(TOOLS)/wasm-bindgen-* && touch $@

$(CARGO_DENY):
	@echo "Installing cargo-deny $(CARGO_DENY_VERSION) into target/tools: about 2 minutes, once."
	$(INSTALL_FAST) cargo-deny --version $(CARGO_DENY_VERSION)
	@rm -f $(TOOLS)/cargo-deny-* && touch $@

$(CARGO_AUDIT):
	@echo "Installing cargo-audit $(CARGO_AUDIT_VERSION) into target/tools: about 2 minutes, once."
	$(INSTALL_FAST) cargo-audit --version $(CARGO_AUDIT_VERSION) --no-default-features
	@rm -f $(TOOLS)/cargo-audit-* && touch $@

# $(call packages,programs,packages,names): packages of the system, unless their programs are there.
define packages
@for program in $(1); do command -v $$program >/dev/null || missing=yes; done; [ -n "$$missing" ] || exit 0; \
if [ "$$(id -u)" = 0 ]; then sudo=; elif sudo -n true 2>/dev/null; then sudo="sudo -n"; else \
  echo "The tests need $(3), and this user may not install packages." >&2; \
  echo "Ask an administrator for: apt-get install $(2)" >&2; exit 1; fi; \
echo "Installing $(3) from the system's packages: about 1 minute, once."; \
$$sudo apt-get update -q && $$sudo apt-get install -y -q $(2)
endef

# Chromium, Firefox and WebKitGTK with their drivers; the first and the last from the system's packages.
.PHONY: browsers firefox webkit pdftotext npm
browsers: browser firefox webkit pdftotext

browser:
	$(call packages,chromium chromedriver,chromium chromium-driver,Chromium and ChromeDriver)

firefox: $(GECKODRIVER)
	$(call packages,firefox-esr,firefox-esr,Firefox ESR)

webkit:
	$(call packages,WebKitWebDriver Xvfb xdotool,webkit2gtk-driver xvfb xdotool,WebKitGTK with its driver and a screen for it)

# Reads what was printed.
pdftotext:
	$(call packages,pdftotext,poppler-utils,pdftotext)

# What the files for web servers are tried with. Not for `make test` to install: on a desk they would begin to serve.
.PHONY: hosts
hosts:
	$(call packages,nginx caddy,nginx caddy,nginx and Caddy)

npm:
	$(call packages,npm,npm,npm)

$(GECKODRIVER):
	@echo "Installing geckodriver $(GECKODRIVER_VERSION) into target/tools: about 2 minutes, once."
	$(INSTALL_FAST) geckodriver --version $(GECKODRIVER_VERSION)
	@rm -f $(TOOLS)/geckodriver-* && touch $@

# What the browser tests examine pages with; one file of its package.
$(AXE):
	@$(MAKE) --no-print-directory npm
	@echo "Fetching axe-core $(AXE_VERSION) into target/tools: some seconds, once."
	@mkdir -p $(TOOLS) && cd $(TOOLS) && rm -f axe-core-* && npm pack --silent --cache build/npm axe-core@$(AXE_VERSION) && \
	  tar -xzOf axe-core-$(AXE_VERSION).tgz package/axe.min.js >$@ && rm axe-core-$(AXE_VERSION).tgz

$(WASM_OPT):
	@$(MAKE) --no-print-directory npm
	@echo "Fetching wasm-opt $(BINARYEN_VERSION) into target/tools: some seconds, once."
	@mkdir -p $(TOOLS)/bin $(TOOLS)/binaryen && cd $(TOOLS) && npm pack --silent --cache build/npm binaryen@$(BINARYEN_VERSION) && \
	  tar -xzf binaryen-$(BINARYEN_VERSION).tgz -C binaryen --strip-components=1 package/bin/wasm-opt package/bin/package.json && \
	  rm -f binaryen-$(BINARYEN_VERSION).tgz wasm-opt-* && ln -sf ../binaryen/bin/wasm-opt bin/wasm-opt && touch $@
