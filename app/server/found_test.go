package server

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/replica"
	"marginalia/app/state"
	"marginalia/app/store"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares got with a file under testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
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
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// indented is a JSON or XML document over lines.
func indented(t *testing.T, doc string) string {
	t.Helper()
	var b bytes.Buffer
	if !strings.HasPrefix(doc, "<") {
		if err := json.Indent(&b, []byte(doc), "", "  "); err != nil {
			t.Fatal(err)
		}
		return b.String() + "\n"
	}
	for _, line := range strings.SplitAfter(doc, ">") {
		b.WriteString(line)
		if end := strings.LastIndex(line, "<"); end >= 0 && (line[end+1] == '/' || strings.HasSuffix(line, "?>")) {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// ledger puts the note of a reader with a name into the store, past the rules. It
// was made and taken n minutes after the house opened.
func (h *house) ledger(n int, name string, note annotation.Note) store.Note {
	h.t.Helper()
	at := h.now.Add(time.Duration(n) * time.Minute)
	a := h.putNote(h.id(), note, "").Annotation
	a.Created, a.Modified = stamp(at), stamp(at)
	a.Creator = &annotation.Agent{ID: "0123456789abcdef", Type: "Person", Nickname: name}
	kept := store.Note{
		ID: a.ID, Article: slug, Reader: "0123456789abcdef", State: replica.Published, ETag: "tag-" + name, PublicETag: "tag-" + name,
		Annotation: *a, Public: a, Reasons: []string{}, Created: at, Updated: at,
	}
	if note.ReplyTo == "" {
		kept.Anchor = &anchor.Anchor{Start: 29, End: 49, Status: anchor.Exact, Confidence: 1}
	}
	err := h.st.Update(h.t.Context(), func(tx store.Tx) error {
		if err := tx.PutNote(kept); err != nil {
			return err
		}
		_, err := tx.AppendFeed(slug, replica.RowPut, kept.ID)
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return kept
}

// talk is a dispute with a source, a reply to it, and a question.
func (h *house) talk() (dispute, reply, ask store.Note) {
	dispute = h.ledger(1, "Ada <&>", annotation.Note{
		Text: "The count says 3,900 </script><script>alert(1)</script> & no more.", Language: "en-GB", Stance: annotation.Dispute,
		Sources: []annotation.Source{{URL: "https://stats.example/count?a=1&b=2", Passage: "3,900 in all"}},
	})
	reply = h.ledger(2, "Ben", annotation.Note{Text: "In which week?", Language: "en", ReplyTo: dispute.ID})
	ask = h.ledger(3, "", annotation.Note{Text: "Who counted?", Language: "en", Stance: annotation.Question})
	return dispute, reply, ask
}

func (h *house) body(path string) string {
	h.t.Helper()
	w := h.device().request("GET", path, "")
	if w.Code != 200 {
		h.t.Fatalf("GET %s = %d %s", path, w.Code, w.Body)
	}
	return w.Body.String()
}

// told is the JSON-LD of a page, "" if there is none.
func told(page string) string {
	_, rest, _ := strings.Cut(page, `<script type="application/ld+json">`)
	data, _, _ := strings.Cut(rest, "</script>")
	return data
}

func withIcons(c *Config) {
	files := testAssets()
	files["icon-512.png"] = files["icon-192.png"]
	c.Assets = files
}

func TestFoundGolden(t *testing.T) {
	h := openHouse(t, withIcons, func(c *Config) { c.ClaimReview = true })
	h.talk()
	h.now = h.now.Add(time.Hour)
	h.publish(slug, "The night buses "+claim+" in October.", "Drivers ask for a longer break.")
	page := h.body("/a/" + slug)
	_, head, _ := strings.Cut(page, `type="image/svg+xml">`)
	head, _, _ = strings.Cut(head, `<link rel="stylesheet"`)
	golden(t, "head-article.golden", head)
	golden(t, "article.jsonld", indented(t, told(page)))
	_, home, _ := strings.Cut(h.body("/"), `type="image/svg+xml">`)
	home, _, _ = strings.Cut(home, `<link rel="stylesheet"`)
	golden(t, "head-home.golden", home)
	golden(t, "sitemap.golden", indented(t, h.body("/sitemap.xml")))
	golden(t, "robots.golden", h.body("/robots.txt"))
	golden(t, "article.atom", indented(t, h.body("/a/"+slug+"/notes.atom")))
	golden(t, "site.atom", indented(t, h.body("/notes.atom")))
	golden(t, "container.json", indented(t, h.body("/a/"+slug+"/annotations/")))
	golden(t, "container-page.json", indented(t, h.body("/a/"+slug+"/annotations/?page=0")))
}

// All of it is asked for again and again, by machines.
func TestFoundAnswersUnchanged(t *testing.T) {
	h := openHouse(t)
	dispute, _, _ := h.talk()
	for path, kind := range map[string]string{
		"/robots.txt": "text/plain; charset=utf-8", "/sitemap.xml": "application/xml; charset=utf-8",
		"/notes.atom": "application/atom+xml; charset=utf-8", "/a/" + slug + "/notes.atom": "application/atom+xml; charset=utf-8",
		"/a/" + slug + "/annotations/": annoType, "/a/" + slug + "/annotations/?page=0": annoType,
		"/a/" + slug + "/annotations/" + dispute.ID: annoType,
	} {
		w := h.device().request("GET", path, "")
		tag := w.Header().Get("ETag")
		if w.Code != 200 || tag == "" || w.Header().Get("Content-Type") != kind || w.Header().Get("Cache-Control") != "no-cache" {
			t.Errorf("GET %s = %d, %v", path, w.Code, w.Header())
		}
		if w := h.device().request("GET", path, "", "If-None-Match", tag); w.Code != 304 || w.Body.Len() != 0 {
			t.Errorf("GET %s again = %d, want 304", path, w.Code)
		}
		if w := h.device().request("HEAD", path, ""); w.Code != 200 || w.Body.Len() != 0 || w.Header().Get("ETag") != tag {
			t.Errorf("HEAD %s = %d with %d bytes", path, w.Code, w.Body.Len())
		}
	}
}

// What is taken down is gone from everything, at once.
func TestFoundForgetsWhatIsTakenDown(t *testing.T) {
	h := openHouse(t, func(c *Config) { c.ClaimReview = true })
	dispute, _, ask := h.talk()
	paths := []string{"/notes.atom", "/a/" + slug + "/notes.atom", "/a/" + slug + "/annotations/?page=0", "/a/" + slug}
	tags := map[string]string{}
	for _, path := range paths {
		w := h.device().request("GET", path, "")
		if tags[path] = w.Header().Get("ETag"); !strings.Contains(w.Body.String(), "3,900") {
			t.Errorf("%s lacks the note", path)
		}
	}
	if _, err := TakeDown(t.Context(), h.st, dispute.ID, "A court says so.", h.now); err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		w := h.device().request("GET", path, "", "If-None-Match", tags[path], "If-Modified-Since", h.now.Add(time.Hour).Format(time.RFC1123))
		if body := w.Body.String(); w.Code != 200 || strings.Contains(body, "3,900") || !strings.Contains(body, ask.Annotation.Text()) {
			t.Errorf("%s after the takedown = %d:\n%s", path, w.Code, body)
		}
	}
	wantProblem(t, h.device().request("GET", "/a/"+slug+"/annotations/"+dispute.ID, ""), 404)
}

func TestLocale(t *testing.T) {
	for tag, want := range map[string]string{"en-GB": "en_GB", "zh-Hans-CN": "zh_CN", "en": "", "ar": "", "en-x-GB": "", "sr-latn": ""} {
		if got := locale(tag); got != want {
			t.Errorf("locale(%q) = %q, want %q", tag, got, want)
		}
	}
}

func TestFoundIsForPublicPages(t *testing.T) {
	h := openHouse(t)
	for _, path := range []string{"/me", "/shell"} {
		if body := h.body(path); strings.Contains(body, "og:") || strings.Contains(body, "atom+xml") || !strings.Contains(body, `content="noindex"`) {
			t.Errorf("%s tells of itself", path)
		}
	}
	if f := h.srv.find(view{msg: catalogueOf("en"), canonical: base + "/faq", boot: state.Boot{Route: state.Route{Page: state.FAQ}}}); f.Preview == nil || len(f.Feeds) != 0 || f.Service != "" {
		t.Errorf("the FAQ is found by %+v", f)
	}
}
