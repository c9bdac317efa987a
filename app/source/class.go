package source

import (
	"slices"
	"strings"
)

// Kind is what sort of place an address leads to.
type Kind string

// The kinds.
const (
	Page      Kind = "page"
	Archive   Kind = "archive"   // a kept copy of another page
	DOI       Kind = "doi"       // the lasting address of a publication
	Shortener Kind = "shortener" // hides where it leads
	User      Kind = "user"      // anyone can publish there: networks, blogs, wikis, videos
	Private   Kind = "private"   // no public host
)

// Class is what can be said of an address without opening it.
type Class struct {
	Kind Kind
	// Domain is the registrable domain of the host, empty when it has none.
	Domain string
	// Inner is the address that an archive copy or an AMP copy is of; empty when
	// the address does not tell.
	Inner string
	// DOI is in lower case and without "https://doi.org/".
	DOI string
	// Resembles is the well-known domain that the host can be taken for and is
	// not; empty for nearly all.
	Resembles string
	// Own says that the page is the publisher's, by its registrable domain.
	Own bool
}

// Classifier tells kinds apart. Its lists hold hosts in lower case, each of which
// stands for the names below it too. The zero value knows the built-in ones.
type Classifier struct {
	Suffixes   *Suffixes // nil: by a small rule
	Allow      []string  // hosts that are what they say: never user-generated, never a look-alike
	Users      []string  // more hosts where anyone can publish
	Shorteners []string  // more shorteners
	Own        []string  // addresses of the publisher
}

// Classify says what sort of place s leads to. An AMP copy is judged as the page
// it is of.
func (c *Classifier) Classify(s Source) Class {
	class := Class{Kind: Private, Domain: c.Suffixes.Registrable(s.Hostname())}
	if s.private {
		return class
	}
	if inner, ok := ampOf(s); ok {
		class = c.Classify(inner)
		if class.Inner == "" {
			class.Inner = inner.URL
		}
		return class
	}
	class.Kind = c.kind(s)
	class.Own = c.own(class.Domain)
	switch class.Kind {
	case Archive:
		class.Inner = archived(s)
	case DOI:
		class.DOI = s.doi()
	}
	class.Resembles = c.resembles(s.Hostname(), class.Domain)
	return class
}

func (c *Classifier) kind(s Source) Kind {
	host, site := s.Hostname(), strings.TrimPrefix(s.Hostname(), "www.")
	switch {
	case isArchive(s):
		return Archive
	case s.doi() != "":
		return DOI
	case s.On(c.Allow):
		return Page
	case slices.Contains(shorteners, site) || s.On(c.Shorteners):
		return Shortener
	case s.On(c.Users) || on(host, users) || strings.Contains("."+host, ".blogspot."):
		return User
	}
	return Page
}

func (c *Classifier) own(domain string) bool {
	if domain == "" {
		return false
	}
	for _, raw := range c.Own {
		if own, err := Parse(raw); err == nil && c.Suffixes.Registrable(own.Hostname()) == domain {
			return true
		}
	}
	return false
}

// on reports whether host is one of hosts, in ASCII, or below one.
func on(host string, hosts []string) bool {
	return slices.ContainsFunc(hosts, func(h string) bool { return below(host, h) })
}
