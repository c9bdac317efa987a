package moderation

import (
	"strings"
	"unicode"
)

// privacy looks for personal data in every field. What it takes for a number of
// an account or a telephone must have that number's own form: notes are full of
// figures that are nobody's.
func (j *job) privacy() {
	for _, f := range j.fields {
		text := f.plain
		runs := numberRuns(text)
		var taken []span
		for _, rule := range []struct {
			id   string
			find func() []span
		}{
			// In this order: what is an account number is no telephone number.
			{ruleIBAN, func() []span { return findIBANs(text) }},
			{ruleCard, func() []span { return findCards(runs) }},
			{ruleEmail, func() []span { return findEmails(text) }},
			{ruleAddress, func() []span { return findAddresses(j.lend, text) }},
			{rulePhone, func() []span { return findPhones(text, runs) }},
		} {
			spans := rule.find()
			for _, s := range spans[:min(len(spans), maxHits)] {
				if overlaps(s, taken) {
					continue
				}
				taken = append(taken, s)
				j.mark(f, hit{rule: rule.id}, s.start, s.end)
			}
		}
	}
}

func overlaps(s span, others []span) bool {
	for _, o := range others {
		if s.start < o.end && o.start < s.end {
			return true
		}
	}
	return false
}

// findEmails finds name@host.tld, also with the signs written as words in
// brackets: name [at] host [dot] tld.
func findEmails(text []rune) []span {
	var found []span
	for i := range text {
		after := atSign(text, i)
		if after < 0 {
			continue
		}
		start := i
		for start > 0 && after > i+1 && text[start-1] == ' ' {
			start--
		}
		from := start
		for from > 0 && localPart(text[from-1]) {
			from--
		}
		for from < start && strings.ContainsRune(".-'%", text[from]) {
			from++
		}
		// "@name@host" is an account on a social network.
		if from == start || from > 0 && text[from-1] == '@' {
			continue
		}
		if end := domainEnd(text, after); end > 0 {
			found = append(found, span{from, end})
		}
	}
	return found
}

func localPart(r rune) bool { return isWordRune(r) || mailSigns.has(r) }

// atSign is where the host begins if an @ or its name in brackets stands at i;
// else -1.
func atSign(text []rune, i int) int {
	if text[i] == '@' || text[i] == '＠' {
		return i + 1
	}
	return bracketed(text, i, "at")
}

// bracketed is where text goes on after [name], (name) or {name} at i, spaces
// skipped; else -1.
func bracketed(text []rune, i int, name string) int {
	if i >= len(text) || !opening.has(text[i]) {
		return -1
	}
	end := i + 1 + len(name)
	if end >= len(text) || !strings.ContainsRune("])}", text[end]) || !strings.EqualFold(string(text[i+1:end]), name) {
		return -1
	}
	return skipSpaces(text, end+1)
}

func skipSpaces(text []rune, i int) int {
	for i < len(text) && text[i] == ' ' {
		i++
	}
	return i
}

// domainEnd is the end of the host name at i, or -1 if it is none.
func domainEnd(text []rune, i int) int {
	good, label, letters := -1, 0, true
	labels := 1
	for i < len(text) {
		r := text[i]
		if isWordRune(r) || r == '-' {
			letters = letters && unicode.IsLetter(r)
			label++
			i++
			if labels > 1 && label >= 2 && letters {
				good = i
			}
			continue
		}
		next := i + 1
		if r != '.' {
			if next = bracketed(text, skipSpaces(text, i), "dot"); next < 0 {
				break
			}
		}
		if label == 0 {
			break
		}
		// A full stop ends the sentence when no letter follows.
		if next >= len(text) || !isWordRune(text[next]) {
			break
		}
		i, label, letters = next, 0, true
		labels++
		good = -1
	}
	return good
}
