// Command slim makes one type of many in a copy of go-app. Each HTML element there
// has an interface and a struct of its own, with some sixty methods that do the
// same; a linker keeps all that may be called, about two thousand packed bytes for an
// element that is used. Those that have no more methods than HTMLElem, the element of
// any name, become that one: go-app compares elements by their name, not their type.
//
//	slim html_gen.go
package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"log"
	"os"
	"strconv"
	"strings"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: slim html_gen.go")
	}
	data, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	out, err := slim(data)
	if err != nil {
		log.Fatalf("slim %s: %v", os.Args[1], err)
	}
	if err := os.WriteFile(os.Args[1], out, 0o644); err != nil {
		log.Fatal(err)
	}
}

// slim is source with the elements that are no more than HTMLElem made from it.
func slim(source []byte) ([]byte, error) {
	file, err := parser.ParseFile(token.NewFileSet(), "html_gen.go", source, 0)
	if err != nil {
		return nil, err
	}
	alike := alikeOf(methodsOf(file))
	if len(alike) == 0 {
		return nil, fmt.Errorf("no element is like HTMLElem: go-app has changed")
	}
	var out bytes.Buffer
	from := 0
	for _, d := range file.Decls {
		name, ok := elementOf(d)
		if !ok || !alike[name] {
			continue
		}
		out.Write(source[from : d.Pos()-1])
		from = int(d.End()) - 1
		if f, is := d.(*ast.FuncDecl); is && f.Recv == nil {
			tag, err := tagOf(f)
			if err != nil {
				return nil, err
			}
			fmt.Fprintf(&out, "type (\nHTML%[1]s = HTMLElem\nhtml%[1]s = htmlElem\n)\n\nfunc %[1]s() HTML%[1]s { return Elem(%[2]s) }\n", name, tag)
		}
	}
	out.Write(source[from:])
	return format.Source(out.Bytes())
}

// methodsOf is the names of the methods of each HTML… interface, by the element.
func methodsOf(file *ast.File) map[string]map[string]bool {
	all := map[string]map[string]bool{}
	for _, d := range file.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.TYPE || len(g.Specs) != 1 {
			continue
		}
		t := g.Specs[0].(*ast.TypeSpec)
		name, isHTML := strings.CutPrefix(t.Name.Name, "HTML")
		i, isInterface := t.Type.(*ast.InterfaceType)
		if !isHTML || !isInterface {
			continue
		}
		all[name] = map[string]bool{}
		for _, m := range i.Methods.List {
			for _, n := range m.Names {
				all[name][n.Name] = true
			}
		}
	}
	return all
}

// alikeOf is the elements that have a body and no method that HTMLElem has not.
func alikeOf(methods map[string]map[string]bool) map[string]bool {
	alike := map[string]bool{}
	for name, own := range methods {
		if name == "Elem" || !own["Body"] {
			continue
		}
		alike[name] = true
		for m := range own {
			if !methods["Elem"][m] {
				delete(alike, name)
			}
		}
	}
	return alike
}

// elementOf is the element that a declaration is for: its interface, its struct, its
// maker or a method of it.
func elementOf(d ast.Decl) (string, bool) {
	switch d := d.(type) {
	case *ast.GenDecl:
		if d.Tok == token.TYPE && len(d.Specs) == 1 {
			name := d.Specs[0].(*ast.TypeSpec).Name.Name
			if after, ok := strings.CutPrefix(name, "HTML"); ok {
				return after, true
			}
			return strings.CutPrefix(name, "html")
		}
	case *ast.FuncDecl:
		if d.Recv == nil {
			return d.Name.Name, true
		}
		if star, ok := d.Recv.List[0].Type.(*ast.StarExpr); ok {
			if id, ok := star.X.(*ast.Ident); ok {
				return strings.CutPrefix(id.Name, "html")
			}
		}
	}
	return "", false
}

// tagOf is the tag that an element's maker gives it, as a literal.
func tagOf(f *ast.FuncDecl) (tag string, err error) {
	ast.Inspect(f, func(n ast.Node) bool {
		pair, ok := n.(*ast.KeyValueExpr)
		if !ok {
			return true
		}
		if key, ok := pair.Key.(*ast.Ident); ok && key.Name == "tag" {
			if lit, ok := pair.Value.(*ast.BasicLit); ok {
				tag = lit.Value
			}
		}
		return true
	})
	if _, err := strconv.Unquote(tag); err != nil {
		return "", fmt.Errorf("%s has no tag", f.Name.Name)
	}
	return tag, nil
}
