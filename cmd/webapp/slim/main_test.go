package main

import (
	"strings"
	"testing"
)

const generated = `package app

type HTMLElem interface { UI; Body(...UI) HTMLElem; Class(string) HTMLElem }
type htmlElem struct{ htmlElement }
func Elem(tag string) HTMLElem { return &htmlElem{htmlElement{tag: tag}} }

type HTMLDiv interface { UI; Body(...UI) HTMLDiv; Class(string) HTMLDiv }
func Div() HTMLDiv { return &htmlDiv{htmlElement: htmlElement{tag: "div"}} }
type htmlDiv struct{ htmlElement }
func (e *htmlDiv) Class(v string) HTMLDiv { return e }

type HTMLA interface { UI; Body(...UI) HTMLA; Href(string) HTMLA }
func A() HTMLA { return nil }

type HTMLBr interface { UI; Class(string) HTMLBr }
func Br() HTMLBr { return nil }
`

func TestSlim(t *testing.T) {
	out, err := slim([]byte(generated))
	if err != nil {
		t.Fatal(err)
	}
	got := string(out)
	for _, want := range []string{"HTMLDiv = HTMLElem", "htmlDiv = htmlElem", `func Div() HTMLDiv { return Elem("div") }`, "type HTMLA interface", "type HTMLBr interface", "func Elem("} {
		if !strings.Contains(got, want) {
			t.Errorf("the result lacks %q:\n%s", want, got)
		}
	}
	if strings.Contains(got, "func (e *htmlDiv)") {
		t.Errorf("methods are left:\n%s", got)
	}
	if _, err := slim([]byte("package app")); err == nil {
		t.Error("a file without elements is taken")
	}
}
