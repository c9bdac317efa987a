package message

import (
	_ "embed" // the English catalogue
	"sync"
)

//go:embed en.json
var english []byte

// English is the catalogue that is always at hand: in a browser, until another
// one has come or when it cannot be had.
var English = sync.OnceValue(func() *Catalogue {
	c, err := Parse(english)
	if err != nil {
		panic(err) // a test reads it
	}
	return c
})
