package annotation

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Check judges an annotation in its bare form by the rules and limits of the
// profile and returns the first [*FieldError], or nil. It fills in nothing and
// looks nothing up: whether the article, the revision and the words are there is
// for the server to say, and what the text says is for package moderation.
func Check(a Annotation) error {
	for _, check := range []func(Annotation) error{checkFrame, checkCreator, checkBodies, checkTarget} {
		if err := check(a); err != nil {
			return err
		}
	}
	return nil
}

// checkFrame judges what is left when creator, bodies and target are taken out.
func checkFrame(a Annotation) error {
	switch {
	case a.Context != "" && a.Context != ContextURI:
		return fault("/@context", "must be "+ContextURI)
	case !ValidID(a.ID):
		return fault("/id", "must be a UUID of version 7 in lower case")
	case a.Type != typeAnnotation:
		return fault("/type", "must be "+typeAnnotation)
	case a.Created != "" && !utcTime(a.Created):
		return fault("/created", notUTC)
	case a.Modified != "" && !utcTime(a.Modified):
		return fault("/modified", notUTC)
	}
	switch a.Motivation {
	case assessing, commenting, questioning, replying:
		return nil
	}
	return fault("/motivation", "must be assessing, commenting, questioning or replying")
}

const notUTC = "must be an RFC 3339 time in UTC, written with Z"

// checkCreator judges what a device says of its reader. The server puts its own
// creator in its place, but a nickname is shown before that.
func checkCreator(a Annotation) error {
	c := a.Creator
	switch {
	case c == nil:
		return nil
	case c.Type != "" && c.Type != typePerson:
		return fault("/creator/type", "must be "+typePerson)
	case hasControl(c.ID) || !utf8.ValidString(c.ID) || len(c.ID) > MaxURL:
		return fault("/creator/id", "is no reader's id")
	case utf8.RuneCountInString(c.Nickname) > MaxNickname:
		return fault("/creator/nickname", tooLong(MaxNickname))
	case hasControl(c.Nickname) || hasOverride(c.Nickname) || !utf8.ValidString(c.Nickname):
		return fault("/creator/nickname", "has characters that cannot be shown")
	}
	return nil
}

// checkBodies wants one text, one stance unless a reply, and few enough sources.
func checkBodies(a Annotation) error {
	texts, sources, stance := 0, 0, Stance("")
	for i, b := range a.Body {
		at := "/body/" + strconv.Itoa(i)
		var err error
		switch b.Purpose {
		case commenting:
			texts++
			err = checkText(at, b)
		case tagging:
			if stance != "" {
				return fault(at, "is a second stance")
			}
			stance = Stance(b.Value)
			err = checkStance(at, b, a.Motivation)
		case linking:
			sources++
			err = checkSource(at, b)
		default:
			err = fault(at+"/purpose", "must be commenting, tagging or linking")
		}
		switch {
		case err != nil:
			return err
		case texts > 1:
			return fault(at, "is a second text")
		case sources > MaxSources:
			return fault(at, fmt.Sprintf("is one source too many: at most %d", MaxSources))
		}
	}
	if texts == 0 {
		return fault("/body", "has no text")
	}
	if stance == "" && a.Motivation != replying {
		return fault("/body", "has no stance")
	}
	return nil
}

// checkText wants something to read. A text that is too long is refused here and
// not held, since no moderator could publish it.
func checkText(at string, b Body) error {
	switch {
	case b.Type != typeTextual:
		return fault(at+"/type", "must be "+typeTextual)
	case isBlank(b.Value):
		return fault(at+"/value", "is empty")
	case utf8.RuneCountInString(b.Value) > MaxText:
		return fault(at+"/value", tooLong(MaxText))
	case !isPlain(b.Value):
		return fault(at+"/value", notPlain)
	}
	return checkTextual(at, b)
}

// checkStance wants the stance that the motivation was made from: two that differ
// would show one note in two ways.
func checkStance(at string, b Body, motive string) error {
	want := motivation(Stance(b.Value))
	switch {
	case b.Type != typeTextual:
		return fault(at+"/type", "must be "+typeTextual)
	case motive == replying:
		return fault(at, "is a stance, and a reply has none")
	case want == "":
		return fault(at+"/value", "must be dispute, support, context or question")
	case want != motive:
		return fault("/motivation", "must be "+want+" for this stance")
	}
	return checkTextual(at, b)
}

// checkTextual judges what text and stance have in common.
func checkTextual(at string, b Body) error {
	switch {
	case b.Format != "" && b.Format != plainText:
		return fault(at+"/format", "must be "+plainText)
	case b.Language != "" && !isLanguage(b.Language):
		return fault(at+"/language", "must be a BCP 47 language tag")
	case b.Source != "":
		return fault(at+"/source", notHere)
	case b.Selector != nil:
		return fault(at+"/selector", notHere)
	}
	return nil
}

const notHere = "is not a field of this body"

// checkSource judges the form of a citation. Whether its address can be a source
// is for package moderation, which explains it.
func checkSource(at string, b Body) error {
	switch {
	case b.Type != typeSpecific:
		return fault(at+"/type", "must be "+typeSpecific)
	case b.Value != "":
		return fault(at+"/value", notHere)
	case b.Format != "":
		return fault(at+"/format", notHere)
	case b.Language != "":
		return fault(at+"/language", notHere)
	case strings.TrimSpace(b.Source) == "":
		return fault(at+"/source", "is empty")
	case len(b.Source) > MaxURL:
		return fault(at+"/source", fmt.Sprintf("is too long: at most %d bytes", MaxURL))
	case hasControl(b.Source) || !utf8.ValidString(b.Source):
		return fault(at+"/source", notPlain)
	case b.Selector == nil:
		return nil
	}
	s := b.Selector
	switch {
	case s.Type != typeQuote:
		return fault(at+"/selector/type", "must be "+typeQuote)
	case s.Start != nil || s.End != nil:
		return fault(at+"/selector", "must quote a passage, not count its place")
	case isBlank(s.Exact):
		return fault(at+"/selector/exact", "is empty")
	case utf8.RuneCountInString(s.Exact) > MaxPassage:
		return fault(at+"/selector/exact", tooLong(MaxPassage))
	case !isPlain(s.Exact):
		return fault(at+"/selector/exact", notPlain)
	case s.Prefix != "" || s.Suffix != "":
		return fault(at+"/selector", "must have no context around the passage")
	}
	return nil
}
