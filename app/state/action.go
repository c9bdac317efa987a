package state

import (
	"time"

	"marginalia/app/annotation"
	"marginalia/app/article"
	"marginalia/app/claims"
	"marginalia/app/moderation"
	"marginalia/app/replica"
	"marginalia/app/textpos"
)

// Action is something that happened: the reader did it, or an effect's result.
type Action interface{ action() }

// Point is a place in the drawn article.
type Point = textpos.Point

// What the reader does.
type (
	Selected    struct{ From, To Point } // a selection inside the text; From == To clears it
	Annotate    struct{}                 // on the selection, else opens the picker
	OpenPicker  struct{}
	ClosePicker struct{}
	PickAt      struct{ Index int }          // clamped to the list
	PickMove    struct{ Step int }           // from the active one: keys come faster than drawings
	PickChosen  struct{}                     // opens the composer on the active sentence
	NoteOnAll   struct{}                     // a note on the whole article
	TakeClaim   struct{ Claim claims.Claim } // opens the composer on one of State.Claims

	TypedText struct{ Text string }
	TypedURL  struct {
		Source int
		Text   string
	}
	TypedPassage struct {
		Source int
		Text   string
	}
	SetStance    struct{ Stance annotation.Stance }
	AddSource    struct{}
	RemoveSource struct{ Source int }
	Post         struct{}
	Cancel       struct{} // closes the form; what was typed stays as a draft
	AskModerator struct{} // first press opens the reason, second sends the appeal
	TypedReason  struct{ Text string }
	TakeOut      struct{ Finding int } // removes the words of a finding from the note
	ShowWords    struct{ Finding int } // selects them in the field

	OpenNote    struct{ ID string } // "" closes
	Reply       struct{ ID string }
	Edit        struct{ ID string }
	Delete      struct{ ID string } // the second press on the same note deletes
	KeepNote    struct{}            // takes the first press of Delete back
	KeepMine    struct{ ID string } // settles a conflict for the reader's version
	TakeTheirs  struct{ ID string } // for the server's
	PostAnew    struct{ ID string } // a reply whose note is gone, as a note of its own
	StandAlone  struct{}            // the same with the open form
	NextNote    struct{ Step int }  // to the next (1) or previous (-1) claim with a note
	ResumeDraft struct{ ID string }
	DropDraft   struct{ ID string }
	SetSheet    struct{ Open bool }
	Back        struct{} // the device's way back: closes what lies over the text
	TakeOver    struct{} // goes on here with a draft that is open in another window
	ShowFresh   struct{} // shows the notes that came while the page was open

	ShowChanges struct{ On bool } // compares with the revision before
	CloseNews   struct{}
	Attach      struct { // gives an own note that place, on the newest revision
		ID   string
		Span textpos.Span
	}
	ChoosePlace struct{ ID string } // opens the picker to find an own note a place
	TakeWords   struct{}            // the open draft is about the words as they are now

	Rename     struct{ Nickname string }
	Restart    struct{} // takes the new version
	Later      struct{}
	SyncNow    struct{}
	ExportMine struct{}

	ExportUnsent struct{}
	FileChosen   struct{} // a file of unsent notes
	MakeRoom     struct{} // removes articles
	AskKeep      struct{} // that the browser does not clear the store
	Erase        struct{} // everything on this device, at the second press
	KeepAll      struct{} // takes the first press of Erase back
)

// What the world answers.
type (
	// Mounted: the page stands in the browser, and storage was read or is blocked.
	Mounted struct {
		Loaded  Loaded
		Blocked bool
		Hash    string // the address's fragment without "#"
		// Directive is what the address has after ":~:", which browsers leave out of
		// the fragment; Query is its query, Origin where the page came from.
		Directive, Query, Origin string
		CanShare                 bool // the browser passes links on to other apps
		// Place is where the reader was, if the page has just been opened anew at its
		// beginning.
		Place replica.Place
	}
	// Loaded is what the device holds; nil fields say nothing new.
	Loaded struct {
		Article  *article.Article
		Articles []article.Summary
		Saved    map[string]bool
		Notes    []replica.Note // of this article
		Whole    bool           // they are all that were published when it was last read
		Mine     []replica.Note
		Drafts   []replica.DraftNote
		Reader   *replica.Reader
		Policy   *moderation.Policy
		Prefs    *replica.Prefs
		Pending  int // changes not yet acknowledged
		Held     map[string]bool
	}
	// SyncChanged is news about the connection.
	SyncChanged struct{ Sync Sync }
	// DraftSaved: the draft is on disk as it was at that time, or Err says why not.
	DraftSaved struct {
		ID  string
		At  time.Time
		Err error
	}
	// Queued: the note is in the outbox, or Err says why not.
	Queued struct {
		ID  string
		Err error
	}
	// RevisionHere answers FetchRevision: Revision is nil if it could not be had.
	RevisionHere struct {
		ID       string
		Revision *article.Revision
	}
	// DraftElsewhere: another window has the draft.
	DraftElsewhere struct{ ID string }
	// DraftTaken: this window has the draft, which is stored like that; Draft is
	// nil if nothing is stored.
	DraftTaken struct {
		ID    string
		Draft *replica.DraftNote
	}
	// Returned: the reader has gone back to this page, and the browser had kept it.
	Returned struct{}
	// FinderHere: the model that finds claims has come.
	FinderHere struct{ Finder *claims.Model }
	// RoomKnown is news about the room on this device.
	RoomKnown struct{ Room Room }
	// RoomMade answers EvictOld.
	RoomMade struct{ Articles int }
	// OutOfRoom: what came from the server found no room.
	OutOfRoom struct{}
	// Exported answers SaveUnsent.
	Exported struct {
		Count int
		Err   error
	}
	// Taken answers ReadFile.
	Taken struct {
		Got replica.Imported
		Err error
	}
	// Wiped: another window has erased the device.
	Wiped struct{}
	// Erased: the device could not be erased. One that was erased opens anew.
	Erased      struct{ Err error }
	UpdateReady struct{}
	HashChanged struct{ Hash string }
)

func (Selected) action()       {}
func (Annotate) action()       {}
func (OpenPicker) action()     {}
func (ClosePicker) action()    {}
func (PickAt) action()         {}
func (PickMove) action()       {}
func (PickChosen) action()     {}
func (NoteOnAll) action()      {}
func (TypedText) action()      {}
func (TypedURL) action()       {}
func (TypedPassage) action()   {}
func (SetStance) action()      {}
func (AddSource) action()      {}
func (RemoveSource) action()   {}
func (Post) action()           {}
func (Cancel) action()         {}
func (AskModerator) action()   {}
func (TypedReason) action()    {}
func (TakeOut) action()        {}
func (ShowWords) action()      {}
func (OpenNote) action()       {}
func (Reply) action()          {}
func (Edit) action()           {}
func (Delete) action()         {}
func (KeepNote) action()       {}
func (NextNote) action()       {}
func (ResumeDraft) action()    {}
func (DropDraft) action()      {}
func (SetSheet) action()       {}
func (Back) action()           {}
func (TakeOver) action()       {}
func (DraftElsewhere) action() {}
func (DraftTaken) action()     {}
func (Returned) action()       {}
func (ShowChanges) action()    {}
func (CloseNews) action()      {}
func (Attach) action()         {}
func (ChoosePlace) action()    {}
func (TakeWords) action()      {}
func (RevisionHere) action()   {}
func (Rename) action()         {}
func (Restart) action()        {}
func (Later) action()          {}
func (SyncNow) action()        {}
func (ExportMine) action()     {}
func (Mounted) action()        {}
func (Loaded) action()         {}
func (SyncChanged) action()    {}
func (DraftSaved) action()     {}
func (Queued) action()         {}
func (UpdateReady) action()    {}
func (HashChanged) action()    {}
func (TakeClaim) action()      {}
func (ShowFresh) action()      {}
func (FinderHere) action()     {}
func (KeepMine) action()       {}
func (TakeTheirs) action()     {}
func (PostAnew) action()       {}
func (StandAlone) action()     {}
func (ExportUnsent) action()   {}
func (FileChosen) action()     {}
func (MakeRoom) action()       {}
func (AskKeep) action()        {}
func (Erase) action()          {}
func (KeepAll) action()        {}
func (RoomKnown) action()      {}
func (RoomMade) action()       {}
func (OutOfRoom) action()      {}
func (Exported) action()       {}
func (Taken) action()          {}
func (Wiped) action()          {}
func (Erased) action()         {}
