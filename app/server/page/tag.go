package page

import (
	"cmp"
	"html"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// tag is one start tag as go-app prints it.
type tag struct {
	name  string
	attrs []attr
}

// attr is one attribute. go-app prints the values "" and "true" alike, as a name
// alone: full is then false.
type attr struct {
	name  string
	value string
	full  bool // a value was given
}

// set reads a value, which is quoted as a Go string. One that is not reads as
// empty: go-app has then changed, which the tests notice.
func (a *attr) set(quoted string) {
	prefix, err := strconv.QuotedPrefix(quoted)
	if err != nil {
		return
	}
	if value, err := strconv.Unquote(prefix); err == nil {
		a.value, a.full = value, true
	}
}

func (t tag) write(b *strings.Builder) {
	b.WriteByte('<')
	b.WriteString(t.name)
	slices.SortFunc(t.attrs, func(a, b attr) int { return cmp.Compare(a.name, b.name) })
	for _, a := range t.attrs {
		if a.refused() {
			continue
		}
		value, shown := a.text()
		if !shown {
			continue
		}
		b.WriteByte(' ')
		b.WriteString(a.name)
		if value != "" || !flag(a.name) {
			b.WriteString(`="` + clean(html.EscapeString(value)) + `"`)
		}
	}
	b.WriteByte('>')
}

// text is the attribute's value in HTML, and whether the attribute is there.
func (a attr) text() (value string, shown bool) {
	if flag(a.name) {
		on, _ := strconv.ParseBool(a.value)
		return "", on || !a.full
	}
	if !a.full && spoken(a.name) {
		return "true", true
	}
	return a.value, true
}

// flag reports the attributes that are set by being there. It is go-app's list
// for the browser (setJSAttribute), so that both sides agree.
func flag(name string) bool {
	switch name {
	case "async", "autofocus", "autoplay", "checked", "default", "defer", "disabled", "hidden", "ismap", "loop",
		"multiple", "muted", "open", "readonly", "required", "reversed", "selected", "inert", "novalidate":
		return true
	}
	return false
}

// spoken reports the attributes for which "true" is a word and an empty value is
// something else.
func spoken(name string) bool {
	switch name {
	case "aria-atomic", "aria-busy", "aria-checked", "aria-current", "aria-disabled", "aria-expanded", "aria-haspopup",
		"aria-hidden", "aria-invalid", "aria-modal", "aria-multiline", "aria-multiselectable", "aria-pressed",
		"aria-readonly", "aria-required", "aria-selected", "contenteditable", "draggable", "spellcheck":
		return true
	}
	return false
}

// refused reports what no component of ours writes and the page's policy would
// block: code, styles, and addresses other than of pages.
func (a attr) refused() bool {
	name := strings.ToLower(a.name)
	switch {
	case !attrNameOK(name), strings.HasPrefix(name, "on"), name == "style", name == "srcdoc":
		return true
	case name == "href" || name == "src" || name == "action" || name == "formaction" || name == "cite" || name == "data" || name == "poster":
		return !address(a.value)
	}
	return false
}

// attrNameOK reports whether name is made of letters, figures and - _ : only.
func attrNameOK(name string) bool {
	return name != "" && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-_:") == ""
}

// address reports whether s is relative or has a scheme that cannot run code.
func address(s string) bool {
	// Browsers skip these when they look for the scheme.
	s = strings.Map(func(r rune) rune {
		if r <= ' ' {
			return -1
		}
		return r
	}, s)
	scheme, _, ok := strings.Cut(s, ":")
	if !ok || strings.ContainsAny(scheme, "/?#") {
		return true
	}
	switch strings.ToLower(scheme) {
	case "http", "https", "mailto":
		return true
	}
	return false
}

// void reports the elements that have no end tag. go-app prints none for them.
func void(name string) bool {
	switch name {
	case "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr":
		return true
	}
	return false
}

// clean replaces what a parser would change in its own way: bytes that are not
// UTF-8, and NUL. A carriage return is written so that it stays one.
func clean(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	if strings.ContainsAny(s, "\x00\r") {
		s = strings.NewReplacer("\x00", "\uFFFD", "\r", "&#13;").Replace(s)
	}
	return s
}
