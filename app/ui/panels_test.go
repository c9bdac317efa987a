package ui

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	xhtml "golang.org/x/net/html"

	"marginalia/app/message/catalogues"
	"marginalia/app/state"
)

func TestPanelsGolden(t *testing.T) {
	got := outline(drawn(t, Panels(catalogues.Panels("en"))))
	file := filepath.Join("testdata", "panels.golden")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("the panels are drawn otherwise (-want +got):\n%s", diff)
	}
}

// The list shows every single key that does something on an article's page, says that
// it can be switched off, and shows no other.
func TestListOfKeysIsTrue(t *testing.T) {
	var listed []string
	for _, group := range allKeys(catalogues.Panels("en")) {
		for _, k := range group.keys {
			if k.single {
				listed = append(listed, k.keys)
			}
		}
	}
	for r := ' '; r < 0x7f; r++ {
		key := string(r)
		a, _ := state.KeyAction(state.Reading, false, state.Pressed{Key: key})
		if does := a != nil; does != slices.Contains(listed, key) {
			t.Errorf("%q does something: %v, and the list has it: %v", key, does, !does)
		}
		if off, _ := state.KeyAction(state.Reading, true, state.Pressed{Key: key}); off != nil {
			t.Errorf("%q does something although single keys are switched off", key)
		}
	}
}

// Nothing in the panels is without words, in any language.
func TestPanelsSayEverything(t *testing.T) {
	for _, lang := range catalogues.Languages() {
		doc := drawn(t, Panels(catalogues.Panels(lang)))
		for _, n := range all(doc, func(n *xhtml.Node) bool {
			return slices.Contains([]string{"button", "label", "legend", "dd", "dt", "h2", "h3"}, n.Data)
		}) {
			if strings.TrimSpace(text(n)) == "" {
				t.Errorf("%s: a %s says nothing", lang, n.Data)
			}
		}
	}
}
