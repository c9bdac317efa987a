//go:build !js

package moderation

import (
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestIntegersOnly wants no floating point in any package of ours that a verdict
// is made by: a compiler may fuse a multiplication with an addition on one
// processor and not on another, and the verdicts would differ.
func TestIntegersOnly(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-f", "{{if not .Standard}}{{.ImportPath}} {{.Dir}}{{end}}", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	files := 0
	for line := range strings.Lines(string(out)) {
		path, dir, _ := strings.Cut(strings.TrimSpace(line), " ")
		if !strings.HasPrefix(path, "marginalia/") {
			continue
		}
		names, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			files++
			source, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, found := range floats(t, name, source) {
				t.Errorf("%s: floating point on the way to a verdict", found)
			}
		}
	}
	if files < 20 {
		t.Errorf("only %d files were looked at", files)
	}
}

// floats are the places in a file that compute or hold floating-point numbers.
func floats(t *testing.T, name string, source []byte) (found []string) {
	t.Helper()
	set := gotoken.NewFileSet()
	file, err := parser.ParseFile(set, name, source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		bad := false
		switch n := n.(type) {
		case *ast.BasicLit:
			bad = n.Kind == gotoken.FLOAT || n.Kind == gotoken.IMAG
		case *ast.Ident:
			switch n.Name {
			case "float32", "float64", "complex64", "complex128", "ParseFloat", "Float64", "Float32":
				bad = true
			}
		case *ast.ImportSpec:
			switch n.Path.Value {
			case `"math"`, `"math/cmplx"`, `"math/rand"`, `"math/rand/v2"`:
				bad = true
			}
		}
		if bad {
			found = append(found, set.Position(n.Pos()).String())
		}
		return true
	})
	return found
}

// TestFloatsAreSeen makes sure that the look at the source would see one.
func TestFloatsAreSeen(t *testing.T) {
	for _, source := range []string{
		"package p\nimport \"math\"\n",
		"package p\nvar x = 1.5\n",
		"package p\nfunc f(n int) int { return int(float64(n) * 2) }\n",
		"package p\nimport \"strconv\"\nvar x, _ = strconv.ParseFloat(\"1\", 64)\n",
	} {
		if len(floats(t, "p.go", []byte(source))) == 0 {
			t.Errorf("nothing is found in %q", source)
		}
	}
	if got := floats(t, "p.go", []byte("package p\nimport \"math/bits\"\nvar x = bits.Len(3) / 2\n")); got != nil {
		t.Errorf("integers give %v", got)
	}
}
