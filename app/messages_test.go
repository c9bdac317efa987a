package app_test

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"
	"strings"
	"testing"
)

// The names that the code fills in are those that the English messages have in
// braces, and no message with such a name is shown without. That the other languages
// have the same is tested beside them.
func TestMessagesAreFilledIn(t *testing.T) {
	w := readWords(t)
	for _, path := range w.using(messages) {
		s := w.source(path)
		walk(s.files, func(n ast.Node, around []ast.Node) {
			e, ok := n.(ast.Expr)
			if !ok || w.message(s, e) == "" {
				return
			}
			if k := kind(s.info.Types[e].Type); (k == "Text" || k == "Count") && !isMap(s.info.Types[e].Type) {
				w.follow(s, e, around)
			}
		})
		walk(s.files, func(n ast.Node, _ []ast.Node) {
			if call, ok := n.(*ast.CallExpr); ok {
				if of, counts := s.filling(call); of != nil {
					w.fill(s, call, of, counts)
				}
			}
		})
		// What only the browser program has is not read with types: no words are filled in there.
		walk(w.parse(path, w.others[path]), func(n ast.Node, _ []ast.Node) {
			if call, ok := n.(*ast.CallExpr); ok {
				if sel, ok := call.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "N" {
					t.Errorf("%s: a message is filled in where its names are not tested", w.fset.Position(call.Pos()))
				}
			}
		})
	}
	for field, path := range w.path {
		switch k := kind(field.Type()); {
		case k == "string" && len(named(w.texts[path], false)) > 0:
			t.Errorf("%s has names in braces, and nothing fills them in", path)
		case k != "string" && !w.given[path]:
			t.Errorf("%s is never filled in", path)
		}
	}
}

func isMap(t types.Type) bool {
	_, ok := t.Underlying().(*types.Map)
	return ok
}

// keyed are the messages whose keys are plain texts in the code, and the constants that
// those are, by their package and the names' beginnings. What is not from constants
// (nil) is tested in ui.
var keyed = map[string][]string{
	"Reasons":         {module + "server", "reason"},
	"Revisions/Steps": {module + "replica", "whatChanged", "whatAddressed", "whatLost", "whatFound"},
	"Form/Passed":     nil, "Panels/Looks": nil, "Panels/Values": nil, "Panels/Does": nil,
}

// English has each key that the code asks a message by: those that are written there,
// or else every value of the key's type.
func TestMessagesHaveTheirKeys(t *testing.T) {
	w := readWords(t)
	asked := map[string]bool{}
	for _, path := range w.using(messages) {
		s := w.source(path)
		walk(s.files, func(n ast.Node, around []ast.Node) {
			e, ok := n.(*ast.IndexExpr)
			if !ok || w.message(s, e) == "" {
				return
			}
			name, at := w.message(s, e), w.fset.Position(e.Pos())
			asked[name] = true
			keys, known := w.keysOf(s, e.Index, around)
			if from, plain := keyed[name]; !known && plain {
				keys, known = w.constants(from), true
			}
			if !known {
				t.Errorf("%s: by which keys is %s asked? Name them in keyed", at, name)
			}
			for _, key := range keys {
				if !slices.Contains(w.keys[name], key) {
					t.Errorf("%s: %s has no %q", at, name, key)
				}
			}
		})
	}
	for path := range w.keys {
		if !asked[path] {
			t.Errorf("nothing asks %s for a key", path)
		}
	}
}

// keysOf are the values that a key in the code can have.
func (w *words) keysOf(s *source, key ast.Expr, around []ast.Node) (keys []string, known bool) {
	if v := s.info.Types[key].Value; v != nil {
		return []string{constant.StringVal(v)}, true
	}
	call, ok := key.(*ast.CallExpr)
	if !ok || len(call.Args) != 1 || !s.info.Types[call.Fun].IsType() {
		return nil, false
	}
	of, ok := s.info.Types[call.Args[0]].Type.(*types.Named)
	if !ok {
		return nil, false
	}
	for _, n := range around { // a loop over values that are written there
		loop, ok := n.(*ast.RangeStmt)
		if !ok {
			continue
		}
		value, isName := loop.Value.(*ast.Ident)
		arg, isVar := call.Args[0].(*ast.Ident)
		list, isList := loop.X.(*ast.CompositeLit)
		if isName && isVar && isList && s.info.Defs[value] == s.info.Uses[arg] {
			for _, e := range list.Elts {
				keys = append(keys, constant.StringVal(s.info.Types[e].Value))
			}
			return keys, true
		}
	}
	keys = constantsOf(of.Obj().Pkg(), func(c *types.Const) bool { return types.Identical(c.Type(), of) })
	return keys, len(keys) > 0
}

// constants are the values of a package's constants, by the beginnings of their names.
func (w *words) constants(from []string) []string {
	if from == nil {
		return nil
	}
	keys := constantsOf(w.source(from[0]).Package, func(c *types.Const) bool {
		return slices.ContainsFunc(from[1:], func(name string) bool { return strings.HasPrefix(c.Name(), name) })
	})
	if len(keys) < len(from)-1 {
		w.t.Errorf("%s has the constants %v, want some named %v", from[0], keys, from[1:])
	}
	return keys
}

// constantsOf are the texts of a package's constants that want takes, but the empty one.
func constantsOf(pkg *types.Package, want func(*types.Const) bool) []string {
	var all []string
	for _, name := range pkg.Scope().Names() {
		if c, ok := pkg.Scope().Lookup(name).(*types.Const); ok && c.Val().Kind() == constant.String && want(c) {
			if v := constant.StringVal(c.Val()); v != "" {
				all = append(all, v)
			}
		}
	}
	return all
}
