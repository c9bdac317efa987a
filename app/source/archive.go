package source

import (
	"net/url"
	"strings"
)

// archives are the places that keep copies of pages.
var archives = strings.Fields(`
	web.archive.org wayback.archive-it.org perma.cc ghostarchive.org megalodon.jp webcitation.org arquivo.pt
	webarchive.nationalarchives.gov.uk webarchive.org.uk webarchive.loc.gov webarchive.parliament.uk vefsafn.is
	archive.today archive.is archive.ph archive.li archive.vn archive.fo archive.md
	webcache.googleusercontent.com timetravel.mementoweb.org swap.stanford.edu freezepage.com conifer.rhizome.org`)

// isArchive reports whether s is a copy in an archive. An archive's own front
// page is a page like any other.
func isArchive(s Source) bool {
	return on(s.Hostname(), archives) && (strings.Trim(s.path, "/") != "" || s.query != "")
}

// archived is the address that an archive copy is of, in one form, or "".
func archived(s Source) string {
	rest := s.path
	if s.query != "" {
		rest += "?" + s.query
	}
	if s.Hostname() == "webcache.googleusercontent.com" {
		return cached(s.query)
	}
	low := strings.ToLower(rest)
	for _, scheme := range []string{"/http", "=http"} {
		i := strings.Index(low, scheme)
		if i < 0 {
			continue
		}
		inner := rest[i+1:]
		if scheme == "=http" || strings.HasPrefix(low[i+1:], "http%3a") || strings.HasPrefix(low[i+1:], "https%3a") {
			inner = unescaped(inner)
		}
		return clean(inner)
	}
	// web/20240102030405/example.org/a: a time, then an address without a scheme.
	parts := strings.SplitN(strings.TrimPrefix(rest, "/"), "/", 3)
	for i, part := range parts {
		if i+1 < len(parts) && isStamp(part) {
			return clean("https://" + strings.Join(parts[i+1:], "/"))
		}
	}
	return ""
}

// isStamp reports whether a part of a path is when a copy was made: 4 to 14
// digits, with a letter or two for the form of the copy, or "newest" and "*".
func isStamp(part string) bool {
	digits := strings.TrimRight(strings.ToLower(part), "abcdefghijklmnopqrstuvwxyz_*")
	switch {
	case part == "*" || part == "newest" || part == "oldest":
		return true
	case len(part)-len(digits) > 4:
		return false
	}
	return len(digits) >= 4 && len(digits) <= 14 && strings.Trim(digits, "0123456789") == ""
}

// cached reads a search engine's "q=cache:CODE:address words".
func cached(query string) string {
	for part := range strings.SplitSeq(query, "&") {
		rest, ok := strings.CutPrefix(unescaped(part), "q=cache:")
		if !ok {
			continue
		}
		rest, _, _ = strings.Cut(rest, " ")
		if code, after, ok := strings.Cut(rest, ":"); ok && !strings.Contains(code, ".") && !strings.HasPrefix(after, "//") {
			rest = after
		}
		if !strings.Contains(rest, "://") {
			rest = "https://" + rest
		}
		return clean(rest)
	}
	return ""
}

// ampOf is the page that an AMP cache shows a copy of.
func ampOf(s Source) (Source, bool) {
	name, rest := s.Hostname(), ""
	switch {
	case strings.HasPrefix(s.path, "/amp/") && (below(name, "google.com") || strings.HasPrefix(strings.TrimPrefix(name, "www."), "google.")):
		rest = s.path[len("/amp/"):]
	case below(name, "cdn.ampproject.org") && len(s.path) > 3 && s.path[2] == '/':
		rest = s.path[3:] // /c/, /v/, /i/
	default:
		return Source{}, false
	}
	scheme := "http://"
	if secure, ok := strings.CutPrefix(rest, "s/"); ok {
		scheme, rest = "https://", secure
	}
	if s.query != "" {
		rest += "?" + s.query
	}
	inner, err := Parse(scheme + rest)
	return inner, err == nil && !inner.private
}

func unescaped(s string) string {
	if plain, err := url.QueryUnescape(s); err == nil {
		return plain
	}
	return s
}

// clean is an address in one form, or "" when it is none. Copies often lose one
// slash of "https://".
func clean(raw string) string {
	for _, scheme := range []string{"https:/", "http:/"} {
		if rest, ok := strings.CutPrefix(raw, scheme); ok && !strings.HasPrefix(rest, "/") {
			raw = scheme + "/" + rest
		}
	}
	s, err := Parse(raw)
	if err != nil {
		return ""
	}
	return s.URL
}
