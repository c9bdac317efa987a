package annotation

import (
	"net/url"
	"strings"
)

// The folders of the server's addresses.
const (
	articles    = "a"
	annotations = "annotations"
	readers     = "readers"
	revisions   = "r"
)

const revisionPrefix = "sha256-"

// ToIRI gives the form of exports and of the W3C protocol: the bare ids of a
// become IRIs under base, the server's public address, in the article slug. What
// is an IRI already stays as it is. a itself is not changed.
func ToIRI(a Annotation, base, slug string) Annotation {
	base = strings.TrimRight(base, "/")
	article := base + "/" + articles + "/" + url.PathEscape(slug)
	under := func(parent, id string) string {
		if id == "" || strings.Contains(id, ":") {
			return id
		}
		return parent + "/" + url.PathEscape(id)
	}

	a.Context = ContextURI
	a.ID = under(article+"/"+annotations, a.ID)
	if a.Creator != nil {
		c := *a.Creator
		c.ID = under(base+"/"+readers, c.ID)
		a.Creator = &c
	}
	if a.Motivation == replying || isUUID(a.Target.Source) {
		a.Target.Source = under(article+"/"+annotations, a.Target.Source)
	} else if a.Target.Source == slug {
		a.Target.Source = article
	} else {
		a.Target.Source = under(base+"/"+articles, a.Target.Source)
	}
	if a.Target.State != nil {
		s := *a.Target.State
		s.Cached = under(article+"/"+revisions, s.Cached)
		a.Target.State = &s
	}
	return a
}

// FromIRI undoes [ToIRI] whatever the host: it gives the bare form and the slug
// of the article, taken from the target or else from the id. The slug is empty
// when only bare ids name a reply. An id may be a bare UUID, a urn:uuid: or any
// IRI that ends in /annotations/UUID; a target besides these a slug or an address
// that ends in /a/slug; a cached copy a bare revision or an IRI that ends in
// /r/revision. An empty id stays empty. a itself is not changed.
func FromIRI(a Annotation) (Annotation, string, error) {
	var slug string
	if a.ID != "" {
		id, of, ok := noteID(a.ID)
		if !ok {
			return Annotation{}, "", fault("/id", "is not a UUID, nor an address of a note")
		}
		a.ID, slug = id, of
	}

	target, of, ok := fromSource(a.Target.Source)
	if !ok {
		return Annotation{}, "", fault("/target/source", "is neither an article's slug or address nor a note's id or address")
	}
	a.Target.Source = target
	if of != "" {
		slug = of
	}

	if a.Creator != nil {
		c := *a.Creator
		if id, ok := below(pathSegments(c.ID), readers); ok {
			c.ID = id
		}
		a.Creator = &c
	}
	if a.Target.State != nil {
		s := *a.Target.State
		if id, ok := below(pathSegments(s.Cached), revisions); ok {
			s.Cached = id
		}
		if s.Cached != "" && !validRevision(s.Cached) {
			return Annotation{}, "", fault("/target/state/cached", "is not a revision, nor an address of one")
		}
		a.Target.State = &s
	}
	return a, slug, nil
}

// fromSource reads a target: the slug of an article, or the id of a note and the
// slug of its article if the address tells.
func fromSource(s string) (source, slug string, ok bool) {
	if id, slug, ok := noteID(s); ok {
		return id, slug, true
	}
	if slug, ok := below(pathSegments(s), articles); ok {
		return slug, slug, true
	}
	return s, s, validSlug(s)
}

// noteID reads the id of a note in any of its spellings, and the slug of its
// article if the address tells.
func noteID(s string) (id, slug string, ok bool) {
	id = strings.ToLower(s)
	if id = strings.TrimPrefix(id, "urn:uuid:"); isUUID(id) {
		return id, "", true
	}
	segments := pathSegments(s)
	id, ok = below(segments, annotations)
	if id = strings.ToLower(id); !ok || !isUUID(id) {
		return "", "", false
	}
	slug, _ = below(segments[:len(segments)-2], articles)
	return id, slug, true
}

// below returns the last segment if the one before it is folder.
func below(segments []string, folder string) (string, bool) {
	n := len(segments)
	if n < 2 || segments[n-2] != folder {
		return "", false
	}
	last, err := url.PathUnescape(segments[n-1])
	if err != nil || last == "" || strings.ContainsAny(last, "/ \t\r\n") {
		return "", false
	}
	return last, true
}

// pathSegments splits the path of an IRI with a host, or an absolute path,
// without query and fragment; anything else has none.
func pathSegments(iri string) []string {
	if i := strings.IndexAny(iri, "?#"); i >= 0 {
		iri = iri[:i]
	}
	if _, rest, ok := strings.Cut(iri, "://"); ok {
		_, iri, ok = strings.Cut(rest, "/")
		if !ok {
			return nil
		}
	} else if !strings.HasPrefix(iri, "/") {
		return nil
	}
	return strings.Split(strings.Trim(iri, "/"), "/")
}

// validSlug reports whether s may name an article in a bare form. Package
// article is stricter; here it only matters that no address passes for a slug.
func validSlug(s string) bool {
	return s != "" && !strings.ContainsAny(s, "/:?#%\\ \t\r\n") && !hasControl(s)
}

// validRevision reports whether s looks like a bare revision id.
func validRevision(s string) bool {
	rest, ok := strings.CutPrefix(s, revisionPrefix)
	return ok && rest != "" && !strings.ContainsAny(rest, "/:?#% \t\r\n")
}
