package moderation

// Severity is how heavy a finding is.
type Severity string

// The severities, lightest first.
const (
	Hint         Severity = "hint"   // advice; the note is published
	SeverityHold Severity = "hold"   // a moderator looks first
	SeverityStop Severity = "reject" // not published
)

// Decision is what becomes of a note.
type Decision string

// The decisions.
const (
	Publish Decision = "publish"
	Hold    Decision = "hold"
	Reject  Decision = "reject"
)

// Finding is one hit of a rule.
type Finding struct {
	Rule     string   `json:"rule"`
	Severity Severity `json:"severity"`
	// Field is "text", "sources/N/url", "sources/N/passage" or "nickname".
	Field string `json:"field"`
	// Start and End are code points of Field as given; 0 and 0 when nothing can
	// be marked.
	Start int `json:"start"`
	End   int `json:"end"`
	// Quote is the words marked; Why and Fix are in the policy's language.
	Quote string `json:"quote"`
	Why   string `json:"why"`
	Fix   string `json:"fix"`
}

// Score is a number from 0 to 1 in ten-thousandths, so that no processor's
// floating point can change it. It is written to JSON with four decimals.
type Score int

// Scores are the two graded judgements. Higher is more abusive, more on topic;
// Topic is 5000 (0.5) when it cannot be judged.
type Scores struct {
	Abuse Score `json:"abuse"`
	Topic Score `json:"topic"`
}

// Verdict is all findings on a note and the decision they lead to. The same
// policy, article and note give the same bytes on every machine.
type Verdict struct {
	Decision Decision  `json:"decision"`
	Policy   string    `json:"policy"`
	Scores   Scores    `json:"scores"`
	Findings []Finding `json:"findings"` // never nil; by severity (heaviest first), field, start
	// Without names the models that had not arrived, which makes the verdict
	// provisional, and the families of rules that failed, which holds the note.
	Without []string `json:"without,omitempty"`
}
