// Package annotation is the W3C Web Annotation Data Model as this project uses
// it: a note is one Annotation whose bodies are a text, a stance and its
// sources, and whose target is a span of an article, a whole article or another
// note. See https://www.w3.org/TR/annotation-model/.
//
// The types here are the project's profile of the model. [Validate] judges any
// document by the whole model.
package annotation

// ContextURI is the JSON-LD context that every annotation names.
const ContextURI = "http://www.w3.org/ns/anno.jsonld"

// Limits of a note, in code points where not said otherwise.
const (
	MaxText     = 2000
	MaxSources  = 5
	MaxURL      = 2048 // bytes
	MaxPassage  = 500
	MaxNickname = 40
	MaxReason   = 500
)

// Stance is what a note does with its claim; it is the value of the tagging body.
type Stance string

// The stances. A reply has none.
const (
	Dispute  Stance = "dispute"
	Support  Stance = "support"
	Context  Stance = "context"
	Question Stance = "question"
)

// Annotation is one note. In the store and in sync ID is a bare UUID (version
// 7), Target.Source is the article's slug or, for a reply, the bare UUID of the
// note it answers, and Target.State.Cached is the bare revision id. See [ToIRI]
// for the form of exports.
type Annotation struct {
	Context    string `json:"@context,omitempty"`
	ID         string `json:"id"`
	Type       string `json:"type"` // "Annotation"
	Motivation string `json:"motivation"`
	Creator    *Agent `json:"creator,omitempty"`
	Created    string `json:"created,omitempty"`  // RFC 3339, UTC with Z: the device's claim
	Modified   string `json:"modified,omitempty"` // RFC 3339, UTC with Z: the server's
	Body       []Body `json:"body"`
	Target     Target `json:"target"`
}

// Agent is who made an annotation.
type Agent struct {
	ID       string `json:"id,omitempty"`
	Type     string `json:"type,omitempty"` // "Person"
	Nickname string `json:"nickname,omitempty"`
}

// Body is one body: the text (TextualBody, purpose commenting), the stance
// (TextualBody, purpose tagging) or a source (SpecificResource, purpose linking).
type Body struct {
	Type     string    `json:"type"`
	Value    string    `json:"value,omitempty"`
	Format   string    `json:"format,omitempty"`
	Language string    `json:"language,omitempty"`
	Purpose  string    `json:"purpose,omitempty"`
	Source   string    `json:"source,omitempty"`
	Selector *Selector `json:"selector,omitempty"`
}

// Target is what an annotation is about.
type Target struct {
	Source   string     `json:"source"`
	State    *State     `json:"state,omitempty"`
	Selector []Selector `json:"selector,omitempty"`
}

// State names the revision that a note was written on (a TimeState,
// https://www.w3.org/TR/annotation-model/#time-state).
type State struct {
	Type       string `json:"type"` // "TimeState"
	SourceDate string `json:"sourceDate,omitempty"`
	Cached     string `json:"cached,omitempty"`
}

// Selector is a TextQuoteSelector (Exact, Prefix, Suffix) or a
// TextPositionSelector (Start, End, in code points of the canonical text).
// Start and End are pointers because 0 is a position.
type Selector struct {
	Type   string `json:"type"`
	Exact  string `json:"exact,omitempty"`
	Prefix string `json:"prefix,omitempty"`
	Suffix string `json:"suffix,omitempty"`
	Start  *int   `json:"start,omitempty"`
	End    *int   `json:"end,omitempty"`
}

// Source is one citation of a note, read from a linking body.
type Source struct {
	URL     string `json:"url"`
	Passage string `json:"passage,omitempty"`
}

// Note is what a person writes: the parts of an annotation without the model
// around them. [Annotation.Note] and [New] convert.
type Note struct {
	Text     string
	Language string
	Stance   Stance // empty for a reply
	Sources  []Source
	ReplyTo  string // the UUID of the note this answers, or empty
}
