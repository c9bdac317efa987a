package source

import (
	"net/url"
	"path"
	"slices"
	"strings"
)

// key is an address in the form in which two are compared.
type key struct{ host, path, query string }

// Key is the form in which addresses are compared: two that open the same page
// have the same key as far as that can be seen without opening them. Scheme,
// "www.", mobile and AMP forms, tracking parameters, the order of parameters, a
// trailing slash and the escaping of letters make no difference.
func (s Source) Key() string {
	k := s.key.host + s.key.path
	if s.key.query != "" {
		k += "?" + s.key.query
	}
	return k
}

// Same reports whether both name one page.
func (s Source) Same(other Source) bool { return s.key == other.key }

// makeKey takes a host in ASCII with its port, and a clean query.
func makeKey(host, escaped, query string) key {
	k := key{host: keyHost(host), path: keyPath(escaped), query: keyQuery(query)}
	switch k.host {
	case "dx.doi.org", "doi.org":
		k.host = "doi.org"
		if name, err := url.PathUnescape(escaped); err == nil {
			k.path = strings.ToLower(strings.TrimSuffix(name, "/")) // a DOI has no letter case
		}
	case "twitter.com":
		k.host = "x.com"
	case "youtu.be":
		if id := strings.TrimPrefix(k.path, "/"); id != "" && !strings.Contains(id, "/") {
			k = key{"youtube.com", "/watch", strings.TrimSuffix("v="+id+"&"+k.query, "&")}
		}
	}
	return k
}

// variants are the labels that lead to a site's other dress.
var variants = []string{"www", "m", "mobile", "amp"}

// keyHost drops them, but never from the name that was registered.
func keyHost(host string) string {
	if strings.HasPrefix(host, "[") {
		return host
	}
	host, port, _ := strings.Cut(host, ":")
	domain := (*Suffixes)(nil).Registrable(host)
	if rest, ok := strings.CutPrefix(host, "www."); ok && strings.Contains(rest, ".") {
		host = rest // also where a country's own pages are: www.gov.uk
	}
	front, ok := strings.CutSuffix(host, "."+domain)
	if domain == "" || !ok {
		front, domain = "", host
	}
	kept := domain
	for _, label := range slices.Backward(strings.Split(front, ".")) {
		if label != "" && !slices.Contains(variants, label) {
			kept = label + "." + kept
		}
	}
	if port != "" {
		kept += ":" + port
	}
	return kept
}

func keyPath(escaped string) string {
	p := plainEscapes(escaped, unreserved+"!'()*,:;@$")
	if strings.Contains(p, "/.") {
		p = path.Clean(p)
	}
	for _, end := range []string{"/index.html", "/index.htm", "/"} {
		p = strings.TrimSuffix(p, end)
	}
	if rest, ok := strings.CutPrefix(p, "/amp/"); ok {
		p = "/" + rest
	}
	for _, end := range []string{"/amp", ".amp"} {
		if rest, ok := strings.CutSuffix(p, end); ok {
			p = strings.TrimSuffix(rest, "/")
		}
	}
	return p
}

// plainEscapes undoes the escapes of the characters in plain and writes all others
// in capitals.
func plainEscapes(s, plain string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '%' || i+2 >= len(s) {
			b.WriteByte(s[i])
			continue
		}
		one, err := url.PathUnescape(s[i : i+3])
		if err == nil && strings.Contains(plain, one) {
			b.WriteString(one)
		} else {
			b.WriteString(strings.ToUpper(s[i : i+3]))
		}
		i += 2
	}
	return b.String()
}

// unreserved are the characters of RFC 3986, section 2.3.
const unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"

func keyQuery(query string) string {
	if query == "" {
		return ""
	}
	parts := strings.Split(plainEscapes(query, unreserved), "&")
	parts = slices.DeleteFunc(parts, func(p string) bool {
		p = strings.ToLower(p)
		return p == "amp" || p == "amp=1" || p == "amp=true" || p == "outputtype=amp"
	})
	slices.Sort(parts)
	return strings.Join(parts, "&")
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
	case "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid", "li_fat_id",
		"igshid", "igsh", "mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi", "vero_id", "oly_enc_id", "oly_anon_id",
		"_ga", "_gl", "_openstat", "xtor", "wt_mc", "ref_src", "ref_url", "cmpid", "ncid", "smid", "srsltid", "rb_clickid":
		return true
	}
	for _, family := range []string{"utm_", "pk_", "mtm_", "at_campaign", "at_medium", "at_custom", "at_link"} {
		if strings.HasPrefix(name, family) {
			return true
		}
	}
	return false
}
