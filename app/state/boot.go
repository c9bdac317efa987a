package state

import (
	"marginalia/app/article"
	"marginalia/app/moderation"
	"marginalia/app/replica"
)

// Boot is what a page is drawn from. The server writes it into the page as JSON,
// so that the app starts from exactly what the reader already sees. It holds
// nothing about the reader.
type Boot struct {
	Route      Route  `json:"route"`
	Build      string `json:"build"` // of the browser program
	PolicyHash string `json:"policyHash"`
	Sentence   string `json:"sentence"`
	// PolicyLanguage is the tag of what the policy says, Sentence too.
	PolicyLanguage string            `json:"policyLanguage,omitempty"`
	Articles       []article.Summary `json:"articles,omitempty"`
	Article        *article.Article  `json:"article,omitempty"`
	// Feed is the article's published notes; with More it is some of them, see Rest.
	Feed *replica.Changes `json:"feed,omitempty"`
	Rest *Rest            `json:"rest,omitempty"` // nil when the page has all notes
	FAQ  *moderation.FAQ  `json:"faq,omitempty"`
}
