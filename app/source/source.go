// Package source is a cited source: it reads an address, brings it into one
// form, says what stands against citing it and what sort of place it leads to.
//
//	s, err := source.Parse("https://www.example.org/report?utm_source=x")
//	c := (&source.Classifier{Suffixes: table}).Classify(s) // c.Kind, c.Domain
//
// It never opens the address. Whether a page exists, and what it says, is for
// the server to find out.
package source

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"marginalia/app/annotation"
)

// What can be wrong with an address. [Parse] wraps one of them.
var (
	ErrEmpty   = errors.New("address is empty")
	ErrLong    = errors.New("address is longer than 2048 bytes")
	ErrForm    = errors.New("address cannot be read")
	ErrScheme  = errors.New("address does not start with http:// or https://")
	ErrLogin   = errors.New("address holds a user name")
	ErrPrivate = errors.New("address has no public host")
)

// Source is a cited address.
type Source struct {
	// URL is the address in one form: scheme and host in lower case, no default
	// port, no fragment, no parameters that only track the reader.
	URL string
	// Link is what to open: the address as it was typed, with its fragment, and a
	// bare DOI made into an address.
	Link string
	// Host is the host in lower case with its port, if that is not the default.
	Host string

	scheme, path, query string
	key                 key
	private             bool
}

// Parse reads an address that a person typed; white space around it is ignored,
// and a bare DOI ("10.1000/182", "doi:10.1000/182") stands for its address.
// With [ErrPrivate] the Source is filled in all the same, so that a caller can
// still see whether it is the article's own page.
func Parse(raw string) (Source, error) {
	raw = strings.TrimSpace(raw)
	switch {
	case raw == "":
		return Source{}, ErrEmpty
	case len(raw) > annotation.MaxURL:
		return Source{}, ErrLong
	case !utf8.ValidString(raw) || strings.ContainsFunc(raw, unprintable):
		return Source{}, fmt.Errorf("%w: it holds a space or a control character", ErrForm)
	}
	if doi := bareDOI(raw); doi != "" {
		raw = doiAddress(doi)
	}
	u, err := url.Parse(raw)
	if err != nil {
		// The parser's own message repeats the address; its last part says why.
		var parse *url.Error
		if errors.As(err, &parse) {
			err = parse.Err
		}
		return Source{}, fmt.Errorf("%w: %s", ErrForm, err.Error())
	}
	scheme := strings.ToLower(u.Scheme)
	if scheme != "http" && scheme != "https" || u.Opaque != "" {
		return Source{}, ErrScheme
	}
	if u.User != nil {
		return Source{}, ErrLogin
	}
	s, err := build(scheme, u)
	if err != nil {
		return Source{}, err
	}
	s.Link = raw
	if !public(u.Hostname()) {
		s.private = true
		return s, fmt.Errorf("%w: %s", ErrPrivate, s.Host)
	}
	return s, nil
}

// build brings u into one form.
func build(scheme string, u *url.URL) (Source, error) {
	host := plainHost(u.Hostname())
	if host == "" {
		return Source{}, fmt.Errorf("%w: it has no host", ErrForm)
	}
	name := asciiHost(host)
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
		name = host
	}
	if port := u.Port(); port != "" && port != defaultPort(scheme) {
		if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
			return Source{}, fmt.Errorf("%w: it has a port that does not exist", ErrForm)
		}
		host, name = host+":"+port, name+":"+port
	}
	s := Source{Host: host, scheme: scheme, path: u.EscapedPath(), query: cleanQuery(u.RawQuery)}
	s.URL = scheme + "://" + host + s.path
	if s.query != "" {
		s.URL += "?" + s.query
	}
	s.key = makeKey(name, s.path, s.query)
	if of, ok := ampOf(s); ok {
		s.key = of.key
	}
	return s, nil
}

// Site is the host as readers know it: without "www.".
func (s Source) Site() string { return strings.TrimPrefix(s.Host, "www.") }

// On reports whether the host is one of hosts or lies below one.
func (s Source) On(hosts []string) bool {
	name := s.Hostname()
	for _, host := range hosts {
		if below(name, asciiHost(host)) {
			return true
		}
	}
	return false
}

// Hostname is the host in ASCII, without its port.
func (s Source) Hostname() string {
	host, _, _ := strings.Cut(s.Host, ":")
	return asciiHost(host)
}

// below reports whether host is domain or a name below it.
func below(host, domain string) bool {
	rest, ok := strings.CutSuffix(host, domain)
	return ok && (rest == "" || strings.HasSuffix(rest, "."))
}

// IsSelf reports whether s is one of the pages in self or lies below one, as an
// older revision or a single note of an article does. What cannot be read in
// self is skipped.
func (s Source) IsSelf(self []string) bool {
	for _, raw := range self {
		parsed, err := Parse(raw)
		own := parsed.key
		if err != nil && !errors.Is(err, ErrPrivate) || s.key.host != own.host {
			continue
		}
		// A page that its query names (story?id=5) is another one under another query.
		if s.key.path == own.path && (own.query == "" || s.key.query == own.query) {
			return true
		}
		if own.path != "" && strings.HasPrefix(s.key.path, own.path+"/") {
			return true
		}
	}
	return false
}

func unprintable(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
}

func defaultPort(scheme string) string {
	if scheme == "http" {
		return "80"
	}
	return "443"
}
