package state

import (
	"errors"
	"fmt"
	"strings"

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
		s.Say = "No article could be removed: your unsent notes are about all that are here."
		if a.Articles > 0 {
			s.Say = counted(a.Articles, "article was", "articles were") + " removed. Each comes back when you open it online."
		}
		return s, []Effect{CheckRoom{}}, true
	case OutOfRoom:
		s.Full = true
		return s, nil, true
	case ExportUnsent:
		return s, []Effect{SaveUnsent{}}, true
	case Exported:
		s.Say = exported(a)
		return s, nil, true
	case FileChosen:
		return s, []Effect{ReadFile{}}, true
	case Taken:
		s.Say, s.TakenIn = taken(a), taken(a)
		if a.Err != nil {
			return s, nil, true
		}
		return s, []Effect{RunSync{}}, true
	case Erase:
		if !s.Erasing {
			s.Erasing = true
			s.Say = "Erase everything on this device? Press again to erase, or keep it."
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
		s.Say = "Nothing was erased: " + reason(a.Err)
		return s, nil, true
	}
	return s, nil, false
}

// exported says what became of a file of unsent notes.
func exported(e Exported) string {
	switch {
	case e.Err != nil:
		return "The file could not be made: " + reason(e.Err)
	case e.Count == 0:
		return "There is nothing unsent on this device."
	}
	return counted(e.Count, "unsent note is", "unsent notes are") + " in the file."
}

// taken says what became of a file that was chosen.
func taken(t Taken) string {
	var bad *replica.FileError
	switch {
	case errors.As(t.Err, &bad):
		return bad.Why + " Nothing was changed."
	case t.Err != nil:
		return "The file was not taken in: " + reason(t.Err)
	}
	var parts []string
	add := func(n int, one, more string) {
		if n > 0 {
			parts = append(parts, counted(n, one, more))
		}
	}
	add(t.Got.Posted, "note goes out by itself", "notes go out by themselves")
	add(t.Got.Drafts, "is a draft", "are drafts")
	add(t.Got.Here, "was here already", "were here already")
	add(t.Got.Left, "was left out, since its note is deleted, or is being edited here",
		"were left out, since their notes are deleted, or are being edited here")
	if len(parts) == 0 {
		return "The file holds no notes."
	}
	return "Taken in: " + strings.Join(parts, ", ") + "."
}

func counted(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}

// AtRisk reports whether words of the reader's exist in this page only, so that
// leaving it would lose them.
func (s State) AtRisk() bool {
	if c := s.Composer; c != nil && written(c.Draft) && (c.Fault != "" || s.Blocked) {
		return true
	}
	return s.Blocked && (s.Sync.Pending > 0 || len(s.Drafts) > 0)
}
