package ui

import (
	"marginalia/app/annotation"
	"marginalia/app/replica"
)

// catalogue is every word the interface says, in one language. Sentences with a
// number are functions, since languages count differently.
type catalogue struct {
	Lang, Dir, Brand string

	Skip, Main, Articles, MyNotes, FAQNav, FAQ string

	Sync, TryNow, Policy, OnDevice     string
	Checking, AllSent, OfflineNow      string
	Waiting, SendingN, Unsent, InMore  func(n int) string
	Gone, GoneText, NoPage, NoPageText string
	ToArticles, Loading                string

	Update, UpdateText, Restart, Later string
	Blocked, BlockedText               string
	Full, FullText                     string
	NoRules, NoRulesText               string

	Words                                 func(n, minutes int) string
	SavedHere, Choose, PickHint, Sentence string
	Worth, WorthHint                      string
	Annotate, Cancel, Selection, CopyLink string
	NotesN                                func(n int) string

	Notes, Close, Claims           string
	OnClaims                       func(notes, claims int) string
	NoNotes, NoNotesHint           string
	Showing                        func(from, to, of int) string
	ShowEarlier, ShowMore          func(n int) string
	OfNotes                        func(n, all int) string
	Earlier, Further, Parts        string
	Fresh, ShowFresh               func(n int) string
	FreshHeard                     string
	Lost, LostHint                 string
	Comments, CommentsHint, NoteOn string
	PolicyLink                     string

	Stances    map[annotation.Stance]string // as a heading of a note
	Choices    map[annotation.Stance]string // as a choice in the form
	Asks       map[annotation.Stance]string
	Tallies    map[annotation.Stance]func(n int) string
	States     map[replica.NoteState]string
	Mine, You  string
	Anonymous  string
	Sources    string
	MovedHere  string
	WasChanged string
	Was, Now   string

	Reply, Edit, Delete, DeleteAsk, Keep string
	Found, Moderator, StillPublic        string
	Reasons                              map[string]string

	form   formWords
	pages  pageWords
	revs   revisionWords
	clash  clashWords
	device deviceWords
}

// formWords is what the composer says.
type formWords struct {
	New, EditNote, Reply                  string
	YourNote, YourNoteAll, YourEdit       string
	ReplyTo                               func(name string) string
	Stance, Note, URL, Passage            string
	Left, TooMany                         func(n int) string
	DraftSaved, Saving, NotKept, EditHint string
	ReplyAsk                              string
	RuleCheck, NeedsSource                string
	TakeOut, ShowWords                    string
	Passed                                map[string]string
	Shared                                func(words []string) string
	SourcesOf, Another, URLHint, PassHint string
	Remove                                func(n int) string
	Ready, ReadyOffline, Sending          string
	HoldPlain                             string
	Hold                                  func(n int) string
	Reject                                func(all, needed int) string
	Overrule                              string
	Post, Ask, Why, WhyHint               string
	Elsewhere, ElsewhereText, TakeOver    string
}

// revisionWords is what is said of revisions, and of notes in them.
type revisionWords struct {
	Name                                      string
	N                                         func(n int) string
	ShowChanges, Fetching                     string
	Against                                   func(before, sentences, notes int) string
	Past                                      func(n, of int) string
	PastText, Newest, SeeNewest               string
	News                                      func(sentences int) string
	NewsText                                  func(revision, mine int) string
	Addressed                                 string
	Match                                     func(match string, figures bool) string
	KeepHere, ForChecking                     string
	See, SeeIn                                func(n int) string
	SeeThen                                   string
	OnChanged                                 func(n int) string
	PinChange                                 string
	LostIn                                    func(n int) string
	Guesses, NoGuess                          string
	AttachHere                                string
	AttachTo                                  func(words string) string
	ChoosePlace, PickPlace, Attach            string
	DraftChanged, DraftChangedText, DraftLost string
	TakeWords                                 string
	Corrected, LostNow                        string
	Steps                                     map[string]string // by replica.Event.What
}

// pageWords is what the pages beside the article say.
type pageWords struct {
	More, NoArticles, NoNotes, Tally string
	Count                            func(n, saved int) string
	ArticleNotes                     func(n int) string

	Kept, KeptText                string
	WriteAs                       string
	NoName                        string
	Totals                        func(all, waiting, held int) string
	NeedsYou, Here, WithThem      string
	NothingHere                   string
	OfflineWaits                  func(n int) string
	SentOnce                      string
	OnArticle, AsReply, History   string
	Steps                         map[replica.NoteState]string
	Edited, Appealed, Deleting    string
	Resume, DropDraft             string
	TakeAlong, TakeText, JSONLD   string
	ThisName, NameText, NameLabel string
	Rename                        string

	FAQDeck, OnThisPage                        string
	Passes, Held, NotPosted, NoLink, EmptyNote string
	PassesHint                                 string
	Severities                                 map[string]string
	Happens, HappensAgain                      string
	Outcomes                                   map[replica.NoteState]string
	Disagree, DisagreeText                     string
	Who, WhoText                               string
	NoFAQ                                      string
}
