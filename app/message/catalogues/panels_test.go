package catalogues

import (
	"encoding/json"
	"strings"
	"testing"

	"marginalia/app/message"
)

// The panels say everything in every language, with the same names in braces, and
// nothing that is not read.
func TestPanelsComplete(t *testing.T) {
	read := func(lang string) []byte {
		data, err := files.ReadFile("panels/" + lang + ".json")
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	want := messages(flat(t, read("en")))
	for _, lang := range Languages() {
		got := messages(flat(t, read(lang)))
		for path, forms := range want {
			if got[path] == nil {
				t.Errorf("%s lacks %s", lang, path)
				continue
			}
			sameNames(t, lang+path, forms, got[path])
		}
		for path := range got {
			if want[path] == nil {
				t.Errorf("%s has %s, English has not", lang, path)
			}
		}
		d := json.NewDecoder(strings.NewReader(string(read(lang))))
		d.DisallowUnknownFields()
		if err := d.Decode(new(message.Panels)); err != nil {
			t.Errorf("%s: %v", lang, err)
		}
	}
}
