package server

import (
	"encoding/xml"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"marginalia/app/article"
)

func TestSiteMapParts(t *testing.T) {
	h := openHouse(t)
	all := make([]location, 7)
	for i := range all {
		all[i].Loc = string(rune('a' + i))
	}
	for _, tc := range []struct{ part, want string }{
		{"1", "abc"},
		{"2", "def"},
		{"3", "g"},
		{"0", ""},
		{"4", ""},
		{"x", ""},
		{"", base + "/sitemap.xml?part=1" + base + "/sitemap.xml?part=2" + base + "/sitemap.xml?part=3"},
	} {
		doc, err := h.srv.siteMap(all, 3, tc.part)
		got := ""
		switch d := doc.(type) {
		case urlSet:
			for _, u := range d.URLs {
				got += u.Loc
			}
		case siteIndex:
			for _, m := range d.Maps {
				got += m.Loc
			}
		}
		if got != tc.want || (err == nil) != (tc.want != "") || err != nil && !isNotFound(err) {
			t.Errorf("part %q = %q, %v, want %q", tc.part, got, err, tc.want)
		}
	}
	if whole, err := h.srv.siteMap(all, 7, ""); err != nil || len(whole.(urlSet).URLs) != 7 {
		t.Errorf("what fits into one = %v, %v", whole, err)
	}
	if data, err := xml.Marshal(siteIndex{Maps: all[:1]}); err != nil || !strings.HasPrefix(string(data), `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>a</loc></sitemap>`) {
		t.Errorf("index = %s, %v", data, err)
	}
}

// The newest of text and notes is when a page changed.
func TestLocations(t *testing.T) {
	h := openHouse(t)
	at := func(n int) time.Time { return time.Unix(int64(n), 0) }
	list := []article.Summary{{Slug: "a", Updated: at(5)}, {Slug: "ü", Updated: at(9)}}
	got := h.srv.locations(list, map[string]time.Time{"a": at(7), "ü": at(2)})
	want := []location{
		{base + "/", stamp(at(9))}, {base + "/faq", ""}, {base + "/a/a", stamp(at(7))}, {base + "/a/%C3%BC", stamp(at(9))},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("locations (-want +got):\n%s", diff)
	}
	if none := h.srv.locations(nil, nil); none[0].LastMod != "" {
		t.Errorf("a site without articles changed at %s", none[0].LastMod)
	}
}
