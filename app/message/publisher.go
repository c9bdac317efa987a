package message

import (
	"strconv"
	"strings"
)

// Publisher is what a text of the publisher's policy says in the catalogue's
// language. It has one for each text of the shipped policy, with the figures that
// it is shown with; other texts are the publisher's own words, and ok is false.
func (c *Catalogue) Publisher(text string) (said string, ok bool) {
	if said, ok = c.Translations[text]; ok {
		return said, true
	}
	for template, translation := range c.Translations {
		if !strings.Contains(template, "{") {
			continue
		}
		if values, fits := c.values(template, text); fits {
			return Text(translation).With(values...), true
		}
	}
	return "", false
}

// values are the names in braces of a template and what stands in their places in
// text, two by two, as the locale writes it. Between two names there must be words.
func (l *Locale) values(template, text string) (pairs []string, ok bool) {
	for {
		before, rest, more := strings.Cut(template, "{")
		if !more {
			return pairs, text == before
		}
		if text, ok = strings.CutPrefix(text, before); !ok {
			return nil, false
		}
		var name string
		name, template, _ = strings.Cut(rest, "}")
		// A value ends where the next words begin, the last one before the last words:
		// a host has full stops of its own.
		next, _, further := strings.Cut(template, "{")
		end := len(text) - len(next)
		if further {
			end = strings.Index(text, next)
		}
		if end <= 0 {
			return nil, false
		}
		value, ok := l.value(name, text[:end])
		if !ok {
			return nil, false
		}
		pairs, text = append(pairs, name, value), text[end:]
	}
}

// value is a value of a policy's text as the locale writes it. Hosts and languages
// are names, all else is figures, written in English and maybe in per cent.
func (l *Locale) value(name, text string) (string, bool) {
	if strings.HasPrefix(name, "host") || strings.HasPrefix(name, "language") {
		return strings.ReplaceAll(text, ", ", l.List), true
	}
	figure, percent := strings.CutSuffix(text, " %")
	n, err := strconv.Atoi(strings.ReplaceAll(figure, ",", ""))
	figure = l.Number(n)
	if percent {
		figure += "\u00a0%" // as much as to say: not over the end of a line
	}
	return figure, err == nil
}
