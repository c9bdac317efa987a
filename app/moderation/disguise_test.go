package moderation

import (
	"testing"

	"marginalia/app/annotation"
)

// TestDisguises wants every disguise seen through and exactly the disguised
// words marked.
func TestDisguises(t *testing.T) {
	tests := []struct{ name, text, rule, quote string }{
		{"capitals", "what an IDIOT indeed", ruleInsult, "IDIOT"},
		{"mixed case", "what an iDiOt indeed", ruleInsult, "iDiOt"},
		{"digits", "what an 1d10t indeed", ruleInsult, "1d10t"},
		{"digit for l", "what a 1iar indeed", ruleInsult, "1iar"},
		{"signs inside", "what an @sshole indeed", ruleInsult, "@sshole"},
		{"dollar signs", "what an a$$hole, indeed", ruleInsult, "a$$hole"},
		{"sign at the end", "kiss my a$$ now", ruleInsult, "kiss my a$$"},
		{"exclamation mark for i", "what sh!t is this", ruleProfanity, "sh!t"},
		{"star", "what the f*ck is this", ruleProfanity, "f*ck"},
		{"two stars", "what sh** is f**king this", ruleProfanity, "f**king"},
		{"spaces", "what an i d i o t indeed", ruleInsult, "i d i o t"},
		{"points", "what an i.d.i.o.t. indeed", ruleInsult, "i.d.i.o.t"},
		{"hyphens", "what an i-d-i-o-t indeed", ruleInsult, "i-d-i-o-t"},
		{"stars between", "what an i*d*i*o*t indeed", ruleInsult, "i*d*i*o*t"},
		{"one point", "what an idi.ot indeed", ruleInsult, "idi.ot"},
		{"one hyphen", "what an id-iot indeed", ruleInsult, "id-iot"},
		{"spaced after a letter", "I say f o o l to that", ruleInsult, "f o o l"},
		{"stretched", "what an idiooooot indeed", ruleInsult, "idiooooot"},
		{"stretched double", "what a foooool indeed", ruleInsult, "foooool"},
		{"stretched all over", "what an iiidddiiiooottt indeed", ruleInsult, "iiidddiiiooottt"},
		{"cyrillic letters", "what an іdіоt indeed", ruleInsult, "іdіоt"},
		{"all cyrillic", "what a ѕсum indeed", ruleInsult, "ѕсum"},
		{"greek letters", "what an ιdιοτ indeed", ruleInsult, "ιdιοτ"},
		{"full width", "what a ｆｏｏｌ indeed", ruleInsult, "ｆｏｏｌ"},
		{"mathematical", "what an 𝓲𝓭𝓲𝓸𝓽 indeed", ruleInsult, "𝓲𝓭𝓲𝓸𝓽"},
		{"fraktur", "what an 𝔦𝔡𝔦𝔬𝔱 indeed", ruleInsult, "𝔦𝔡𝔦𝔬𝔱"},
		{"circled", "what an ⓘⓓⓘⓞⓣ indeed", ruleInsult, "ⓘⓓⓘⓞⓣ"},
		{"squared", "what a 🅵🅾🅾🅻 indeed", ruleInsult, "🅵🅾🅾🅻"},
		{"small capitals", "what an ɪᴅɪᴏᴛ indeed", ruleInsult, "ɪᴅɪᴏᴛ"},
		{"accents", "what an ïdïöt indeed", ruleInsult, "ïdïöt"},
		{"combining marks", "what a f\u0301o\u0302o\u0303l\u0304 indeed", ruleInsult, "f\u0301o\u0302o\u0303l\u0304"},
		{"zero-width space", "what a fo\u200bol indeed", ruleInsult, "fo\u200bol"},
		{"soft hyphen", "what a fo\u00adol indeed", ruleInsult, "fo\u00adol"},
		{"joiner", "what a f\u200do\u2060ol indeed", ruleInsult, "f\u200do\u2060ol"},
		{"direction mark", "what a f\u200fool indeed", ruleInsult, "f\u200fool"},
		{"ligature", "ofﬁcial dumbasﬆ? what a scum", ruleInsult, "scum"},
		{"a phrase in digits", "k1ll y0urself now", ruleThreat, "k1ll y0urself"},
		{"a phrase in single letters", "k i l l  y o u r s e l f", ruleThreat, "k i l l  y o u r s e l f"},
		{"a phrase with points", "kill.yourself", ruleThreat, "kill.yourself"},
		{"a phrase with zero-width spaces", "ki\u200bll your\u200bself", ruleThreat, "ki\u200bll your\u200bself"},
		{"a part of a word", "unfuckingbelievable", ruleProfanity, "unfuckingbelievable"},
		{"several at once", "what an ｉ.𝐝.і.0.t indeed", ruleInsult, "ｉ.𝐝.і.0.t"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n := Note{Note: annotation.Note{Text: tt.text, Stance: annotation.Question}}
			for _, f := range Check(shipped(), n, Subject{}).Findings {
				if f.Rule == tt.rule && f.Quote == tt.quote {
					return
				}
			}
			t.Errorf("Check(%q) gives %swant %s %q", tt.text, outline(Check(shipped(), n, Subject{})), tt.rule, tt.quote)
		})
	}
}
