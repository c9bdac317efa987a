package main

import (
	"strings"
	"testing"
	"time"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/ingest"
	"marginalia/app/replica"
	"marginalia/app/server"
	"marginalia/app/store"
	"marginalia/app/textpos"
)

const (
	busesWas = "Night buses\n\nThe night buses carried 4,100 people in October.\n\nDrivers ask for a longer break.\n"
	busesIs  = "Night buses\n\nDrivers ask for a longer break.\n\nMany people walk home.\n"
)

// newsroom is a data folder with one article and one public note on its figure.
type newsroom struct {
	t          *testing.T
	data, note string
}

func openNewsroom(t *testing.T) newsroom {
	t.Helper()
	n := newsroom{t, t.TempDir(), "0190b6e0-0000-7000-8000-0000000000a1"}
	n.imports(busesWas, 0)
	n.with(func(st store.Store) {
		art, err := st.Article(t.Context(), "night-buses")
		if err != nil {
			t.Fatal(err)
		}
		text := art.Revision.Text()
		start := textpos.Count(text[:strings.Index(text, "4,100")])
		target := annotation.Target{
			Source: "night-buses", State: &annotation.State{Type: "TimeState", Cached: art.Revision.ID},
			Selector: anchor.Describe(text, textpos.Span{Start: start, End: start + 12}),
		}
		a := annotation.New(n.note, annotation.Note{Text: "Which \x1b[31mmonth?", Stance: annotation.Question}, target, time.Now())
		at := anchor.Locate(text, target.Selector)
		err = st.Update(t.Context(), func(tx store.Tx) error {
			if err := tx.PutReader(store.Reader{ID: "r1", Nickname: "reader-1"}); err != nil {
				return err
			}
			note := store.Note{
				ID: n.note, Article: "night-buses", Reader: "r1", State: replica.Published, ETag: annotation.ETag(a), Annotation: a,
				Public: &a, PublicETag: annotation.ETag(a), Anchor: &at,
			}
			if err := tx.PutNote(note); err != nil {
				return err
			}
			_, err := tx.AppendFeed("night-buses", replica.RowPut, n.note)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
	return n
}

// with opens the store of the folder.
func (n newsroom) with(fn func(store.Store)) {
	n.t.Helper()
	flags := dataFlags{Data: n.data}
	st, err := flags.open(n.t.Context())
	if err != nil {
		n.t.Fatal(err)
	}
	defer st.Close()
	fn(st)
}

// imports imports a text of the article and wants an exit status.
func (n newsroom) imports(text string, code int) result {
	n.t.Helper()
	got := marginalia(n.t, "", "import", write(n.t, "night-buses.txt", text), "--data", n.data)
	if got.code != code {
		n.t.Fatalf("import = %d %s %s, want %d", got.code, got.stdout, got.stderr, code)
	}
	return got
}

func (n newsroom) command(args ...string) result {
	n.t.Helper()
	return marginalia(n.t, "", append(args, "--data", n.data)...)
}

// TestFailedImportKeepsTheArticle: whatever a file holds, a good revision is only
// ever replaced by another good one.
func TestFailedImportKeepsTheArticle(t *testing.T) {
	n := openNewsroom(t)
	for name, text := range map[string]string{
		"empty": "", "white space": " \n\n\t\n", "not text": "\x89PNG\r\n\x1a\n\x00\x00", "not UTF-8": "Night buses\n\nThe \xff buses.\n",
		"too large": strings.Repeat("Night buses run. ", ingest.MaxBytes/16), "only a notice": "COMMENTS\n\nAll notes are moderated.\n",
	} {
		t.Run(name, func(t *testing.T) {
			n := newsroom{t, n.data, n.note}
			got := n.imports(text, 1)
			if !strings.HasPrefix(got.stderr, "marginalia: ") || !strings.Contains(got.stderr, "night-buses.txt") {
				t.Errorf("the error is %q, want it to name the file", got.stderr)
			}
			n.with(func(st store.Store) {
				art, err := st.Article(t.Context(), "night-buses")
				if err != nil || len(art.Versions) != 1 || !strings.Contains(art.Revision.Text(), "4,100") {
					t.Errorf("article = %+v, %v, want it as it was", art, err)
				}
				note, err := st.Note(t.Context(), n.note)
				if err != nil || note.Anchor.Status != anchor.Exact {
					t.Errorf("note = %+v, %v, want it in its place", note.Anchor, err)
				}
			})
		})
	}
}

func TestOrphans(t *testing.T) {
	n := openNewsroom(t)
	if got := n.command("orphans"); got.code != 0 || !strings.Contains(got.stdout, "No note has lost its place.") {
		t.Errorf("orphans before a correction = %+v", got)
	}
	n.imports(busesIs, 0)
	list := n.command("orphans", "--article", "night-buses")
	if list.code != 0 || !strings.Contains(list.stdout, n.note) || !strings.Contains(list.stdout, "claim:   4,100 people") || !strings.Contains(list.stdout, "guess 1: Many people walk home.") || strings.Contains(list.stdout, "\x1b") {
		t.Fatalf("orphans = %+v, want the note, without what steers a terminal", list)
	}
	for _, tc := range []struct {
		name string
		args []string
		want string
	}{
		{"unknown article", []string{"orphans", "--article", "nowhere"}, "there is no article nowhere"},
		{"unknown note", []string{"orphans", "attach", "x", "1"}, "there is no note x"},
		{"no such guess", []string{"orphans", "attach", n.note, "9"}, "has no guess 9"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := n.command(tc.args...); got.code != 1 || !strings.Contains(got.stderr, tc.want) || !strings.Contains(got.stderr, "hint: ") {
				t.Errorf("%v = %+v, want %q and a hint", tc.args, got, tc.want)
			}
		})
	}
	if got := n.command("orphans", "attach", n.note, "1"); got.code != 0 || !strings.Contains(got.stdout, n.note+" stands at: ") {
		t.Fatalf("attach = %+v", got)
	}
	n.with(func(st store.Store) {
		note, err := st.Note(t.Context(), n.note)
		if err != nil || note.Anchor.Status != anchor.Exact {
			t.Errorf("note = %+v, %v, want it in a place", note.Anchor, err)
		}
	})
	if got := n.command("orphans", "attach", n.note, "1"); got.code != 1 || !strings.Contains(got.stderr, "has not lost its place") {
		t.Errorf("attach again = %+v", got)
	}
}

// BenchmarkImport makes a correction of a long article with 5,000 notes: a
// paragraph put in front, every fiftieth figure edited, every hundredth paragraph
// cut.
func BenchmarkImport(b *testing.B) {
	data := b.TempDir()
	st, err := (&dataFlags{Data: data}).open(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	defer st.Close()
	was, now := longStory()
	first, err := ingest.File("long.txt", []byte(was), time.Now())
	if err != nil {
		b.Fatal(err)
	}
	second, err := ingest.File("long.txt", []byte(now), time.Now())
	if err != nil {
		b.Fatal(err)
	}
	if _, err := server.Import(b.Context(), st, "long", first.Revision); err != nil {
		b.Fatal(err)
	}
	text := anchor.NewText(first.Revision.Text())
	err = st.Update(b.Context(), func(tx store.Tx) error {
		for i := range 5000 {
			at := textpos.Rune(i * 7919 % (int(text.Map().Len()) - 100))
			id := annotation.NewID(time.Unix(int64(1_700_000_000+i), 0), [10]byte{byte(i), byte(i >> 8)})
			a := annotation.New(id, annotation.Note{Text: "Which year?", Stance: annotation.Question}, annotation.Target{
				Source: "long", State: &annotation.State{Type: "TimeState", Cached: first.Revision.ID},
				Selector: text.Describe(textpos.Span{Start: at, End: at + 60}),
			}, time.Now())
			n := store.Note{
				ID: id, Article: "long", Reader: "r", State: replica.Published, ETag: "e", Annotation: a, Public: &a, PublicETag: "e",
				Anchor: &anchor.Anchor{Start: at, End: at + 60, Status: anchor.Exact, Confidence: 1},
			}
			if err := tx.PutNote(n); err != nil {
				return err
			}
			if _, err := tx.AppendFeed("long", replica.RowPut, id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	texts := []ingest.Result{second, first}
	for i := 0; b.Loop(); i++ {
		if _, err := server.Import(b.Context(), st, "long", texts[i%2].Revision); err != nil {
			b.Fatal(err)
		}
	}
}

// longStory is 14,000 varied words in two versions.
func longStory() (was, now string) {
	var a, b strings.Builder
	a.WriteString("A long story\n\n")
	b.WriteString("A long story\n\nThis paragraph was put in front.\n\n")
	words := strings.Fields("the river bank keeper lock water level board gauge winter barge quay summer flood gate mill weir ferry toll")
	for p := range 280 {
		var line strings.Builder
		for w := range 50 {
			line.WriteString(words[(p*31+w*w*7+w)%len(words)])
			if w%9 == 4 {
				line.WriteString(" " + string(rune('a'+p%26)) + string(rune('a'+w%26)) + string(rune('a'+(p*w)%26)))
			}
			line.WriteString(" ")
		}
		text := strings.TrimSpace(line.String()) + ". It was 3" + string(rune('0'+p%10)) + " metres.\n\n"
		a.WriteString(text)
		if p%50 == 7 {
			text = strings.Replace(text, "It was 3", "It was 4", 1)
		}
		if p%100 != 50 {
			b.WriteString(text)
		}
	}
	return a.String(), b.String()
}
