package message

import "testing"

func TestPlurals(t *testing.T) {
	for lang, cases := range map[string]map[int]Plural{
		"en": {0: Other, 1: One, 2: Other, 21: Other},
		"de": {0: Other, 1: One, 2: Other},
		"es": {0: Other, 1: One, 2: Other},
		"fr": {0: One, 1: One, 2: Other},
		"ar": {0: Zero, 1: One, 2: Two, 3: Few, 10: Few, 11: Many, 99: Many, 100: Other, 102: Other, 103: Few, 111: Many, 1000: Other},
	} {
		for n, want := range cases {
			if got := (&Locale{Lang: lang}).plural(n); got != want {
				t.Errorf("%s: %d is %s, want %s", lang, n, got, want)
			}
		}
	}
}

func TestChoose(t *testing.T) {
	offered := []string{"en", "es", "fr"}
	for header, want := range map[string]string{
		"": "en", "fr": "fr", "fr-CA": "fr", "FR-ca-x": "fr", "de, es;q=0.5": "es", "es;q=0.2, fr;q=0.3": "fr",
		"fr;q=0.3, es;q=0.2": "fr", "es;q=0": "en", "*": "en", "de;q=x, es;q=0.1": "es", "fr;q=2": "en",
		"*;q=0.5, en;q=0": "es", "en;q=0, *;q=0.5": "es", "*, en;q=0, es;q=0": "fr", "en;q=0": "es", "EN ; q=0": "es",
		"en;q=x": "en", "en;q=2": "en", "en;q=0, es;q=0, fr;q=0": "en", "*;q=0": "en", "fr;q=0.2, *;q=0.1": "fr", "fr;q=0.2, *;q=0.5": "en", "de, *;q=0.5": "en",
		"en;q=0.1, *;q=0.5": "es", "*;q=0.5, en;q=0.5": "en", "en, es, fr, *": "en", "fr;q=0.2, en;q=0.1, es;q=0.1, *;q=0.9": "fr",
	} {
		if got := Choose(header, offered, "en"); got != want {
			t.Errorf("Choose(%q) = %q, want %q", header, got, want)
		}
	}
}

func TestNumbers(t *testing.T) {
	en, es := &Locale{Group: ",", Decimal: ".", Least: 1000}, &Locale{Group: ".", Decimal: ",", Least: 10000}
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1000: "-1,000"} {
		if got := en.Number(n); got != want {
			t.Errorf("Number(%d) = %q, want %q", n, got, want)
		}
	}
	if got := es.Number(9999) + " " + es.Number(10000) + " " + es.Tenths(25); got != "9999 10.000 2,5" {
		t.Errorf("in Spanish: %q", got)
	}
}

func TestFilledIn(t *testing.T) {
	msg := English()
	if got := msg.Waiting.N(1) + "|" + msg.Waiting.N(2000); got != "Offline, 1 note waits|Offline, 2,000 notes wait" {
		t.Errorf("Waiting: %q", got)
	}
	if got := msg.OnClaims.N(1, "notes", "{n}"); got != "{n} on 1 claim" {
		t.Errorf("what is filled in is filled in again: %q", got)
	}
}
