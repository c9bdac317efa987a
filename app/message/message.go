// Package message holds the words that the interface says, in one language each.
// They are data, files that a browser fetches, not code: a catalogue of a few
// hundred messages costs the program nothing, and translators need no Go.
//
// A message that counts has a text for each plural category of its language
// (Unicode CLDR, https://cldr.unicode.org/index/cldr-spec/plural-rules); {n} in it
// is the number, other names in braces are what else it is given.
package message

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// Text is a message with names in braces, to be filled in.
type Text string

// With fills in a name and its value, and further ones, two by two.
func (t Text) With(pairs ...string) string {
	braced := make([]string, len(pairs))
	for i := range pairs {
		braced[i] = pairs[i]
		if i%2 == 0 {
			braced[i] = "{" + pairs[i] + "}"
		}
	}
	return strings.NewReplacer(braced...).Replace(string(t))
}

// Count is a message that counts something.
type Count struct {
	forms   map[Plural]Text
	locale  *Locale
	literal bool // one text for every number
}

// N is the message for n, which fills in {n}, and further pairs as for [Text.With].
func (c Count) N(n int, pairs ...string) string {
	category := Other
	if c.locale != nil && !c.literal {
		category = c.locale.plural(n)
	}
	text, ok := c.forms[category]
	if !ok {
		text = c.forms[Other]
	}
	return text.With(append([]string{"n", c.locale.Number(n)}, pairs...)...)
}

// UnmarshalJSON reads an object of plural categories, or one text for all.
func (c *Count) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		var text Text
		err := json.Unmarshal(data, &text)
		c.forms, c.literal = map[Plural]Text{Other: text}, true
		return err
	}
	return json.Unmarshal(data, &c.forms)
}

// Locale is how a language writes numbers and times.
type Locale struct {
	Lang    string // a BCP 47 tag
	Dir     string // "ltr" or "rtl"
	Group   string // between thousands
	Decimal string
	List    string // between the items of a list
	// Least is the least number that is grouped.
	Least int

	Days, Months, ShortMonths []string // Sunday and January first
	// Forms of a time. In them {weekday}, {day}, {month}, {mon}, {year} and {time}
	// are filled in.
	Short, Long, Day Text
}

// Number writes n in groups of three digits.
func (l *Locale) Number(n int) string {
	s := strconv.Itoa(n)
	if l == nil || n < l.Least && n > -l.Least {
		return s
	}
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + l.Group + s[i:]
	}
	return s
}

// Tenths writes n tenths as a decimal fraction.
func (l *Locale) Tenths(n int64) string {
	return strconv.FormatInt(n/10, 10) + l.Decimal + strconv.FormatInt(n%10, 10)
}

// Time writes t in one of the locale's forms. All times are written in UTC: the
// server and the device then write the same.
func (l *Locale) Time(form Text, t time.Time) string {
	t = t.UTC()
	return form.With("weekday", l.Days[t.Weekday()], "day", strconv.Itoa(t.Day()), "month", l.Months[t.Month()-1],
		"mon", l.ShortMonths[t.Month()-1], "year", strconv.Itoa(t.Year()), "time", t.Format("15:04"))
}

// Parse reads a catalogue.
func Parse(data []byte) (*Catalogue, error) {
	c := new(Catalogue)
	if err := json.Unmarshal(data, c); err != nil {
		return nil, fmt.Errorf("catalogue of messages: %w", err)
	}
	l := &c.Locale
	if l.Lang == "" || len(l.Days) != 7 || len(l.Months) != 12 || len(l.ShortMonths) != 12 {
		return nil, fmt.Errorf("catalogue of messages %q: no language, or not all its days and months", l.Lang)
	}
	bind(reflect.ValueOf(c).Elem(), l)
	return c, nil
}

// bind tells every message that counts how its language does.
func bind(v reflect.Value, l *Locale) {
	for i := range v.NumField() {
		field := v.Field(i)
		switch x := field.Addr().Interface().(type) {
		case *Locale:
		case *Count:
			x.locale = l
		case *map[string]Count:
			for key, c := range *x {
				c.locale = l
				(*x)[key] = c
			}
		default:
			if field.Kind() == reflect.Struct {
				bind(field, l)
			}
		}
	}
}
