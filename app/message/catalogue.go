package message

// Catalogue is every word the interface says, in one language. It is read only.
type Catalogue struct {
	Locale `json:"Locale"`

	Brand string

	NotStarted                                 string
	Languages                                  string
	Skip, Main, Articles, MyNotes, FAQNav, FAQ string

	Sync, TryNow, Policy, OnDevice     string
	Checking, AllSent, OfflineNow      string
	Waiting, SendingN, Unsent, InMore  Count
	Gone, GoneText, NoPage, NoPageText string
	ToArticles, Loading                string

	Update, UpdateText, Restart, Later string
	Blocked, BlockedText               string
	Full, FullText                     string
	NoRules, NoRulesText               string

	Words                                 Text
	WordCount, Minutes                    Count
	SavedHere, Choose, PickHint, Sentence string
	Worth, WorthHint                      string
	Annotate, Cancel, Selection, CopyLink string
	NotesN                                Count

	Notes, Close, Claims           string
	OnClaims                       Count
	NoNotes, NoNotesHint           string
	Showing                        Text
	ShowEarlier, ShowMore          Count
	OfNotes                        Text
	Earlier, Further, Parts        string
	Fresh, ShowFresh               Count
	FreshHeard                     string
	Lost, LostHint                 string
	Comments, CommentsHint, NoteOn string
	PolicyLink                     string

	Stances    map[string]string
	Choices    map[string]string
	Asks       map[string]string
	Tallies    map[string]Count
	States     map[string]string
	Mine, You  string
	Anonymous  string
	Sources    string
	MovedHere  string
	WasChanged string
	Was, Now   string

	Reply, Edit, Delete, DeleteAsk, Keep string
	Found, Moderator, StillPublic        string
	Reasons                              map[string]string

	Form      Form
	Pages     Pages
	Revisions Revisions
	Clash     Clash
	Device    Device
	Said      Said
	Find      Find
	Comfort   Comfort

	// Translations are of the shipped policy's texts, by these; see [Catalogue.Publisher].
	Translations map[string]string
}

// Form is what the composer says.
type Form struct {
	New, EditNote, Reply                  string
	YourNote, YourNoteAll, YourEdit       string
	ReplyTo                               Text
	Stance, Note, URL, Passage            string
	Left, TooMany                         Count
	DraftSaved, Saving, NotKept, EditHint string
	ReplyAsk                              string
	RuleCheck, NeedsSource                string
	Subject                               string // of a finding, where its words are not the subject
	TakeOut, ShowWords                    string
	Passed                                map[string]string
	Shared                                Text
	SourcesOf, Another, URLHint, PassHint string
	Remove                                Count
	Ready, ReadyOffline, Sending          string
	HoldPlain                             string
	Hold                                  Count
	Reject, RejectSome                    Count
	Overrule                              string
	Post, Ask, Why, WhyHint               string
	Elsewhere, ElsewhereText, TakeOver    string
}

// Pages is what the pages beside the article say.
type Pages struct {
	Count                            Count
	CountSaved                       Text
	More, NoArticles, NoNotes, Tally string

	Kept, KeptText                      string
	WriteAs                             string
	NoName                              string
	TotalNotes, TotalWaiting, TotalHeld Count
	NeedsYou, Here, WithThem            string
	NothingHere                         string
	OfflineWaits                        Count
	SentOnce                            string
	OnArticle, AsReply, History         string
	Steps                               map[string]string
	Edited, Appealed, Deleting          string
	Resume, DropDraft                   string
	TakeAlong, TakeText, JSONLD         string
	ThisName, NameText, NameLabel       string
	Rename                              string

	FAQDeck, OnThisPage                        string
	Passes, Held, NotPosted, NoLink, EmptyNote string
	PassesHint                                 string
	Severities                                 map[string]string
	Happens, HappensAgain                      string
	Outcomes                                   map[string]string
	Disagree, DisagreeText                     string
	Who, WhoText                               string
	NoFAQ                                      string
}

// Revisions is what is said of revisions, and of notes in them.
type Revisions struct {
	Name                                      string
	N                                         Count
	ShowChanges, Fetching                     string
	Against, AgainstNotes, OnThem             Count
	AgainstNone                               Text
	Past                                      Text
	PastText, Newest, SeeNewest               string
	News                                      Count
	NewsNone                                  string
	NewsText                                  Text
	NewsMine                                  Count
	Addressed                                 string
	Match, MatchFigure                        Text
	KeepHere, ForChecking                     string
	See, SeeIn                                Count
	SeeThen                                   string
	OnChanged                                 Count
	PinChange                                 string
	LostIn                                    Count
	Guesses, NoGuess                          string
	AttachHere                                string
	AttachTo                                  Text
	ChoosePlace, PickPlace, Attach            string
	DraftChanged, DraftChangedText, DraftLost string
	TakeWords                                 string
	Corrected, LostNow                        string
	Steps                                     map[string]string
}

// Clash is what is said of a note that has two versions.
type Clash struct {
	Name                          string
	Was, Mine, Theirs             string
	MineDeleted, TheirsDeleted    string
	TheirsLater                   string
	KeepMine, TakeTheirs, Join    string
	DeleteIt, KeepIt, Anew, LetGo string
	Kept, Joining                 string
	Aside                         Count
	AsideMine, AsideTheirs        string
	NoSource                      string
	ParentGone, ParentGoneText    string
	Alone                         string
	ArticleGone, PostedElsewhere  string
	PostedBefore                  string
	AnswersGone                   string
	ByModerator, ByDevice         string
	TookTheirs, PostedAnew        string
	Earlier                       Count
}

// Device is what is said of the device and what is kept on it.
type Device struct {
	Megabytes, Gigabytes     Text
	Name                     string
	Room                     Text
	RoomUnknown              string
	Kept, NotKept, AskKeep   string
	Old                      string
	MakeRoom                 string
	Scarce                   Text
	ScarceText               string
	Risk, RiskText, SaveCopy string
	SaveUnsent               string
	Unsent                   Count
	UnsentText               string
	TakeIn, TakeInHint       string
	Leave, LeaveText         string
	Erase, EraseAsk, KeepAll string
	EraseLoses               Count
	BlockedReady             string
	NotSaved                 string
}

// Said is what a screen reader hears when something has happened that is not seen
// to have, and what stands beside the form when it fails.
type Said struct {
	WordsGone                                                                       string
	NotShared                                                                       string
	NotYetSince                                                                     Text
	NotesShown                                                                      Text
	MostSources                                                                     Count
	TakenOut                                                                        string
	LinkCopied, LinkNotCopied, TheirsStands, Deleted, StandsAlone, NoneRemoved      string
	EraseAgain, OpenTwice, OpenElsewhere, GoOnHere, FinishedElsewhere, DraftBack    string
	StandsHere, OnNewPlace, OnNewWords, ReadOnly, ClosedHere, Closed, EmptyNote     string
	Unchanged, SayWhy, NoEarlier, DraftDeleted, NameLength, BothIn, DeleteAgain     string
	NotYet, SavedBlockedOffline, SavedBlocked, Saved, NothingUnsent, NothingChanged string
	FileLarge, FileForeign, FileNewer, NoNotesIn, WhyFull, WhyPosted, WhyHeld       string
	WhyDeleted, WhyNotHere, WhyOneVersion, WhyStorage                               string
	NothingErased, NotStored, StillInForm, NoFile, NotTaken, TakenIn                Text
	Removed, LongReason, InFile, FileDamaged, GoesOut, AreDrafts, WereHere, LeftOut Count
}

// Find is what the search, the filter, the strip of where the discussion is and the
// page for what other apps send say.
type Find struct {
	Open, Search, Words, Previous, Next, Close string
	Place                                      Text
	Nowhere                                    string
	OnlyNotes                                  Count
	Own                                        string
	OwnFound                                   Count

	Filter, All, Nothing string
	Fits                 Count
	Kind, AnyKind        string
	Kinds                map[string]string
	Site, AnySite        string

	Heat                                 string
	OnHeading, OnParagraph, OnParagraphs Count

	Share                               string
	Sent, SentWait, SentNothing, SentTo string
	SentHint                            string
}

// Comfort is what is said of how a page looks, and of the ways between its text and
// its notes.
type Comfort struct {
	Display, ToText string
}
