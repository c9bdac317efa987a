package moderation

import (
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"marginalia/app/annotation"
)

var update = flag.Bool("update", false, "write the golden files anew")

func note(text string) Note {
	return Note{Note: annotation.Note{Text: text, Sources: []annotation.Source{{URL: "https://example.org/a"}}}}
}

func TestWithoutPolicyNotesAreHeld(t *testing.T) {
	for _, p := range []*Policy{nil, {}} {
		got, err := json.Marshal(Check(p, note("Hello."), Subject{}))
		want := `{"decision":"hold","policy":"","scores":{"abuse":0.0000,"topic":0.5000},"findings":[]}`
		if err != nil || string(got) != want {
			t.Errorf("Check gives %s, %v, want %s", got, err, want)
		}
	}
}

func TestFailingFamilyHolds(t *testing.T) {
	broken := families()
	broken[1] = family{familyTopic, func(*job) { panic("index out of range") }}
	v := check(Default(), note("Hello, readers."), Subject{}, broken)
	if v.Decision != Hold || !slices.Equal(v.Without, []string{"topic", "abuse", "spam", "suffixes"}) || len(v.Findings) != 0 {
		t.Errorf("a failing family gives %+v, want it held without topic", v)
	}
	v = check(shipped(), note("Hello, readers."), Subject{}, broken)
	if !slices.Equal(v.Without, []string{"topic"}) {
		t.Errorf("with all models a failing family gives %+v, want it without topic alone", v)
	}
	v = check(shipped(), note("Go kill yourself."), Subject{}, broken)
	if v.Decision != Reject || len(v.Findings) != 1 {
		t.Errorf("a failing family hides what others found: %+v", v)
	}
	v = check(shipped(), note("You moron."), Subject{}, broken)
	if v.Decision != Hold || len(v.Findings) != 1 {
		t.Errorf("a failing family gives %+v, want hold", v)
	}
}

func TestManyFindingsAreCut(t *testing.T) {
	v := Check(shipped(), note(strings.Repeat("You moron, he is a great one. ", 60)), Subject{})
	count := 0
	for _, f := range v.Findings {
		if f.Rule == ruleInsult {
			count++
		}
	}
	if count != maxFindings {
		t.Errorf("%d findings of one rule, want %d", count, maxFindings)
	}
}

func TestOverlapsAreOne(t *testing.T) {
	v := Check(shipped(), note("Then I'll shoot them all."), Subject{})
	if len(v.Findings) != 1 || v.Findings[0].Quote != "I'll shoot them all" || v.Decision != Reject {
		t.Errorf("overlapping terms give %s", outline(v))
	}
}

func TestLengths(t *testing.T) {
	tests := []struct {
		name  string
		note  Note
		field string
		start int
		why   string
	}{
		{"text", note(strings.Repeat("é ", 1001)), "text", 2000, "The note is 2,002 characters long; there is room for 2,000."},
		{"passage", Note{Note: annotation.Note{Text: "Hi.", Sources: []annotation.Source{{URL: "https://example.org/a", Passage: strings.Repeat("é ", 300)}}}}, "sources/0/passage", 500, "The passage is 600 characters long; there is room for 500."},
		{"address", Note{Note: annotation.Note{Text: "Hi.", Sources: []annotation.Source{{URL: "https://example.org/" + strings.Repeat("a", 2029)}}}}, "sources/0/url", 0, "The address is 2,049 bytes long; there is room for 2,048."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := Check(shipped(), tt.note, Subject{})
			if v.Decision != Reject || v.Findings[0].Rule != ruleLength {
				t.Fatalf("gives %s", outline(v))
			}
			f := v.Findings[0]
			if f.Field != tt.field || f.Start != tt.start || f.Why != tt.why {
				t.Errorf("gives %s %d %q, want %s %d %q", f.Field, f.Start, f.Why, tt.field, tt.start, tt.why)
			}
		})
	}
	if v := Check(shipped(), note(strings.Repeat("été hiver ", 200)), Subject{}); v.Decision != Publish {
		t.Errorf("2,000 characters give %s", outline(v))
	}
}

// TestFarTooLongIsHeld wants a text that the rules do not read to its end held
// even by a policy without a limit.
func TestFarTooLongIsHeld(t *testing.T) {
	data := strings.Replace(string(DefaultPolicy()), `"form.length": {`, `"form.length": {"off": true,`, 1)
	data = strings.Replace(data, `"spam.repeat": {`, `"spam.repeat": {"off": true,`, 1)
	p, err := Parse([]byte(data))
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Repeat("été hiver ", maxJudged/10)
	if v := Check(p, note(text), Subject{}); v.Decision != Publish {
		t.Errorf("a text that is read to its end gives %s", outline(v))
	}
	if v := Check(p, note(text+"You moron."), Subject{}); v.Decision != Hold {
		t.Errorf("a text that is not read to its end gives %s", outline(v))
	}
}

func TestTopic(t *testing.T) {
	a := NewArticle("The Alder Bridge reopened on Tuesday. Its repairs took eleven months and cost 4,200,000, the council said; engineers had planned for six.")
	score := func(text, quote string) Score {
		return Check(shipped(), note(text), Subject{Article: a, Quote: quote}).Scores.Topic
	}
	on := score("The council planned six months for the repairs and 4200000 was the cost.", "")
	off := score("My neighbour owns three dogs and two of them bark at parcel vans.", "")
	if on < 6000 || off > 1000 {
		t.Errorf("on topic %v, off topic %v, want them far apart", on, off)
	}
	text := "The councillors in the next town paid their engineer less for such work."
	if plain, claim := score(text, ""), score(text, "engineers had planned for six"); claim <= plain {
		t.Errorf("words of the claim score %v, without a claim %v, want more", claim, plain)
	}
	english := NewArticle("The Alder Bridge reopened on Tuesday. Its repairs took eleven months and cost 4,200,000, the council said; the engineers had planned for six of them and for less of it.")
	arabic := note("وفقا للتقرير السنوي لهيئة الجسور، استمرت أعمال الترميم تسعة أشهر فقط.")
	if got := Check(shipped(), arabic, Subject{Article: english}).Scores.Topic; english.lang != "en" || got != 5000 {
		t.Errorf("in another script than the article's (%q) the topic score is %v, want 0.5", english.lang, got)
	}
	if got := Check(shipped(), note("The council planned six months for the repairs, I think."), Subject{}).Scores.Topic; got != 5000 {
		t.Errorf("without an article the topic score is %v, want 0.5", got)
	}
}

// TestGolden keeps the bytes of a few verdicts: they are compared between
// machines and stored, so they may change only on purpose.
func TestGolden(t *testing.T) {
	a := NewArticle("The Alder Bridge reopened on Tuesday after eleven months, the council said. He was called a fool.")
	notes := []Note{
		note("The council's minutes say nine months, not eleven."),
		note("Only a fool believes <this> & that. Call me on +44 7700 900123, you \"moron\"!!!!!!"),
		{Note: annotation.Note{Text: "KILL YOURSELF 🤡 ｆｏｏｌ", Sources: []annotation.Source{{URL: "http://localhost/", Passage: "He is scum."}}}, Nickname: "jo@example.org"},
		{Note: annotation.Note{Text: "Who counted?", Stance: annotation.Question}},
	}
	var got strings.Builder
	for _, n := range notes {
		v := Check(shipped(), n, Subject{Article: a, Quote: "eleven months"})
		v.Policy = "sha256-of-the-policy" // or every change of the policy would change the file
		line, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		got.Write(line)
		got.WriteByte('\n')
		var back Verdict
		if err := json.Unmarshal(line, &back); err != nil {
			t.Fatal(err)
		}
		if again, _ := json.Marshal(back); string(again) != string(line) {
			t.Errorf("read and written again:\n%s\nwant\n%s", again, line)
		}
		if !reflect.DeepEqual(back, v) {
			t.Errorf("read back as %+v", back)
		}
	}
	const file = "testdata/verdicts.golden"
	if *update {
		if err := os.WriteFile(file, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("verdicts are\n%swant (-update writes them)\n%s", got.String(), want)
	}
}
