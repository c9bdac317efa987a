// Package web holds everything a browser downloads: style sheets, icons, the
// loader, the service worker and, in dist/, what `make build` makes: app.wasm and
// wasm_exec.js, each packed as .br and .gz only, and the models as .br, for they
// would make the server a third bigger as they are.
//
// dist/ has a committed placeholder, so the package compiles on a clean clone;
// the app is then missing and pages are readable all the same.
package web

import (
	"embed"
	"io/fs"
)

// Files are the files by path: "marginalia.css", "dist/app.wasm.br". Names that
// start with a dot are placeholders, not assets.
//
//go:embed *.css *.js *.svg *.png *.webmanifest all:dist
var Files embed.FS

// Assets is Files as a file system.
func Assets() fs.FS { return Files }
