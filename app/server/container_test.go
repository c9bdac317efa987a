package server

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"marginalia/app/annotation"
)

// valid reads a document of the W3C model.
func (h *house) valid(path string, into any) {
	h.t.Helper()
	body := h.body(strings.TrimPrefix(path, base))
	if problems := annotation.Validate([]byte(body)); len(problems) > 0 {
		h.t.Errorf("%s: %v", path, problems)
	}
	if err := json.Unmarshal([]byte(body), into); err != nil {
		h.t.Fatal(err)
	}
}

func TestContainer(t *testing.T) {
	h := openHouse(t)
	path := "/a/" + slug + "/annotations/"
	var c collection
	if h.valid(path, &c); c.Total != 0 || c.First != "" {
		t.Errorf("an article without notes has %+v", c)
	}
	wantProblem(t, h.device().request("GET", path+"?page=0", ""), 404)

	rev := h.publish(slug, long()...)
	crowd(t, h.st, rev, slug, 2*annosAPage+30, 1)
	h.valid(path, &c)
	if c.Total != 2*annosAPage+30 || c.ID != base+path {
		t.Errorf("container = %+v", c)
	}
	ids := map[string]bool{}
	last := ""
	for at := c.First; at != ""; {
		var p annotationPage
		h.valid(at, &p)
		if p.ID != at || p.PartOf.ID != c.ID || p.StartIndex != len(ids) || p.Prev != last {
			t.Errorf("page %s begins at %d after %q, want %d after %q", at, p.StartIndex, p.Prev, len(ids), last)
		}
		for _, a := range p.Items {
			ids[a.ID] = true
		}
		last, at = at, p.Next
	}
	if len(ids) != c.Total || last != c.Last {
		t.Errorf("the pages hold %d annotations and end at %s, want %d and %s", len(ids), last, c.Total, c.Last)
	}
	for _, page := range []string{"3", "-1", "x"} {
		wantProblem(t, h.device().request("GET", path+"?page="+page, ""), 404)
	}
}

func TestAnnotation(t *testing.T) {
	h := openHouse(t)
	dispute, _, _ := h.talk()
	iri := h.srv.container(slug) + dispute.ID
	var a annotation.Annotation
	if h.valid(iri, &a); a.ID != iri || a.Target.Source != base+"/a/"+slug || a.Text() != dispute.Annotation.Text() {
		t.Errorf("annotation = %+v", a)
	}
	if got := h.device().request("GET", strings.TrimPrefix(iri, base), "").Header().Get("ETag"); got != `"`+dispute.PublicETag+`"` {
		t.Errorf("ETag = %s, want the note's", got)
	}
	d := h.device()
	rejected := h.id()
	d.one(h.putNote(rejected, annotation.Note{Text: bad, Stance: annotation.Dispute}, ""))
	for name, path := range map[string]string{
		"not public": "/a/" + slug + "/annotations/" + rejected, "another article's": "/a/" + other + "/annotations/" + dispute.ID,
		"unknown": "/a/" + slug + "/annotations/" + h.id(), "no article": "/a/nowhere/annotations/",
	} {
		t.Run(name, func(t *testing.T) { wantProblem(t, d.request("GET", path, ""), 404) })
	}
}

// The article says where its annotations are, and they say what may be done there.
func TestContainerIsFound(t *testing.T) {
	h := openHouse(t)
	dispute, _, _ := h.talk()
	container := h.srv.container(slug)
	w := h.device().request("GET", "/a/"+slug, "")
	if want := "<" + container + `>; rel="http://www.w3.org/ns/oa#annotationService"`; w.Header().Get("Link") != want {
		t.Errorf("Link = %q, want %q", w.Header().Get("Link"), want)
	}
	if !strings.Contains(w.Body.String(), `<link rel="http://www.w3.org/ns/oa#annotationService" href="`+container+`">`) {
		t.Error("the page has no link to its container")
	}
	if got := h.device().request("GET", "/faq", "").Header().Get("Link"); got != "" {
		t.Errorf("the FAQ links to %s", got)
	}
	path := "/a/" + slug + "/annotations/"
	for at, kind := range map[string]string{path: "ldp#BasicContainer", path + "?page=0": "ldp#Resource", path + dispute.ID: "ldp#Resource"} {
		w := h.device().request("GET", at, "")
		if w.Header().Get("Allow") != annoAllow || !slices.Contains(w.Header().Values("Link"), "<http://www.w3.org/ns/"+kind+`>; rel="type"`) {
			t.Errorf("%s: Allow %q, Link %q", at, w.Header().Get("Allow"), w.Header().Values("Link"))
		}
		if w := h.device().request("OPTIONS", at, ""); w.Code != http.StatusNoContent || w.Header().Get("Allow") != annoAllow {
			t.Errorf("OPTIONS %s = %d, Allow %q", at, w.Code, w.Header().Get("Allow"))
		}
		w = h.device().request("POST", at, "{}")
		if wantProblem(t, w, http.StatusMethodNotAllowed); w.Header().Get("Allow") != annoAllow {
			t.Errorf("POST %s: Allow %q", at, w.Header().Get("Allow"))
		}
	}
}
