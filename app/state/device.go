package state

import (
	"errors"
	"strings"

	"marginalia/app/message"
	"marginalia/app/replica"
)

// Room is the room that the browser gives the device's store, in bytes.
type Room struct {
	Used, Quota int64 // Quota is 0 when the browser does not say
	// Kept says that the browser does not clear the store to make room.
	Kept bool
	// Full says that the store took no more when it was tried: some browsers give a
	// quota that the disk cannot keep.
	Full bool
}

// littleRoom is when a reader is warned before writing: a note is a hundredth of
// it, but a browser needs some of the room for itself.
const littleRoom = 4 << 20

// Scarce reports whether so little room is left that what is written next might
// not be kept.
func (r Room) Scarce() bool { return r.Full || r.Quota > 0 && r.Quota-r.Used < littleRoom }

// keep handles what is kept on the device, how much of it, and what leaves it.
func keep(s State, a Action, _ Input) (State, []Effect, bool) {
	switch a := a.(type) {
	case RoomKnown:
		room := a.Room
		s.Room = &room
		return s, nil, true
	case AskKeep:
		return s, []Effect{AskPersist{}}, true
	case MakeRoom:
		return s, []Effect{EvictOld{}}, true
	case RoomMade:
		s.Say = s.said().NoneRemoved
		if a.Articles > 0 {
			s.Say = s.said().Removed.N(a.Articles)
		}
		return s, []Effect{CheckRoom{}}, true
	case OutOfRoom:
		s.Full = true
		return s, nil, true
	case ExportUnsent:
		return s, []Effect{SaveUnsent{}}, true
	case Exported:
		s.Say = exported(s.said(), a)
		return s, nil, true
	case FileChosen:
		return s, []Effect{ReadFile{}}, true
	case Taken:
		s.Say = taken(s.words(), a)
		s.TakenIn = s.Say
		if a.Err != nil {
			return s, nil, true
		}
		return s, []Effect{RunSync{}}, true
	case Erase:
		if !s.Erasing {
			s.Erasing = true
			s.Say = s.said().EraseAgain
			return s, nil, true
		}
		return s, []Effect{EraseDevice{}}, true
	case KeepAll:
		s.Erasing = false
		return s, nil, true
	case Wiped:
		// What stands in the form is the device's too: it is not to be stored again.
		s.Composer, s.Drafts = nil, nil
		return s, []Effect{Go{Path: "/"}}, true
	case Erased:
		s.Erasing = false
		s.Say = s.said().NothingErased.With("why", reason(s.said(), a.Err))
		return s, nil, true
	}
	return s, nil, false
}

// exported says what became of a file of unsent notes.
func exported(said *message.Said, e Exported) string {
	switch {
	case e.Err != nil:
		return said.NoFile.With("why", reason(said, e.Err))
	case e.Count == 0:
		return said.NothingUnsent
	}
	return said.InFile.N(e.Count)
}

// taken says what became of a file that was chosen.
func taken(words *message.Catalogue, t Taken) string {
	said := &words.Said
	var bad *replica.FileError
	switch {
	case errors.As(t.Err, &bad):
		return badFile(said, bad) + " " + said.NothingChanged
	case t.Err != nil:
		return said.NotTaken.With("why", reason(said, t.Err))
	}
	var parts []string
	add := func(text message.Count, n int) {
		if n > 0 {
			parts = append(parts, text.N(n))
		}
	}
	add(said.GoesOut, t.Got.Posted)
	add(said.AreDrafts, t.Got.Drafts)
	add(said.WereHere, t.Got.Here)
	add(said.LeftOut, t.Got.Left)
	if len(parts) == 0 {
		return said.NoNotesIn
	}
	return said.TakenIn.With("what", strings.Join(parts, words.List))
}

// badFile says what is wrong with a file.
func badFile(said *message.Said, e *replica.FileError) string {
	switch e.Fault {
	case replica.FileLarge:
		return said.FileLarge
	case replica.FileNewer:
		return said.FileNewer
	case replica.FileDamaged:
		return said.FileDamaged.N(e.Note)
	}
	return said.FileForeign
}

// AtRisk reports whether words of the reader's exist in this page only, so that
// leaving it would lose them.
func (s State) AtRisk() bool {
	if c := s.Composer; c != nil && written(c.Draft) && (c.Fault != "" || s.Blocked) {
		return true
	}
	return s.Blocked && (s.Sync.Pending > 0 || len(s.Drafts) > 0)
}
