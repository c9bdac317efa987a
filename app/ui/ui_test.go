package ui

import (
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/maxence-charriere/go-app/v9/pkg/app"
	xhtml "golang.org/x/net/html"

	"marginalia/app/message"
	"marginalia/app/state"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestGolden(t *testing.T) {
	states := everyState(t, plain())
	// Of a page that is drawn under another name, only the part that is new.
	parts := map[string]func(*xhtml.Node) bool{
		"corrected": is("", "class", "app"), "corrected-changes": is("article", "class", "story"), "past": is("", "class", "spread"),
		"corrected-news": is("", "class", "news"), "corrected-picking": is("", "id", "picker"), "form-moved": is("form"), "form-lost": is("form"), "form-elsewhere": is("form"),
		"article": is("", "class", "app"), "article-busy": is("aside"), "article-picking": is("", "id", "picker"), "article-claims": is("div", "class", "worth"),
		"home": is("main"), "faq": is("main"), "me": is("main"), "me-up": is("main"), "missing": is("main"), "nowhere": is("main"),
		"me-clash": is("main"), "form-join": is("form"),
		"form-new": is("form"), "form-reply": is("form"), "form-appeal": is("form"), "form-no-rules": is("form"), "form-empty": is("form"),
	}
	for name, part := range parts {
		t.Run(name, func(t *testing.T) {
			root, _ := client(t, states[name])
			doc := drawn(t, root)
			if !part(doc) {
				doc = all(doc, part)[0]
			}
			got := outline(doc)
			file := filepath.Join("testdata", name+".golden")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("%s is drawn otherwise (-want +got):\n%s", name, diff)
			}
		})
	}
}

func TestServerAndFirstMountDrawTheSame(t *testing.T) {
	for name, s := range everyState(t, plain()) {
		if s.Ready {
			continue // the server draws what is not up yet
		}
		t.Run(name, func(t *testing.T) {
			root := &Root{Msg: message.English(), State: s}
			d := app.NewClientTester(root)
			defer d.Close()
			if diff := compare(drawn(t, Page(message.English(), s)), drawn(t, root)); diff != "" {
				t.Errorf("the first mount is not what the server draws (-server +mount):\n%s", diff)
			}
		})
	}
}

func compare(want, got *xhtml.Node) string {
	return cmp.Diff(strings.Split(outline(want), "\n"), strings.Split(outline(got), "\n"))
}

// Drawing a state over another one must give what drawing it afresh gives: an
// attribute or a slot that is kept by mistake shows here. Each state comes after
// each other one that many steps away in this list.
func TestEveryChangeOfState(t *testing.T) {
	states := everyState(t, plain())
	order := []string{
		"article", "article-up", "article-busy", "article-picking", "article-part", "article-fresh", "form-new", "form-connected", "form-edit", "form-reply",
		"form-whole", "form-appeal", "form-no-rules", "form-empty",
		"corrected", "corrected-changes", "corrected-news", "past", "form-moved", "form-lost",
		"form-elsewhere", "form-join", "form-fault", "form-scarce", "form-unanswerable", "form-blocked",
	}
	fresh := map[string]string{}
	for _, name := range order {
		root, _ := client(t, states[name])
		fresh[name] = outline(drawn(t, root))
	}
	for _, step := range []int{1, 4, 5, 10} {
		root, d := client(t, states[order[0]])
		for i := range order {
			from, to := order[i*step%len(order)], order[(i+1)*step%len(order)]
			d.SetState(StateName, states[to])
			d.Consume()
			if got := outline(drawn(t, root)); got != fresh[to] {
				t.Errorf("%s after %s is drawn otherwise than afresh (-want +got):\n%s", to, from,
					cmp.Diff(strings.Split(fresh[to], "\n"), strings.Split(got, "\n")))
			}
		}
	}
}

func TestWordsOfPeopleAreOnlyText(t *testing.T) {
	hostile := []string{
		`"><form action=https://evil.test>`, `</p><script>alert(1)</script>`, `' onmouseover='alert(1)`, "`<img src=x onerror=alert(1)>",
		`javascript:alert(1)`, `%s%d%!`, "\u202etxt", "&lt;b&gt;", `\u003cscript\u003e`,
	}
	base := plain()
	base.url, base.text = "no address", "no address"
	want := map[string][]string{}
	for page, s := range everyState(t, base) {
		calm, _ := client(t, s)
		want[page] = skeleton(drawn(t, calm))
	}
	for _, h := range hostile {
		got := everyState(t, words{name: h, text: h, passage: h, url: h, title: h, block: h})
		for page, s := range got {
			root, _ := client(t, s)
			doc := drawn(t, root)
			if diff := cmp.Diff(want[page], skeleton(doc)); diff != "" {
				t.Errorf("%q changes the elements of %s (-want +got):\n%s", h, page, diff)
			}
			if page == "article" && !strings.Contains(text(doc), strings.Join(strings.Fields(h), " ")) {
				t.Errorf("%q is not shown on %s", h, page)
			}
		}
	}
}

// skeleton is the page's elements with their attributes' names. What differs
// with the words alone, marks and the sentences of the picker, is left out.
func skeleton(n *xhtml.Node) []string {
	var elements []string
	for d := range n.Descendants() {
		if d.Type != xhtml.ElementNode || d.Data == "mark" || is("li", "role", "option")(d) {
			continue
		}
		line := d.Data
		for _, key := range []string{"href", "src", "action", "rel", "role", "id", "data-annotation-id"} {
			if v, ok := attr(d, key); ok {
				line += " " + key + "=" + v
			}
		}
		elements = append(elements, line)
	}
	return elements
}

func TestNoStyleNoScriptAndNoAddressButOurs(t *testing.T) {
	for name, s := range everyState(t, plain()) {
		root, _ := client(t, s)
		for _, n := range all(drawn(t, root), is("")) {
			for _, a := range n.Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
					t.Errorf("%s: %s has the attribute %s", name, n.Data, a.Key)
				}
			}
			href, ok := attr(n, "href")
			if ok && n.Data == "a" && !strings.HasPrefix(href, "/") && !strings.HasPrefix(href, "#") && !is("", "rel", relUGC)(n) {
				t.Errorf("%s: the link to %q leads out without rel", name, href)
			}
		}
	}
}

func TestNoIDTwice(t *testing.T) {
	for name, s := range everyState(t, plain()) {
		root, _ := client(t, s)
		seen := map[string]bool{}
		doc := drawn(t, root)
		for _, n := range all(doc, is("")) {
			if id, ok := attr(n, "id"); ok {
				if seen[id] {
					t.Errorf("%s: two elements have the id %q", name, id)
				}
				seen[id] = true
			}
		}
		for _, n := range all(doc, is("")) {
			for _, key := range []string{"for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-activedescendant"} {
				v, _ := attr(n, key)
				for id := range strings.FieldsSeq(v) {
					if !seen[id] {
						t.Errorf("%s: %s of %s names %q, which is not there", name, key, n.Data, id)
					}
				}
			}
		}
	}
}

func TestControlsWaitForTheApp(t *testing.T) {
	control := func(n *xhtml.Node) bool {
		if name, _ := attr(n, "name"); name == "to" {
			return false // the choice of a language needs no script
		}
		if _, ok := attr(n, "popovertarget"); ok {
			return false // the browser opens the panel, and web/display.js works from the start
		}
		return n.Data == "button" || n.Data == "input" || n.Data == "textarea" || n.Data == "select"
	}
	for name, s := range everyState(t, plain()) {
		if s.Ready {
			continue
		}
		for _, n := range all(drawn(t, Page(message.English(), s)), control) {
			if _, ok := attr(n, "disabled"); !ok {
				t.Errorf("%s: %s %q is not disabled before the app is up", name, n.Data, text(n))
			}
		}
	}
	root, _ := client(t, up(readerState(t, plain())))
	for _, n := range all(drawn(t, root), control) {
		if _, ok := attr(n, "disabled"); ok {
			t.Errorf("%s %q is disabled though the app is up", n.Data, text(n))
		}
	}
}

func TestBlocksHoldTheCanonicalText(t *testing.T) {
	s := readerState(t, plain())
	doc := drawn(t, Page(message.English(), s))
	runes := []rune(s.Article.Canon)
	for i, b := range s.Article.Revision.Blocks {
		found := all(doc, is("", "id", "b"+strconv.Itoa(i)))
		if len(found) != 1 {
			t.Fatalf("block %d is drawn %d times", i, len(found))
		}
		n := found[0]
		if n.FirstChild == nil || n.FirstChild != n.LastChild || n.FirstChild.Type != xhtml.TextNode || n.FirstChild.Data != b.Text {
			t.Errorf("block %d is not the one text %q", i, b.Text)
		}
		v, _ := attr(n, "data-offset")
		at, err := strconv.Atoi(v)
		if err != nil || string(runes[at:at+len([]rune(b.Text))]) != b.Text {
			t.Errorf("block %d is not at the offset %q", i, v)
		}
	}
	if n := len(all(doc, is("h1"))); n != 1 {
		t.Errorf("the page has %d h1, want 1", n)
	}
}

func TestTitle(t *testing.T) {
	for name, c := range map[string]struct {
		s    state.State
		want string
	}{
		"home":    {homeState(t, plain()), "Articles · Marginalia"},
		"article": {readerState(t, plain()), "A bridge is closed · Marginalia"},
		"missing": {state.State{Route: state.Route{Page: state.Reading}}, "This article is not on this device · Marginalia"},
		"faq":     {faqState(plain()), "Comments FAQ · Marginalia"},
		"me":      {state.State{Route: state.Route{Page: state.Me}}, "My notes · Marginalia"},
		"nowhere": {state.State{Route: state.Route{Page: state.NotFound}}, "There is no such page · Marginalia"},
	} {
		if got := Title(message.English(), c.s); got != c.want {
			t.Errorf("%s: Title = %q, want %q", name, got, c.want)
		}
	}
}
