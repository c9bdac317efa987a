package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// result is what a command did.
type result struct {
	code           int
	stdout, stderr string
}

// marginalia runs a command as a user types it.
func marginalia(t *testing.T, stdin string, args ...string) result {
	t.Helper()
	var out, errs bytes.Buffer
	code := (&Program{}).Run(t.Context(), args, strings.NewReader(stdin), &out, &errs)
	return result{code, out.String(), errs.String()}
}

// write makes a file in a folder of its own and returns its name.
func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestCommands(t *testing.T) {
	data := t.TempDir()
	story := write(t, "Night Buses.txt", "Night buses\n\nThe night buses carried 4,100 people in October.\n")
	broken := write(t, "broken.txt", "One line.\nA \xff line.\n")
	german := write(t, "busse.txt", "Nachtbusse\n\nDie Nachtbusse haben im Oktober 4.100 Menschen gefahren, und das ist mehr als im Jahr zuvor.\n")
	badPolicy := write(t, "policy.json", `{"version":1}`)
	for _, tc := range []struct {
		name   string
		args   []string
		code   int
		stdout string // is in it
		stderr string
	}{
		{"no command", nil, 0, "Usage: marginalia", ""},
		{"help", []string{"serve", "--help"}, 0, "$MARGINALIA_ADDR", ""},
		{"unknown command", []string{"sing"}, 2, "", "hint: See marginalia --help"},
		{"unknown flag", []string{"serve", "--colour", "red"}, 2, "", "marginalia: unknown flag --colour"},
		{"import", []string{"import", story, "--data", data}, 0, "as /a/night-buses, revision sha256-", ""},
		{"import again", []string{"import", story, "--data", data}, 0, "is what /a/night-buses has already", ""},
		{"import under another name", []string{"import", story, "--data", data, "--slug", "buses"}, 0, "as /a/buses", ""},
		{"import, broken file first", []string{"import", broken, story, "--data", data}, 1, "has already", "broken.txt:2: "},
		{"import nothing", []string{"import", filepath.Join(data, "none.txt"), "--data", data}, 1, "", "no such file"},
		{"import an address", []string{"import", "https://a.example/story", "--data", data}, 1, "", "hint: Save the article"},
		{"import with a bad slug", []string{"import", story, "--slug", "A B", "--data", data}, 1, "", `"A B" is no slug`},
		{"another database", []string{"import", story, "--database", "postgres://x"}, 1, "", "not available in this build"},
		{"queue", []string{"queue", "--data", data}, 0, "No note waits.", ""},
		{"queue of another folder", []string{"queue", "--data", filepath.Join(data, "none")}, 1, "", "there is no store in"},
		{"publish nothing", []string{"queue", "publish", "x", "--data", data}, 1, "", "there is no note x"},
		{"reject without a reason", []string{"queue", "reject", "x", "--data", data}, 2, "", "--reason"},
		{"policy show", []string{"policy", "show"}, 0, "source.missing", ""},
		{"policy check", []string{"policy", "check", badPolicy}, 1, "", "hint: Mend the file"},
		{"claims", []string{"claims", story}, 0, `{"start":12,"end":60,"text":"The night buses carried 4,100 people in October.","score":0.`, ""},
		{"claims of nothing", []string{"claims"}, 2, "", "hint: See marginalia --help"},
		{"claims of a missing file", []string{"claims", filepath.Join(data, "none.txt")}, 1, "", "hint: Give the name of a .txt or .md file"},
		{"claims of a folder", []string{"claims", data}, 1, "", "hint: Give the name of a .txt or .md file"},
		{"claims of a broken file", []string{"claims", broken}, 1, "", "broken.txt:2: "},
		{"claims in German", []string{"claims", german}, 1, "", "its language seems to be \"de\", and claims are found in English only\nhint: "},
		{"check with a bad policy", []string{"check", "--policy", badPolicy}, 1, "", "policy"},
		{"serve with a bad address", []string{"serve", "--addr", "nowhere:x", "--data", data}, 1, "", "hint: Choose another address"},
		{"serve with a bad public address", []string{"serve", "--addr", "127.0.0.1:0", "--url", "ftp://x", "--data", data}, 1, "", "no http or https address"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := marginalia(t, "", tc.args...)
			if got.code != tc.code || !strings.Contains(got.stdout, tc.stdout) || !strings.Contains(got.stderr, tc.stderr) {
				t.Errorf("marginalia %s = %d\n%s\n%s\nwant %d, %q, %q", strings.Join(tc.args, " "), got.code, got.stdout, got.stderr, tc.code, tc.stdout, tc.stderr)
			}
			if tc.code != 0 && !strings.HasPrefix(got.stderr, "marginalia: ") {
				t.Errorf("the error is %q, want it to begin with the program's name", got.stderr)
			}
		})
	}
	if _, err := os.Stat(filepath.Join(data, "none")); err == nil {
		t.Error("queue made the folder that it was given by mistake")
	}
}

func TestPolicyCheckOfTheShippedOne(t *testing.T) {
	raw, err := readPolicy("")
	if err != nil {
		t.Fatal(err)
	}
	got := marginalia(t, "", "policy", "check", write(t, "p.json", string(raw)))
	if got.code != 0 || !strings.Contains(got.stdout, "is valid: sha256-") {
		t.Errorf("policy check = %+v", got)
	}
}

// lines runs a JSON-lines command and decodes its answers.
func lines(t *testing.T, stdin string, args ...string) []map[string]any {
	t.Helper()
	got := marginalia(t, stdin, args...)
	if got.code != 0 {
		t.Fatalf("marginalia %s = %d %s", strings.Join(args, " "), got.code, got.stderr)
	}
	var list []map[string]any
	for line := range strings.Lines(got.stdout) {
		var v map[string]any
		if err := json.Unmarshal([]byte(line), &v); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		list = append(list, v)
	}
	return list
}

func TestCheck(t *testing.T) {
	in := strings.Join([]string{
		`{"id":"a","text":"Which month was that?","sources":["https://www.iana.org/x"],"label":"ignored"}`,
		`{"id":2,"text":"That is wrong.","sources":[]}`,
		`{"id":"c","text":"` + strings.Repeat("word ", 1000) + `","sources":[{"url":"https://www.iana.org/x","passage":"p"}]}`,
		`not JSON`,
		``,
		`{"id":"f","text":7}`,
		`{"id":"g"}`,
		`{"id":"h","text":"` + strings.Repeat("x", maxLine) + `"}`,
		`{"id":"i","text":"Which week?","sources":["https://www.iana.org/x"],"article":"The week was long."}`,
	}, "\n")
	list := lines(t, in, "check")
	want := []struct {
		id  any
		has string // a decision, a rule or "error"
	}{
		{"a", "publish"},
		{2.0, "source.missing"},
		{"c", "form.length"},
		{"", "error"},
		{"", "error"},
		{"f", "error"},
		{"g", "error"},
		{"", "error"},
		{"i", "publish"},
	}
	if len(list) != len(want) {
		t.Fatalf("%d answers, want %d", len(list), len(want))
	}
	for i, w := range want {
		v := list[i]
		text, _ := json.Marshal(v)
		if v["id"] != w.id || !strings.Contains(string(text), `"`+w.has+`"`) {
			t.Errorf("answer %d = %.200s, want id %v and %s", i, text, w.id, w.has)
		}
		if _, failed := v["error"]; !failed && v["policy"] == nil {
			t.Errorf("answer %d = %.200s, want a whole verdict", i, text)
		}
	}
}

func TestBadLines(t *testing.T) {
	const good = `{"id":"a","text":"Which week?"}`
	for _, tc := range []struct{ name, line, want string }{
		{"an array", `[]`, "the line is not a JSON object"},
		{"a string", `"s"`, "the line is not a JSON object"},
		{"null", `null`, "the line is not a JSON object"},
		{"not UTF-8", "{\"id\":\"z\",\"text\":\"a\xff\"}", "the line is not UTF-8"},
		{"a source that is none", `{"id":"w","text":"ok","sources":[7]}`, `sources: each must be an address or {"url", "passage"}`},
		{"sources no list", `{"id":"v","text":"t","sources":"https://a.org"}`, "sources: a string cannot stand here"},
		{"more after it", good + ` {}`, "the line is not a JSON object: invalid character '{' after top-level value"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			list := lines(t, "\ufeff"+good+"\r\n"+tc.line+"\r\n"+good, "check") // as an editor on Windows writes it
			if len(list) != 3 || list[0]["error"] != nil || list[2]["error"] != nil {
				t.Fatalf("answers = %v, want two verdicts around an error", list)
			}
			if got := list[1]["error"]; got != tc.want {
				t.Errorf("error = %q, want %q", got, tc.want)
			}
		})
	}
}

func TestCheckOnArticle(t *testing.T) {
	story := write(t, "buses.txt", "Night buses\n\nThe night buses carried 4,100 people in October.\n")
	off := `{"id":"a","text":"My tomatoes grew nicely again during this summer although rain came rather late in the garden.","sources":["https://www.iana.org/x"]}`
	for name, args := range map[string][]string{"hold": {"check", "--article", story}, "publish": {"check"}} {
		if got := lines(t, off, args...)[0]["decision"]; got != name {
			t.Errorf("%v = %v, want %s", args, got, name)
		}
	}
}

func TestAnchor(t *testing.T) {
	in := strings.Join([]string{
		`{"id":"exact","text":"😀 one two three","selector":[{"type":"TextQuoteSelector","exact":"two","prefix":"one ","suffix":" three"}]}`,
		`{"id":"one","text":"one two","selector":{"type":"TextQuoteSelector","exact":"two","prefix":"one "}}`,
		`{"id":"gone","text":"one two","selector":[{"type":"TextQuoteSelector","exact":"seventeen"}]}`,
		`{"id":"none","text":"one two","selector":[]}`,
		`{"id":"raw","text":"a  b\u0301c","selector":[{"type":"TextQuoteSelector","exact":"b\u0301c"}]}`,
	}, "\n") + "\n"
	list := lines(t, in, "anchor")
	if len(list) != 5 {
		t.Fatalf("%d answers, want 5", len(list))
	}
	if v := list[0]; v["start"] != 6.0 || v["end"] != 9.0 || v["status"] != "exact" || v["confidence"] == nil {
		t.Errorf("exact = %v, want [6, 9) in code points", v)
	}
	if v := list[1]; v["start"] != 4.0 {
		t.Errorf("one selector = %v", v)
	}
	if v := list[2]; v["orphan"] != true || v["start"] != nil {
		t.Errorf("gone = %v, want an orphan", v)
	}
	if v := list[3]; v["error"] == nil || v["id"] != "none" {
		t.Errorf("none = %v, want an error", v)
	}
	if v := list[4]; v["start"] != 3.0 || v["end"] != 6.0 {
		t.Errorf("raw = %v, want offsets of the text as given", v)
	}
}

func TestValidate(t *testing.T) {
	in := `{"@context":"http://www.w3.org/ns/anno.jsonld","id":"http://a.example/1","type":"Annotation","target":"http://a.example/2"}
{"id":"x"}
{
`
	list := lines(t, in, "validate")
	if len(list) != 3 || list[0]["valid"] != true || list[1]["valid"] != false || list[2]["valid"] != false || list[2]["error"] == nil {
		t.Errorf("answers = %v", list)
	}
	if p, ok := list[0]["problems"].([]any); !ok || len(p) != 0 {
		t.Errorf("problems of a valid document = %v, want []", list[0]["problems"])
	}
}

func TestClaims(t *testing.T) {
	story := write(t, "buses.md", "# Night buses 🚌\n\nWho would have thought it? *The* night buses  carried 4,100 people in October.\n\nThe fare rose by a third in 2023.\n")
	list := lines(t, "", "claims", story)
	if len(list) != 3 {
		t.Fatalf("%d sentences, want the 3 that are in no heading: %v", len(list), list)
	}
	const canon = "Night buses 🚌\nWho would have thought it? The night buses carried 4,100 people in October.\nThe fare rose by a third in 2023."
	before := 1.0
	for i, v := range list {
		start, end, score := int(v["start"].(float64)), int(v["end"].(float64)), v["score"].(float64)
		if got := string([]rune(canon)[start:end]); got != v["text"] {
			t.Errorf("line %d: [%d, %d) of the canonical text is %q, want %q", i+1, start, end, got, v["text"])
		}
		if score > before {
			t.Errorf("line %d: %v is better than the line before it", i+1, score)
		}
		before = score
	}
	if last := list[2]["text"]; last != "Who would have thought it?" {
		t.Errorf("the last sentence is %q, want the one that says nothing", last)
	}
}

func TestEnvironment(t *testing.T) {
	t.Setenv("MARGINALIA_DATA", filepath.Join(t.TempDir(), "none"))
	if got := marginalia(t, "", "queue"); got.code != 1 || !strings.Contains(got.stderr, os.Getenv("MARGINALIA_DATA")) {
		t.Errorf("queue = %+v, want the folder of the environment", got)
	}
}
