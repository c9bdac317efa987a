package server

import (
	"encoding/xml"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"marginalia/app/annotation"
	"marginalia/app/moderation"
	"marginalia/app/replica"
)

// parsedFeed reads a feed by the names of RFC 4287 alone.
type parsedFeed struct {
	XMLName xml.Name      `xml:"http://www.w3.org/2005/Atom feed"`
	ID      []string      `xml:"http://www.w3.org/2005/Atom id"`
	Title   []string      `xml:"http://www.w3.org/2005/Atom title"`
	Updated []string      `xml:"http://www.w3.org/2005/Atom updated"`
	Links   []parsedLink  `xml:"http://www.w3.org/2005/Atom link"`
	Entries []parsedEntry `xml:"http://www.w3.org/2005/Atom entry"`
}

type parsedEntry struct {
	ID      []string     `xml:"http://www.w3.org/2005/Atom id"`
	Title   []string     `xml:"http://www.w3.org/2005/Atom title"`
	Updated []string     `xml:"http://www.w3.org/2005/Atom updated"`
	Authors []string     `xml:"http://www.w3.org/2005/Atom author>name"`
	Links   []parsedLink `xml:"http://www.w3.org/2005/Atom link"`
	Content []struct {
		Type string `xml:"type,attr"`
		Text string `xml:",chardata"`
	} `xml:"http://www.w3.org/2005/Atom content"`
}

type parsedLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

// required holds a feed and its entries to what RFC 4287 requires (4.1.1, 4.1.2):
// exactly one id, title and updated; an author; addresses that are whole.
func required(t *testing.T, what string, id, title, updated []string, links []parsedLink) {
	t.Helper()
	if len(id) != 1 || len(title) != 1 || len(updated) != 1 || title[0] == "" {
		t.Fatalf("%s has ids %q, titles %q, updated %q, want one of each", what, id, title, updated)
	}
	if u, err := url.Parse(id[0]); err != nil || !u.IsAbs() {
		t.Errorf("%s: id %q is no absolute IRI", what, id[0])
	}
	if _, err := time.Parse(time.RFC3339, updated[0]); err != nil {
		t.Errorf("%s: updated %q: %v", what, updated[0], err)
	}
	if !slices.ContainsFunc(links, func(l parsedLink) bool { return l.Rel == "alternate" }) {
		t.Errorf("%s has no alternate", what)
	}
	for _, l := range links {
		if u, err := url.Parse(l.Href); err != nil || !u.IsAbs() {
			t.Errorf("%s: link %q is no absolute IRI", what, l.Href)
		}
	}
}

func (h *house) atom(path string) parsedFeed {
	h.t.Helper()
	var f parsedFeed
	if err := xml.Unmarshal([]byte(h.body(path)), &f); err != nil {
		h.t.Fatalf("%s: %v", path, err)
	}
	required(h.t, path, f.ID, f.Title, f.Updated, f.Links)
	if !slices.Contains(f.Links, parsedLink{"self", base + path}) {
		h.t.Errorf("%s: links %v, want one to itself", path, f.Links)
	}
	seen := map[string]bool{}
	for _, e := range f.Entries {
		required(h.t, path+" entry", e.ID, e.Title, e.Updated, e.Links)
		if len(e.Authors) != 1 || e.Authors[0] == "" || len(e.Content) != 1 || e.Content[0].Type != "text" || seen[e.ID[0]] {
			h.t.Errorf("%s: entry %+v", path, e)
		}
		seen[e.ID[0]] = true
	}
	return f
}

func TestFeedsAreAtom(t *testing.T) {
	h := openHouse(t)
	for _, path := range []string{"/notes.atom", "/a/" + slug + "/notes.atom"} {
		if f := h.atom(path); len(f.Entries) != 0 {
			t.Errorf("%s without notes has %d entries", path, len(f.Entries))
		}
	}
	dispute, _, _ := h.talk()
	h.ledger(4, "Cleo", annotation.Note{Text: "A \x01 control and \u202e more]]>", Stance: annotation.Context})
	for _, path := range []string{"/notes.atom", "/a/" + slug + "/notes.atom"} {
		f := h.atom(path)
		if len(f.Entries) != 4 || !strings.Contains(f.Entries[0].Content[0].Text, "more]]>") {
			t.Fatalf("%s has %d entries, the first %+v, want 4, the newest first", path, len(f.Entries), f.Entries[0])
		}
		e := f.Entries[3]
		if want := "“" + claim + "”\n\n" + dispute.Annotation.Text(); e.Content[0].Text != want {
			t.Errorf("content = %q, want %q", e.Content[0].Text, want)
		}
		if e.ID[0] != "urn:uuid:"+dispute.ID || e.Authors[0] != "Ada <&>" ||
			!slices.Contains(e.Links, parsedLink{"related", "https://stats.example/count?a=1&b=2"}) ||
			!slices.Contains(e.Links, parsedLink{"alternate", base + "/a/" + slug + "#n-" + dispute.ID}) {
			t.Errorf("entry = %+v", e)
		}
	}
	if f := h.atom("/a/" + other + "/notes.atom"); len(f.Entries) != 0 {
		t.Errorf("another article's feed has %d entries", len(f.Entries))
	}
	if w := h.device().request("GET", "/a/nowhere/notes.atom", ""); w.Code != 404 {
		t.Errorf("the feed of no article = %d", w.Code)
	}
}

func TestFeedHoldsTheNewest(t *testing.T) {
	h := openHouse(t)
	rev := h.publish(slug, long()...)
	crowd(t, h.st, rev, slug, maxEntries+10, 1)
	newest := h.ledger(9, "Dan", annotation.Note{Text: "Who counted?", Stance: annotation.Question})
	f := h.atom("/a/" + slug + "/notes.atom")
	if len(f.Entries) != maxEntries || f.Entries[0].ID[0] != "urn:uuid:"+newest.ID || f.Updated[0] != newest.Annotation.Modified {
		t.Errorf("%d entries, updated %s, want %d, the newest first", len(f.Entries), f.Updated[0], maxEntries)
	}
}

// What waits for a moderator is in no feed, nor does it move what is.
func TestFeedKeepsSecrets(t *testing.T) {
	h := openHouse(t)
	d := h.device()
	id := h.id()
	made := d.one(h.put(id, question, ""))
	before := h.body("/notes.atom")
	h.now = h.now.Add(time.Hour)
	d.one(h.putNote(h.id(), annotation.Note{Text: bad, Stance: annotation.Dispute}, ""))
	rejected := d.one(h.putNote(id, annotation.Note{Text: bad, Stance: annotation.Dispute}, made.ETag))
	d.one(replica.Change{ID: h.id(), Op: replica.OpAppeal, Target: id, IfMatch: rejected.ETag, Reason: "Fair."})
	if after := h.body("/notes.atom"); after != before {
		t.Errorf("the feed changed:\n%s\n%s", before, after)
	}
	if _, err := Decide(t.Context(), h.st, id, moderation.Publish, "Fair.", h.now); err != nil {
		t.Fatal(err)
	}
	if f := h.atom("/notes.atom"); len(f.Entries) != 1 || !strings.HasSuffix(f.Entries[0].Content[0].Text, bad) {
		t.Errorf("after the decision the feed holds %+v", f.Entries)
	}
}

func TestEntryTitle(t *testing.T) {
	msg := catalogueOf("en")
	long := strings.Repeat("a", maxClaim-1) + "e\u0301bc"
	for _, tc := range []struct {
		name, quote, want string
		note              annotation.Note
	}{
		{"claim", claim, "Dispute: “" + claim + "”", annotation.Note{Stance: annotation.Dispute}},
		{"whole article", "", "Question: on the whole article", annotation.Note{Stance: annotation.Question}},
		{"reply", "", "Reply", annotation.Note{ReplyTo: "id"}},
		{"long claim, cut between characters", long, "Support: “" + strings.Repeat("a", maxClaim-1) + "e\u0301…”", annotation.Note{Stance: annotation.Support}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := entryTitle(msg, tc.note, tc.quote); got != tc.want {
				t.Errorf("entryTitle = %q, want %q", got, tc.want)
			}
		})
	}
}
