package annotation

import "strings"

// FieldError says which part of an annotation is wrong and why. [Decode],
// [Check] and [FromIRI] return no other error, so a sync outcome can name the
// field.
type FieldError struct {
	// Field is a JSON pointer below the annotation, such as "/body/0/value"; it is
	// empty when the annotation as a whole is meant.
	Field string
	// Detail is for a person: lower case, no final stop, without the field's name
	// and without what was written in it.
	Detail string
}

// Error joins field and detail.
func (e *FieldError) Error() string {
	if e.Field == "" {
		return "annotation: " + e.Detail
	}
	return e.Field + ": " + e.Detail
}

// fault makes the error of one field.
func fault(field, detail string) error { return &FieldError{Field: field, Detail: detail} }

// pointer writes a path as a JSON pointer (RFC 6901).
func pointer(path []string) string {
	var b strings.Builder
	for _, p := range path {
		b.WriteByte('/')
		b.WriteString(strings.ReplaceAll(strings.ReplaceAll(p, "~", "~0"), "/", "~1"))
	}
	return b.String()
}
