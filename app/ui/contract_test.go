package ui

import (
	"testing"

	xhtml "golang.org/x/net/html"

	"marginalia/app/message"
)

// The accessible names and attributes by which assistive technology, and any
// test from outside, finds its way. They stay as they are.
func TestContract(t *testing.T) {
	states := everyState(t, plain())
	type find struct {
		what  string
		match func(*xhtml.Node) bool
		count int
	}
	cases := map[string][]find{
		"article": {
			{"article text", is("article", "data-revision", states["article"].Article.Revision.ID), 1},
			{"selection toolbar", is("", "role", "toolbar", "aria-label", "Selection"), 1},
			{"Annotate, key a", func(n *xhtml.Node) bool { return is("button", "aria-keyshortcuts", "a")(n) && text(n) == "Annotate" }, 1},
			{"Copy link", named("button", "Copy link"), 1},
			{"Choose a claim, in the bar and in the dock", named("button", "Choose a claim"), 2},
			{"Notes", is("aside", "aria-label", "Notes"), 1},
			{"a note on a claim", is("article", "data-annotation-id", "exact", "data-state", "published", "data-anchor", "exact"), 1},
			{"an orphan", is("article", "data-annotation-id", "lost", "data-anchor", "orphan"), 1},
			{"a note on the whole article", is("article", "data-annotation-id", "whole", "data-anchor", ""), 1},
			{"a reply", is("article", "data-annotation-id", "r1", "data-anchor", ""), 1},
			{"orphans", is("section", "aria-labelledby", "lost"), 1},
			{"orphans' name", named("h2", "Notes that lost their place"), 1},
			{"sync state", is("p", "role", "status", "aria-label", "Sync", "data-state", "synced", "data-pending", "0"), 1},
			{"marks", is("nav", "aria-label", "Claims with notes"), 1},
			{"Reply of the published", named("button", "Reply"), 6},
			{"Edit of the own", named("button", "Edit"), 2},
			{"Delete of the own", named("button", "Delete"), 2},
			{"the way to the FAQ", named("a", "Comments FAQ"), 2},
			{"no form", is("form", "class", "composer"), 0},
		},
		"article-busy": {
			{"sync error", is("p", "aria-label", "Sync", "data-state", "error", "data-pending", "2"), 1},
			{"the open note", is("article", "aria-current", "true"), 1},
			{"Keep", named("button", "Keep"), 1},
			{"update", named("button", "Restart now"), 1},
		},
		"article-fresh": {
			{"what others wrote meanwhile", named("button", "3 new notes: show them"), 1},
			{"the same on a narrow screen", named("button", "Notes, 5, 3 new notes"), 1},
			{"said once, whatever their number", func(n *xhtml.Node) bool {
				return is("p", "role", "status")(n) && text(n) == "There are new notes on this article."
			}, 1},
		},
		"article-part": {
			{"how many there are", func(n *xhtml.Node) bool { return is("span", "class", "count")(n) && text(n) == "7 of 1,250" }, 1},
			{"the part before", is("a", "href", "/a/bridge?notes=1"), 1},
			{"the part after", is("a", "href", "/a/bridge?notes=3"), 1},
		},
		"article-picking": {
			{"listbox", is("ul", "role", "listbox", "aria-label", "Sentences", "tabindex", "0", "aria-activedescendant", "s1"), 1},
			{"the active option", is("li", "role", "option", "id", "s1", "aria-selected", "true"), 1},
		},
		"form-new": {
			{"composer", is("form", "aria-label", "New note", "data-decision", "reject"), 1},
			{"stances", is("", "role", "radiogroup", "aria-label", "Stance"), 1},
			{"Note", named("label", "Note"), 1},
			{"Source URL", named("label", "Source URL"), 2},
			{"Passage", named("label", "Passage from the source"), 2},
			{"Add another source", named("button", "Add another source"), 1},
			{"Post on reject", func(n *xhtml.Node) bool { return is("button", "aria-disabled", "true")(n) && text(n) == "Post" }, 1},
			{"Ask a moderator", named("button", "Ask a moderator"), 1},
			{"Cancel", named("button", "Cancel"), 1},
			{"rule check", is("ul", "aria-label", "Rule check"), 1},
			{"a finding", is("li", "data-rule", "source.missing", "data-severity", "reject"), 2},
			{"decision", func(n *xhtml.Node) bool {
				return is("p", "role", "status")(n) && text(n) == "Not yet: 3 things to mend, 2 of them needed."
			}, 1},
			{"what may be taken out", named("button", "Take it out"), 1},
		},
		"form-edit":     {{"composer", is("form", "aria-label", "Edit note"), 1}},
		"form-reply":    {{"composer", is("form", "aria-label", "Reply"), 1}, {"no stance", is("", "role", "radiogroup"), 0}},
		"form-appeal":   {{"reason", named("label", "Why should it be posted?"), 1}},
		"form-no-rules": {{"held without rules", is("form", "data-decision", "hold"), 1}},
		"form-empty":    {{"nothing is wrong yet", is("li", "data-rule", "source.missing", "data-severity", "reject"), 1}, {"hint", named("p", "Every note needs a source."), 1}},
	}
	for page, finds := range cases {
		root, _ := client(t, states[page])
		if !states[page].Ready {
			root = &Root{Msg: message.English(), State: states[page]}
		}
		doc := drawn(t, root)
		for _, f := range finds {
			if got := len(all(doc, f.match)); got != f.count {
				t.Errorf("%s: %s is there %d times, want %d", page, f.what, got, f.count)
			}
		}
	}
}

// The form stands beside the notes for a claim, in the comments for the article.
func TestWhereTheFormStands(t *testing.T) {
	states := everyState(t, plain())
	for page, want := range map[string]string{"form-new": "aside", "form-reply": "aside", "form-edit": "aside", "form-whole": "section"} {
		root, _ := client(t, states[page])
		forms := all(drawn(t, root), is("form", "class", "composer"))
		if len(forms) != 1 || forms[0].Parent.Data != want {
			t.Errorf("%s: the form is not once in %s", page, want)
		}
	}
}

// Text fields are the reader's: no drawing may write into them.
func TestFieldsAreUncontrolled(t *testing.T) {
	root, _ := client(t, everyState(t, plain())["form-appeal"])
	doc := drawn(t, root)
	for _, field := range []string{"text", "sources/0/url", "sources/0/passage", "sources/1/url", "sources/1/passage", "reason"} {
		found := all(doc, is("", "data-field", field))
		if len(found) != 1 {
			t.Errorf("field %s is there %d times, want once", field, len(found))
			continue
		}
		if _, ok := attr(found[0], "value"); ok || found[0].FirstChild != nil {
			t.Errorf("field %s has a value of the state's", field)
		}
	}
}
