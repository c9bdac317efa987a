// Package storetest is the one truth about a store: [Run] checks every sentence
// of store.Store's contract, and every backend passes it.
//
// What the contract leaves open is fixed here:
//
//   - Of a note's rows, a put or delete row supersedes all earlier ones. An anchor
//     row supersedes earlier anchor rows but not the put row: a device between
//     the two needs both. A put row always shows the newest anchor, so a page
//     that starts before the put row holds no anchor row for its note: no page
//     has two rows for one note.
//   - A put or anchor row of a note without a public version is not shown. An
//     anchor row appended while a note's newest put or delete row is a delete
//     takes a number and is never shown.
//   - Mine of a reader without rows is empty. Changes are never nil.
package storetest

import (
	"testing"

	"marginalia/app/store"
)

// Run tests that the stores made by open keep the contract of store.Store. Each
// call of open must give an empty store; Run does not close it.
func Run(t *testing.T, open func(t *testing.T) store.Store) {
	tests := []struct {
		name string
		test func(t *testing.T, s store.Store)
	}{
		{"Empty", testEmpty},
		{"NotFound", testNotFound},
		{"ArticlesOrder", testArticlesOrder},
		{"ArticlesSummary", testArticlesSummary},
		{"ArticlesCountNotes", testArticlesCountNotes},
		{"RevisionsStay", testRevisionsStay},
		{"PutRevisionTwice", testPutRevisionTwice},
		{"PutRevisionOlder", testPutRevisionOlder},

		{"NoteRoundTrip", testNoteRoundTrip},
		{"NoteReplaced", testNoteReplaced},
		{"PutAnchor", testPutAnchor},
		{"NoteOfAnotherReader", testNoteOfAnotherReader},
		{"NotesCopied", testNotesCopied},
		{"NotesOfArticle", testNotesOfArticle},
		{"Held", testHeld},
		{"Recent", testRecent},
		{"RecentKeepsSecrets", testRecentKeepsSecrets},
		{"Times", testTimes},
		{"Text", testText},

		{"FeedNumbers", testFeedNumbers},
		{"FeedRows", testFeedRows},
		{"FeedPages", testFeedPages},
		{"FeedSuperseded", testFeedSuperseded},
		{"FeedDeleted", testFeedDeleted},
		{"FeedAnchor", testFeedAnchor},
		{"FeedAnchorAcrossPages", testFeedAnchorAcrossPages},
		{"FeedKeepsSecrets", testFeedKeepsSecrets},
		{"FeedConverges", testFeedConverges},
		{"Mine", testMine},
		{"MinePages", testMinePages},
		{"MineDeleted", testMineDeleted},

		{"Outcome", testOutcome},
		{"SourceChecks", testSourceChecks},
		{"Sessions", testSessions},
		{"UpdateSeesItself", testUpdateSeesItself},
		{"UpdateRollsBack", testUpdateRollsBack},
		{"UpdatePanics", testUpdatePanics},
		{"UpdateCanceled", testUpdateCanceled},
		{"ConcurrentWriters", testConcurrentWriters},
		{"ConcurrentFailures", testConcurrentFailures},
		{"Close", testClose},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { tt.test(t, open(t)) })
	}
}
