package source

import (
	"net/url"
	"strings"
)

// bareDOI is the DOI that raw is, or "".
func bareDOI(raw string) string {
	if len(raw) > 4 && strings.EqualFold(raw[:4], "doi:") {
		raw = raw[4:]
	}
	if isDOI(raw) {
		return raw
	}
	return ""
}

// isDOI reports whether s is a prefix "10.", four to nine digits, a slash and
// something after it.
func isDOI(s string) bool {
	rest, ok := strings.CutPrefix(s, "10.")
	if !ok {
		return false
	}
	registrant, name, ok := strings.Cut(rest, "/")
	// A registrant may be divided: 10.1000.10/123.
	main, _, _ := strings.Cut(registrant, ".")
	return ok && name != "" && len(main) >= 4 && len(main) <= 9 && strings.Trim(registrant, "0123456789.") == ""
}

func doiAddress(doi string) string {
	return "https://doi.org/" + strings.ReplaceAll(url.PathEscape(doi), "%2F", "/")
}

// doi is the DOI that the address resolves, in lower case, or "".
func (s Source) doi() string {
	if s.key.host != "doi.org" {
		return ""
	}
	if name := strings.TrimPrefix(s.key.path, "/"); isDOI(name) {
		return name
	}
	return ""
}
