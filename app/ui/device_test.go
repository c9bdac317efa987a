package ui

import (
	"strings"
	"testing"
	"time"

	"marginalia/app/anchor"
	"marginalia/app/annotation"
	"marginalia/app/message"
	"marginalia/app/replica"
	"marginalia/app/state"
	"marginalia/app/textpos"
)

// deviceStates are pages on which something waits for the reader to settle it.
func deviceStates(t *testing.T, w words, reading state.State, span *textpos.Span) map[string]state.State {
	t.Helper()
	clash := reading.Notes[4].Note // its own id is "clash"
	was, theirs := clash.Annotation, remark(w, clash.ID, annotation.Support, replica.Published, nil).Annotation
	theirs.Modified = "2026-08-15T12:18:00Z"
	clash.Was, clash.Theirs = &was, &replica.Current{ETag: "e2", State: replica.Published, Annotation: &theirs}
	clash.Aside = []replica.Version{{At: noon, Annotation: was}, {At: noon, Theirs: true, Annotation: theirs}}
	clash.Events = []replica.Event{
		{State: replica.Draft, At: noon},
		{State: replica.Held, At: noon.Add(time.Minute), Rules: []string{"abuse.insult"}, Policy: "sha256-4be1", Reasons: []string{"rate", w.name}},
		{State: replica.Published, At: noon.Add(2 * time.Minute), By: replica.ByModerator, Reason: w.text},
		{State: replica.Published, At: noon.Add(3 * time.Minute), By: replica.ByDevice},
		{State: replica.Rejected, At: noon.Add(4 * time.Minute), Problem: w.text},
		{State: replica.Queued, At: noon.Add(5 * time.Minute), What: "edit"},
		{State: replica.Sending, At: noon.Add(6 * time.Minute), What: "edit"},
		{State: replica.Published, At: noon.Add(6 * time.Minute), What: "theirs"},
		{State: replica.Deleted, At: noon.Add(6 * time.Minute), What: "again"},
		{State: replica.Conflict, At: noon.Add(7 * time.Minute), What: "edit"},
	}
	deleted := clash
	deleted.ID, deleted.Theirs, deleted.Aside = "deleted-there", &replica.Current{State: replica.Deleted}, nil
	removed := clash
	removed.ID, removed.Was, removed.Aside = "deleted-here", nil, nil
	removed.Events = []replica.Event{{State: replica.Queued, At: noon, What: "delete"}, {State: replica.Conflict, At: noon, What: "delete"}}
	reply := remark(w, "unanswerable", "", replica.Rejected, nil)
	reply.Mine, reply.Annotation.Motivation, reply.Annotation.Target.Source = true, "replying", "gone"
	reply.Problem = &replica.Problem{Title: w.title, Field: "/annotation/target/source"}
	withdrawn := remark(w, "withdrawn", annotation.Dispute, replica.Rejected, &anchor.Anchor{Status: anchor.Exact})
	withdrawn.Mine, withdrawn.Problem = true, &replica.Problem{Title: w.title, Field: "/article"}

	me := up(reading)
	me.Route, me.Article, me.Notes = state.Route{Page: state.Me}, nil, nil
	me.Sync.State = state.Offline
	waits := remark(w, "waits", annotation.Dispute, replica.Queued, nil)
	waits.Mine = true
	for _, n := range []replica.Note{clash, deleted, removed, reply, withdrawn, waits} {
		me.Mine = append(me.Mine, state.Note{Note: n})
	}
	me.Room = &state.Room{Used: 47_000_000, Quota: 50_000_000}
	me.Erasing, me.TakenIn = true, "Taken in: 1 is a draft."
	blocked := me
	blocked.Blocked, blocked.Room, blocked.Erasing = true, nil, false

	join := withForm(reading, draft(w, replica.EditNote, span))
	join.Composer.Draft.ID = clash.ID
	join.Notes = []state.Note{{Note: clash}}
	fault := withForm(reading, draft(w, replica.NewNote, span))
	fault.Composer.Fault, fault.Composer.Saved, fault.Full = "this device has no room left.", false, true
	scarce := withForm(reading, draft(w, replica.NewNote, span))
	scarce.Room = &state.Room{Used: 99_000_000, Quota: 100_000_000, Kept: true}
	unanswerable := withForm(reading, draft(w, replica.ReplyTo, nil))
	unanswerable.Composer.Draft.ReplyTo = "gone"
	alone := withForm(reading, draft(w, replica.NewNote, span))
	alone.Blocked, alone.Sync.State = true, state.Offline
	alone.Composer.Verdict.Decision, alone.Composer.Verdict.Findings = "publish", nil
	return map[string]state.State{
		"me-clash": me, "me-blocked": blocked, "form-join": join, "form-fault": fault, "form-scarce": scarce,
		"form-unanswerable": unanswerable, "form-blocked": alone,
	}
}

// TestSaysWhatIsAtRisk: what the reader must know, in the words that say it.
func TestSaysWhatIsAtRisk(t *testing.T) {
	states := everyState(t, plain())
	for page, want := range map[string][]string{
		"form-fault":        {"Not kept on this device", "What you wrote is still in this form", "Save a copy", "Not saved"},
		"form-scarce":       {"This device has little room left: 1.0 MB", "Remove saved articles"},
		"form-blocked":      {"this browser keeps nothing", "Save a copy"},
		"form-unanswerable": {"The note you answer is gone", "Make it a note of its own"},
		"form-join":         {"Mine, on this device", "Theirs, on the server", "Write what should stand"},
		"me-blocked":        {"This browser keeps nothing", "What is not sent when this page closes is lost."},
		"me-clash": {
			"Keep mine", "Take theirs", "Edit both into one", "Post mine as another note", "Let it go", "Delete it", "Keep the note",
			"2 versions were not taken", "2 earlier steps", "47.0 MB are used here, of 50.0 MB", "abuse.insult", "by a moderator", "on another device",
			"The newspaper no longer has this article", "Save a copy of unsent notes", "Keep everything", "Taken in: 1 is a draft.",
			"unsent notes are lost unless you save a copy first.",
		},
	} {
		root, _ := client(t, states[page])
		said := text(drawn(t, root))
		for _, words := range want {
			if !strings.Contains(said, words) {
				t.Errorf("%s does not say %q", page, words)
			}
		}
	}
}

func TestSize(t *testing.T) {
	for bytes, want := range map[int64]string{
		-5: "0 MB", 0: "0.0 MB", 1_250_000: "1.2 MB", 99_900_000: "99.9 MB", 512_000_000: "512 MB", 64_000_000_000: "64 GB",
	} {
		if got := size(message.English(), bytes); got != want {
			t.Errorf("size(%d) = %q, want %q", bytes, got, want)
		}
	}
}
