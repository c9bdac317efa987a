package state

import (
	"marginalia/app/moderation"
	"marginalia/app/replica"
	"marginalia/app/textpos"
)

// Effect is something to be done outside the state. The loop in cmd/webapp runs
// it and sends its result back as an action.
type Effect interface{ effect() }

// The effects.
type (
	// SaveDraft stores the draft; answered by DraftSaved.
	SaveDraft struct{ Draft replica.DraftNote }
	// HoldDraft asks to be the one window that has the draft, answered by
	// DraftTaken or DraftElsewhere. With Take another window that has it lets it go.
	HoldDraft struct {
		ID   string
		Take bool
	}
	// EraseDraft removes a draft that the reader dropped.
	EraseDraft struct{ ID string }
	// Enqueue moves the draft to the outbox; answered by Queued, then by Loaded.
	Enqueue struct {
		Draft   replica.DraftNote
		Verdict moderation.Verdict
	}
	// EnqueueAppeal sends the draft for a moderator to decide, with Draft.Appeal.
	EnqueueAppeal struct {
		Draft   replica.DraftNote
		Verdict moderation.Verdict
	}
	// EnqueueDelete deletes a note; answered by Loaded.
	EnqueueDelete struct{ ID string }
	// EnqueueTheirs settles a conflict for the server's version; answered by Loaded.
	EnqueueTheirs struct{ ID string }
	// EnqueueName gives the reader another pseudonym.
	EnqueueName struct{ Nickname string }
	// FetchRevision gets an older revision, from this device or the server;
	// answered by RevisionHere.
	FetchRevision struct{ Slug, ID string }
	// RunSync starts a sync round now.
	RunSync struct{}
	// FillForm writes the draft into the form's fields, which are uncontrolled,
	// after the form is drawn.
	FillForm struct{ Draft replica.DraftNote }
	// Focus moves the keyboard's focus after the next drawing.
	Focus struct{ On FocusTarget }
	// Show scrolls the span, and the note with that id if any, into view.
	Show struct {
		Span *textpos.Span
		Note string
	}
	// MarkWords selects [Start, End), in UTF-16 units as fields count, in a field of the form.
	MarkWords struct {
		Field      string
		Start, End int
	}
	// Clip puts a link on the clipboard; answered by Copied.
	Clip struct{ Text string }
	// SetHash puts "#n-{id}" into the address, or clears it.
	SetHash struct{ Note string }
	// FillFind writes the words that are looked for into their field.
	FillFind struct{ Words string }
	// PassOn hands a link to other apps of the device; answered by PassedOn.
	PassOn struct{ Title, Text, Link string }
	// Go opens another page, with Instead in place of this one, which the way back
	// then leaves out.
	Go struct {
		Path    string
		Instead bool
	}
	// TakeUpdate lets the waiting version start.
	TakeUpdate struct{}
	// SaveFile offers the reader's own notes as a file.
	SaveFile struct{}
	// SaveUnsent offers unsent notes and drafts as a file; answered by Exported.
	SaveUnsent struct{}
	// ReadFile takes in the file that was chosen; answered by Taken and Loaded.
	ReadFile struct{}
	// CheckRoom asks the browser for the room that is left; answered by RoomKnown.
	CheckRoom struct{}
	// AskPersist asks the browser to keep the store; answered by RoomKnown.
	AskPersist struct{}
	// EvictOld removes articles that nothing unsent is about; answered by RoomMade.
	EvictOld struct{}
	// EraseDevice removes everything, gives the session up and opens the list of
	// articles; answered by Erased if it cannot.
	EraseDevice struct{}
	// KeepPrefs remembers the reader's habits.
	KeepPrefs struct{ Prefs replica.Prefs }
	// ClearSelection drops the browser's selection.
	ClearSelection struct{}
)

// FocusTarget names a place for the focus.
type FocusTarget struct {
	Kind FocusKind
	ID   string // a note's id, a field's, or a paragraph's
}

// FocusKind says what a FocusTarget names.
type FocusKind string

// The places.
const (
	FocusText   FocusKind = "text"   // the composer's note
	FocusField  FocusKind = "field"  // a field of the form: "sources/0/url"
	FocusReason FocusKind = "reason" // the appeal's reason
	FocusPicker FocusKind = "picker"
	FocusNote   FocusKind = "note"
	FocusAll    FocusKind = "all"   // the button for a note on the whole article
	FocusFind   FocusKind = "find"  // the field of the search
	FocusBack   FocusKind = "back"  // what had the focus before the search or the picker
	FocusStory  FocusKind = "story" // the article, where the reader came from
	FocusSheet  FocusKind = "sheet" // the head of the sheet of notes, on a narrow screen
	FocusDock   FocusKind = "dock"  // the button that opens it
	FocusBlock  FocusKind = "block" // a paragraph of it
	FocusMain   FocusKind = "main"  // what the page is about
)

func (SaveDraft) effect()      {}
func (HoldDraft) effect()      {}
func (EraseDraft) effect()     {}
func (Enqueue) effect()        {}
func (EnqueueAppeal) effect()  {}
func (EnqueueDelete) effect()  {}
func (EnqueueName) effect()    {}
func (FetchRevision) effect()  {}
func (RunSync) effect()        {}
func (FillForm) effect()       {}
func (Focus) effect()          {}
func (Show) effect()           {}
func (MarkWords) effect()      {}
func (Clip) effect()           {}
func (SetHash) effect()        {}
func (Go) effect()             {}
func (TakeUpdate) effect()     {}
func (SaveFile) effect()       {}
func (KeepPrefs) effect()      {}
func (ClearSelection) effect() {}
func (EnqueueTheirs) effect()  {}
func (SaveUnsent) effect()     {}
func (ReadFile) effect()       {}
func (CheckRoom) effect()      {}
func (AskPersist) effect()     {}
func (EvictOld) effect()       {}
func (FillFind) effect()       {}
func (PassOn) effect()         {}
func (EraseDevice) effect()    {}
