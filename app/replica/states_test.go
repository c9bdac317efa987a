package replica

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strings"
	"testing"
)

var (
	allStates = []NoteState{absent, Draft, Queued, Sending, Published, Held, Rejected, Conflict, Deleted, Invalid, "other"}
	allCauses = []cause{byReader, bySync, byOutcome, byFeed}
)

// move is a line of testdata/moves.txt.
type move struct {
	from, to NoteState
	why      cause
}

func allowedMoves(t *testing.T) map[move]bool {
	t.Helper()
	data, err := os.ReadFile("testdata/moves.txt")
	if err != nil {
		t.Fatal(err)
	}
	allowed := map[move]bool{}
	for line := range strings.Lines(string(data)) {
		fields := strings.Fields(line)
		if strings.HasPrefix(line, "#") {
			continue
		}
		if len(fields) != 3 {
			t.Fatalf("line %q, want from, to and cause", line)
		}
		allowed[move{NoteState(strings.Replace(fields[0], "(absent)", "", 1)), NoteState(fields[1]), cause(fields[2])}] = true
	}
	return allowed
}

// TestTurn tries every move there could be: those of the table are made, every
// other leaves the note as it is.
func TestTurn(t *testing.T) {
	allowed, made := allowedMoves(t), 0
	for _, from := range allStates {
		for _, to := range allStates {
			for _, why := range allCauses {
				n := Note{State: from}
				want := allowed[move{from, to, why}]
				if got := n.turn(to, why); got != want {
					t.Errorf("%q to %q by %s: %v, want %v", from, to, why, got, want)
				}
				if state := map[bool]NoteState{true: to, false: from}[want]; n.State != state {
					t.Errorf("%q to %q by %s leaves the note %q, want %q", from, to, why, n.State, state)
				}
				if want {
					made++
				}
			}
		}
	}
	if made != len(allowed) {
		t.Errorf("%d moves were made, want the %d of the table", made, len(allowed))
	}
}

// TestOnlyTurnSetsStates reads the package: a note's State is set in turn and
// nowhere else.
func TestOnlyTurnSetsStates(t *testing.T) {
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	fset, found := token.NewFileSet(), 0
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(fset, f.Name(), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			for _, at := range setsState(n) {
				found++
				if f.Name() != "states.go" {
					t.Errorf("%s sets the state of a note", fset.Position(at))
				}
			}
			return true
		})
	}
	if found != 1 {
		t.Errorf("a note's state is set in %d places, want one", found)
	}
}

// setsState lists where n sets a field State of something that is, as far as the
// syntax says, no Event, Current or Outcome.
func setsState(n ast.Node) (at []token.Pos) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		for _, left := range n.Lhs {
			s, ok := left.(*ast.SelectorExpr)
			if !ok || s.Sel.Name != "State" {
				continue
			}
			if x, ok := s.X.(*ast.Ident); !ok || x.Name != "e" { // e is an Event throughout
				at = append(at, s.Pos())
			}
		}
	case *ast.CompositeLit:
		if name, ok := n.Type.(*ast.Ident); !ok || name.Name != "Note" {
			return nil
		}
		for _, e := range n.Elts {
			if kv, ok := e.(*ast.KeyValueExpr); ok {
				if key, ok := kv.Key.(*ast.Ident); ok && key.Name == "State" {
					at = append(at, kv.Pos())
				}
			}
		}
	}
	return at
}
