package message

// Panels is what stands in a page beside what the browser program draws: how pages look,
// the list of keys, and lines that are shown when there is reason. The program has no use
// for these words, so they are no part of its catalogue.
type Panels struct {
	Tools, Display, Reset, Close string
	Looks, Values                map[string]string

	Keys, OnArticle, OnPicker, OnForm, OnSearch, Everywhere string
	Does                                                    map[string]string
	Single, SingleHint                                      string

	DraftKept              Text
	GoOn                   string
	Offer, Install, Refuse string
}
