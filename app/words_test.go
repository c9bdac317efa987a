package app_test

import (
	"encoding/json"
	"go/ast"
	"go/constant"
	"go/types"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const messages = module + "message"

// inBraces is a name in a message that is filled in.
var inBraces = regexp.MustCompile(`\{([a-zA-Z]+)\}`)

// words is what the code does with the messages of the catalogues.
type words struct {
	*code
	path  map[types.Object]string   // of a message's field: "Form/Left"
	texts map[string][]string       // English, with all forms and keys, by path
	keys  map[string][]string       // of English, by the path of a map
	given map[string]bool           // paths that the code fills in
	flows map[types.Object][]string // paths of the messages that a variable can hold
}

func readWords(t *testing.T) *words {
	t.Helper()
	w := &words{
		code: readCode(t), path: map[types.Object]string{}, texts: map[string][]string{}, keys: map[string][]string{},
		given: map[string]bool{}, flows: map[types.Object][]string{},
	}
	pkg, err := w.importer.Import(messages)
	if err != nil {
		t.Fatal(err)
	}
	for typ, file := range map[string]string{"Catalogue": "en.json", "Panels": "catalogues/panels/en.json"} {
		data, err := os.ReadFile("message/" + file)
		if err != nil {
			t.Fatal(err)
		}
		var tree map[string]any
		if err := json.Unmarshal(data, &tree); err != nil {
			t.Fatal(err)
		}
		prefix := ""
		if typ == "Panels" {
			prefix = "Panels/"
		}
		w.fields(prefix, pkg.Scope().Lookup(typ).Type(), tree)
	}
	return w
}

// fields notes the paths of the messages in a struct, and their English texts.
func (w *words) fields(prefix string, typ types.Type, tree map[string]any) {
	of := typ.Underlying().(*types.Struct)
	for i := range of.NumFields() {
		field := of.Field(i)
		if field.Embedded() || field.Name() == "Translations" {
			continue
		}
		path := prefix + field.Name()
		if kind(field.Type()) == "" {
			w.fields(path+"/", field.Type(), tree[field.Name()].(map[string]any))
			continue
		}
		w.path[field] = path
		w.texts[path] = leaves(tree[field.Name()])
		if _, isMap := field.Type().Underlying().(*types.Map); isMap {
			for key := range tree[field.Name()].(map[string]any) {
				w.keys[path] = append(w.keys[path], key)
			}
		}
	}
}

func leaves(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case map[string]any:
		var all []string
		for _, x := range v {
			all = append(all, leaves(x)...)
		}
		return all
	}
	return nil
}

// kind is "string", "Text" or "Count" for a message or a map of such; "" for a
// struct of them.
func kind(t types.Type) string {
	if m, ok := t.Underlying().(*types.Map); ok {
		t = m.Elem()
	}
	switch name := t.String(); name {
	case "string", messages + ".Text", messages + ".Count":
		return name[strings.LastIndexByte(name, '.')+1:]
	}
	return ""
}

// message is the path of the message that an expression selects, "" for others.
func (w *words) message(s *source, e ast.Expr) string {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return w.message(s, e.X)
	case *ast.IndexExpr:
		return w.message(s, e.X)
	case *ast.SelectorExpr:
		if sel := s.info.Selections[e]; sel != nil {
			return w.path[sel.Obj()]
		}
	}
	return ""
}

// filling is the receiver of a call that fills in a message, and whether it counts.
func (s *source) filling(call *ast.CallExpr) (of ast.Expr, counts bool) {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "With" && sel.Sel.Name != "N" || s.info.Types[sel.X].Type == nil {
		return nil, false
	}
	if k := kind(s.info.Types[sel.X].Type); k != "Text" && k != "Count" {
		return nil, false
	}
	return sel.X, sel.Sel.Name == "N"
}

// follow notes in which variable a message is put, or that it is filled in by hand.
func (w *words) follow(s *source, e ast.Expr, around []ast.Node) {
	path, at := w.message(s, e), w.fset.Position(e.Pos())
	switch parent := around[len(around)-1].(type) {
	case *ast.SelectorExpr: // the receiver of a call
		return
	case *ast.IndexExpr, *ast.ParenExpr: // these are messages themselves
		return
	case *ast.AssignStmt:
		for i, rhs := range parent.Rhs {
			if id, ok := parent.Lhs[i].(*ast.Ident); rhs == e && ok {
				v := s.info.Defs[id]
				if v == nil {
					v = s.info.Uses[id]
				}
				w.flows[v] = append(w.flows[v], path)
				return
			}
		}
	case *ast.CallExpr:
		if s.info.Types[parent.Fun].IsType() { // string(m)
			w.given[path] = true
			return
		}
		sig, ok := s.info.Types[parent.Fun].Type.(*types.Signature)
		if i := slices.Index(parent.Args, e); ok && i >= 0 && i < sig.Params().Len() && sig.Params().At(i).Pkg() == s.Package {
			v := sig.Params().At(i)
			w.flows[v] = append(w.flows[v], path)
			return
		}
	}
	w.t.Errorf("%s: where does %s go? Fill it in here, or put it in a variable", at, path)
}

// fill holds a call to the names in braces of the messages that it can fill in.
func (w *words) fill(s *source, call *ast.CallExpr, of ast.Expr, counts bool) {
	at := w.fset.Position(call.Pos())
	paths := []string{w.message(s, of)}
	if id, ok := of.(*ast.Ident); ok {
		paths = w.flows[s.info.Uses[id]]
	}
	if len(paths) == 0 || paths[0] == "" {
		w.t.Errorf("%s: which message is this?", at)
		return
	}
	pairs := call.Args
	if counts {
		pairs = pairs[1:]
	}
	var given []string
	for i := 0; i < len(pairs); i += 2 {
		value := s.info.Types[pairs[i]].Value
		if value == nil {
			w.t.Errorf("%s: the name is not written here", at)
			return
		}
		given = append(given, constant.StringVal(value))
	}
	slices.Sort(given)
	for _, path := range paths {
		w.given[path] = true
		if want := named(w.texts[path], counts); !slices.Equal(given, want) {
			w.t.Errorf("%s: %s is given %v, and has %v in braces", at, path, given, want)
		}
	}
}

// named are the names in braces of a message's texts, sorted; {n} is no news to one
// that counts.
func named(texts []string, counts bool) []string {
	var all []string
	for _, text := range texts {
		for _, m := range inBraces.FindAllStringSubmatch(text, -1) {
			if !slices.Contains(all, m[1]) && (!counts || m[1] != "n") {
				all = append(all, m[1])
			}
		}
	}
	slices.Sort(all)
	return all
}
