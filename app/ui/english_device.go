package ui

var enClash = clashWords{
	Name: "Two versions of one note",
	Was:  "Was", Mine: "Mine, on this device", Theirs: "Theirs, on the server",
	MineDeleted: "You deleted the note.", TheirsDeleted: "The note was deleted.",
	TheirsLater: "The other version comes with the next connection.",
	KeepMine:    "Keep mine", TakeTheirs: "Take theirs", Join: "Edit both into one",
	DeleteIt: "Delete it", KeepIt: "Keep the note", Anew: "Post mine as another note", LetGo: "Let it go",
	Kept:      "Nothing is chosen for you. The version that is not taken stays on this device, under its note.",
	Joining:   "Write what should stand. Both versions stay on this device, under the note.",
	Aside:     func(n int) string { return many(n, "version was", "versions were") + " not taken" },
	AsideMine: "Mine, until", AsideTheirs: "Theirs, until", NoSource: "No source.",
	ParentGone:     "The note you answer is gone",
	ParentGoneText: "The server takes no reply to a note that was deleted. What you wrote can stand as a note of its own.",
	Alone:          "Make it a note of its own",
	ArticleGone:    "The newspaper no longer has this article here. Your note stays on this device: save a copy of it.", PostedElsewhere: "This note was posted from another device before.",
	PostedBefore: "You posted this note in a session that has ended, so this change does not go out: for others the note stays as it was. Your words stay on this device.",
	AnswersGone:  "It answers a note that is gone.",
	ByModerator:  "by a moderator", ByDevice: "on another device",
	TookTheirs: "Theirs taken", PostedAnew: "Posted as another note",
	Earlier: func(n int) string { return many(n, "earlier step", "earlier steps") },
}

var enDevice = deviceWords{
	Name: "This device",
	Room: func(used, quota string) string {
		return used + " are used here, of " + quota + " that this browser allows."
	},
	RoomUnknown: "This browser does not say how much room there is.",
	Kept:        "The browser keeps it until you clear it yourself.",
	NotKept:     "The browser may clear it when the disk is full.",
	AskKeep:     "Ask the browser to keep it",
	Old:         "Saved articles that were not opened for 90 days make room by themselves. What you wrote never does, nor an article that unsent notes are about.",
	MakeRoom:    "Remove saved articles",
	Scarce:      func(left string) string { return "This device has little room left: " + left },
	ScarceText:  "What you write might not be kept. Remove saved articles first, or free some space. Your own notes stay.",
	Risk:        "Not kept on this device",
	RiskText:    "What you wrote is still in this form, and saving is tried again. Do not close the page before.",
	SaveCopy:    "Save a copy",
	SaveUnsent:  "Save a copy of unsent notes",
	Unsent: func(n int) string {
		return many(n, "note or draft is", "notes and drafts are") + " on this device only."
	},
	UnsentText: "The file can be taken in on another device, or here later. A note that has arrived meanwhile is not posted twice.",
	TakeIn:     "Take in a file of unsent notes",
	TakeInHint: "Nothing that is here is replaced.",
	Leave:      "Leave this device",
	LeaveText:  "On a computer that others use: erase all notes, drafts and saved articles here, and give up this name. Published notes stay, but you can no longer change them.",
	Erase:      "Erase everything here", EraseAsk: "Erase everything?", KeepAll: "Keep everything",
	EraseLoses: func(n int) string {
		return many(n, "unsent note is", "unsent notes are") + " lost unless you save a copy first."
	},
	BlockedReady: "You are offline, and this browser keeps nothing. Leave this page open until it is sent, or save a copy.",
	NotSaved:     "Not saved",
}
