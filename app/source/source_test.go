package source

import (
	"errors"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	long := "https://example.org/" + strings.Repeat("a", 2048)
	tests := []struct {
		name, in, want string
		err            error
	}{
		{"plain", "https://example.org/report", "https://example.org/report", nil},
		{"white space around", "  https://example.com \n", "https://example.com", nil},
		{"scheme and host in capitals", "HTTPS://WWW.Example.ORG/A", "https://www.example.org/A", nil},
		{"default port", "http://example.org:80/a", "http://example.org/a", nil},
		{"other port", "https://example.org:8443/a", "https://example.org:8443/a", nil},
		{"fragment", "https://example.org/a#part", "https://example.org/a", nil},
		{"tracking", "https://example.org/a?utm_source=x&id=5&fbclid=y&gclid=z", "https://example.org/a?id=5", nil},
		{"only tracking", "https://example.org/?utm_medium=x", "https://example.org/", nil},
		{"name for documents", "https://figures.example/2025", "https://figures.example/2025", nil},
		{"trailing dot", "https://example.org./a", "https://example.org/a", nil},
		{"international host", "https://münchen.de/rathaus", "https://münchen.de/rathaus", nil},
		{"arabic host", "https://موقع.وزارة/خبر", "https://موقع.وزارة/%D8%AE%D8%A8%D8%B1", nil},
		{"punycode top level", "https://example.xn--p1ai/", "https://example.xn--p1ai/", nil},
		{"escapes kept", "https://example.org/a%20b", "https://example.org/a%20b", nil},
		{"empty", "  ", "", ErrEmpty},
		{"too long", long, "", ErrLong},
		{"space inside", "https://example.org/a b", "", ErrForm},
		{"control inside", "https://example.org/a\x00b", "", ErrForm},
		{"direction override", "https://example.org/\u202egpj", "", ErrForm},
		{"not utf-8", "https://example.org/\xff", "", ErrForm},
		{"bad escape", "https://example.org/%zz", "", ErrForm},
		{"bad port", "https://example.org:abc/", "", ErrForm},
		{"no host", "https:///a", "", ErrForm},
		{"no scheme", "example.org/a", "", ErrScheme},
		{"words", "everybody", "", ErrScheme},
		{"script", "javascript:alert(1)", "", ErrScheme},
		{"ftp", "ftp://example.org/a", "", ErrScheme},
		{"opaque", "https:example.org", "", ErrScheme},
		{"login", "https://me:secret@example.org/", "", ErrLogin},
		{"single label", "https://intranet/", "", ErrPrivate},
		{"localhost", "http://localhost:8080/a", "", ErrPrivate},
		{"below localhost", "http://a.localhost/", "", ErrPrivate},
		{"mdns", "http://printer.local/", "", ErrPrivate},
		{"internal", "https://wiki.internal/", "", ErrPrivate},
		{"test", "https://a.test/", "", ErrPrivate},
		{"invalid", "https://a.invalid/", "", ErrPrivate},
		{"v4 address", "http://93.184.216.34/", "", ErrPrivate},
		{"v6 address", "http://[2606:2800::1]/", "", ErrPrivate},
		{"number as host", "http://2130706433/", "", ErrPrivate},
		{"empty label", "https://a..org/", "", ErrPrivate},
		{"hyphen at an end", "https://-a.org/", "", ErrPrivate},
		{"sign in a label", "https://a!b.org/", "", ErrPrivate},
		{"one-letter top level", "https://a.b/", "", ErrPrivate},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Parse(tt.in)
			if !errors.Is(err, tt.err) || tt.err == nil && err != nil {
				t.Fatalf("Parse(%q) error = %v, want %v", tt.in, err, tt.err)
			}
			if err == nil && got.URL != tt.want {
				t.Errorf("Parse(%q) = %q, want %q", tt.in, got.URL, tt.want)
			}
		})
	}
}

func mustParse(t *testing.T, raw string) Source {
	t.Helper()
	s, err := Parse(raw)
	if err != nil && !errors.Is(err, ErrPrivate) {
		t.Fatalf("Parse(%q): %v", raw, err)
	}
	return s
}

func TestSame(t *testing.T) {
	tests := []struct {
		name, a, b string
		want       bool
	}{
		{"equal", "https://example.org/a", "https://example.org/a", true},
		{"scheme", "http://example.org/a", "https://example.org/a", true},
		{"www", "https://www.example.org/a", "https://example.org/a", true},
		{"trailing slash", "https://example.org/a/", "https://example.org/a", true},
		{"no path", "https://example.org", "https://example.org/", true},
		{"tracking", "https://example.org/a?utm_source=x", "https://example.org/a", true},
		{"fragment", "https://example.org/a#b", "https://example.org/a", true},
		{"other path", "https://example.org/a", "https://example.org/b", false},
		{"case of the path", "https://example.org/A", "https://example.org/a", false},
		{"other query", "https://example.org/a?id=1", "https://example.org/a?id=2", false},
		{"other host", "https://example.org/a", "https://example.com/a", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := mustParse(t, tt.a).Same(mustParse(t, tt.b)); got != tt.want {
				t.Errorf("(%q).Same(%q) = %v, want %v", tt.a, tt.b, got, tt.want)
			}
		})
	}
}

func TestIsSelf(t *testing.T) {
	self := []string{"https://notes.example.org/a/bridge", "https://paper.example.com/story?id=5", "::bad"}
	tests := []struct {
		name, in string
		want     bool
	}{
		{"the page", "https://notes.example.org/a/bridge", true},
		{"one note on it", "https://notes.example.org/a/bridge#n-1", true},
		{"with a query", "https://notes.example.org/a/bridge?page=2", true},
		{"an older revision", "http://notes.example.org/a/bridge/r/sha256-00", true},
		{"another article", "https://notes.example.org/a/bridges", false},
		{"the publisher's page", "https://www.paper.example.com/story?id=5&utm_source=x", true},
		{"another story of it", "https://paper.example.com/story?id=6", false},
		{"elsewhere", "https://example.net/a/bridge", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := mustParse(t, tt.in).IsSelf(self); got != tt.want {
				t.Errorf("(%q).IsSelf = %v, want %v", tt.in, got, tt.want)
			}
		})
	}
	if !mustParse(t, "http://127.0.0.1:8080/a/x#n-1").IsSelf([]string{"http://127.0.0.1:8080/a/x"}) {
		t.Error("an article on one's own machine is not recognised")
	}
	if mustParse(t, "https://example.org/a").IsSelf([]string{"https://example.org/"}) {
		t.Error("a front page as self claims the whole site")
	}
}

func TestShorteners(t *testing.T) {
	c := Classifier{Shorteners: []string{"kurz.example.com"}}
	for in, want := range map[string]Kind{
		"https://bit.ly/3xyz":             Shortener,
		"http://www.tinyurl.com/a":        Shortener,
		"https://youtu.be/a":              User,
		"https://bit.ly.example.org/a":    Page,
		"https://kurz.example.com/a":      Shortener,
		"https://not-kurz.example.com/ab": Page,
	} {
		if got := c.Classify(mustParse(t, in)).Kind; got != want {
			t.Errorf("%q is %v, want %v", in, got, want)
		}
	}
}

func TestSite(t *testing.T) {
	if got := mustParse(t, "https://www.Example.org/a").Site(); got != "example.org" {
		t.Errorf("Site() = %q, want example.org", got)
	}
}

// FuzzParse wants the one form of an address to be its own one form.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"https://example.org/a?b=c&utm_x=1#d", "HTTP://EXAMPLE.org:80", "https://ñ.es/%7e", "http://[::1]:80/", "https://a.org?%=&&x", "doi:10.1/a", "10.1002/(SICI)1<1::AID-A>3.0.CO;2-F", "https://www.google.com/amp/s/a.org/b", "https://web.archive.org/web/2020/https:/a.org"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		first, err := Parse(raw)
		if err != nil {
			return
		}
		second, err := Parse(first.URL)
		if errors.Is(err, ErrLong) {
			return // escapes make it longer
		}
		if err != nil || second.URL != first.URL {
			t.Fatalf("Parse(%q) = %q, and that again %q, %v", raw, first.URL, second.URL, err)
		}
		if !first.Same(second) {
			t.Fatalf("Parse(%q) is not the same as its one form %q", raw, first.URL)
		}
		if one, two := new(Classifier).Classify(first), new(Classifier).Classify(second); one != two {
			t.Fatalf("Parse(%q) is of class %+v, its one form of %+v", raw, one, two)
		}
	})
}
