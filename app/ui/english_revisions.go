package ui

var enRevisions = revisionWords{
	Name: "Revisions", N: func(n int) string { return "Revision " + number(n) },
	ShowChanges: "Show what changed", Fetching: "Looking for the revision before this one.",
	Against: func(before, sentences, notes int) string {
		text := "Against revision " + number(before) + ": "
		if sentences == 0 {
			return text + "no sentence changed."
		}
		text += many(sentences, "sentence", "sentences") + " changed"
		if notes > 0 {
			text += ", " + many(notes, "note", "notes") + " on them"
		}
		return text + "."
	},
	Past:     func(n, of int) string { return "This is revision " + number(n) + " of " + number(of) },
	PastText: "It is for reading only, with the notes whose words stand in it.",
	Newest:   "Read the newest revision", SeeNewest: "See it in the newest revision",

	News: func(sentences int) string {
		if sentences == 0 {
			return "The newspaper changed this article"
		}
		return "The newspaper changed " + many(sentences, "sentence", "sentences")
	},
	NewsText: func(revision, mine int) string {
		text := "You now read revision " + number(revision) + "."
		switch {
		case mine == 1:
			text += " One of your notes was on words that changed."
		case mine > 1:
			text += " " + number(mine) + " of your notes were on words that changed."
		}
		return text
	},

	Addressed: "Addressed by correction",
	Match: func(match string, figures bool) string {
		if figures {
			return "Match " + match + ", a figure changed."
		}
		return "Match " + match + ", no figure changed."
	},
	KeepHere: "Keep it here", ForChecking: "Shown for checking. Only the author or a moderator can settle it.",
	See:   func(n int) string { return "See revision " + number(n) },
	SeeIn: func(n int) string { return "See it in revision " + number(n) }, SeeThen: "See it as it was",
	OnChanged: func(n int) string { return number(n) + " on changed words" },
	PinChange: "words changed",

	LostIn:  func(n int) string { return "not in revision " + number(n) },
	Guesses: "Best guesses", NoGuess: "No sentence of this revision resembles its words.",
	AttachHere: "Attach it here", AttachTo: func(words string) string { return "Attach it here: " + words },
	ChoosePlace: "Choose a new place", PickPlace: "Choose the sentence that your note is about now.", Attach: "Attach",

	DraftChanged:     "The words changed while you were writing",
	DraftChangedText: "Your note goes out on the words as they were, unless you take the new ones.",
	DraftLost:        "These words are no longer in the article. Your note goes out on the text that you read, and stands under “Notes that lost their place”.",
	TakeWords:        "Use the words as they are now",

	Corrected: "The article corrected these words.", LostNow: "These words are no longer in the article.",
	Steps: map[string]string{
		"changed": "Words changed", "addressed": "Addressed by correction", "lost": "Lost its place", "found": "In its place again",
	},
}
