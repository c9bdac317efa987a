package server

import (
	"encoding/json"
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"marginalia/app/annotation"
	"marginalia/app/replica"
)

// fault is what is wrong with one change; it becomes the outcome invalid.
type fault struct{ problem replica.Problem }

func (f *fault) Error() string { return f.problem.Field + ": " + f.problem.Detail }

// wrong makes a fault. Field is a JSON pointer into the change.
func wrong(field, detail string) error {
	return &fault{replica.Problem{Title: "The change cannot be taken", Detail: detail, Field: field}}
}

// rawChange is a change as far as it could be read.
type rawChange struct {
	replica.Change
	// slug is the article that the annotation's own addresses name, "" if none.
	slug string
	err  error // a *fault, or nil
}

// noteID is the note that the change is about, "" when it could not be read.
func (c rawChange) noteID() string {
	if c.Annotation != nil {
		return c.Annotation.ID
	}
	return c.Target
}

// readChange reads one change of a sync request. What is wrong with it is in
// err; the id is there whenever it could be read.
func readChange(data json.RawMessage) rawChange {
	var c rawChange
	fields, err := object(data, "id", "op", "article", "annotation", "target", "ifMatch", "value", "rule", "reason")
	var unknown *unknownField
	switch {
	case errors.As(err, &unknown):
		c.err = wrong(pointer(unknown.name), "is not a field of a change")
		c.ID = looseID(data)
		return c
	case err != nil:
		c.err = wrong("", err.Error())
		c.ID = looseID(data)
		return c
	}
	if json.Unmarshal(fields["id"], &c.ID) != nil || !annotation.ValidID(c.ID) {
		c.err = wrong("/id", "must be a UUID of version 7 in lower case")
		return c
	}
	if !utf8.Valid(data) {
		c.err = wrong("", "is not UTF-8")
		return c
	}
	c.err = c.fill(fields)
	return c
}

// fill reads the members after the id.
func (c *rawChange) fill(fields map[string]json.RawMessage) error {
	var op string
	for _, f := range []struct {
		name string
		into *string
	}{
		{"op", &op},
		{"article", &c.Article},
		{"target", &c.Target},
		{"ifMatch", &c.IfMatch},
		{"value", &c.Value},
		{"rule", &c.Rule},
		{"reason", &c.Reason},
	} {
		if raw, ok := fields[f.name]; ok && json.Unmarshal(raw, f.into) != nil {
			return wrong("/"+f.name, "must be a string")
		}
	}
	c.Op = replica.Op(op)
	if c.Target != "" {
		c.Target = bareID(c.Target)
	}
	if utf8.RuneCountInString(c.Reason) > annotation.MaxReason {
		return wrong("/reason", "is too long: at most 500 characters")
	}
	if raw, ok := fields["annotation"]; ok && !isNull(raw) {
		return c.fillAnnotation(raw)
	}
	return nil
}

func (c *rawChange) fillAnnotation(raw json.RawMessage) error {
	a, err := annotation.Decode(raw)
	if err != nil {
		return below("/annotation", err)
	}
	bare, slug, err := annotation.FromIRI(a)
	if err != nil {
		return below("/annotation", err)
	}
	c.slug = slug
	c.Annotation = &bare
	if err := annotation.Check(bare); err != nil {
		return below("/annotation", err)
	}
	return nil
}

// below makes a fault of an error of package annotation.
func below(parent string, err error) error {
	var at *annotation.FieldError
	if errors.As(err, &at) {
		return wrong(parent+at.Field, at.Detail)
	}
	return wrong(parent, "cannot be read")
}

// looseID finds the id of a change that cannot be read otherwise.
func looseID(data json.RawMessage) string {
	var c struct {
		ID string `json:"id"`
	}
	if json.Unmarshal(data, &c) != nil || !annotation.ValidID(c.ID) {
		return ""
	}
	return c.ID
}

// bareID takes the id out of a note's address.
func bareID(s string) string {
	s = strings.ToLower(strings.TrimPrefix(s, "urn:uuid:"))
	return s[strings.LastIndexByte(s, '/')+1:]
}

// pointer is a JSON pointer to a member. A long name is cut: it is shown only.
func pointer(name string) string {
	if r := []rune(name); len(r) > 64 {
		name = string(r[:64])
	}
	return "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}

// checkNickname judges the form of a pseudonym.
func checkNickname(name string) error {
	switch {
	case name == "":
		return wrong("/value", "is empty")
	case utf8.RuneCountInString(name) > annotation.MaxNickname:
		return wrong("/value", "is too long: at most 40 characters")
	case !utf8.ValidString(name) || strings.ContainsFunc(name, notInNames):
		return wrong("/value", "has characters that cannot be shown")
	case !strings.ContainsFunc(name, visible):
		return wrong("/value", "has no letter or figure")
	}
	return nil
}

// notInNames reports characters that hide or turn what stands beside them:
// controls, line separators and all formatting characters but the joiners that
// some scripts need inside a word.
func notInNames(r rune) bool {
	if r == '\u200c' || r == '\u200d' {
		return false
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co) || r == utf8.RuneError
}

func visible(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsSymbol(r) }
