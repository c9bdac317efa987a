package server

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/replica"
	"marginalia/app/store"
	"marginalia/app/textpos"
)

// words of made-up notes: no two are alike, and they pack as prose does.
var words = strings.Fields(`harbour buses night report council figure month carried people drivers longer break
	count winter summer timetable source ministry station winner evening number claim article says measured other
	than year route street bridge passenger weekly annual statement records show fewer more between after before`)

// prose makes a note's text of about n words.
func prose(random *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(words[random.IntN(len(words))])
		b.WriteByte(' ')
	}
	return strings.TrimSpace(b.String()) + "."
}

// crowd publishes n notes on an article, each on a claim of its own, as if n
// readers had written them. It goes past the rules, which are not what is tested.
func crowd(t testing.TB, st store.Store, rev article.Revision, slug string, n, first int) {
	t.Helper()
	random := rand.New(rand.NewPCG(uint64(first), 7))
	text := rev.Text()
	err := st.Update(t.Context(), func(tx store.Tx) error {
		for i := range n {
			var tail [10]byte
			binary.BigEndian.PutUint64(tail[2:], uint64(first+i))
			id := annotation.NewID(rev.Created, tail)
			start := random.IntN(len(text) - 40)
			end := start + 20
			a := annotation.New(id, annotation.Note{
				Text: prose(random, 20+random.IntN(30)), Stance: annotation.Dispute,
				Sources: []annotation.Source{{URL: fmt.Sprintf("https://example.org/%d/report", random.IntN(1e6)), Passage: prose(random, 12)}},
			}, annotation.Target{
				Source: slug, State: &annotation.State{Type: "TimeState", Cached: rev.ID},
				Selector: []annotation.Selector{
					{Type: "TextQuoteSelector", Exact: text[start:end], Prefix: text[max(0, start-32):start], Suffix: text[end:min(len(text), end+32)]},
					{Type: "TextPositionSelector", Start: &start, End: &end},
				},
			}, rev.Created)
			reader := store.Reader{ID: fmt.Sprintf("%032x", first+i), Nickname: fmt.Sprintf("reader-%d", i), Created: rev.Created}
			a.Creator = &annotation.Agent{ID: reader.ID, Type: "Person", Nickname: reader.Nickname}
			a.Modified = a.Created
			note := store.Note{
				ID: id, Article: slug, Reader: reader.ID, State: replica.Published, Annotation: a, Public: &a,
				ETag: annotation.ETag(a), PublicETag: annotation.ETag(a), Created: rev.Created, Updated: rev.Created,
			}
			note.Anchor = &anchor.Anchor{Start: textpos.Rune(start), End: textpos.Rune(end), Status: anchor.Exact, Confidence: 1}
			if err := tx.PutReader(reader); err != nil {
				return err
			}
			if err := save(tx, note, replica.RowPut); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// long makes paragraphs for claims to stand in.
func long() []string {
	random := rand.New(rand.NewPCG(1, 2))
	paragraphs := []string{"The night buses " + claim + " in October."}
	for range 60 {
		paragraphs = append(paragraphs, prose(random, 40))
	}
	return paragraphs
}
