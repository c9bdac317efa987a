package app_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

const module = "marginalia/app/"

// allowed lists, for each package, the packages of this module that it may
// import. The packages stand in rows, each of which may import those above it:
// the words of the field, what is done with them, the replica and the store, the
// edges, the components; moderation also imports source. What is for tests imports
// what it tests.
var allowed = map[string][]string{
	"textpos":             {},
	"article":             {"textpos"},
	"annotation":          {"textpos"},
	"lookalike":           {},
	"message":             {},
	"message/catalogues":  {"message"},
	"weights":             {},
	"anchor":              {"annotation", "textpos", "article"},
	"linear":              {},
	"source":              {"annotation", "textpos", "article", "lookalike"},
	"moderation":          {"annotation", "textpos", "article", "lookalike", "source", "anchor", "linear"},
	"claims":              {"textpos", "article", "linear"},
	"replica":             {"annotation", "textpos", "article", "anchor", "source", "moderation"},
	"store":               {"annotation", "textpos", "article", "anchor", "source", "moderation", "replica"},
	"state":               {"message", "annotation", "textpos", "article", "anchor", "source", "moderation", "claims", "replica"},
	"browser":             {"annotation", "textpos", "article", "anchor", "source", "moderation", "replica"},
	"ingest":              {"annotation", "textpos", "article", "anchor", "source", "moderation", "replica", "store"},
	"ui":                  {"message", "annotation", "textpos", "article", "anchor", "source", "moderation", "claims", "replica", "state"},
	"reach":               {"annotation", "textpos", "article", "source"},
	"server":              {"message", "message/catalogues", "annotation", "textpos", "article", "anchor", "source", "moderation", "replica", "store", "state", "ui", "ingest", "server/page", "weights", "reach"},
	"server/page":         {},
	"store/memory":        {"annotation", "textpos", "article", "anchor", "moderation", "replica", "store"},
	"store/sqlite":        {"annotation", "textpos", "article", "anchor", "moderation", "replica", "store"},
	"store/storetest":     {"annotation", "textpos", "article", "anchor", "moderation", "replica", "store"},
	"replica/replicatest": {"replica"},
	"chaos":               {"annotation", "textpos", "article", "anchor", "moderation", "replica", "store", "server"},
}

// core is pure: it compiles natively and to WebAssembly, and reaches the world
// through its arguments only.
var core = []string{"message", "annotation", "textpos", "article", "lookalike", "linear", "anchor", "source", "moderation", "claims", "replica", "state"}

// deps runs go list for a package and returns the listed import paths.
func deps(t *testing.T, env []string, args ...string) []string {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list"}, args...)...)
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list %s: %v", strings.Join(args, " "), err)
	}
	return strings.Fields(string(out))
}

func TestImports(t *testing.T) {
	t.Run("rows", func(t *testing.T) {
		for _, pkg := range deps(t, nil, "./...") {
			name, ok := strings.CutPrefix(pkg, module)
			if !ok {
				continue
			}
			may, known := allowed[name]
			if !known {
				t.Errorf("%s is in no row: add it to the table", pkg)
			}
			for _, env := range [][]string{nil, {"GOOS=js", "GOARCH=wasm"}} {
				if env != nil && (name == "server" || name == "ingest" || name == "chaos" || strings.HasPrefix(name, "store")) {
					continue
				}
				for _, imp := range deps(t, env, "-f", `{{join .Imports "\n"}}`, pkg) {
					if rest, ours := strings.CutPrefix(imp, module); ours && !contains(may, rest) {
						t.Errorf("%s imports %s", pkg, imp)
					}
				}
			}
		}
	})
	t.Run("core", func(t *testing.T) {
		for _, name := range core {
			for _, env := range [][]string{{"GOOS=linux"}, {"GOOS=js", "GOARCH=wasm"}} {
				banned(t, module+name, deps(t, env, "-f", `{{join .Imports "\n"}}`, module+name), "os", "syscall/js")
				banned(t, module+name, deps(t, env, "-deps", module+name),
					"net/http", "database/sql", "github.com/maxence-charriere/go-app")
			}
		}
	})
	t.Run("browser program", func(t *testing.T) {
		// go-app itself names net/http; the build replaces those files, so what
		// counts is that nothing of ours does, and nothing of ours reaches a server.
		wasm := []string{"GOOS=js", "GOARCH=wasm"}
		for _, pkg := range deps(t, wasm, "-deps", "./../cmd/webapp") {
			if !strings.HasPrefix(pkg, "marginalia/") {
				continue
			}
			banned(t, pkg, deps(t, wasm, "-f", `{{join .Imports "\n"}}`, pkg), "net/http", "text/template", "crypto/tls", "database/sql")
			banned(t, pkg, []string{pkg}, module+"server", module+"store", module+"ingest")
			if pkg != module+"browser" {
				banned(t, pkg, deps(t, wasm, "-f", `{{join .Imports "\n"}}`, pkg), "syscall/js")
			}
		}
	})
}

// banned reports every listed path that is one of the banned ones or below it.
func banned(t *testing.T, pkg string, paths []string, bans ...string) {
	t.Helper()
	for _, p := range paths {
		for _, b := range bans {
			if p == b || strings.HasPrefix(p, b+"/") {
				t.Errorf("%s depends on %s", pkg, p)
			}
		}
	}
}

func contains(list []string, s string) bool {
	for _, l := range list {
		if l == s {
			return true
		}
	}
	return false
}
