package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"marginalia/app/annotation"
	"marginalia/app/moderation"
	"marginalia/app/replica"
	"marginalia/app/store"
	"marginalia/app/store/sqlite"
)

// stored makes a store with an article and notes of the given texts, by number.
func stored(t *testing.T, texts ...string) (data string) {
	t.Helper()
	data = t.TempDir()
	marginalia(t, "", "import", write(t, "buses.txt", "The night buses carried 4,100 people in October.\n"), "--data", data)
	st, err := sqlite.Open(t.Context(), filepath.Join(data, storeFile))
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)
	err = st.Update(t.Context(), func(tx store.Tx) error {
		for i, text := range texts {
			id := noteID(i)
			n := annotation.Note{Text: text, Stance: annotation.Dispute, Sources: []annotation.Source{{URL: "https://example.org/a"}}}
			if err := tx.PutNote(store.Note{
				ID: id, Article: "buses", Reader: "r", State: replica.Published, Created: at, Updated: at,
				Annotation: annotation.New(id, n, annotation.Target{Source: "buses"}, at),
			}); err != nil {
				return err
			}
		}
		return nil
	})
	if err := errors.Join(err, st.Close()); err != nil {
		t.Fatal(err)
	}
	return data
}

func noteID(i int) string { return fmt.Sprintf("019a0000-0000-7000-8000-%012d", i) }

// changed is the shipped policy with one thing changed.
func changed(t *testing.T, old, with string) string {
	t.Helper()
	was := string(moderation.DefaultPolicy())
	is := strings.Replace(was, old, with, 1)
	if is == was {
		t.Fatalf("the shipped policy does not hold %q", old)
	}
	return write(t, "next.json", is)
}

func TestPolicyReplay(t *testing.T) {
	data := stored(t,
		"The buses carried fewer people than that.",
		"This gobbledegook count of the buses is not what the report says.",
		"This fool of a bus driver counted wrong.",
	)
	next := changed(t, `"add": [],
    "allow": []`, `"add": ["hold insult gobbledegook"],
    "allow": ["fool of a bus driver"]`)
	lines := noteID(1) + "  buses  publish -> hold  abuse.insult none -> hold\n" +
		noteID(2) + "  buses  hold -> publish  abuse.insult hold -> none\n" +
		"Of 3 stored notes 2 would be decided otherwise: 1 publish -> hold, 1 hold -> publish; 0 more would get other findings.\n"
	tests := []struct {
		name string
		args []string
		code int
		want string
	}{
		{"lines", []string{next}, 0, lines},
		{"the live policy itself", []string{next, "--policy", next}, 0, "Of 3 stored notes 0 would be decided otherwise; 0 more would get other findings.\n"},
		{"other findings", []string{changed(t, `"abuse.insult": {
      "severity": "hold"`, `"abuse.insult": {
      "severity": "hint"`), "--policy", changed(t, `"abuse.insult": {
      "severity": "hold"`, `"abuse.insult": {
      "severity": "hint", "off": true`)}, 0, "Of 3 stored notes 0 would be decided otherwise; 1 more would get other findings.\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := marginalia(t, "", append([]string{"policy", "replay", "--data", data}, tt.args...)...)
			if got.code != tt.code || got.stdout != tt.want || got.stderr != "" {
				t.Errorf("policy replay = %+v, want\n%s", got, tt.want)
			}
		})
	}
	if got := marginalia(t, "", "policy", "replay", "--data", data, "--words", next); !strings.Contains(got.stdout, "  + abuse.insult hold in text: gobbledegook\n") {
		t.Errorf("policy replay --words = %+v", got)
	}
}

func TestPolicyReplayRefuses(t *testing.T) {
	data := stored(t)
	good := write(t, "good.json", string(moderation.DefaultPolicy()))
	bad := changed(t, `"marks": 6`, `"marks": 1`)
	for _, tt := range []struct {
		name string
		args []string
		want string
	}{
		{"a bad file", []string{bad, "--data", data}, "policy: spam.marks: 1 is not from 2 to 100\nhint: Mend the file"},
		{"no file", []string{filepath.Join(t.TempDir(), "none.json"), "--data", data}, "no such file"},
		{"a bad live policy", []string{good, "--policy", bad, "--data", data}, "the live policy: policy: spam.marks"},
		{"no store", []string{good, "--data", t.TempDir()}, "there is no store in"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := marginalia(t, "", append([]string{"policy", "replay"}, tt.args...)...); got.code != exitError || got.stdout != "" || !strings.Contains(got.stderr, tt.want) {
				t.Errorf("policy replay = %+v, want %q", got, tt.want)
			}
		})
	}
}

func TestPolicyCheckRunsTheExamples(t *testing.T) {
	file := changed(t, `"The estimate for the bridge was crap."`, `"The estimate for the bridge was far off."`)
	want := "faq.examples.abuse.profanity.fails: no rule finds anything in it"
	if got := marginalia(t, "", "policy", "check", file); got.code != exitError || !strings.Contains(got.stderr, want) {
		t.Errorf("policy check = %+v, want %q", got, want)
	}
}
