package source_test

import (
	"strings"
	"testing"

	"golang.org/x/net/publicsuffix"

	"marginalia/app/source"
)

// TestRegistrable compares with x/net's own copy of the list.
func TestRegistrable(t *testing.T) {
	s := table(t)
	hosts := []string{
		"com", "example.com", "a.b.example.com", "co.uk", "a.co.uk", "x.a.co.uk", "github.io", "a.github.io", "x.a.github.io",
		"blogspot.com", "a.blogspot.com", "a.blogspot.co.uk", "a.wordpress.com", "ck", "x.ck", "www.ck", "a.www.ck", "a.x.ck", "city.kawasaki.jp", "a.city.kawasaki.jp",
		"a.b.kawasaki.jp", "b.kawasaki.jp", "kawasaki.jp", "a.compute.amazonaws.com", "b.a.us-east-1.compute.amazonaws.com.cn",
		"xn--p1ai", "a.xn--p1ai", "a.unknown", "b.a.unknown", "unknown", "a.no-ip.org", "gov.uk", "www.gov.uk", "x.y.sch.uk",
	}
	for _, host := range hosts {
		want, err := publicsuffix.EffectiveTLDPlusOne(host)
		if err != nil {
			want = ""
		}
		if got := s.Registrable(host); got != want {
			t.Errorf("Registrable(%q) = %q, want %q", host, got, want)
		}
	}
	for in, want := range map[string]string{
		"WWW.Example.ORG.": "example.org", "www.münchen.de": "xn--mnchen-3ya.de", "192.168.0.1": "", "[::1]": "", "localhost": "", "": "", "a..org": "", "a.localhost": "a.localhost",
	} {
		if got := s.Registrable(in); got != want {
			t.Errorf("Registrable(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestRegistrableWithoutTable holds for the names that readers meet most.
func TestRegistrableWithoutTable(t *testing.T) {
	for in, want := range map[string]string{
		"news.bbc.co.uk": "bbc.co.uk", "www.abc.net.au": "abc.net.au", "www.gov.uk": "www.gov.uk", "www.ox.ac.uk": "ox.ac.uk",
		"www.ibge.gov.br": "ibge.gov.br", "www.wwf.org.br": "wwf.org.br", "a.b.example.org": "example.org", "t.co": "t.co", "a.t.co": "t.co",
		"co.uk": "co.uk", "com": "", "127.0.0.1": "",
	} {
		if got := (*source.Suffixes)(nil).Registrable(in); got != want {
			t.Errorf("Registrable(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestParseSuffixesRefuses(t *testing.T) {
	for _, data := range []string{
		"", "x", source.SuffixesMagic, source.SuffixesMagic + "com", source.SuffixesMagic + "\x89", source.SuffixesMagic + "\x8acom",
		source.SuffixesMagic + "\x88com", source.SuffixesMagic + "\x89com\x8bco",
	} {
		if _, err := source.ParseSuffixes([]byte(data)); err == nil {
			t.Errorf("ParseSuffixes(%q) gives no error", data)
		}
	}
}

// FuzzParseSuffixes wants no panic, and a part of the host from what is accepted.
func FuzzParseSuffixes(f *testing.F) {
	f.Add([]byte(source.SuffixesMagic+"\x89com\x8aco\x99ck\xa2www"), "www.x.ck")
	f.Fuzz(func(t *testing.T, data []byte, host string) {
		s, err := source.ParseSuffixes(data)
		if err != nil {
			return
		}
		if got := s.Registrable(host); strings.Count(got, ".") > strings.Count(host, ".")+strings.Count(host, "。")+strings.Count(host, "．")+strings.Count(host, "｡") {
			t.Fatalf("Registrable(%q) = %q is longer than the host", host, got)
		}
	})
}

func BenchmarkClassify(b *testing.B) {
	c := source.Classifier{Suffixes: table(b)}
	s, err := source.Parse("https://www.city.example.co.jp/report/2024?utm_source=x")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		c.Classify(s)
	}
}
