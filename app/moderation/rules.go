package moderation

// The families of rules, in the order in which the FAQ explains them.
const (
	familyAbuse    = "abuse"
	familyTopic    = "topic"
	familySource   = "source"
	familyPrivacy  = "privacy"
	familySpam     = "spam"
	familyLanguage = "language"
	familyForm     = "form"
)

// The rules.
const (
	ruleThreat    = "abuse.threat"
	ruleHate      = "abuse.hate"
	ruleInsult    = "abuse.insult"
	ruleProfanity = "abuse.profanity"
	ruleOffTopic  = "topic.off"
	ruleMissing   = "source.missing"
	ruleInvalid   = "source.invalid"
	ruleSelf      = "source.self"
	ruleShortened = "source.shortened"
	ruleLookalike = "source.lookalike"
	ruleDenied    = "source.denied"
	ruleTwice     = "source.repeat"
	ruleWeak      = "source.weak"
	rulePassage   = "source.passage"
	ruleEmail     = "privacy.email"
	rulePhone     = "privacy.phone"
	ruleAddress   = "privacy.address"
	ruleCard      = "privacy.card"
	ruleIBAN      = "privacy.iban"
	ruleLinks     = "spam.links"
	ruleRepeat    = "spam.repeat"
	ruleShouting  = "spam.shouting"
	rulePromotion = "spam.promotion"
	ruleUnknown   = "language.unknown"
	ruleLength    = "form.length"
)

// The cases of the insult rule that have texts of their own.
const (
	caseTone = "tone"
	caseWord = "word"
)

// RuleInfo is what can be said of a rule without a note.
type RuleInfo struct {
	ID       string
	Family   string
	Severity Severity
	Off      bool // the policy has switched it off
}

// Rules lists every rule, family by family, with its default severity.
func Rules() []RuleInfo {
	return []RuleInfo{
		{ID: ruleThreat, Family: familyAbuse, Severity: SeverityStop},
		{ID: ruleHate, Family: familyAbuse, Severity: SeverityStop},
		{ID: ruleInsult, Family: familyAbuse, Severity: SeverityHold},
		{ID: ruleProfanity, Family: familyAbuse, Severity: Hint},
		{ID: ruleOffTopic, Family: familyTopic, Severity: SeverityHold},
		{ID: ruleMissing, Family: familySource, Severity: SeverityStop},
		{ID: ruleInvalid, Family: familySource, Severity: SeverityStop},
		{ID: ruleSelf, Family: familySource, Severity: SeverityStop},
		{ID: ruleShortened, Family: familySource, Severity: SeverityHold},
		{ID: ruleLookalike, Family: familySource, Severity: SeverityHold},
		{ID: ruleDenied, Family: familySource, Severity: SeverityStop},
		{ID: ruleTwice, Family: familySource, Severity: Hint},
		{ID: ruleWeak, Family: familySource, Severity: Hint},
		{ID: rulePassage, Family: familySource, Severity: Hint},
		{ID: ruleEmail, Family: familyPrivacy, Severity: SeverityStop},
		{ID: rulePhone, Family: familyPrivacy, Severity: SeverityStop},
		{ID: ruleAddress, Family: familyPrivacy, Severity: SeverityStop},
		{ID: ruleCard, Family: familyPrivacy, Severity: SeverityStop},
		{ID: ruleIBAN, Family: familyPrivacy, Severity: SeverityStop},
		{ID: ruleLinks, Family: familySpam, Severity: SeverityHold},
		{ID: ruleRepeat, Family: familySpam, Severity: SeverityHold},
		{ID: ruleShouting, Family: familySpam, Severity: SeverityHold},
		{ID: rulePromotion, Family: familySpam, Severity: SeverityHold},
		{ID: ruleUnknown, Family: familyLanguage, Severity: SeverityHold},
		{ID: ruleLength, Family: familyForm, Severity: SeverityStop},
	}
}

// cases names the situations in which a rule explains itself in other words.
func cases(rule string) []string {
	switch rule {
	case ruleInsult:
		return []string{caseTone, caseWord}
	case ruleMissing:
		return []string{"question", "reply"}
	case ruleInvalid:
		return []string{"empty", "scheme", "login", "private"}
	case ruleSelf:
		return []string{"publisher"}
	case rulePassage:
		return []string{"address", "note", "claim"}
	case ruleRepeat:
		return []string{"word", "letters"}
	case ruleShouting:
		return []string{"marks"}
	case ruleUnknown:
		return []string{"language", "unsure"}
	case ruleLength:
		return []string{"empty", "passage", "url", "sources", "nickname"}
	}
	return nil
}

// families lists the families and what judges each.
func families() []family {
	return []family{
		{familyAbuse, (*job).abuse},
		{familyTopic, (*job).topic},
		{familySource, (*job).sources},
		{familyPrivacy, (*job).privacy},
		{familySpam, (*job).spam},
		{familyLanguage, (*job).language},
		{familyForm, (*job).form},
	}
}

type family struct {
	id  string
	run func(*job)
}

// weight orders severities.
func (s Severity) weight() int {
	switch s {
	case Hint:
		return 1
	case SeverityHold:
		return 2
	case SeverityStop:
		return 3
	}
	return 0
}

// lighter is the lighter of s and other; an empty severity sets no limit.
func (s Severity) lighter(other Severity) Severity {
	if other != "" && other.weight() < s.weight() {
		return other
	}
	return s
}

// decision is what a strongest finding of severity s leads to.
func (s Severity) decision() Decision {
	switch s {
	case SeverityStop:
		return Reject
	case SeverityHold:
		return Hold
	}
	return Publish
}
