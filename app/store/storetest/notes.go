package storetest

import (
	"errors"
	"testing"
	"time"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/moderation"
	"marginalia/app/replica"
	"marginalia/app/store"
)

// getNote reads a note that must be there, by Store and by Tx.
func getNote(t *testing.T, s store.Store, id string) store.Note {
	t.Helper()
	n, err := s.Note(t.Context(), id)
	if err != nil {
		t.Fatalf("Note(%s): %v", id, err)
	}
	update(t, s, func(tx store.Tx) error {
		inside, err := tx.Note(id)
		equal(t, "Tx.Note", inside, n)
		return err
	})
	return n
}

func testNoteRoundTrip(t *testing.T, s store.Store) {
	addArticle(t, s, slug, at(0))
	full := public("n1", "full")
	before := noteText("n1", "before", annotation.Support)
	full.State, full.Public, full.PublicETag = replica.Held, &before, "etag-before"
	full.Anchor = &anchor.Anchor{Start: 4, End: 11, Status: anchor.Changed, Confidence: 0.8125}
	full.Reasons, full.Reason, full.Appeal = []string{"rate", "new"}, "it is a quotation", true
	full.Verdict = &moderation.Verdict{
		Decision: moderation.Hold, Policy: "sha256-policy", Scores: moderation.Scores{Abuse: 6213, Topic: 5000},
		Findings: []moderation.Finding{{
			Rule: "abuse.insult", Severity: moderation.SeverityHold, Field: "text", Start: 2, End: 6,
			Quote: "dolt", Why: "This calls a person names.", Fix: "Say what is wrong with the claim.",
		}},
		Without: []string{"topic"},
	}
	bare := store.Note{ID: "n2", Article: slug, Reader: reader, State: replica.Deleted}
	orphan := public("n3", "orphan")
	orphan.Anchor = &anchor.Anchor{Status: anchor.Orphan}
	reply := public("n4", "reply")
	reply.Anchor, reply.Verdict, reply.Reasons = nil, nil, nil
	for _, want := range []store.Note{full, bare, orphan, reply} {
		update(t, s, func(tx store.Tx) error { return tx.PutNote(want) })
		equal(t, "note "+want.ID, getNote(t, s, want.ID), want)
	}
}

func testPutAnchor(t *testing.T, s store.Store) {
	addArticle(t, s, slug, at(0))
	want := held("n1", "words")
	update(t, s, func(tx store.Tx) error { return tx.PutNote(want) })
	end := feed(t, s, 0, all).Cursor
	for _, to := range []anchor.Anchor{{Start: 7, End: 9, Status: anchor.Changed, Confidence: 0.5}, {Status: anchor.Orphan}} {
		want.Anchor = &to
		update(t, s, func(tx store.Tx) error { return tx.PutAnchor("n1", to) })
		equal(t, "note", getNote(t, s, "n1"), want)
	}
	if got := feed(t, s, 0, all).Cursor; got != end {
		t.Errorf("the feed ends at %d, want %d as before", got, end)
	}
}

func testNoteReplaced(t *testing.T, s store.Store) {
	addArticle(t, s, slug, at(0))
	gone := store.Note{ID: "n1", Article: slug, Reader: reader, State: replica.Deleted, ETag: "gone", Created: at(1), Updated: at(8)}
	for _, want := range []store.Note{public("n1", "one"), held("n1", "two"), public("n1", "three"), gone} {
		update(t, s, func(tx store.Tx) error { return tx.PutNote(want) })
		equal(t, "note", getNote(t, s, "n1"), want)
	}
	if page := feed(t, s, 1, all); len(page.Changes) != 0 || page.Cursor != 1 {
		t.Errorf("PutNote appended %v to the feed", brief(page.Changes))
	}
}

func testNoteOfAnotherReader(t *testing.T, s store.Store) {
	addArticle(t, s, slug, at(0))
	mine := public("n1", "mine")
	theirs := public("n1", "theirs")
	theirs.Reader = "reader-2"
	update(t, s, func(tx store.Tx) error { return tx.PutNote(mine) })
	err := s.Update(t.Context(), func(tx store.Tx) error { return tx.PutNote(theirs) })
	if !errors.Is(err, store.ErrExists) {
		t.Errorf("PutNote on another reader's id: %v, want ErrExists", err)
	}
	// The transaction goes on: what is wrong with one change stops no other.
	update(t, s, func(tx store.Tx) error {
		if err := tx.PutNote(theirs); !errors.Is(err, store.ErrExists) {
			t.Errorf("PutNote on another reader's id: %v, want ErrExists", err)
		}
		return tx.PutNote(public("n2", "after"))
	})
	equal(t, "note", getNote(t, s, "n1"), mine)
	equal(t, "note", getNote(t, s, "n2"), public("n2", "after"))
}

// What a caller does to its values later must not reach the store.
func testNotesCopied(t *testing.T, s store.Store) {
	addArticle(t, s, slug, at(0))
	in := public("n1", "one")
	update(t, s, func(tx store.Tx) error { return tx.PutNote(in) })
	in.Public.Body[0].Value = "changed"
	in.Anchor.Start = 99
	out := getNote(t, s, "n1")
	out.Annotation.Body[0].Value = "changed"
	*out.Annotation.Target.Selector[1].Start = 99
	out.Verdict.Decision = moderation.Reject
	equal(t, "note", getNote(t, s, "n1"), public("n1", "one"))

	a, err := s.Article(t.Context(), slug)
	if err != nil {
		t.Fatal(err)
	}
	a.Revision.Blocks[0].Text = "changed"
	if again, err := s.Article(t.Context(), slug); err != nil || again.Revision.Blocks[0].Text == "changed" {
		t.Errorf("Article = %+v, %v, want it unchanged", again, err)
	}
}

func testNotesOfArticle(t *testing.T, s store.Store) {
	addArticle(t, s, slug, at(0))
	addArticle(t, s, "other", at(1))
	other := public("n0", "elsewhere")
	other.Article = "other"
	gone := public("n2", "gone")
	gone.State = replica.Deleted
	want := []store.Note{public("n1", "one"), held("n3", "three"), public("n4", "four")}
	update(t, s, func(tx store.Tx) error {
		for _, n := range []store.Note{want[2], gone, other, want[0], want[1]} {
			if err := tx.PutNote(n); err != nil {
				return err
			}
		}
		got, err := tx.Notes(slug)
		equal(t, "Notes", got, want)
		return err
	})
}

func testHeld(t *testing.T, s store.Store) {
	addArticle(t, s, slug, at(0))
	since := func(n store.Note, second int) store.Note {
		n.Updated = at(second)
		return n
	}
	appeal := public("n5", "appeal")
	appeal.State, appeal.Appeal = replica.Rejected, true
	decided := held("n6", "decided")
	rejected := public("n7", "rejected")
	rejected.State = replica.Rejected
	gone := public("n8", "gone")
	gone.State, gone.Appeal = replica.Deleted, true
	update(t, s, func(tx store.Tx) error {
		for _, n := range []store.Note{
			since(held("n1", "one"), 30), since(held("n3", "three"), 10), since(held("n2", "two"), 10),
			since(public("n4", "four"), 1), since(appeal, 20), since(decided, 2), rejected, gone,
		} {
			if err := tx.PutNote(n); err != nil {
				return err
			}
		}
		return tx.PutNote(public("n6", "decided"))
	})
	list, err := s.Held(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "Held", list, []store.Note{
		since(held("n2", "two"), 10), since(held("n3", "three"), 10), since(appeal, 20), since(held("n1", "one"), 30),
	})
}

func testTimes(t *testing.T, s store.Store) {
	addArticle(t, s, slug, at(0))
	east := time.FixedZone("east", 5*3600+1800)
	tests := []struct {
		name string
		in   time.Time
	}{
		{"milliseconds", time.Date(2026, 3, 1, 10, 0, 0, 123_000_000, time.UTC)},
		{"elsewhere", time.Date(2026, 3, 1, 10, 0, 0, 123_000_000, east)},
		{"finer than kept", time.Date(2026, 3, 1, 10, 0, 0, 123_456_789, time.UTC)},
		{"before 1970", time.Date(1908, 6, 30, 0, 13, 59, 999_000_000, time.UTC)},
		{"zero", time.Time{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n := public("n1", "one")
			n.Updated = tt.in
			update(t, s, func(tx store.Tx) error { return tx.PutNote(n) })
			got := getNote(t, s, "n1").Updated
			if off := tt.in.Sub(got); off < 0 || off >= time.Millisecond || got.Location() != time.UTC {
				t.Errorf("%v comes back as %v, want UTC to the millisecond", tt.in, got)
			}
			if got.IsZero() != tt.in.IsZero() {
				t.Errorf("%v comes back as %v", tt.in, got)
			}
		})
	}
}

func testText(t *testing.T, s store.Store) {
	addArticle(t, s, slug, at(0))
	tests := []struct{ name, text string }{
		{"emoji", "🇺🇦 👩‍👩‍👧 🏴󠁧󠁢󠁳󠁣󠁴󠁿"},
		{"combining marks", "a\u0301\u0323 \u1100\u1161\u11a8 Zal\u0353\u036fgo"},
		{"right to left", "شلومو שלום \u202eabc\u202c"},
		{"quotes and markup", `'"; DROP TABLE notes; -- <script>&amp;</script> \ %s ?1 :a`},
		{"line separators", "a\u2028b\u2029c\nd\r\ne\tf"},
		{"controls", "\x01\x1b[31m\x7f\u0085\ufeff\ufffe"},
		{"outside the first plane", "𝔘𠀋\U0010ffff"},
		{"blank", "   "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := public("id-"+tt.text, tt.text)
			want.Reason, want.Reasons, want.ETag = tt.text, []string{tt.text}, tt.text
			want.Reader = tt.text
			update(t, s, func(tx store.Tx) error { return tx.PutNote(want) })
			equal(t, "note", getNote(t, s, want.ID), want)

			rev := revision("sha256-"+tt.text, at(3))
			rev.Title, rev.Blocks[1].Text = tt.text, tt.text
			update(t, s, func(tx store.Tx) error {
				_, err := tx.PutRevision(tt.text, rev)
				return err
			})
			a, err := s.Article(t.Context(), tt.text)
			if err != nil {
				t.Fatal(err)
			}
			equal(t, "revision", a.Revision, rev)
		})
	}
}
