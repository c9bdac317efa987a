package ui

import (
	"strings"
	"unicode"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"marginalia/app/annotation"
	"marginalia/app/message"
	"marginalia/app/replica"
	"marginalia/app/source"
)

// relUGC says of a link that a reader wrote it: it vouches for nothing and the
// page it leads to learns nothing.
const relUGC = "noopener noreferrer nofollow ugc"

// noteText is the words of a note. Addresses in them become links.
func noteText(n annotation.Note) app.UI {
	p := app.P().Class("text").Dir("auto")
	if n.Language != "" {
		p = p.Attr("lang", n.Language)
	}
	return p.Body(linked(n.Text)...)
}

// linked cuts text into its addresses and what stands between them.
func linked(text string) []app.UI {
	var out []app.UI
	from := 0
	for at := 0; at < len(text); {
		start := nextAddress(text, at)
		if start < 0 {
			break
		}
		address := addressAt(text[start:])
		at = start + max(len(address), 1)
		if _, err := source.Parse(address); err != nil {
			continue
		}
		if start > from {
			out = append(out, app.Text(text[from:start]))
		}
		out = append(out, outward(address).Dir("ltr").Text(address))
		from = at
	}
	if from < len(text) || len(out) == 0 {
		out = append(out, app.Text(text[from:]))
	}
	return out
}

// nextAddress is where the next http:// or https:// begins at or after at, or -1.
func nextAddress(text string, at int) int {
	for at < len(text) {
		i := strings.Index(text[at:], "http")
		if i < 0 {
			return -1
		}
		at += i
		rest := text[at:]
		if strings.HasPrefix(rest, "http://") || strings.HasPrefix(rest, "https://") {
			return at
		}
		at += len("http")
	}
	return -1
}

// addressAt is the address that text begins with, without the punctuation of
// the sentence around it. A closing bracket stays if it was opened in the address.
func addressAt(text string) string {
	end := strings.IndexFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune("<>\"“”„«»`", r)
	})
	if end >= 0 {
		text = text[:end]
	}
	for {
		cut := strings.TrimRight(text, ".,;:!?'’…*_")
		for _, pair := range []string{"()", "[]", "{}"} {
			if strings.HasSuffix(cut, pair[1:]) && strings.Count(cut, pair[1:]) > strings.Count(cut, pair[:1]) {
				cut = cut[:len(cut)-1]
			}
		}
		if cut == text {
			return text
		}
		text = cut
	}
}

// outward is a link to an address that source.Parse has accepted.
func outward(address string) app.HTMLA {
	return app.A().Attr("href", strings.TrimSpace(address)).Attr("rel", relUGC)
}

// sourceList shows what a note cites, by host. What is no public web address is
// shown as it was written, and never as a link.
func sourceList(msg *message.Catalogue, sources []annotation.Source) app.UI {
	if len(sources) == 0 {
		return nil
	}
	var items []app.UI
	for _, s := range sources {
		cited := app.Span()
		// A bare DOI is cited by its address.
		if parsed, err := source.Parse(s.URL); err == nil {
			cited = cited.Body(outward(parsed.Link).Body(bdi(parsed.Site())))
		} else {
			cited = cited.Body(bdi(s.URL))
		}
		body := []app.UI{iconSource.ui(), cited}
		if s.Passage != "" {
			body = append(body, app.Blockquote().Dir("auto").Text("“"+s.Passage+"”"))
		}
		items = append(items, app.Li().Class("source").Body(body...))
	}
	return app.Ul().Class("sources").Aria("label", msg.Sources).Body(items...)
}

// outcome explains the state of an own note that is not simply public: findings,
// a moderator's words, the server's reasons, the other version; language is the
// policy's. Nil when there is
// nothing to explain.
func outcome(msg *message.Catalogue, language string, n *replica.Note, ready, acts bool) app.UI {
	if !n.Mine || n.State == replica.Published || n.State == replica.Deleted {
		return nil
	}
	var body []app.UI
	if n.Verdict != nil && len(n.Verdict.Findings) > 0 {
		var items []app.UI
		for _, f := range n.Verdict.Findings {
			items = append(items, findingItem(msg, language, f))
		}
		body = append(body, app.Ul().Class("checks").Aria("label", msg.Found).Body(items...))
	}
	if n.Reason != "" {
		body = append(body, app.P().Class("meta").Body(app.Text(msg.Moderator+" "), app.Q().Dir("auto").Text(n.Reason)))
	}
	for _, r := range n.Reasons {
		if text := msg.Reasons[r]; text != "" {
			body = append(body, meta(text))
		} else {
			body = append(body, app.P().Class("meta").Body(app.Code().Text(r)))
		}
	}
	if n.Problem != nil {
		body = append(body, problem(msg, n, ready, acts))
	}
	if n.Public != nil && n.Problem == nil {
		body = append(body, meta(msg.StillPublic))
	}
	if n.State == replica.Conflict {
		body = append(body, resolver(msg, n, ready, acts))
	}
	if len(body) == 0 {
		return nil
	}
	return app.Div().Class("outcome").Body(body...)
}
