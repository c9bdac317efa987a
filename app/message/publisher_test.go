package message

import "testing"

func TestPublisher(t *testing.T) {
	spanish := &Catalogue{Locale: Locale{Lang: "es", Group: ".", Decimal: ",", Least: 10000, List: "; "}, Translations: map[string]string{
		"This calls a person names.":                    "Esto insulta a una persona.",
		"The text holds {n} links; {max} are enough.":   "Bastan {max} enlaces y hay {n}.",
		"This address looks like {host} and is not it.": "Se parece a {host} sin serlo.",
		"Not taken as a source here: {hosts}.":          "Aquí no valen como fuente: {hosts}.",
		"Words: {topic} by weight.":                     "Palabras: {topic} por peso.",
		"{n} of {max}":                                  "{n} de {max}",
		"We know {languages}. No others.":               "Sabemos {languages}, nada más.",
		"{n}{max} in a row":                             "{n}{max} seguidos",
	}}
	for text, want := range map[string]string{
		"This calls a person names.":                            "Esto insulta a una persona.",
		"The text holds 4 links; 3 are enough.":                 "Bastan 3 enlaces y hay 4.",
		"The text holds 12,345 links; 1,000 are enough.":        "Bastan 1000 enlaces y hay 12.345.",
		"This address looks like reuters.com and is not it.":    "Se parece a reuters.com sin serlo.",
		"This address looks like 4,000.com and is not it.":      "Se parece a 4,000.com sin serlo.",
		"This address looks like {host} and is not it.":         "Se parece a {host} sin serlo.",
		"Not taken as a source here: a.example.org, b.example.": "Aquí no valen como fuente: a.example.org; b.example.",
		"Words: 10 % by weight.":                                "Palabras: 10\u00a0% por peso.",
		"2,000 of 3":                                            "2000 de 3",
		"We know English, español. No others.":                  "Sabemos English; español, nada más.",

		// The publisher's own words.
		"":                          "",
		"This calls a person names": "",
		"The text holds many links; 3 are enough.":      "",
		"The text holds 4 links; 3 are enough. Or not.": "",
		"So the text holds 4 links; 3 are enough.":      "",
		"The text holds  links; 3 are enough.":          "",
		"The text holds 4 links.":                       "",
		"This address looks like  and is not it.":       "",
		"Words: ten % by weight.":                       "",
		"Words: % by weight.":                           "",
		"44 in a row":                                   "",
		" of ":                                          "",
	} {
		got, ok := spanish.Publisher(text)
		if got != want || ok != (want != "") {
			t.Errorf("Publisher(%q) = %q, %v; want %q", text, got, ok, want)
		}
	}
	if said, ok := English().Publisher("This calls a person names."); ok {
		t.Errorf("in English the policy's words are said in others: %q", said)
	}
}
