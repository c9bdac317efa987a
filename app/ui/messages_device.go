package ui

// clashWords is what is said of a note that has two versions.
type clashWords struct {
	Name                          string
	Was, Mine, Theirs             string
	MineDeleted, TheirsDeleted    string
	TheirsLater                   string
	KeepMine, TakeTheirs, Join    string
	DeleteIt, KeepIt, Anew, LetGo string
	Kept, Joining                 string
	Aside                         func(n int) string
	AsideMine, AsideTheirs        string
	NoSource                      string
	ParentGone, ParentGoneText    string
	Alone                         string
	ArticleGone, PostedElsewhere  string
	PostedBefore                  string
	AnswersGone                   string
	ByModerator, ByDevice         string
	TookTheirs, PostedAnew        string
	Earlier                       func(n int) string
}

// deviceWords is what is said of the device and what is kept on it.
type deviceWords struct {
	Name                       string
	Room                       func(used, quota string) string
	RoomUnknown                string
	Kept, NotKept, AskKeep     string
	Old                        string
	MakeRoom                   string
	Scarce                     func(left string) string
	ScarceText                 string
	Risk, RiskText, SaveCopy   string
	SaveUnsent                 string
	Unsent                     func(n int) string
	UnsentText                 string
	TakeIn, TakeInHint         string
	Leave, LeaveText           string
	Erase, EraseAsk, KeepAll   string
	EraseLoses                 func(n int) string
	BlockedReady, BlockedTitle string
	NotSaved                   string
}
