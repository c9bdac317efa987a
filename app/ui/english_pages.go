package ui

import (
	"strings"

	"marginalia/app/replica"
)

var enForm = formWords{
	New: "New note", EditNote: "Edit note", Reply: "Reply",
	YourNote: "Your note on", YourNoteAll: "Your note on the whole article", YourEdit: "Your change to",
	ReplyTo: func(name string) string { return "Your reply to " + name },
	Stance:  "Stance", Note: "Note", URL: "Source URL", Passage: "Passage from the source",
	Left:       func(n int) string { return many(n, "character", "characters") + " left" },
	TooMany:    func(n int) string { return many(n, "character", "characters") + " too many" },
	DraftSaved: "Draft saved on this device", Saving: "Saving the draft",
	NotKept: "This browser keeps nothing: post before you leave", EditHint: "Your change replaces the note after the same check.",
	ReplyAsk:  "What do you answer?",
	RuleCheck: "Rule check", NeedsSource: "Every note needs a source.",
	TakeOut: "Take it out", ShowWords: "Show the words",
	Passed: map[string]string{
		"abuse": "Not abusive", "topic": "On topic", "source": "Sourced", "privacy": "No personal data", "spam": "Not spam",
	},
	Shared:    func(words []string) string { return "like the article: " + strings.Join(words, ", ") },
	SourcesOf: "Sources", Another: "Add another source",
	URLHint:  "Best: whoever counted, said or decided it. Then: someone who was there. Then: a report.",
	PassHint: "Paste the words that carry your point. They stay readable if the page disappears.",
	Remove:   func(n int) string { return "Remove source " + number(n) },
	Ready:    "Ready to post.", ReadyOffline: "Ready. It goes out by itself when you are online.", Sending: "Saving on this device.",
	HoldPlain: "A moderator reads this first.",
	Hold: func(n int) string {
		return "A moderator reads this first. Mend " + many(n, "thing", "things") + " and it goes up at once."
	},
	Reject: func(all, needed int) string {
		if all == needed {
			return "Not yet: " + many(all, "thing", "things") + " to mend."
		}
		return "Not yet: " + many(all, "thing", "things") + " to mend, " + number(needed) + " of them needed."
	},
	Elsewhere:     "Open in another window",
	ElsewhereText: "What you write there is stored as you type. Take it over to go on here with the same words; the other window then only shows them.",
	TakeOver:      "Take over",
	Overrule:      "The rules stand against it. A moderator can overrule them.",
	Post:          "Post", Ask: "Ask a moderator", Why: "Why should it be posted?",
	WhyHint: "A moderator sees the note, the finding and this answer.",
}

var enPages = pageWords{
	More: "More articles", NoArticles: "No articles yet.", NoNotes: "No notes yet", Tally: "Notes by stance",
	Count: func(n, saved int) string {
		text := many(n, "article", "articles")
		if saved > 0 {
			text += ", " + number(saved) + " of them saved on this device"
		}
		return text
	},

	Kept:     "Your notes are kept in this browser",
	KeptText: "They are listed here once the app has started. This page holds nothing about you.",
	WriteAs:  "You write as",
	NoName:   "You get a name with your first connection.",
	Totals: func(all, waiting, held int) string {
		text := many(all, "note", "notes")
		if waiting > 0 {
			text += " · " + number(waiting) + " waiting here"
		}
		if held > 0 {
			text += " · " + number(held) + " with a moderator"
		}
		return text
	},
	NeedsYou: "Needs you", Here: "Only on this device", WithThem: "With the publisher",
	NothingHere: "Nothing here yet. Notes you write, and drafts, are listed on this page.",
	OfflineWaits: func(n int) string {
		if n == 1 {
			return "You are offline. 1 note goes out later by itself."
		}
		return "You are offline. " + number(n) + " notes go out later by themselves."
	},
	SentOnce:  "If the line breaks before the answer comes, it is sent again under the same number, so it cannot be posted twice.",
	OnArticle: "on the whole article", AsReply: "a reply", History: "What happened",
	Steps: map[replica.NoteState]string{
		replica.Draft: "Written", replica.Queued: "Saved here", replica.Sending: "Sent", replica.Published: "Published",
		replica.Held: "Held for a moderator", replica.Rejected: "Not posted", replica.Conflict: "Changed elsewhere too",
		replica.Deleted: "Deleted", replica.Invalid: "Not accepted",
	},
	Edited: "Change", Appealed: "Moderator asked", Deleting: "Deletion",
	Resume: "Resume", DropDraft: "Delete draft",
	TakeAlong: "Take your notes with you",
	TakeText:  "All your notes in one file. It is made on this device, so it also works offline.",
	JSONLD:    "JSON-LD (W3C)",
	ThisName:  "This name",
	NameText:  "It needs no e-mail and no password. It lives in this browser. If you clear the browser's data, published notes stay, but you can no longer change them. A new name is for new notes; those already posted keep theirs.",
	NameLabel: "Your name", Rename: "Change name",

	FAQDeck:    "This page is written from the rules themselves, so it always says what they do today.",
	OnThisPage: "On this page", Passes: "Passes", Held: "Held", NotPosted: "Not posted", NoLink: "no link", EmptyNote: "an empty note",
	PassesHint: "Passes, with advice",
	Severities: map[string]string{"hint": "hint", "hold": "hold", "reject": "reject"},
	Happens:    "What happens to a note", HappensAgain: "The same rules run again when a note is edited, and on the server after your device.",
	Outcomes: map[replica.NoteState]string{
		replica.Published: "No rule objects: it goes up at once.",
		replica.Held:      "A rule is in doubt, or could not run: a moderator reads it first.",
		replica.Rejected:  "It stays with you, text and all, with the reason and how to mend it.",
	},
	Disagree: "If you disagree", DisagreeText: "Press “Ask a moderator” in the form. A person then sees your note, the rule and your answer, and decides.",
	Who: "Who sees what I type?", WhoText: "Nobody, until you press Post. The check runs on your device, also offline. No outside service reads your text before or after.",
	NoFAQ: "The rules are not on this device yet. They come with the next connection.",
}
