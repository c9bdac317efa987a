package main

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"marginalia/app/annotation"
	"marginalia/app/replica"
	"marginalia/app/store"
	"marginalia/app/store/sqlite"
)

func TestExplain(t *testing.T) {
	at := time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)
	for outcome, want := range map[string]string{
		"reachable":   "2026-11-22: reachable",
		"redirected":  "2026-11-22: leads to example.net",
		"gone":        "2026-11-22: no such page",
		"refused":     "2026-11-22: refuses programs, so open it to see",
		"unreachable": "2026-11-22: not reachable",
		"":            "",
	} {
		if got := explain(store.SourceCheck{Outcome: outcome, Domain: "example.net", Checked: at}); got != want {
			t.Errorf("explain(%q) = %q, want %q", outcome, got, want)
		}
	}
}

func TestQueueShowsSourceChecks(t *testing.T) {
	data := t.TempDir()
	marginalia(t, "", "import", write(t, "buses.txt", "The night buses carried 4,100 people in October.\n"), "--data", data)
	st, err := sqlite.Open(t.Context(), filepath.Join(data, storeFile))
	if err != nil {
		t.Fatal(err)
	}
	n := annotation.Note{Text: "It was fewer.", Stance: annotation.Dispute, Sources: []annotation.Source{
		{URL: "https://www.example.org/a?utm_source=x#p"}, {URL: "https://example.org/b"}, {URL: "no address"},
	}}
	const id = "019a0000-0000-7000-8000-00000000000a"
	at := time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)
	err = st.Update(t.Context(), func(tx store.Tx) error {
		return errors.Join(
			tx.PutNote(store.Note{
				ID: id, Article: "buses", Reader: "r", State: replica.Held, Created: at, Updated: at,
				Annotation: annotation.New(id, n, annotation.Target{Source: "buses"}, at),
			}),
			tx.PutSourceCheck(store.SourceCheck{URL: "https://www.example.org/a", Outcome: "gone", Checked: at}),
		)
	})
	if err := errors.Join(err, st.Close()); err != nil {
		t.Fatal(err)
	}
	want := "  source:  https://www.example.org/a?utm_source=x#p  \n           2026-11-22: no such page\n  source:  https://example.org/b  \n  source:  no address  \n"
	if got := marginalia(t, "", "queue", "--data", data); !strings.Contains(got.stdout, want) {
		t.Errorf("queue = %+v, want it with\n%s", got, want)
	}
}
