// Package state is the client's state as plain data and one pure function,
// [Update], from a state and an action to the next state and the effects to run.
//
// The server draws pages from the same State (see [FromBoot]), so the app's first
// drawing of a page is the server's.
package state

import (
	"time"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/claims"
	"marginalia/app/message"
	"marginalia/app/moderation"
	"marginalia/app/replica"
	"marginalia/app/textpos"
)

// Page is which page is shown.
type Page string

// The pages.
const (
	Home     Page = "home"     // /
	Reading  Page = "article"  // /a/{slug}
	FAQ      Page = "faq"      // /faq
	Me       Page = "me"       // /me
	Share    Page = "share"    // /share
	NotFound Page = "notfound" // anything else, or an article that is not here
)

// Route is a parsed page address.
type Route struct {
	Page Page   `json:"page"`
	Slug string `json:"slug,omitempty"`
	// Revision is set on the page of an older revision, /a/{slug}/r/{revision}.
	Revision string `json:"revision,omitempty"`
}

// Past reports whether an older revision is shown: it is for reading only.
func (s State) Past() bool {
	return s.Article != nil && s.Route.Revision != "" && s.Article.Revision.ID != s.Article.Newest()
}

// State is everything the screen shows. It is a value: Update returns a new one,
// and what pointers and slices in it refer to is never changed in place.
type State struct {
	Route Route
	// Ready is set after the first mount, when storage and selection work; until
	// then controls that need script are disabled.
	Ready bool
	// Blocked says that this browser keeps no storage: the app reads, but cannot
	// keep what is written.
	Blocked bool
	// Full says that the last save found no room.
	Full bool
	Room *Room // nil until the browser has said

	Erasing bool   // Erase waits for a second press
	TakenIn string // what became of the last file that was chosen

	Articles []article.Summary // newest first
	Saved    map[string]bool   // slugs of the articles on this device
	Article  *Text             // the article being read; nil while it is not here
	Notes    []Note            // of this article, in the order of the text; replies after their note
	Rest     *Rest             // nil once all published notes are here
	Fresh    Fresh             // notes that came while the page was open
	Window   Window            // which of the notes beside the text are to be drawn
	Part     Window            // how far that has come, see Drawn; zero: all of it
	Whole    Window            // which of the notes on the whole article are drawn
	Paper    bool              // all of them are drawn, for a page that is being printed
	Open     string            // the note that is open, or ""
	led      string            // the one that was just opened, until the focus is there
	Awaited  string            // the note of the address, while it may be among the Rest

	Finder *claims.Model  // finds claims; nil until it is here
	Claims []claims.Claim // of the article, those worth checking, best first; none on an older revision

	Changes Changes            // "Show what changed"
	News    *News              // a correction that came while the page was open
	Guesses map[string][]Guess // for own notes that lost their place, by id: the best first, three at most
	Moving  string             // the own note for which the reader chooses another place, or ""

	Find   Find    // the search in the article and its notes, on /me in own notes
	Filter Filter  // which of the notes are shown
	Target *Target // the words of the address, see [Directive]
	Shared *Shared // what was sent into the app, on its page; nil elsewhere
	// Quoted are words that were sent into the app, until the article is here.
	Quoted   string
	CanShare bool // this browser passes links on to other apps

	Mine   []Note              // own notes of all articles, newest first
	Drafts []replica.DraftNote // all drafts on this device, newest first
	Held   map[string]bool     // the drafts that are open in other windows
	Reader replica.Reader      // zero until the first sync
	Prefs  replica.Prefs       // the reader's habits, zero until the device has been asked

	CanInstall bool // the browser can install the app; see State.OffersInstall

	FAQ        *moderation.FAQ
	Sentence   string // the policy's sentence under each article
	Publisher  string // the tag of the policy's language, "" while it is not known
	PolicyHash string
	Policy     *moderation.Policy // nil until it is here: every note is then held

	Selection *Selection
	Picker    Picker
	Composer  *Composer
	Deleting  string // the note whose Delete waits for a second press, or ""
	Stance    annotation.Stance
	Sheet     bool // on a narrow screen: the notes stand in the sheet

	Sync   Sync
	Update bool               // a new version waits
	Say    string             // what the live region says
	Msg    *message.Catalogue // the words to say it in; nil for English

	parts *Parts // of Notes; see State.Parts
	index *index // of Notes, while words are looked for in them
	sites *sites // see State.Sites
	marks *marks // see Highlights
}

// Text is an article prepared for reading. It is made once and shared by
// pointer.
type Text struct {
	article.Article
	Canon     string
	Map       *textpos.Map
	Offsets   []textpos.Rune // where each block starts
	Sentences []article.Sentence
	Topic     *moderation.Article

	fold *folding
}

// Note is a note as the screen shows it.
type Note struct {
	replica.Note
	Replies []Note // oldest first; a reply's own replies stand here too
}

// Changes is the comparison of the article with the revision before it.
type Changes struct {
	Wanted bool              // the reader asked for it
	Was    *article.Revision // nil until it is here
	Blocks []article.Change  // of the shown revision, and those that are gone; nil until both are here
	// Sentences is how many sentences changed, Notes how many notes stand on them.
	Sentences, Notes int
}

// News says what a correction has changed.
type News struct {
	Revision  int // its number
	Sentences int // that changed
	Mine      int // own notes whose words changed or are gone
}

// Guess is a place where a note that lost its own might belong.
type Guess struct {
	Span       textpos.Span
	Quote      string
	Confidence float64 // 0 to 1, as of an anchor
}

// Selection is what the reader has marked in the text.
type Selection struct {
	Span  textpos.Span
	Quote string
}

// Picker is the claim picker.
type Picker struct {
	Open   bool
	Active int // index into Text.Sentences
}

// Composer is the open form.
type Composer struct {
	Draft   replica.DraftNote
	Base    *replica.Note // edit: the note as it was; reply: the note that is answered
	Verdict moderation.Verdict
	// Shared are the words that connect the note to its claim, the rarest first;
	// empty when topic cannot be judged.
	Shared []string
	// Typed says that something was written: before that no finding is shown.
	Typed  bool
	Saved  bool // the draft on disk equals the form
	Appeal bool // the form shows "Why should it be posted?"
	// Elsewhere says that another window has the draft: the form only shows it.
	Elsewhere bool
	// Restored says that the page was lost while the form was open, until the reader
	// goes on in it.
	Restored bool
	Posted   bool // Post was pressed and the outbox has not answered yet
	// Fault says in words why the draft could not be stored, "" if it could.
	Fault string
	// Place is where the claim stands in the article that is shown, which may be
	// newer than the draft; nil for a reply and for a note on the whole article.
	Place *anchor.Anchor
}

// SyncState is the state of the connection.
type SyncState string

// The sync states.
const (
	Offline SyncState = "offline"
	Syncing SyncState = "syncing"
	Synced  SyncState = "synced"
	Failed  SyncState = "error"
)

// Sync is what the status in the masthead says.
type Sync struct {
	State   SyncState
	Pending int           // changes not yet acknowledged
	Retry   time.Duration // when Failed: until the next try
}
