package replica

import (
	"context"
	"time"

	"marginalia/app/annotation"
	"marginalia/app/textpos"
)

const (
	metaPrefs = "prefs"  // Prefs
	metaPlace = "place/" // and a slug: Place
)

// Prefs is what a device remembers of the reader's habits. It never leaves it.
type Prefs struct {
	Stance  annotation.Stance `json:"stance,omitempty"` // of the last note
	Display Display           `json:"display,omitzero"`
	NoKeys  bool              `json:"noKeys,omitempty"` // single keys do nothing

	// Visits counts the first few, for the offer to install the app; Visited is when
	// the last one was counted.
	Visits    int       `json:"visits,omitempty"`
	Visited   time.Time `json:"visited,omitzero"`
	NoInstall bool      `json:"noInstall,omitempty"` // the offer was answered

	// Turn counts the changes, so that what was read before one does not undo it.
	Turn int `json:"turn,omitempty"`
}

// Display is how the reader likes a page to look. The zero Display is the page as it
// was made.
type Display struct {
	Size  string `json:"size,omitempty"`  // of the type: "-1", "1" to "3" steps
	Width string `json:"width,omitempty"` // of a line: "narrow", "wide"
	Lines string `json:"lines,omitempty"` // the space between them: "close", "open"
	Theme string `json:"theme,omitempty"` // "light", "dark"; "" is the system's
}

// SavePrefs keeps p.
func (r *Replica) SavePrefs(ctx context.Context, p Prefs) error {
	return r.save(ctx, Meta, metaPrefs, p)
}

// Prefs returns what SavePrefs kept, zero before the first.
func (r *Replica) Prefs(ctx context.Context) (Prefs, error) {
	var p Prefs
	err := readOr(ctx, r.store, Meta, metaPrefs, &p)
	return p, err
}

// Place is where a reader was in an article: an offset in the canonical text of a
// revision, and the words there, by which it is found in another one.
type Place struct {
	Revision string                `json:"revision,omitempty"` // "" for no place
	At       textpos.Rune          `json:"at,omitempty"`
	Words    []annotation.Selector `json:"words,omitempty"`
}

// SavePlace keeps where the reader is in an article, as long as the article is here.
func (r *Replica) SavePlace(ctx context.Context, slug string, p Place) error {
	return r.save(ctx, Meta, metaPlace+slug, p)
}

// Place returns what SavePlace kept, zero if nothing.
func (r *Replica) Place(ctx context.Context, slug string) (Place, error) {
	var p Place
	err := readOr(ctx, r.store, Meta, metaPlace+slug, &p)
	return p, err
}
