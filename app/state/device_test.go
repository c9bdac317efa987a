package state_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"marginalia/app/moderation"
	"marginalia/app/replica"
	"marginalia/app/state"
)

// TestFullDisk: a draft that is not stored says so, and nothing else changes.
func TestFullDisk(t *testing.T) {
	s := written(t)
	id, text := s.Composer.Draft.ID, s.Composer.Draft.Text
	for _, err := range []error{replica.ErrFull, errors.New("aborted")} {
		full, _ := after(s, state.DraftSaved{ID: id, Err: err})
		if full.Composer.Fault == "" || full.Composer.Saved || full.Composer.Draft.Text != text || !full.AtRisk() {
			t.Errorf("after %v: composer %+v, at risk %v", err, full.Composer, full.AtRisk())
		}
		if full.Full != errors.Is(err, replica.ErrFull) {
			t.Errorf("after %v: Full = %v", err, full.Full)
		}
		kept, _ := after(full, state.DraftSaved{ID: id, At: full.Composer.Draft.Saved})
		if kept.Composer.Fault != "" || !kept.Composer.Saved || kept.AtRisk() || kept.Full {
			t.Errorf("once it is stored: composer %+v, at risk %v, full %v", kept.Composer, kept.AtRisk(), kept.Full)
		}
	}
	refused, _ := after(s, state.Post{}, state.Queued{ID: id, Err: replica.ErrFull})
	if refused.Composer == nil || refused.Composer.Posted || refused.Composer.Fault == "" || !refused.AtRisk() {
		t.Errorf("a note that found no room in the outbox: %+v", refused.Composer)
	}
}

func TestScarce(t *testing.T) {
	for name, c := range map[string]struct {
		room state.Room
		want bool
	}{
		"plenty":         {state.Room{Used: 1 << 20, Quota: 1 << 30}, false},
		"nearly full":    {state.Room{Used: 1<<30 - 1<<20, Quota: 1 << 30}, true},
		"over the limit": {state.Room{Used: 2 << 30, Quota: 1 << 30}, true},
		"not said":       {state.Room{}, false},
		"tried":          {state.Room{Quota: 1 << 30, Full: true}, true},
	} {
		if got := c.room.Scarce(); got != c.want {
			t.Errorf("%s: Scarce = %v, want %v", name, got, c.want)
		}
	}
	// It is asked for when a page opens, and when a form does: before the text is at risk.
	s := mine()
	_, effects := state.Update(s, state.Mounted{Loaded: state.Loaded{Policy: moderation.Default()}}, state.Input{Now: now})
	if _, ok := effect[state.CheckRoom](effects); !ok {
		t.Error("the room is not asked for when the page opens")
	}
	if _, effects := after(reading(t), selectSailings(), state.Annotate{}); !has[state.CheckRoom](effects) {
		t.Error("the room is not asked for when the form opens")
	}
}

func has[E state.Effect](effects []state.Effect) bool {
	_, ok := effect[E](effects)
	return ok
}

// TestNoRoomForNews: what others wrote finds no room, and later does.
func TestNoRoomForNews(t *testing.T) {
	s, _ := after(reading(t), state.OutOfRoom{})
	if !s.Full {
		t.Error("it does not say so")
	}
	if s, _ = after(s, state.SyncChanged{Sync: state.Sync{State: state.Synced}}); s.Full {
		t.Error("it still says so after a sync that went well")
	}
}

// TestBlocked: a browser that keeps nothing promises nothing.
func TestBlocked(t *testing.T) {
	s := written(t)
	if s.AtRisk() {
		t.Error("words that are stored are at risk")
	}
	s.Blocked = true
	if !s.AtRisk() {
		t.Error("words that are not stored are at no risk")
	}
	id := s.Composer.Draft.ID
	posted, _ := after(s, state.Post{}, state.Queued{ID: id}, state.SyncChanged{Sync: state.Sync{State: state.Offline, Pending: 1}})
	if !posted.AtRisk() {
		t.Error("a note that waits is at no risk")
	}
	for _, connection := range []state.SyncState{state.Offline, state.Synced} {
		s.Sync.State = connection
		if got, _ := after(s, state.Post{}, state.Queued{ID: id}); strings.Contains(got.Say, "Saved") || !strings.Contains(got.Say, "keeps nothing") {
			t.Errorf("%s: it says %q", connection, got.Say)
		}
	}
	sent, _ := after(s, state.Post{}, state.Queued{ID: id}, state.SyncChanged{Sync: state.Sync{State: state.Synced}})
	if sent.AtRisk() {
		t.Error("a note that was sent is at risk")
	}
}

func TestFiles(t *testing.T) {
	s := reading(t)
	for name, c := range map[string]struct {
		action state.Action
		want   string
	}{
		"nothing to export": {state.Exported{}, "nothing unsent"},
		"exported":          {state.Exported{Count: 2}, "2 unsent notes are in the file"},
		"not exported":      {state.Exported{Err: replica.ErrFull}, "no room"},
		"taken in":          {state.Taken{Got: replica.Imported{Posted: 1, Drafts: 2, Here: 3, Left: 1}}, "1 note goes out by itself, 2 are drafts, 3 were here already, 1 was left out"},
		"empty":             {state.Taken{}, "holds no notes"},
		"bad":               {state.Taken{Err: &replica.FileError{Fault: replica.FileForeign}}, "This is no file of unsent notes. Nothing was changed."},
		"no room":           {state.Taken{Err: replica.ErrFull}, "no room"},
		"made room":         {state.RoomMade{Articles: 1}, "1 article was removed"},
		"made no room":      {state.RoomMade{}, "No article could be removed"},
	} {
		if got, _ := after(s, c.action); !strings.Contains(got.Say, c.want) {
			t.Errorf("%s: says %q, want %q in it", name, got.Say, c.want)
		}
	}
	if _, effects := after(s, state.Taken{Got: replica.Imported{Posted: 1}}); !has[state.RunSync](effects) {
		t.Error("a file that was taken in does not go out")
	}
	for a, want := range map[state.Action]state.Effect{
		state.ExportUnsent{}: state.SaveUnsent{}, state.FileChosen{}: state.ReadFile{}, state.MakeRoom{}: state.EvictOld{}, state.AskKeep{}: state.AskPersist{},
	} {
		if _, effects := after(s, a); len(effects) != 1 || effects[0] != want {
			t.Errorf("%T gives %v, want %T", a, effects, want)
		}
	}
}

func TestEraseNeedsTwoPresses(t *testing.T) {
	once, effects := after(reading(t), state.Erase{})
	if !once.Erasing || len(effects) != 0 {
		t.Fatalf("first press: erasing %v, effects %v", once.Erasing, effects)
	}
	for _, a := range []state.Action{state.KeepAll{}, state.OpenNote{ID: "a"}} {
		if kept, _ := after(once, a); kept.Erasing {
			t.Errorf("%T does not take it back", a)
		}
	}
	if told, _ := after(once, state.SyncChanged{}, state.RoomKnown{}); !told.Erasing {
		t.Error("news takes it back")
	}
	if _, effects = after(once, state.Erase{}); !has[state.EraseDevice](effects) {
		t.Errorf("second press: %v", effects)
	}
	if failed, _ := after(once, state.Erased{Err: errors.New("aborted")}); !strings.Contains(failed.Say, "Nothing was erased") {
		t.Errorf("it says %q", failed.Say)
	}
}

// TestClockAhead: a note that its author's clock dates tomorrow stands where the
// server took it.
func TestClockAhead(t *testing.T) {
	ahead, later := note("a", 4, 11, false), note("b", 4, 11, false)
	ahead.Annotation.Created = now.Add(24 * time.Hour).Format(time.RFC3339)
	ahead.Annotation.Modified = now.Add(-time.Minute).Format(time.RFC3339)
	s, _ := after(reading(t), state.Loaded{Notes: []replica.Note{later, ahead}})
	if s.Notes[0].ID != "a" {
		t.Errorf("the order is %s, %s, want by what can be believed", s.Notes[0].ID, s.Notes[1].ID)
	}
}
