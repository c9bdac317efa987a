// Package article holds the text that annotations are about.
//
// An Article is known by its slug; each of its texts is an immutable Revision,
// named by the hash of its content. The anchoring base of a revision is its
// canonical text (see [Revision.Text]).
package article

import (
	"slices"
	"time"
)

// Kind says what a block is.
type Kind string

// The kinds of block.
const (
	Heading   Kind = "heading"
	Paragraph Kind = "paragraph"
	Item      Kind = "item"      // one item of a list
	Quotation Kind = "quotation" // a block quotation
)

// Block is one unit of a revision's text. Its text is NFC, has no line break,
// no leading or trailing white space and no run of white space longer than one.
type Block struct {
	Kind Kind   `json:"kind"`
	Text string `json:"text"`
	// Level is 1 to 6 for a heading and the nesting depth, from 1, for an item.
	Level int `json:"level,omitempty"`
	// Ordered marks an item of a numbered list.
	Ordered bool `json:"ordered,omitempty"`
}

// Revision is one immutable version of an article.
type Revision struct {
	// ID is "sha256-" and 64 hexadecimal digits over title, language and blocks.
	ID       string    `json:"id"`
	Title    string    `json:"title"`
	Language string    `json:"language"` // BCP 47; "en" when unknown
	Created  time.Time `json:"created"`  // when it was imported; not part of the hash
	Blocks   []Block   `json:"blocks"`
}

// Version names one of an article's revisions.
type Version struct {
	ID      string    `json:"id"`
	Created time.Time `json:"created"` // as Revision.Created
}

// Article is an article with its newest revision, or on the page of an older one
// with that.
type Article struct {
	Slug     string   `json:"slug"`
	Revision Revision `json:"revision"`
	// Versions are all revisions, each once, in the order of their import; the last
	// is the newest. Readers know them by their number in this list, from 1.
	Versions []Version `json:"versions,omitempty"`
	// URL is the article's public address, made by the server from its own; it
	// is empty in the store. A note must not cite it as its source.
	URL string `json:"url,omitempty"`
}

// Summary is what a list of articles says about one.
type Summary struct {
	Slug     string         `json:"slug"`
	Title    string         `json:"title"`
	Language string         `json:"language"`
	Revision string         `json:"revision"`
	Deck     string         `json:"deck"`    // the first paragraph, cut at a word, at most 200 code points
	Created  time.Time      `json:"created"` // of the first revision
	Updated  time.Time      `json:"updated"` // of the newest revision
	Words    int            `json:"words"`
	Notes    map[string]int `json:"notes"` // published notes by stance; replies and notes without one not counted
}

// Number is the place of a revision among a's versions, from 1, or 0 if it is
// none of them.
func (a Article) Number(id string) int {
	return slices.IndexFunc(a.Versions, func(v Version) bool { return v.ID == id }) + 1
}

// Before is the revision before the one with that id, "" for the first and for an
// unknown one.
func (a Article) Before(id string) string {
	if n := a.Number(id); n > 1 {
		return a.Versions[n-2].ID
	}
	return ""
}

// Newest is the id of a's newest revision.
func (a Article) Newest() string {
	if len(a.Versions) == 0 {
		return a.Revision.ID
	}
	return a.Versions[len(a.Versions)-1].ID
}
