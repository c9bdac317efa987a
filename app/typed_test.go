package app_test

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// code is the packages of this module, to be read with their types.
type code struct {
	t        *testing.T
	fset     *token.FileSet
	importer types.Importer
	dirs     map[string]string   // by package
	files    map[string][]string // those of this machine, by package
	others   map[string][]string // those of the browser, by package
	deps     map[string][]string // packages of this module that one depends on
	read     map[string]*source
}

// source is a package with its types.
type source struct {
	*types.Package
	files []*ast.File
	info  *types.Info
}

// readCode lists the packages and where the compiler has put what they export.
func readCode(t *testing.T) *code {
	t.Helper()
	c := &code{
		t: t, fset: token.NewFileSet(), dirs: map[string]string{}, files: map[string][]string{}, others: map[string][]string{},
		deps: map[string][]string{}, read: map[string]*source{},
	}
	exports := map[string]string{}
	format := "{{.ImportPath}}|{{.Export}}|{{.Dir}}|{{join .GoFiles \",\"}}|{{join .IgnoredGoFiles \",\"}}|{{join .Deps \",\"}}"
	for _, line := range deps(t, nil, "-export", "-deps", "-f", format, "./...", "./../cmd/...") {
		part := strings.Split(line, "|")
		path := part[0]
		exports[path] = part[1]
		if strings.HasPrefix(path, "marginalia/") {
			c.dirs[path], c.files[path], c.others[path] = part[2], listed(part[3]), listed(part[4])
			c.deps[path] = listed(part[5])
		}
	}
	c.importer = importer.ForCompiler(c.fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	return c
}

func listed(list string) []string {
	return slices.DeleteFunc(strings.Split(list, ","), func(s string) bool { return s == "" })
}

// using lists the packages that depend on one, sorted.
func (c *code) using(path string) []string {
	var all []string
	for pkg, on := range c.deps {
		if slices.Contains(on, path) {
			all = append(all, pkg)
		}
	}
	slices.Sort(all)
	return all
}

// source reads a package.
func (c *code) source(path string) *source {
	c.t.Helper()
	if s := c.read[path]; s != nil {
		return s
	}
	s := &source{files: c.parse(path, c.files[path]), info: &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
	}}
	var err error
	if s.Package, err = (&types.Config{Importer: c.importer}).Check(path, c.fset, s.files, s.info); err != nil {
		c.t.Fatal(err)
	}
	c.read[path] = s
	return s
}

func (c *code) parse(path string, list []string) []*ast.File {
	c.t.Helper()
	var files []*ast.File
	for _, name := range list {
		f, err := parser.ParseFile(c.fset, filepath.Join(c.dirs[path], name), nil, parser.SkipObjectResolution)
		if err != nil {
			c.t.Fatal(err)
		}
		files = append(files, f)
	}
	return files
}

// walk calls f for each node of the files with those around it, the nearest last.
func walk(files []*ast.File, f func(n ast.Node, around []ast.Node)) {
	var around []ast.Node
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			if n == nil {
				around = around[:len(around)-1]
				return false
			}
			f(n, around)
			around = append(around, n)
			return true
		})
	}
}
