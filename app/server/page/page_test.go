package page

import (
	"slices"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v9/pkg/app"
	"golang.org/x/net/html"
)

func TestHTML(t *testing.T) {
	for _, tc := range []struct {
		name string
		ui   app.UI
		want string
	}{
		{"attributes are sorted", app.Div().ID("z").Class("b").DataSet("a", "1"), `<div class="b" data-a="1" id="z"></div>`},
		{"a quotation mark in a value", app.Div().Title(`" onclick="x`), `<div title="&#34; onclick=&#34;x"></div>`},
		{"markup in a value", app.Div().Title(`"><form>`), `<div title="&#34;&gt;&lt;form&gt;"></div>`},
		{"a backslash in a value", app.Div().Title(`\"\n`), `<div title="\&#34;\n"></div>`},
		{"a line break in a value", app.Div().Title("a\nb"), "<div title=\"a\nb\"></div>"},
		{"markup in a text", app.P().Text("<b>&"), `<p>&lt;b&gt;&amp;</p>`},
		{"a false flag", app.Button().Disabled(false).Hidden(false), `<button></button>`},
		{"a true flag", app.Button().Disabled(true), `<button disabled></button>`},
		{"aria true and false", app.Span().Aria("hidden", true).Aria("expanded", false), `<span aria-expanded="false" aria-hidden="true"></span>`},
		{"an empty label stays empty", app.Span().Aria("label", ""), `<span aria-label=""></span>`},
		{"an empty data attribute", app.Span().DataSet("anchor", ""), `<span data-anchor=""></span>`},
		{"no breaks between children", app.P().Body(app.Text("a"), app.B().Text("b"), app.Text("c")), `<p>a<b>b</b>c</p>`},
		{"breaks of a text stay", app.P().Body(app.Text("\na\n\nb\n"), app.Br(), app.Text("c\n")), "<p>\na\n\nb\n<br>c\n</p>"},
		{"a break that a parser would drop", app.Pre().Text("\na"), "<pre>\n\na</pre>"},
		{"raw markup", app.Div().Body(app.Raw("<svg><path d=\"M0\"/></svg>"), app.Text("x")), `<div><svg><path d="M0"/></svg>x</div>`},
		{"no code in an address", app.A().Href("java\nscript:alert(1)").Text("x"), `<a>x</a>`},
		{"an address", app.A().Href("https://a.example/?b=c&d").Text("x"), `<a href="https://a.example/?b=c&amp;d">x</a>`},
		{"no style", app.Div().Style("color", "red"), `<div></div>`},
		{"bytes that are not UTF-8", app.P().Title("a\xffb").Text("c\xff\x00d"), "<p title=\"a\uFFFDb\">c\uFFFD\uFFFDd</p>"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := HTML(tc.ui); got != tc.want {
				t.Errorf("HTML = %q, want %q", got, tc.want)
			}
		})
	}
}

// card is a component with everything a stranger can write.
type card struct {
	app.Compo
	Name, Text, URL string
}

func (c *card) Render() app.UI {
	return app.Article().DataSet("who", c.Name).Aria("label", c.Name).Body(
		app.H3().Title(c.Name).Body(app.Bdi().Text(c.Name), app.Text(c.Text), app.Text("!")),
		app.P().Text(c.Text),
		app.A().Href(c.URL).Title(c.Text).Text(c.URL),
		app.Textarea().Text(c.Text),
	)
}

// FuzzHTML checks that what a stranger writes comes out as the same strings and
// adds no element and no attribute.
func FuzzHTML(f *testing.F) {
	f.Add(`"><form action="//evil"><input autofocus onfocus=x>`, "</p><script>x</script>", "javascript:alert(1)")
	f.Add("\x00\xff\\\"\u2028", "\n\r\n<!--", "data:text/html,<script>")
	f.Add("\\x3cb\\x3e", "&lt;b&gt;&amp;quot;", `https://a.example/"onmouseover="x`)
	f.Add("`", "</textarea><img src=x onerror=x>", "\thttps://x")
	harmless := shape(f, HTML(&card{Name: "n", Text: "t", URL: "https://u.example/"}))
	f.Fuzz(func(t *testing.T, name, text, url string) {
		out := HTML(&card{Name: name, Text: text, URL: url})
		got := shape(t, out)
		if len(got) != len(harmless) {
			t.Fatalf("%d elements, want %d, in %q", len(got), len(harmless), out)
		}
		for i := range got {
			for _, a := range got[i][1:] {
				if !slices.Contains(harmless[i], a) {
					t.Errorf("<%s> has the attribute %q, in %q", got[i][0], a, out)
				}
			}
		}
		want := seen(strings.TrimSpace(name))
		if got := attribute(t, out, "data-who"); got != want && want != "true" {
			t.Errorf("data-who = %q, want %q", got, want)
		}
	})
}

// seen is s as a parser gives it back.
func seen(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}

// shape lists the elements of a fragment, each with the names of its attributes.
func shape(t testing.TB, s string) (list [][]string) {
	walk(t, s, func(n *html.Node) {
		el := []string{n.Data}
		for _, a := range n.Attr {
			el = append(el, a.Key)
		}
		list = append(list, el)
	})
	return list
}

func attribute(t testing.TB, s, key string) (value string) {
	walk(t, s, func(n *html.Node) {
		for _, a := range n.Attr {
			if a.Key == key {
				value = a.Val
			}
		}
	})
	return value
}

func walk(t testing.TB, s string, visit func(*html.Node)) {
	t.Helper()
	root, err := html.Parse(strings.NewReader("<!doctype html><body>" + s))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			visit(n)
		}
	}
}
