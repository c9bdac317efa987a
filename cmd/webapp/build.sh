#!/bin/sh
# Builds the browser program into build/ and packs it into web/dist, where the
# server is built with the packed forms only.
#
# go-app's own HTTP handler would link net/http and text/template into the
# WebAssembly, nearly twice the bytes, so the program is built against a copy of
# the module, made here, whose server files are replaced by a stub; so are ciphers
# and random ids, which bring in most of the standard library's cryptography, and
# routes by regular expressions; and most HTML elements are made one type (slim).
set -eu
cd "$(dirname "$0")/../.."
module=github.com/maxence-charriere/go-app/v9
copy=build/go-app
go mod download "$module"
mkdir -p build web/dist
rm -rf "$copy"
cp -r "$(go list -m -f '{{.Dir}}' "$module")" "$copy"
chmod -R u+w "$copy"
rm -rf "$copy/docs" "$copy/pkg/app/http.go" "$copy/pkg/app/resource.go" "$copy/pkg/app/static.go" \
	"$copy/pkg/app/crypto.go" "$copy/pkg/app/route.go"
sed -i.bak '/github.com\/google\/uuid/d' "$copy/pkg/app/context.go" "$copy/pkg/app/state.go"
cp cmd/webapp/stub.go.txt "$copy/pkg/app/http.go"
go run ./cmd/webapp/slim "$copy/pkg/app/html_gen.go"
cp go.mod build/webapp.mod
cp go.sum build/webapp.sum
go mod edit -replace "$module=./$copy" build/webapp.mod
GOOS=js GOARCH=wasm go build -modfile=build/webapp.mod -trimpath -buildvcs=false -ldflags='-s -w' \
	-o build/app.wasm ./cmd/webapp
rm -f web/dist/app.wasm web/dist/wasm_exec.js web/dist/*.bin.gz
# The largest goes last: make takes its packed form for the sign that all is done.
go run ./cmd/webapp/pack web/dist app/weights/*.bin "$(go env GOROOT)/lib/wasm/wasm_exec.js" build/app.wasm
