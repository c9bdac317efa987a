package ui

import (
	"strings"

	"marginalia/app/message"
)

// Sentences that are put together from several messages.

// lengthOf is how long an article is, in words and minutes.
func lengthOf(msg *message.Catalogue, words int) string {
	minutes := max(1, (words+wordsPerMinute/2)/wordsPerMinute)
	return msg.Words.With("words", msg.WordCount.N(words), "minutes", msg.Minutes.N(minutes))
}

// countOf is how many articles there are, and how many of them are saved here.
func countOf(msg *message.Catalogue, n, saved int) string {
	text := msg.Pages.Count.N(n)
	if saved > 0 {
		text = msg.Pages.CountSaved.With("articles", text, "saved", msg.Number(saved))
	}
	return text
}

// totalsOf sums up the reader's notes.
func totalsOf(msg *message.Catalogue, all, waiting, held int) string {
	parts := []string{msg.Pages.TotalNotes.N(all)}
	if waiting > 0 {
		parts = append(parts, msg.Pages.TotalWaiting.N(waiting))
	}
	if held > 0 {
		parts = append(parts, msg.Pages.TotalHeld.N(held))
	}
	return strings.Join(parts, " · ")
}

// againstOf is what a comparison with an earlier revision has found.
func againstOf(msg *message.Catalogue, before, sentences, notes int) string {
	number, r := msg.Number(before), &msg.Revisions
	switch {
	case sentences == 0:
		return r.AgainstNone.With("before", number)
	case notes == 0:
		return r.Against.N(sentences, "before", number)
	}
	return r.AgainstNotes.N(sentences, "before", number, "notes", r.OnThem.N(notes))
}

func newsOf(msg *message.Catalogue, sentences int) string {
	if sentences == 0 {
		return msg.Revisions.NewsNone
	}
	return msg.Revisions.News.N(sentences)
}

func newsText(msg *message.Catalogue, revision, mine int) string {
	text := msg.Revisions.NewsText.With("n", msg.Number(revision))
	if mine > 0 {
		text += " " + msg.Revisions.NewsMine.N(mine)
	}
	return text
}

// rejectOf says how much there is to mend.
func rejectOf(msg *message.Catalogue, all, needed int) string {
	if all == needed {
		return msg.Form.Reject.N(all)
	}
	return msg.Form.RejectSome.N(all, "needed", msg.Number(needed))
}
