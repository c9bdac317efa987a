package server

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"marginalia/app/message"

	"golang.org/x/net/html"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/replica"
	"marginalia/app/state"
	"marginalia/app/store/memory"
)

// strange is what strangers can write into a page.
type strange struct{ name, text, url, passage, title string }

// page draws an article with one note and one reply that hold it.
func (s strange) page(t testing.TB, srv *Server) []byte {
	t.Helper()
	rev, err := article.NewRevision(s.title, "en", []article.Block{{Kind: article.Paragraph, Text: "The bus is late."}}, srv.now())
	if err != nil {
		t.Skip("no article can have this title")
	}
	start, end := 0, 7
	note := annotation.New("019a0000-0000-7000-8000-000000000001", annotation.Note{
		Text: s.text, Stance: annotation.Dispute, Sources: []annotation.Source{{URL: s.url, Passage: s.passage}},
	}, annotation.Target{Source: slug, Selector: []annotation.Selector{
		{Type: "TextQuoteSelector", Exact: "The bus"}, {Type: "TextPositionSelector", Start: &start, End: &end},
	}}, srv.now())
	reply := annotation.New("019a0000-0000-7000-8000-000000000002", annotation.Note{Text: s.text, ReplyTo: note.ID}, annotation.Target{}, srv.now())
	for _, a := range []*annotation.Annotation{&note, &reply} {
		a.Creator = &annotation.Agent{ID: "r", Type: "Person", Nickname: s.name}
	}
	at := anchor.Anchor{Start: 0, End: 7, Status: anchor.Exact, Confidence: 1}
	body, err := srv.draw(view{msg: message.English(), boot: state.Boot{
		Route:   state.Route{Page: state.Reading, Slug: slug},
		Article: &article.Article{Slug: slug, Revision: rev},
		Feed: &replica.Changes{Revision: rev.ID, Changes: []replica.Row{
			{Seq: 1, Op: replica.RowPut, Annotation: &note, Anchor: &at}, {Seq: 2, Op: replica.RowPut, Annotation: &reply},
		}},
	}, description: article.Deck(rev, maxDescription)})
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// count counts the elements of a page by name. It fails on attributes that run
// code and on addresses that do.
func count(t testing.TB, page []byte) map[string]int {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]int{}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		names[n.Data]++
		for _, a := range n.Attr {
			value := strings.ToLower(strings.TrimSpace(a.Val))
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "href" && (strings.HasPrefix(value, "javascript:") || strings.HasPrefix(value, "data:")) {
				t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
			}
		}
	}
	return names
}

// FuzzPage checks that nothing a stranger writes becomes markup on a page. Links,
// paragraphs and line breaks may come from a note's text, nothing else.
func FuzzPage(f *testing.F) {
	f.Add(`"><form action=//evil><input autofocus onfocus=x>`, "</p><script>x</script>", "javascript:alert(1)", `' onclick='x`, "</title><script>x</script>")
	f.Add("a\x00\xff\\\"", "see https://a.example/\"onmouseover=\"x and\n\n<!--", "https://a.example/<b>", "\\u003c/script>", "Buses & \"trams\"")
	f.Add("Pilot", "]]></script><svg onload=x>", "\tJaVaScRiPt:x", "</textarea>", "t")
	srv, err := New(Config{Store: memory.New(), Assets: fstest.MapFS{}})
	if err != nil {
		f.Fatal(err)
	}
	want := count(f, strange{"n", "t", "https://u.example/", "p", "h"}.page(f, srv))
	f.Fuzz(func(t *testing.T, name, text, url, passage, title string) {
		page := strange{name, text, url, passage, title}.page(t, srv)
		for el, n := range count(t, page) {
			switch el {
			case "a", "p", "br", "bdi", "span", "svg", "use", "small", "cite", "q", "blockquote": // of links and paragraphs
				if want[el] == 0 && el != "br" && el != "p" {
					t.Errorf("the page has a <%s>", el)
				}
			default:
				if n > want[el] {
					t.Errorf("%d <%s>, want at most %d", n, el, want[el])
				}
			}
		}
	})
}
