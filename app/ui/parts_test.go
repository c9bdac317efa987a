package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/maxence-charriere/go-app/v9/pkg/app"
	xhtml "golang.org/x/net/html"

	"marginalia/app/article"
	"marginalia/app/message"
	"marginalia/app/message/catalogues"
	"marginalia/app/moderation"
	"marginalia/app/state"
)

func TestPickKey(t *testing.T) {
	list := []article.Sentence{{Text: "Alpha."}, {Text: "“Beta.”"}, {Text: "9 cars."}, {Text: "beta again."}}
	for name, c := range map[string]struct {
		key    string
		active int
		want   state.Action
	}{
		"down":            {"ArrowDown", 1, state.PickMove{Step: 1}},
		"up":              {"ArrowUp", 1, state.PickMove{Step: -1}},
		"home":            {"Home", 2, state.PickAt{Index: 0}},
		"end":             {"End", 0, state.PickAt{Index: 3}},
		"enter":           {"Enter", 0, state.PickChosen{}},
		"escape":          {"Escape", 0, state.ClosePicker{}},
		"letter":          {"B", 0, state.PickAt{Index: 1}},
		"the next letter": {"b", 1, state.PickAt{Index: 3}},
		"round the end":   {"a", 2, state.PickAt{Index: 0}},
		"digit":           {"9", 0, state.PickAt{Index: 2}},
		"no such letter":  {"z", 0, nil},
		"a named key":     {"Tab", 0, nil},
		"punctuation":     {".", 0, nil},
	} {
		if got := pickKey(c.key, c.active, list); got != c.want {
			t.Errorf("%s: pickKey(%q, %d) = %#v, want %#v", name, c.key, c.active, got, c.want)
		}
	}
}

func TestFormKey(t *testing.T) {
	for name, c := range map[string]struct {
		key     string
		chord   bool
		element string
		want    state.Action
		handled bool
	}{
		"escape":             {"Escape", false, "TEXTAREA", state.Cancel{}, true},
		"ctrl enter":         {"Enter", true, "TEXTAREA", state.Post{}, true},
		"enter in a line":    {"Enter", false, "INPUT", nil, true},
		"enter in the note":  {"Enter", false, "TEXTAREA", nil, false},
		"enter on a button":  {"Enter", false, "BUTTON", nil, false},
		"a letter is typing": {"a", false, "INPUT", nil, false},
	} {
		if got, handled := formKey(c.key, c.chord, c.element); got != c.want || handled != c.handled {
			t.Errorf("%s: formKey = %#v, %v, want %#v, %v", name, got, handled, c.want, c.handled)
		}
	}
}

func TestLinked(t *testing.T) {
	for name, c := range map[string]struct{ text, links string }{
		"none":                 {"no link here", ""},
		"empty":                {"", ""},
		"one":                  {"see https://example.org/a for it", "https://example.org/a"},
		"full stop":            {"see https://example.org/a.", "https://example.org/a"},
		"brackets around":      {"(https://example.org/a)", "https://example.org/a"},
		"brackets inside":      {"https://example.org/a_(b), c", "https://example.org/a_(b)"},
		"quotation":            {`"https://example.org/a"`, "https://example.org/a"},
		"two":                  {"https://example.org http://example.net/?q=1!", "https://example.org http://example.net/?q=1"},
		"script":               {"javascript:alert(1) data:text/html,x", ""},
		"user name":            {"https://bank.com@evil.com/", ""},
		"no public host":       {"http://localhost/a http://10.0.0.1/", ""},
		"http in a word":       {"https:/broken http:// httpx", ""},
		"other script":         {"انظر https://example.org/ب هنا", "https://example.org/ب"},
		"emoji behind":         {"https://example.org/a 🌉", "https://example.org/a"},
		"address in address":   {"https://example.org/?u=https://example.net/b", "https://example.org/?u=https://example.net/b"},
		"broken, then a right": {"https://x https://example.org/a", "https://example.org/a"},
	} {
		doc := drawn(t, app.Div().Body(linked(c.text)...))
		var links []string
		for _, a := range all(doc, is("a")) {
			href, _ := attr(a, "href")
			links = append(links, href)
			if rel, _ := attr(a, "rel"); rel != relUGC {
				t.Errorf("%s: the link has rel %q", name, rel)
			}
		}
		if got := strings.Join(links, " "); got != c.links {
			t.Errorf("%s: linked(%q) links %q, want %q", name, c.text, got, c.links)
		}
		if got, want := text(doc), strings.Join(strings.Fields(c.text), " "); got != want {
			t.Errorf("%s: linked(%q) reads %q", name, c.text, got)
		}
	}
}

func TestMirror(t *testing.T) {
	f := func(start, end int, s moderation.Severity) moderation.Finding {
		return moderation.Finding{Field: "text", Start: start, End: end, Severity: s}
	}
	for name, c := range map[string]struct {
		text     string
		findings []moderation.Finding
		want     string
	}{
		"nothing found":   {"plain", nil, "plain"},
		"empty":           {"", nil, ""},
		"one":             {"a fool says", []moderation.Finding{f(2, 6, "hold")}, "a [hold:fool] says"},
		"code points":     {"🌉🌉 fool", []moderation.Finding{f(3, 7, "hold")}, "🌉🌉 [hold:fool]"},
		"heavier wins":    {"abcdef", []moderation.Finding{f(2, 4, "reject"), f(0, 6, "hint")}, "[hint:ab][reject:cd][hint:ef]"},
		"behind the text": {"ab", []moderation.Finding{f(1, 9, "hold"), f(-2, 0, "hold")}, "a[hold:b]"},
		"other field":     {"ab", []moderation.Finding{{Field: "nickname", End: 2, Severity: "hold"}}, "ab"},
	} {
		var got strings.Builder
		for n := range drawn(t, app.Div().Body(mirror(c.text, c.findings)...)).Descendants() {
			if severity, ok := attr(n, "data-severity"); ok {
				fmt.Fprintf(&got, "[%s:%s]", severity, n.FirstChild.Data)
			} else if n.Type == xhtml.TextNode && n.Parent.Data == "div" {
				got.WriteString(n.Data)
			}
		}
		if got.String() != c.want {
			t.Errorf("%s: mirror(%q) = %q, want %q", name, c.text, got.String(), c.want)
		}
	}
}

func TestSyncText(t *testing.T) {
	for want, s := range map[string]state.Sync{
		"All notes sent":                        {State: state.Synced},
		"Offline":                               {State: state.Offline},
		"Offline, 1 note waits":                 {State: state.Offline, Pending: 1},
		"Offline, 2 notes wait":                 {State: state.Offline, Pending: 2},
		"Sending 2 notes":                       {State: state.Syncing, Pending: 2},
		"Looking for news":                      {State: state.Syncing},
		"2 notes not sent, trying again in 1 s": {State: state.Failed, Pending: 2, Retry: time.Millisecond},
	} {
		if got := syncText(message.English(), s); got != want {
			t.Errorf("syncText(%+v) = %q, want %q", s, got, want)
		}
	}
}

// Every language has words for each key that is made up while drawing. That English
// has all others is tested in app/messages_test.go, that all have what English has in
// app/message/catalogues.
func TestCatalogueIsWhole(t *testing.T) {
	for _, l := range message.Offered() {
		msg, side := catalogues.Get(l.Tag), catalogues.Panels(l.Tag)
		families := passed(moderation.Verdict{}, true)
		if len(families) == 0 {
			t.Fatal("no family passes an empty verdict")
		}
		for _, family := range families {
			if msg.Form.Passed[family] == "" {
				t.Errorf("%s: no words for passing %s", l.Tag, family)
			}
		}
		for _, look := range state.Looks() {
			if side.Looks[look.Name] == "" {
				t.Errorf("%s: no words for %s", l.Tag, look.Name)
			}
			for _, v := range look.Values {
				if side.Values[look.Name+v] == "" {
					t.Errorf("%s: no words for %s %q", l.Tag, look.Name, v)
				}
			}
		}
		for _, group := range allKeys(side) {
			for _, k := range group.keys {
				if side.Does[k.does] == "" {
					t.Errorf("%s: no words for what %s does", l.Tag, k.keys)
				}
			}
		}
	}
}

// What is pressed arrives as the action, once, whatever was drawn before.
func TestPressesArrive(t *testing.T) {
	root, d := client(t, up(readerState(t, plain())))
	var got []state.Action
	d.Handle(ActionName, root, func(_ app.Context, a app.Action) { got = append(got, a.Value.(state.Action)) })
	event := app.Event{Value: app.ValueOf(nil)}
	presses := []func(app.Context, app.Event){
		press(state.Reply{ID: "exact"}), openFrom("exact"), (&composer{}).onSubmit, (&identity{typed: "Ada"}).onSubmit, openWhere("exact"),
	}
	for _, f := range presses {
		f(d.Context(), event)
		d.Consume()
	}
	want := []state.Action{state.Reply{ID: "exact"}, state.OpenNote{ID: "exact"}, state.Post{}, state.Rename{Nickname: "Ada"}}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("sent %v, want %v: a press on no element opens nothing", got, want)
	}
	if scope(state.Reply{ID: "a"}) == scope(state.Edit{ID: "a"}) || scope(state.Reply{ID: "a"}) == scope(state.Reply{ID: "b"}) {
		t.Error("two different handlers have one scope")
	}
}
