package ui

import (
	"strconv"

	"marginalia/app/annotation"
	"marginalia/app/replica"
)

// en is the English catalogue. It is read only.
var en = catalogue{
	Lang: "en", Dir: "ltr", Brand: "Marginalia",
	Skip: "Skip to the text", Main: "Main", Articles: "Articles", MyNotes: "My notes", FAQNav: "FAQ", FAQ: "Comments FAQ",

	Sync: "Sync", TryNow: "Try now", Policy: "Policy",
	OnDevice: "Notes are checked on this device. No text leaves it before you post.",
	Checking: "Looking for news", AllSent: "All notes sent", OfflineNow: "Offline",
	Waiting:  func(n int) string { return "Offline, " + many(n, "note waits", "notes wait") },
	SendingN: func(n int) string { return "Sending " + many(n, "note", "notes") },
	Unsent:   func(n int) string { return many(n, "note", "notes") + " not sent" },
	InMore:   func(n int) string { return "trying again in " + strconv.Itoa(n) + " s" },

	Gone:       "This article is not on this device",
	GoneText:   "Articles you have opened are kept here and open without a network. This one opens when you are online.",
	NoPage:     "There is no such page",
	NoPageText: "The address may have been cut, or the article was withdrawn.",
	ToArticles: "All articles", Loading: "Opening the article",

	Update: "A new version is ready", UpdateText: "It starts when you say so. Drafts and waiting notes stay as they are.",
	Restart: "Restart now", Later: "Later",
	Blocked:     "This browser keeps nothing",
	BlockedText: "Storage is switched off here, as in some private windows. You can read and post. What is not sent when this page closes is lost.",
	Full:        "This device has no room left",
	FullText:    "You can go on reading. What you write is not kept until there is room: it stays in the form, and saving is tried again every few seconds.",
	NoRules:     "The rules are not on this device yet",
	NoRulesText: "You can write. Until they arrive every note goes to a moderator first.",

	Words: func(n, minutes int) string {
		return many(n, "word", "words") + ", " + many(minutes, "minute", "minutes")
	},
	SavedHere: "Saved on this device", Choose: "Choose a claim", PickHint: "Choose the sentence your note is about.",
	Sentence: "Sentences", Annotate: "Annotate", Cancel: "Cancel", Selection: "Selection", CopyLink: "Copy link",
	NotesN: func(n int) string { return "Notes, " + number(n) },

	Worth: "Claims worth checking", WorthHint: "A small program on this device picked these sentences. It may be wrong. Choose one to write a note on it.",

	Notes: "Notes", Close: "Close", Claims: "Claims with notes",
	OnClaims:    func(notes, claims int) string { return number(notes) + " on " + many(claims, "claim", "claims") },
	NoNotes:     "No one has annotated this article yet.",
	NoNotesHint: "Mark a sentence with a number, a name or a date in it, and say where it can be checked.",
	Showing: func(from, to, of int) string {
		return "Showing notes " + number(from) + " to " + number(to) + " of " + number(of)
	},
	ShowEarlier: func(n int) string { return "Show earlier notes (" + number(n) + ")" },
	ShowMore:    func(n int) string { return "Show more notes (" + number(n) + ")" },
	OfNotes:     func(n, all int) string { return number(n) + " of " + number(all) },
	Earlier:     "Earlier notes", Further: "More notes", Parts: "Parts of the notes",
	Fresh:      func(n int) string { return many(n, "new note", "new notes") },
	ShowFresh:  func(n int) string { return many(n, "new note: show it", "new notes: show them") },
	FreshHeard: "There are new notes on this article.",
	Lost:       "Notes that lost their place",
	LostHint:   "The words these notes were about are no longer in the article. They are never moved to a sentence that only looks alike.",
	Comments:   "Comments", CommentsHint: "Notes on the article as a whole. To answer one sentence, annotate it.",
	NoteOn: "Add a note on the whole article", PolicyLink: "Comments FAQ",

	Stances: map[annotation.Stance]string{
		annotation.Dispute: "Dispute", annotation.Support: "Support", annotation.Context: "Context", annotation.Question: "Question",
	},
	Choices: map[annotation.Stance]string{
		annotation.Dispute: "Dispute", annotation.Support: "Support", annotation.Context: "Add context", annotation.Question: "Ask",
	},
	Asks: map[annotation.Stance]string{
		annotation.Dispute: "What is wrong, and who says so?", annotation.Support: "What confirms it?",
		annotation.Context: "What should readers know beside it?", annotation.Question: "What do you want to know?",
	},
	Tallies: map[annotation.Stance]func(int) string{
		annotation.Dispute:  func(n int) string { return number(n) + " dispute" },
		annotation.Support:  func(n int) string { return number(n) + " support" },
		annotation.Context:  func(n int) string { return number(n) + " context" },
		annotation.Question: func(n int) string { return many(n, "question", "questions") },
	},
	States: map[replica.NoteState]string{
		replica.Draft: "Draft", replica.Queued: "Waits for a connection", replica.Sending: "Sending",
		replica.Published: "Published", replica.Held: "A moderator reads it", replica.Rejected: "Not posted",
		replica.Conflict: "Two versions", replica.Deleted: "Deleted", replica.Invalid: "Not posted",
	},
	Mine: "(you)", You: "You", Anonymous: "A reader", Sources: "Sources",
	MovedHere: "Moved here with its words.", WasChanged: "The words changed after this note", Was: "Was", Now: "Now",

	Reply: "Reply", Edit: "Edit", Delete: "Delete", DeleteAsk: "Delete this note?", Keep: "Keep",
	Found: "What the rules found", Moderator: "A moderator writes:",
	StillPublic: "Until this is decided readers see the earlier text.",
	Reasons: map[string]string{
		"rate":    "Many notes came in a short time. A moderator reads this one first.",
		"appeal":  "You asked a moderator to decide.",
		"new":     "First notes are read by a moderator.",
		"history": "A moderator rejected an earlier version. One reads this one first.",
		"parent":  "It answers a note that is not public.",
		"policy":  "The rules were not at hand. A moderator reads this one first.",
	},

	form:   enForm,
	pages:  enPages,
	revs:   enRevisions,
	clash:  enClash,
	device: enDevice,
}

// number writes n with a comma at thousands.
func number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func many(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return number(n) + " " + more
}
