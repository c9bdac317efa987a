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
# Functions are not copied into their callers where time hardly matters: that is
# a twentieth of the packed program, and drawing takes as long as before. The rules,
# the anchoring, the strings they read and the runtime stay as fast as can be.
unhurried=
for package in marginalia/app/annotation marginalia/app/browser marginalia/app/message/... marginalia/app/replica \
	marginalia/app/state marginalia/app/store/... marginalia/app/ui marginalia/cmd/webapp "$module/..." \
	context crypto/... encoding/... fmt html io/... net/... path reflect syscall syscall/js time unique \
	internal/bisect internal/fmtsort internal/godebug internal/poll; do
	unhurried="$unhurried -gcflags=$package=-l"
done
# shellcheck disable=SC2086 # the flags hold no spaces
GOOS=js GOARCH=wasm go build -modfile=build/webapp.mod -trimpath -buildvcs=false -ldflags='-s -w' $unhurried \
	-o build/app.wasm ./cmd/webapp
rm -f web/dist/app.wasm web/dist/wasm_exec.js web/dist/*.bin.gz
# The largest goes last: make takes its packed form for the sign that all is done.
go run ./cmd/webapp/pack web/dist app/weights/*.bin "$(go env GOROOT)/lib/wasm/wasm_exec.js" build/app.wasm
