// Package catalogues holds the messages of the interface in every language but
// English, for the server; a browser gets the one that it needs as an asset.
package catalogues

import (
	"bytes"
	"cmp"
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync"

	"marginalia/app/message"
)

//go:embed *.json panels/*.json
var files embed.FS

type translation struct {
	msg  *message.Catalogue
	side *message.Panels
	data []byte // without white space
}

var all = sync.OnceValue(func() map[string]translation {
	list := map[string]translation{"en": {msg: message.English(), side: mustSide("en")}}
	entries, err := files.ReadDir(".")
	if err != nil {
		panic(err) // it is embedded
	}
	for _, e := range entries {
		if e.IsDir() {
			continue
		}
		t, err := read(e.Name())
		if err != nil {
			panic(err) // a test reads them all
		}
		list[t.msg.Lang] = t
	}
	return list
})

func read(name string) (translation, error) {
	data, err := files.ReadFile(name)
	if err != nil {
		return translation{}, err
	}
	msg, err := message.Parse(data)
	if err != nil {
		return translation{}, fmt.Errorf("%s: %w", name, err)
	}
	if msg.Lang+".json" != name {
		return translation{}, fmt.Errorf("%s: it is in %q", name, msg.Lang)
	}
	var b bytes.Buffer
	if err := json.Compact(&b, data); err != nil {
		return translation{}, fmt.Errorf("%s: %w", name, err)
	}
	return translation{msg, mustSide(msg.Lang), b.Bytes()}, nil
}

// mustSide reads the words of the panels; a test reads them all.
func mustSide(lang string) *message.Panels {
	data, err := files.ReadFile("panels/" + lang + ".json")
	if err != nil {
		panic(err)
	}
	side := new(message.Panels)
	if err := json.Unmarshal(data, side); err != nil {
		panic(err)
	}
	return side
}

// Panels is what the panels say in a language, nil if it is not offered.
func Panels(lang string) *message.Panels { return all()[lang].side }

// Get is the catalogue of a language, nil if there is none.
func Get(lang string) *message.Catalogue { return all()[lang].msg }

// Data is what a browser reads the catalogue of a language from, nil for English,
// which it has.
func Data(lang string) []byte { return all()[lang].data }

// Languages are the tags of all languages, in the order in which they are offered.
func Languages() []string {
	tags := slices.Collect(maps.Keys(all()))
	place := func(tag string) int {
		return slices.IndexFunc(message.Offered(), func(l message.Language) bool { return l.Tag == tag })
	}
	slices.SortFunc(tags, func(a, b string) int { return cmp.Compare(place(a), place(b)) })
	return tags
}
