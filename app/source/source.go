// Package source is a cited source: it reads an address, brings it into one
// form and says what stands against citing it.
//
// It never opens the address. Whether a page exists, and what it says, is for
// the server to find out.
package source

import (
	"errors"
	"fmt"
	"net/url"
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
	// Host is the host in lower case with its port, if that is not the default.
	Host string

	scheme, path, query string
}

// Parse reads an address that a person typed; white space around it is ignored.
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
	if !public(u.Hostname()) {
		return s, fmt.Errorf("%w: %s", ErrPrivate, s.Host)
	}
	return s, nil
}

// build brings u into one form.
func build(scheme string, u *url.URL) (Source, error) {
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if host == "" {
		return Source{}, fmt.Errorf("%w: it has no host", ErrForm)
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port := u.Port(); port != "" && port != defaultPort(scheme) {
		host += ":" + port
	}
	s := Source{Host: host, scheme: scheme, path: u.EscapedPath(), query: cleanQuery(u.RawQuery)}
	s.URL = scheme + "://" + host + s.path
	if s.query != "" {
		s.URL += "?" + s.query
	}
	return s, nil
}

// Site is the host as readers know it: without "www.".
func (s Source) Site() string { return strings.TrimPrefix(s.Host, "www.") }

// Same reports whether both name one page: scheme, "www." and a trailing slash
// make no difference.
func (s Source) Same(other Source) bool {
	return s.Site() == other.Site() && trimSlash(s.path) == trimSlash(other.path) && s.query == other.query
}

// IsSelf reports whether s is one of the pages in self or lies below one, as an
// older revision or a single note of an article does. What cannot be read in
// self is skipped.
func (s Source) IsSelf(self []string) bool {
	for _, raw := range self {
		own, err := Parse(raw)
		if err != nil && !errors.Is(err, ErrPrivate) || s.Site() != own.Site() {
			continue
		}
		page, base := trimSlash(s.path), trimSlash(own.path)
		// A page that its query names (story?id=5) is another one under another query.
		if page == base && (own.query == "" || s.query == own.query) {
			return true
		}
		if base != "" && strings.HasPrefix(page, base+"/") {
			return true
		}
	}
	return false
}

func trimSlash(path string) string { return strings.TrimSuffix(path, "/") }

func unprintable(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
}

func defaultPort(scheme string) string {
	if scheme == "http" {
		return "80"
	}
	return "443"
}

// cleanQuery drops the parameters that only tell a site where its reader came
// from. The rest keeps its order, since a server may care.
func cleanQuery(raw string) string {
	var kept []string
	for part := range strings.SplitSeq(raw, "&") {
		name, _, _ := strings.Cut(part, "=")
		if part != "" && !tracking(strings.ToLower(name)) {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "&")
}

func tracking(name string) bool {
	switch name {
	case "fbclid", "gclid", "dclid", "msclkid", "igshid", "mc_cid", "mc_eid":
		return true
	}
	return strings.HasPrefix(name, "utm_")
}
