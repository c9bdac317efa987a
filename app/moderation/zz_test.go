package moderation

import (
	"strings"
	"testing"
)

func TestZZ(t *testing.T) {
	for _, d := range disguises {
		if d.name != "starred inside" && d.name != "dropped vowel" && d.name != "starred vowel" {
			continue
		}
		for _, s := range spellingSuite(t, "civil") {
			x := d.disguised(s.text)
			for _, f := range Check(shipped(), note(x), Subject{}).Findings {
				if f.Severity != "hint" && strings.HasPrefix(f.Rule, "abuse") {
					z, _ := shipped().AbuseLogit(x)
					t.Logf("%s: %s\n   %s\n  %s %s %q %.1f", d.name, s.text, x, f.Rule, f.Why, f.Quote, float64(z)/1024)
				}
			}
		}
	}
}
