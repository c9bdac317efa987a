# Marginalia. `make run` and `make test` do everything on a fresh machine.

export GOTOOLCHAIN = local
GOFUMPT     = go run mvdan.cc/gofumpt@v0.12.0
STATICCHECK = build/tools/staticcheck
STATICCHECK_VERSION = v0.8.2
WASM        = GOOS=js GOARCH=wasm
CORE        = ./app/message ./app/annotation ./app/textpos ./app/article ./app/lookalike ./app/anchor ./app/source ./app/moderation ./app/claims ./app/replica ./app/state
WASM_EXEC   = $(shell go env GOROOT)/lib/wasm/go_js_wasm_exec
WEBAPP_SRC  = $(shell find app cmd/webapp -name '*.go' ! -name '*_test.go') cmd/webapp/build.sh cmd/webapp/stub.go.txt go.mod

.PHONY: help run build test chaos check eval bench lighthouse screens clean deps-run deps-test format lint imports size

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

run: build ## build, then serve the sample articles on http://localhost:8080
	bin/marginalia serve --articles testdata/articles

build: bin/marginalia ## build the server into bin/ and the browser program into web/dist/

web/dist/app.wasm.br: $(WEBAPP_SRC) | deps-run
	cmd/webapp/build.sh

bin/marginalia: web/dist/app.wasm.br $(shell find app cmd/marginalia web -type f ! -path 'web/dist/*' ! -name '*_test.go')
	go build -trimpath -ldflags='-s -w' -o $@ ./cmd/marginalia

deps-run:
	@.ci/deps run

deps-test:
	@.ci/deps test

# axe-core, which looks for what keeps people out of a page.
build/axe/node_modules/axe-core/axe.min.js: cmd/webapp/tools/package-lock.json | deps-test
	mkdir -p build/axe
	cp cmd/webapp/tools/package.json cmd/webapp/tools/package-lock.json build/axe/
	npm ci --prefix build/axe --ignore-scripts --no-audit --no-fund
	touch $@

# Lighthouse, which judges a page as search engines and slow phones meet it. It gets Debian's
# Chromium and downloads none.
build/lighthouse/node_modules/lighthouse/cli/index.js: cmd/webapp/tools/lighthouse/package-lock.json | deps-test
	mkdir -p build/lighthouse
	cp cmd/webapp/tools/lighthouse/package.json cmd/webapp/tools/lighthouse/package-lock.json build/lighthouse/
	PUPPETEER_SKIP_DOWNLOAD=1 npm ci --prefix build/lighthouse --ignore-scripts --no-audit --no-fund
	touch $@

test: deps-test build build/axe/node_modules/axe-core/axe.min.js ## every test: native with the race detector, in WebAssembly under node, in Chromium
	go test -race -timeout 30m ./...
	$(WASM) go test -timeout 30m -exec "$(WASM_EXEC)" $(CORE) ./app/browser

chaos: build ## devices, network and server that fail, in full: 50 seeds, then 200 kills of the server
	go test -count=1 -timeout 60m -run 'TestChaos$$' -v ./app/chaos -seeds=50 -changes=2000
	go test -count=1 -timeout 30m -run TestKilledInMidSync -v ./cmd/marginalia -kills=200 -program=$(CURDIR)/bin/marginalia

check: deps-test format lint imports size ## format, vet for both worlds, lint, import rules, size budget

format:
	@out=$$($(GOFUMPT) -l app cmd web); test -z "$$out" || { echo "not formatted (gofumpt -w):"; echo "$$out"; exit 1; }

# Built for this machine, so that it can also look at the code for the browser.
$(STATICCHECK):
	GOBIN=$(CURDIR)/build/tools go install honnef.co/go/tools/cmd/staticcheck@$(STATICCHECK_VERSION)

lint: $(STATICCHECK)
	go vet ./...
	$(WASM) go vet $(CORE) ./app/browser ./app/ui ./cmd/webapp
	$(STATICCHECK) ./...
	$(WASM) $(STATICCHECK) ./app/browser ./app/ui ./cmd/webapp

imports:
	go test -count=1 -run TestImports ./app

size: build
	go run ./cmd/webapp/size -budget 2000000

eval: build ## print how the rules, the anchoring and the claims do on labelled data
	MARGINALIA_EVAL=1 go test -count=1 -timeout 30m -run TestEval -v ./app/moderation ./app/claims ./app/anchor ./app/source | grep -v '^=== RUN'

bench: build ## speed and size, beside a baseline
	go run ./cmd/webapp/size
	go test -run '^$$' -bench . -benchmem ./app/moderation ./app/anchor ./app/store/...
	go test -run '^$$' -bench Import -benchtime 4x ./cmd/marginalia
	go test -run '^$$' -bench Window5000 -benchtime 4x ./app/state
	go test -run '^$$' -bench FirstDrawing -benchtime 4x ./app/ui
	go test -run '^$$' -bench Crowd -benchtime 2x ./cmd/webapp
	go test -run '^$$' -bench 'FirstSync|LaterSync' -benchtime 4x ./app/server
	$(WASM) go test -exec "$(WASM_EXEC)" -run '^$$' -bench Shown -benchtime 4x ./app/replica
	ANCHOR_BESIDE=$(CURDIR)/build/approx go test -count=1 -run TestBesideApprox -v ./app/anchor
	$(WASM) go test -exec "$(WASM_EXEC)" -run '^$$' -bench . ./app/moderation

lighthouse: build build/lighthouse/node_modules/lighthouse/cli/index.js ## what Lighthouse says of an article on a phone
	MARGINALIA_LIGHTHOUSE=1 go test -count=1 -timeout 20m -run TestLighthouse -v ./cmd/webapp

screens: build ## pictures of every screen, into testdata/screens
	MARGINALIA_SCREENS=1 go test -count=1 -timeout 20m -run TestScreens -v ./cmd/webapp

clean: ## remove what was built; data/ stays
	rm -rf bin build web/dist/*.br web/dist/*.gz
