package claims

import (
	"maps"
	"strings"
	"testing"

	"marginalia/app/linear"
)

func TestTokenize(t *testing.T) {
	for _, c := range []struct{ sentence, want string }{
		{"", ""},
		{"The U.N. said: no.", "the u(name) n(name) said no"},
		{"Rents rose 12.5% in 2024, to £1,200.", "rents rose #. % in #year to £ #0000"},
		{"It is the 7th of 41,000; 1,999 and 1999s differ.", "it is the #0th of #0000 #0000 and #years differ"},
		{"“We don’t know,” said Ada.", "“ we don't know ” said ada(name)"},
		{"Then I've met Bo", "then i've met bo(name)"},
		{"9 to 10 and 100", "#0 to #00 and #000"},
		{"e\u0301te\u0301 \xff 🚌", "e\u0301te\u0301"},
		{"'tis rock 'n' roll'", "tis rock n roll"},
	} {
		var got []string
		for _, tok := range tokenize(c.sentence) {
			if tok.name {
				tok.text += "(name)"
			}
			got = append(got, tok.text)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("tokenize(%q) = %q, want %q", c.sentence, strings.Join(got, " "), c.want)
		}
	}
}

func TestNoWordHasTwoClasses(t *testing.T) {
	seen := map[string]bool{}
	for _, l := range listed {
		for word := range strings.FieldsSeq(l.words) {
			if seen[word] {
				t.Errorf("%q is listed twice", word)
			}
			seen[word] = true
			if tokens := tokenize(word); len(tokens) != 1 || tokens[0].text != word {
				t.Errorf("%q is never a token of a sentence", word)
			}
		}
	}
}

// TestViews tells what each view sees from what it does not.
func TestViews(t *testing.T) {
	see := func(v View, sentence string) map[uint32]int64 {
		b := linear.NewBag(20)
		v.Features(sentence, b)
		seen := map[uint32]int64{}
		b.Each(func(i uint32, n int64) { seen[i] = n })
		return seen
	}
	for _, c := range []struct {
		name, a, b string
		same       [Views]bool
	}{
		{"another figure of its kind", "Rents rose 12 percent.", "Rents rose 34 percent.", [Views]bool{true, true, true}},
		{"another order", "rents rose fast", "fast rose rents", [Views]bool{false, true, true}},
		{"another word of its class", "rents rose fast", "rents fell fast", [Views]bool{false, false, true}},
		{"one more figure", "In 12 of 30 towns", "In 12 of many towns", [Views]bool{false, false, false}},
		{"a name", "the town of Bo fell", "the town of bo fell", [Views]bool{true, true, false}},
	} {
		for v := range Views {
			if got := maps.Equal(see(v, c.a), see(v, c.b)); got != c.same[v] {
				t.Errorf("%s: view %d sees %q and %q alike: %v, want %v", c.name, v, c.a, c.b, got, c.same[v])
			}
		}
	}
}
